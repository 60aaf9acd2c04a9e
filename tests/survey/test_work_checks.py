"""What waits in the work of a round: each rule by its code, one defect and one sound counterpart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Merge
from phrom.rules.scoring.checks import RULES as OF_A_SHEET
from phrom.rules.scoring.checks.province import RULES as OF_THE_PROVINCE
from phrom.survey.models import AskState
from phrom.survey.work import RULES, Decision, Standing, Work, check_work
from tests.factories.rules import make_edition, make_question
from tests.factories.survey import AT

EDITION = make_edition(make_question("P1.1", merge=Merge.OWNER), make_question("P1.2"), make_question("P1.3"))
OFFICE = Agency(pk=1, code="office", name="สำนักงานจังหวัดเชียงใหม่")
HEALTH = Agency(pk=2, code="health", name="สำนักงานสาธารณสุขจังหวัดเชียงใหม่")
DONE = Standing(1, "P1.1", OFFICE, lead=True, state=AskState.ACCEPTED, given=True)
OTHER = Standing(2, "P1.2", HEALTH, lead=False, state=AskState.ACCEPTED, given=True)
SOUND = Work(EDITION, (DONE, OTHER), (Decision("P1.1", AT, AT - timedelta(days=1)),))


def with_other(**more: object) -> Work:
    """The sound work with something else at the health office."""
    return replace(SOUND, asks=(DONE, replace(OTHER, **more)))  # type: ignore[arg-type]


CASES: dict[str, Callable[[], Work]] = {
    "E40": lambda: replace(SOUND, asks=(replace(DONE, given=False), OTHER)),
    "E41": lambda: with_other(infected=True),
    "W40": lambda: with_other(state=AskState.OPEN, given=False),
    "W41": lambda: replace(SOUND, asks=(DONE, OTHER, replace(OTHER, id=3, code="P1.3", state=AskState.OPEN))),
    "W42": lambda: with_other(state=AskState.RETURNED),
    "W43": lambda: with_other(state=AskState.WITH_HEAD),
    "W44": lambda: with_other(state=AskState.SUBMITTED),
    "W45": lambda: with_other(inquiry=True),
    "W46": lambda: with_other(unscanned=True),
    "W47": lambda: with_other(state=AskState.OPEN, given=False, carried=True),
    "W48": lambda: replace(SOUND, decisions=(Decision("P1.1", AT, AT + timedelta(minutes=1)),)),
    "W49": lambda: replace(SOUND, proposed_without_resolution=True),
    "W50": lambda: replace(SOUND, last_total=False),
    "W51": lambda: with_other(outlived=True),
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_each_rule_finds_its_defect_in_both_languages(code: str) -> None:
    (found,) = [problem for problem in check_work(CASES[code]()) if problem.code == code]
    assert re.search("[ก-๙]", found.th)
    assert re.search("[a-z]", found.en)
    assert found.rule == dict(RULES)[code].__name__


def test_sound_work_has_no_finding() -> None:
    assert check_work(SOUND) == []


def test_a_text_of_last_year_that_was_answered_anew_is_no_finding() -> None:
    assert check_work(with_other(carried=True)) == []


def test_many_rows_are_counted_and_the_first_six_named() -> None:
    asks = tuple(replace(OTHER, id=number, state=AskState.RETURNED) for number in range(2, 10))
    (found,) = check_work(replace(SOUND, asks=(DONE, *asks)))
    assert "8 ข้อ (P1.2, P1.2, P1.2, P1.2, P1.2, P1.2 ...)" in found.th


def test_every_rule_of_the_house_has_a_code_of_its_own_and_there_are_more_than_thirty() -> None:
    rules = (*OF_A_SHEET, *OF_THE_PROVINCE, *RULES)
    assert len({code for code, _ in rules}) == len(rules) >= 30
    assert set(CASES) == {code for code, _ in RULES}
