"""Whatever lies beside the rows from last year: scores, progress, merges, checks and exports are as if it were not there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from phrom.agencies.access import Access, access_of
from phrom.agencies.models import Agency
from phrom.results.pages.ready import judged_for
from phrom.results.papers.workbook import progress_rows
from phrom.rules.instrument.canonical import with_hash
from phrom.rules.instrument.model import Detail, Edition, Kind, Merge, Question
from phrom.rules.scoring.exchange import answer_to_json
from phrom.rules.scoring.jcs import canonical
from phrom.rules.scoring.scorecard import score
from phrom.survey import sheets
from phrom.survey.actions.carrying_over import NothingToCarry, carry_over
from phrom.survey.actions.freezing import readiness
from phrom.survey.actions.submitting import standing
from phrom.survey.editions import edition_of
from phrom.survey.models import AskState, CarriedAnswer, Round
from phrom.survey.pages.board import board_page
from phrom.survey.set_document import set_content
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.rules import make_choices, make_edition, make_question
from tests.factories.survey import AT, make_answer, make_ask, make_round
from tests.rules.scoring.strategies import sound

KINDS = (Kind.YES_NO, Kind.MANY, Kind.COUNT, Kind.TEXT, Kind.URL)
MERGES = {Kind.MANY: Merge.UNION, Kind.COUNT: Merge.SUM, Kind.TEXT: Merge.TEXT, Kind.URL: Merge.OWNER}
RELATIONS = ("equal", "subset", "superset", "changed", "new")
STATES = (AskState.OPEN, AskState.SUBMITTED, AskState.RETURNED, AskState.ACCEPTED)
DETAIL = Detail(kind=Kind.TEXT, label="โปรดระบุ")


def question(code: str, kind: Kind) -> Question:
    more: dict[str, Any] = {"choices": make_choices("a", "b", "c", "d")} if kind is Kind.MANY else {}
    detail = DETAIL if kind is Kind.YES_NO else None
    return make_question(code, kind, merge=MERGES.get(kind, Merge.ANY_WITH_EVIDENCE), detail=detail, **more)


def edition(kinds: list[Kind], year: int) -> Edition:
    rows = [question(f"P1.{number}", kind) for number, kind in enumerate(kinds, start=1)]
    made = make_edition(*rows).model_copy(update={"id": f"random-{year}", "fiscal_year": year, "title": f"แบบสุ่ม {year}"})
    return with_hash(made)


@st.composite
def years(draw: st.DrawFn) -> tuple[list[Kind], list[str], list[list[Any]], list[list[Any]], list[list[AskState]]]:
    """Kinds of the rows, how the years belong together, what two agencies said last year and this year, and its states."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=5))
    relations = [draw(st.sampled_from(RELATIONS)) for _ in kinds]

    def said(rare: int) -> list[list[Any]]:
        """Of two offices; `rare` in four rows are left out, so that last year nearly always has a text to lay."""
        left_out = st.sampled_from([True] * rare + [False] * (4 - rare))
        return [[None if draw(left_out) else draw(st.sampled_from(sound(kind))) for kind in kinds] for _ in range(2)]

    states = [[draw(st.sampled_from(STATES)) for _ in kinds] for _ in range(2)]
    return kinds, relations, said(0), said(3), states


def fill(round: Round, agencies: list[Agency], said: list[list[Any]], states: list[list[AskState]] | None = None) -> None:
    for office, (agency, answers) in enumerate(zip(agencies, said, strict=True)):
        for number, answer in enumerate(answers, start=1):
            state = states[office][number - 1] if states else AskState.ACCEPTED
            given = answer is not None and answer.given
            ask = make_ask(round, agency, f"P1.{number}", state if given else AskState.OPEN, lead=office == 0)
            if given:
                make_answer(ask, **{key: value for key, value in answer_to_json(answer).items() if key in CONTENT})


CONTENT = ("value", "detail", "provider", "cannot")


def crosswalk(folder: Path, relations: list[str]) -> Path:
    lines = []
    for number, relation in enumerate(relations, start=1):
        code = f"P1.{number}"
        if relation == "new":
            lines += [f"  - {{to: {code}, relation: new}}", f"  - {{from: {code}, relation: removed}}"]
        else:
            lines.append(f"  - {{from: {code}, to: {code}, relation: {relation}}}")
    (folder / "crosswalks").mkdir()
    text = "\n".join(["from: random-2566", "to: random-2567", "rows:", *lines, ""])
    (folder / "crosswalks/random-2566--random-2567.yaml").write_text(text, "utf-8")
    return folder


def facts(round: Round, agencies: list[Agency], access: Access) -> dict[str, object]:
    """Everything that is counted, shown as done, checked or handed out."""
    asked, today = edition_of(round.survey), AT.date()
    merged = sheets.province_of(round, asked)
    found = judged_for(round, today, Path("/nowhere")).findings
    return {
        "merged": merged,
        "preview": sheets.province_of(round, asked, reviewed_only=False),
        "score": score(asked, merged.sheet),
        "before the freeze": readiness(round),
        "checks": [each.problem for each in found if each.problem.code != "W47"],
        "sending": [
            [(row.ask.code, row.ready, row.decided, row.problems) for row in standing(round=round, agency=each, today=today)]
            for each in agencies
        ],
        "board": [str(row) for row in board_page(round, access, today).rows],
        "set": canonical(set_content(round)),
        "progress": list(progress_rows(round)),
    }


@pytest.mark.django_db
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(years())
def test_a_text_of_last_year_changes_nothing_before_somebody_confirms_it(given_years: Any) -> None:
    kinds, relations, last, this, states = given_years
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        body = make_body()
        agencies = [make_agency(body), make_agency(body)]
        coordinator = make_member(body, "coordinator")
        access = access_of(coordinator, AT.date())
        fill(make_round(body, edition(kinds, 2566)), agencies, last)
        round = make_round(body, edition(kinds, 2567))
        fill(round, agencies, this, states)
        before = facts(round, agencies, access)
        try:
            laid = carry_over(round=round, editions=crosswalk(Path(folder), relations), by=coordinator, at=AT)
        except NothingToCarry:
            laid = 0
        assert CarriedAnswer.objects.filter(ask__round=round).count() == laid
        after = facts(round, agencies, access)
        assert {name for name in before if before[name] != after[name]} == set()
        LAID.append(laid)
        transaction.set_rollback(True)


LAID: list[int] = []


def test_the_examples_did_lay_something() -> None:
    """Runs after the property: a property over nothing would prove nothing."""
    assert not LAID or sum(LAID) > 10
