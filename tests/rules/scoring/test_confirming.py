"""A row asked once: who confirms, adds or differs, and what the province answers then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.instrument.model import Condition, Kind, Merge
from phrom.rules.scoring.checks import check
from phrom.rules.scoring.merge import Provenance, merge
from phrom.rules.scoring.path import on_path
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet, Stance
from phrom.rules.scoring.words import in_words
from tests.factories.rules import NO, YES, make_agency_sheet, make_choices, make_edition, make_question
from tests.rules.scoring.strategies import CONFIRMED, EDITION, agencies

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases_confirming.yaml").read_text(encoding="utf-8"))


def answer_in(case: dict[str, Any]) -> Answer:
    value = case.get("ตอบ")
    return Answer(tuple(value) if isinstance(value, list) else value, stance=Stance(case.get("ท่าที", "")))


def province(case: dict[str, Any]) -> Provenance:
    """The first agency leads the row."""
    question = make_question("P1.1", Kind(case["ชนิด"]), merge=Merge(case["เกณฑ์"]), choices=make_choices("a", "b", "c"))
    sheets = [
        replace(make_agency_sheet(str(place), ("P1.1",) if place == 0 else (), P1_1=answer_in(said)), asked=frozenset({"P1.1"}))
        for place, said in enumerate(case["คำตอบ"])
    ]
    return merge(make_edition(question), sheets).rows["P1.1"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["กรณี"])
def test_the_cases_in_the_file(case: dict[str, Any]) -> None:
    found = province(case)
    wanted = tuple(case["จังหวัด"]) if isinstance(case["จังหวัด"], list) else case["จังหวัด"]
    assert found.answer.value == wanted
    assert [int(source.agency) for source in found.sources if source.used] == case["ใช้"]
    assert [int(source.agency) for source in found.conflicts] == case.get("ขัดแย้ง", [])


def test_who_confirmed_is_named_as_settled_and_whom_they_confirmed() -> None:
    found = province(CASES[0])
    assert [source.because for source in found.sources[1:]] == ["ยืนยันคำตอบของหน่วยงาน 0"] * 2
    assert found.because == "ใช้คำตอบของหน่วยงาน 0ซึ่งเป็นเจ้าของข้อ อีก 2 หน่วยงานยืนยันตาม"


def test_a_confirmation_reads_as_one() -> None:
    assert in_words(make_question(), CONFIRMED) == "ยืนยันตามคำตอบของหน่วยงานหลัก"


def test_a_confirmed_row_has_no_open_problem_and_leaves_its_followers_to_answer() -> None:
    edition = make_edition(
        make_question("P1.1"), make_question("P1.1.1", Kind.COUNT, asked_when=Condition(code="P1.1", test="yes"))
    )
    sheet = AnswerSheet({"P1.1": CONFIRMED})
    assert on_path(edition, sheet) == {"P1.1", "P1.1.1"}
    assert [problem.row for problem in check(edition, sheet)] == ["P1.1.1"]


def test_a_no_that_was_not_called_different_is_no_conflict_where_one_is_enough() -> None:
    question = make_question("P1.1", merge=Merge.ANY_WITH_EVIDENCE)
    quiet = [make_agency_sheet("0", P1_1=YES), make_agency_sheet("1", P1_1=NO)]
    assert merge(make_edition(question), quiet).rows["P1.1"].conflicts == ()
    loud = [quiet[0], make_agency_sheet("1", P1_1=replace(NO, stance=Stance.DIFFERS))]
    assert [source.agency for source in merge(make_edition(question), loud).rows["P1.1"].conflicts] == ["1"]


@given(agencies(), st.sampled_from([row.code for row in EDITION.asked_rows]))
def test_adding_a_confirmation_never_changes_an_answer(found: list[AgencySheet], code: str) -> None:
    confirming = AgencySheet("ฮ", "หน่วยงาน ฮ", AnswerSheet({code: CONFIRMED}), asked=frozenset({code}))
    before, after = merge(EDITION, found), merge(EDITION, [*found, confirming])
    assert after.sheet == before.sheet
    assert [source.used for source in after.rows[code].sources if source.agency == "ฮ"] == [False]


@given(agencies())
def test_who_confirms_is_never_counted_and_never_waited_for(found: list[AgencySheet]) -> None:
    for row in merge(EDITION, found).rows.values():
        for source in row.sources:
            if source.answer.stance is Stance.CONFIRMS:
                assert not source.used
                assert source.because.startswith("ยืนยันคำตอบของ")
        assert not set(row.conflicts) - set(row.sources)
