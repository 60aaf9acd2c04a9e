"""Random sound editions: every kind of row, conditions in trees, texts that Excel or YAML might mistake for something else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from phrom.rules.instrument.canonical import with_hash
from phrom.rules.instrument.model import (
    Band,
    Choice,
    Condition,
    Correction,
    Detail,
    Edition,
    EvidenceSlot,
    Informants,
    Kind,
    LevelAssumption,
    Merge,
    Pillar,
    Points,
    Question,
    Status,
    Window,
)
from tests.factories.rules import make_kpi

MERGES = {
    Kind.MANY: Merge.UNION,
    Kind.COUNT: Merge.SUM,
    Kind.TEXT: Merge.TEXT,
    Kind.PERCENT: Merge.OWNER,
    Kind.DATE: Merge.OWNER,
    Kind.URL: Merge.OWNER,
    Kind.YES_NO: Merge.ANY_WITH_EVIDENCE,
}
TRICKS = (
    "=1+1",
    "12",
    "true",
    "null",
    "2024-06-11",
    "- ก",
    "a: b",
    "#ก",
    "'",
    '"',
    "@x",
    "_x0041_",
    "ข้อ\nสอง",
    "“ก”",
    "๑๒",
    "1e5",
    "ไม่ใช่",
)
texts = st.one_of(
    st.sampled_from(TRICKS), st.text("กขคabc 0123=+-:,#'\"&|", min_size=1, max_size=20).map(str.strip).filter(bool)
)
shares = st.integers(1, 9999).map(lambda number: Decimal(number) / 100)


@st.composite
def questions(draw: st.DrawFn, number: int) -> Question:
    """An asked row of pillar P1, perhaps only asked after an earlier one."""
    kind = draw(st.sampled_from(list(MERGES)))
    choices = tuple(Choice(code=f"c{i}", text=draw(texts)) for i in range(draw(st.integers(1, 3)))) if kind is Kind.MANY else ()
    start = date(2023, 1, 1) + timedelta(draw(st.integers(0, 400)))
    return Question(
        code=f"P1.{number}",
        pillar="P1",
        section=draw(texts),
        text=draw(texts),
        kind=kind,
        informants=draw(st.sampled_from(list(Informants))),
        beyond_parent_department=draw(st.booleans()),
        window=Window(start=start, end=start + timedelta(365), note=draw(texts)) if draw(st.booleans()) else None,
        asked_when=_condition(draw, number) if number > 2 and draw(st.booleans()) else None,
        choices=choices,
        detail=Detail(kind=draw(st.sampled_from([Kind.TEXT, Kind.PERCENT, Kind.YES_NO])), label=draw(texts))
        if draw(st.booleans())
        else None,
        evidence=tuple(
            EvidenceSlot(code=f"e{i}", name=draw(texts), required=draw(st.booleans())) for i in range(draw(st.integers(0, 2)))
        ),
        merge=MERGES[kind],
        points=Points(out_of=draw(shares), status=draw(st.sampled_from(list(Status)))),
        hint=draw(st.one_of(st.just(""), texts)),
    )


def _condition(draw: st.DrawFn, number: int) -> Condition:
    """A tree over the rows before; "given" fits every kind."""
    leaf = st.integers(1, number - 1).map(lambda earlier: Condition(code=f"P1.{earlier}", test="given"))
    tree = st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=2).map(lambda parts: Condition(all_of=tuple(parts))),
            st.lists(inner, min_size=1, max_size=2).map(lambda parts: Condition(any_of=tuple(parts))),
        ),
        max_leaves=4,
    )
    return draw(tree)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """A sound edition with its hash: a weighted pillar, one without weight, one heading, up to five asked rows."""
    rows = [draw(questions(number)) for number in range(1, draw(st.integers(2, 6)))]
    heading = Question(
        code="G1", pillar="G", section="", text=draw(texts), kind=Kind.HEADING, informants=Informants.ALL_AGENCIES
    )
    bands = tuple(Band(level=n, name=f"L{n}", name_th=draw(texts), at_least=Decimal(n - 1) * 20) for n in range(1, 6))
    return with_hash(
        Edition(
            id="random-2567",
            fiscal_year=2567,
            title=draw(texts),
            issuer=draw(texts),
            source=draw(texts),
            status=draw(st.sampled_from(list(Status))),
            invented=draw(st.booleans()),
            pillars=(
                Pillar(code="G", title=draw(texts), title_en="General", weight=None),
                Pillar(code="P1", title=draw(texts), title_en=draw(texts), weight=Decimal(100)),
            ),
            rows=(heading, *rows),
            levels=(LevelAssumption(code="fifths", name=draw(texts), status=Status.EXPECTED, source=draw(texts), bands=bands),),
            kpi=make_kpi(),
            corrections=(Correction(where="บรรทัดอื่น", printed=draw(texts), corrected=draw(texts), reason=draw(texts)),),
            notes=tuple(draw(st.lists(texts, max_size=2))),
        )
    )
