"""Small questionnaires and answers for the rules, without files and without a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from phrom.rules.instrument.model import (
    Band,
    Choice,
    Condition,
    Detail,
    Edition,
    EvidenceSlot,
    Informants,
    Kind,
    Kpi,
    KpiStep,
    LevelAssumption,
    Merge,
    Pillar,
    Points,
    Question,
    Status,
    SubIndicator,
    Window,
)
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet, Proof, Provider

YEAR = Window(start=date(2023, 6, 12), end=date(2024, 6, 11))
YES = Answer(True, provider=Provider.OWN)
NO = Answer(False)
PARENT = Answer(True, provider=Provider.PARENT)


def make_question(code: str = "P1.1", kind: Kind = Kind.YES_NO, points: str = "10", full_at: int = 1, **more: Any) -> Question:
    """One asked row of the pillar its code names."""
    more.setdefault("merge", Merge.ANY_WITH_EVIDENCE)
    return Question(
        code=code,
        pillar=code.split(".")[0],
        section="",
        text=more.pop("text", f"ข้อ {code}"),
        kind=kind,
        informants=more.pop("informants", Informants.ALL_AGENCIES),
        points=Points(out_of=Decimal(points), full_at=full_at) if points else None,
        **more,
    )


def make_levels(code: str = "fifths", *starts: int) -> LevelAssumption:
    """Bands that start at 0 and at the given percents."""
    starts = starts or (20, 40, 60, 80)
    bands = tuple(
        Band(level=number, name=f"L{number}", name_th=f"ระดับ {number}", at_least=Decimal(start))
        for number, start in enumerate((0, *starts), start=1)
    )
    return LevelAssumption(code=code, name=code, status=Status.EXPECTED, source="test", bands=bands)


def make_kpi(interpolation: str = "linear") -> Kpi:
    """The KPI of the agenda: 1, 2, 3 pillars at level 3; last year's score -10, 0, +5."""

    def steps(*values: int) -> tuple[KpiStep, ...]:
        return tuple(
            KpiStep(points=Decimal(points), value=Decimal(value), text=str(value))
            for points, value in zip((50, 75, 100), values, strict=True)
        )

    def sub(code: str, measures: str, level: int, *values: int) -> SubIndicator:
        return SubIndicator(
            code=code,
            title=code,
            measures=measures,
            weight=Decimal(50),
            weight_status=Status.PROVISIONAL,
            level=level,
            steps=steps(*values),
        )

    return Kpi(
        title="ตัวชี้วัด",
        weight=Decimal(5),
        source="test",
        interpolation=interpolation,
        interpolation_status=Status.PROVISIONAL,
        sub_indicators=(sub("pillars", "pillars_at_level", 3, 1, 2, 3), sub("score", "score_against_last_year", 0, -10, 0, 5)),
    )


def make_edition(*rows: Question, weights: dict[str, str | None] | None = None, **more: Any) -> Edition:
    """An edition of these rows; pillars share 100 equally unless `weights` says otherwise."""
    codes = list(dict.fromkeys(row.pillar for row in rows)) or ["P1"]
    weights = weights or {code: str(Decimal(100) / len(codes)) for code in codes}
    return Edition(
        id="test",
        fiscal_year=2567,
        title="แบบทดสอบ",
        issuer="ผู้ทดสอบ",
        source="test",
        status=Status.ESTIMATED,
        pillars=tuple(
            Pillar(code=code, title=code, title_en=code, weight=None if weight is None else Decimal(weight))
            for code, weight in weights.items()
        ),
        rows=rows,
        levels=more.pop("levels", (make_levels(), make_levels("quarters", 25, 50, 75, 90))),
        kpi=more.pop("kpi", make_kpi()),
        **more,
    )


def make_little_edition() -> Edition:
    """Every kind, both tests of conditions, a chain, a window, a limit, a beyond row, a general part without weight."""
    return make_edition(
        make_question(
            "G.1", points="", merge=Merge.OWNER, window=YEAR, evidence=(EvidenceSlot(code="minutes", name="รายงาน"),)
        ),
        make_question("P1.1", beyond_parent_department=True, evidence=(EvidenceSlot(code="plan", name="แผน"),)),
        make_question("P1.2", Kind.MANY, "9", 3, merge=Merge.UNION, choices=make_choices("a", "b", "c", "d")),
        make_question("P2.1", Kind.COUNT, "7", 3, merge=Merge.SUM, asked_when=Condition(code="P1.1")),
        make_question("P2.1.1", Kind.COUNT, "5", 6, merge=Merge.SUM, not_above="P2.1", asked_when=above("P2.1")),
        make_question("P2.2", Kind.PERCENT, "3.5", beyond_parent_department=True, asked_when=either("P1.2", "P2.1.1")),
        make_question("P3.1", Kind.DATE, "1", merge=Merge.OWNER),
        make_question("P3.2", Kind.URL, "2", merge=Merge.OWNER),
        make_question("P3.3", Kind.TEXT, "4", merge=Merge.TEXT, asked_when=Condition(code="P3.2", test="given")),
        make_question("P3.4", merge=Merge.ALL, detail=Detail(kind=Kind.TEXT, label="โปรดระบุ")),
        weights={"G": None, "P1": "33", "P2": "48.5", "P3": "18.5"},
    )


def make_choices(*codes: str) -> tuple[Choice, ...]:
    """Choices whose text is their code."""
    return tuple(Choice(code=code, text=code) for code in codes)


def above(code: str) -> Condition:
    """A condition: more than zero."""
    return Condition(code=code, test="above_zero")


def either(first: str, second: str) -> Condition:
    """A condition: one of two says that there is something."""
    return Condition(any_of=(Condition(code=first), above(second)))


def make_sheet(**answers: Answer) -> AnswerSheet:
    """Answers by code, with underscores for dots: P1_1=YES."""
    return AnswerSheet({code.replace("_", "."): answer for code, answer in answers.items()})


def make_agency_sheet(agency: str, lead: tuple[str, ...] = (), **answers: Answer) -> AgencySheet:
    """One agency's sheet; its name is its code with a word before it."""
    return AgencySheet(agency, f"หน่วยงาน {agency}", make_sheet(**answers), frozenset(lead))


def make_proof(slot: str = "", issued_on: date | None = None, name: str = "หลักฐาน.pdf") -> Proof:
    """One piece of evidence."""
    return Proof(name, slot, issued_on)
