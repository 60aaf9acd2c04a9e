"""Every rule finds what it is there for, and nothing in a sound sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from phrom.rules.instrument.model import Condition, Detail, Edition, EvidenceSlot, Kind, Question
from phrom.rules.scoring.checks import RULES, Problem, Severity, check
from phrom.rules.scoring.sheet import Answer
from tests.factories.rules import (
    NO,
    PARENT,
    YEAR,
    YES,
    above,
    make_choices,
    make_edition,
    make_proof,
    make_question,
    make_sheet,
)

TODAY = date(2024, 6, 11)
PLAN = (EvidenceSlot(code="plan", name="แผน"), EvidenceSlot(code="photo", name="ภาพ", required=False))


def one(kind: Kind, answer: Answer, **more: Any) -> list[Problem]:
    return check(make_edition(row(kind, **more)), make_sheet(P1_1=answer), today=TODAY)


def row(kind: Kind, **more: Any) -> Question:
    return make_question("P1.1", kind, choices=make_choices("a", "b"), **more)


DETAIL = Detail(kind=Kind.TEXT, label="โปรดระบุ")


@pytest.mark.parametrize(
    ("rule", "kind", "answer", "more"),
    [
        ("not_answered", Kind.YES_NO, Answer(), {}),
        ("wrong_kind", Kind.COUNT, Answer("ห้า"), {}),
        ("wrong_kind", Kind.COUNT, Answer(True), {}),
        ("out_of_range", Kind.COUNT, Answer(-1), {}),
        ("out_of_range", Kind.PERCENT, Answer(Decimal("100.5")), {}),
        ("bad_url", Kind.URL, Answer("chiangmai.go.th"), {}),
        ("unknown_choice", Kind.MANY, Answer(("a", "z")), {}),
        ("evidence_missing", Kind.YES_NO, YES, {"evidence": PLAN}),
        ("evidence_missing", Kind.YES_NO, replace(YES, proofs=(make_proof("photo"),)), {"evidence": PLAN}),
        ("evidence_outside_window", Kind.YES_NO, replace(YES, proofs=(make_proof("", date(2023, 6, 11)),)), {"window": YEAR}),
        ("evidence_without_day", Kind.YES_NO, replace(YES, proofs=(make_proof(),)), {"window": YEAR}),
        ("day_to_come", Kind.YES_NO, replace(YES, proofs=(make_proof("", date(2024, 6, 12)),)), {}),
        ("day_to_come", Kind.DATE, Answer(date(2024, 6, 12)), {}),
        ("provider_missing", Kind.YES_NO, Answer(True), {"beyond_parent_department": True}),
        ("parent_department_alone", Kind.YES_NO, PARENT, {"beyond_parent_department": True}),
        ("detail_missing", Kind.YES_NO, YES, {"detail": DETAIL}),
        ("cannot_without_reason", Kind.YES_NO, Answer(cannot="-"), {}),
    ],
)
def test_each_rule_finds_its_own_defect_and_no_other(rule: str, kind: Kind, answer: Answer, more: dict[str, Any]) -> None:
    problems = one(kind, answer, **more)
    assert [problem.rule for problem in problems] == [rule]
    assert all(problem.row == "P1.1" and problem.th and problem.en for problem in problems)


@pytest.mark.parametrize(
    ("kind", "answer", "more"),
    [
        (Kind.YES_NO, NO, {"evidence": PLAN, "detail": DETAIL, "beyond_parent_department": True, "window": YEAR}),
        (
            Kind.YES_NO,
            replace(YES, detail="ก", proofs=(make_proof("plan", TODAY),)),
            {"evidence": PLAN, "detail": DETAIL, "beyond_parent_department": True, "window": YEAR},
        ),
        (Kind.YES_NO, replace(YES, proofs=(make_proof(),)), {"evidence": PLAN}),
        (Kind.YES_NO, PARENT, {}),
        (Kind.COUNT, Answer(0), {}),
        (Kind.PERCENT, Answer(Decimal(100)), {}),
        (Kind.MANY, Answer(()), {"evidence": PLAN}),
        (Kind.URL, Answer("https://chiangmai.go.th"), {}),
        (Kind.DATE, Answer(TODAY), {}),
        (Kind.TEXT, Answer(cannot="ไม่ใช่ภารกิจ"), {"evidence": PLAN}),
    ],
)
def test_a_sound_answer_has_no_problem(kind: Kind, answer: Answer, more: dict[str, Any]) -> None:
    assert one(kind, answer, **more) == []


def pair(**more: Any) -> Edition:
    return make_edition(make_question("P1.1", Kind.COUNT), make_question("P1.2", Kind.COUNT, **more))


def test_a_part_is_not_above_its_whole() -> None:
    found = check(pair(not_above="P1.1"), make_sheet(P1_1=Answer(3), P1_2=Answer(4)))
    assert [(problem.rule, problem.row) for problem in found] == [("above_its_limit", "P1.2")]
    assert found[0].th == "ตอบ 4 มากกว่าข้อ P1.1 ที่ตอบ 3"
    assert check(pair(not_above="P1.1"), make_sheet(P1_1=Answer(3), P1_2=Answer(3))) == []


def test_an_answer_off_the_path_is_a_warning_and_nothing_else_is_asked_of_it() -> None:
    edition = pair(asked_when=above("P1.1"), not_above="P1.1", evidence=PLAN)
    found = check(edition, make_sheet(P1_1=Answer(0), P1_2=Answer(4)))
    assert [(problem.rule, problem.severity) for problem in found] == [("off_the_path", Severity.WARNING)]
    assert check(edition, make_sheet(P1_1=Answer(0))) == []
    proved = Answer(1, proofs=(make_proof("plan"),))
    assert check(edition, make_sheet(P1_1=Answer(1), P1_2=proved)) == []


def test_an_answer_to_no_row_is_an_error() -> None:
    found = check(
        make_edition(make_question("P1.1"), make_question("P1.2", Kind.HEADING)), make_sheet(P1_1=NO, P1_2=YES, P9_9=YES)
    )
    assert [(problem.rule, problem.row) for problem in found] == [("unknown_row", "P1.2"), ("unknown_row", "P9.9")]


def test_an_agency_is_held_to_its_own_rows() -> None:
    edition = make_edition(
        make_question("P1.1"), make_question("P1.2", asked_when=Condition(code="P1.1")), make_question("P1.3")
    )
    assert [problem.row for problem in check(edition, make_sheet(), asked={"P1.3"})] == ["P1.3"]
    assert [problem.row for problem in check(edition, make_sheet(), asked={"P1.2"})] == ["P1.2"]


def test_without_today_no_day_is_to_come() -> None:
    assert check(make_edition(row(Kind.DATE)), make_sheet(P1_1=Answer(date(2999, 1, 1)))) == []


def test_problems_stand_in_the_order_of_the_rows() -> None:
    edition = make_edition(*(make_question(f"P1.{number}") for number in (1, 2, 10)))
    assert [problem.row for problem in check(edition, make_sheet())] == ["P1.1", "P1.2", "P1.10"]


def test_each_rule_has_its_own_name_and_code_and_its_letter_says_how_grave_it_is() -> None:
    assert len({rule.__name__ for _, rule in RULES}) == len({code for code, _ in RULES}) == len(RULES) >= 16
    (missing,) = one(Kind.YES_NO, Answer())
    assert (missing.code, missing.severity) == ("E02", Severity.ERROR)
    (undated,) = one(Kind.YES_NO, replace(YES, proofs=(make_proof(),)), window=YEAR)
    assert (undated.code, undated.severity) == ("W02", Severity.WARNING)
