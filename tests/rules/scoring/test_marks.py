"""What one answer earns, and the sentence why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from phrom.rules.instrument.model import Condition, Kind, Question
from phrom.rules.scoring.marks import mark
from phrom.rules.scoring.sheet import Answer, Provider
from tests.factories.rules import NO, PARENT, YES, make_choices, make_question


def question(kind: Kind, full_at: int = 1, **more: Any) -> Question:
    return make_question("P1.1", kind, "10", full_at, choices=make_choices("a", "b", "c"), **more)


@pytest.mark.parametrize(
    ("kind", "full_at", "value", "points"),
    [
        (Kind.YES_NO, 1, True, "10.00"),
        (Kind.YES_NO, 1, False, "0.00"),
        (Kind.MANY, 3, ("a",), "3.33"),
        (Kind.MANY, 2, ("a", "b", "c"), "10.00"),
        (Kind.MANY, 3, (), "0.00"),
        (Kind.MANY, 3, ("a", "a", "unheard"), "3.33"),
        (Kind.COUNT, 3, 2, "6.67"),
        (Kind.COUNT, 3, 30, "10.00"),
        (Kind.COUNT, 3, -1, "0.00"),
        (Kind.COUNT, 3, True, "0.00"),
        (Kind.PERCENT, 1, Decimal("85.55"), "8.56"),
        (Kind.PERCENT, 1, Decimal("100.01"), "0.00"),
        (Kind.PERCENT, 1, Decimal("NaN"), "0.00"),
        (Kind.DATE, 1, date(2024, 6, 11), "10.00"),
        (Kind.URL, 1, "https://chiangmai.go.th", "10.00"),
        (Kind.TEXT, 1, "  ", "0.00"),
        (Kind.TEXT, 1, "ข้อความ", "10.00"),
        (Kind.YES_NO, 1, None, "0.00"),
        (Kind.YES_NO, 1, "มี", "0.00"),
        (Kind.DATE, 1, "2024-06-11", "0.00"),
    ],
)
def test_points(kind: Kind, full_at: int, value: Any, points: str) -> None:
    assert str(mark(question(kind, full_at), Answer(value)).points) == points


def test_what_the_parent_department_alone_provides_earns_nothing_beyond_it() -> None:
    beyond = question(Kind.YES_NO, beyond_parent_department=True)
    assert mark(beyond, PARENT).points == 0
    assert "กรมต้นสังกัด" in mark(beyond, PARENT).because
    assert mark(beyond, Answer(True, provider=Provider.BOTH)).points == 10
    assert mark(question(Kind.YES_NO), PARENT).points == 10


def test_a_row_off_the_path_earns_nothing_and_still_counts_in_what_it_is_out_of() -> None:
    found = mark(question(Kind.YES_NO, asked_when=Condition(code="P5.2")), YES, on_path=False)
    assert (found.points, found.out_of) == (0, 10)
    assert found.because == "ไม่นับคะแนน เพราะข้อนี้ถามเมื่อตอบว่า “มี” ในข้อ P5.2เท่านั้น"


def test_the_general_part_is_not_scored() -> None:
    found = mark(make_question("G.1", points=""), YES)
    assert (found.points, found.out_of) == (0, 0)


@pytest.mark.parametrize(
    ("answer", "because"),
    [
        (YES, "ตอบว่า “มี” ได้ 10 จาก 10 คะแนน"),
        (NO, "ตอบว่า “ไม่มี” ได้ 0 จาก 10 คะแนน"),
        (Answer(), "ยังไม่ได้ตอบ ได้ 0 จาก 10 คะแนน"),
        (Answer(cannot="รอข้อมูล"), "แจ้งว่าตอบไม่ได้ (รอข้อมูล) ได้ 0 จาก 10 คะแนน"),
    ],
)
def test_because_is_one_thai_sentence(answer: Answer, because: str) -> None:
    assert mark(question(Kind.YES_NO), answer).because == because
