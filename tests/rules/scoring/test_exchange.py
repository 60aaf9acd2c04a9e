"""Answers as JSON and back, with strict types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from phrom.rules.instrument.model import Detail, EvidenceSlot, Kind, Question
from phrom.rules.scoring.exchange import LONGEST, BadAnswer, answer_from_json, answer_to_json
from phrom.rules.scoring.sheet import Answer, Proof, Provider
from tests.factories.rules import make_choices, make_question


def question(kind: Kind, **more: Any) -> Question:
    return make_question("P1.1", kind, choices=make_choices("ai", "iot", "5g"), **more)


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Kind.YES_NO, True, True),
        (Kind.YES_NO, None, None),
        (Kind.COUNT, 5, 5),
        (Kind.PERCENT, "12.50", Decimal("12.50")),
        (Kind.PERCENT, 100, Decimal(100)),
        (Kind.DATE, "2024-06-11", date(2024, 6, 11)),
        (Kind.TEXT, "  คำตอบ\nสองบรรทัด ", "คำตอบ\nสองบรรทัด"),
        (Kind.TEXT, "   ", None),
        (Kind.URL, "https://data.go.th/dataset?q=ข้าว", "https://data.go.th/dataset?q=ข้าว"),
        (Kind.URL, "", None),
        (Kind.MANY, ["5g", "ai", "ai"], ("ai", "5g")),
        (Kind.MANY, [], ()),
    ],
)
def test_a_value_of_its_kind_is_read(kind: Kind, written: Any, value: Any) -> None:
    assert answer_from_json(question(kind), {"value": written}).value == value


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Kind.YES_NO, "yes"),
        (Kind.YES_NO, 1),
        (Kind.COUNT, True),
        (Kind.COUNT, -1),
        (Kind.COUNT, 5.0),
        (Kind.COUNT, "5"),
        (Kind.COUNT, 1_000_001),
        (Kind.PERCENT, 12.5),
        (Kind.PERCENT, "100.01"),
        (Kind.PERCENT, "12.345"),
        (Kind.PERCENT, "๑๒"),
        (Kind.PERCENT, "NaN"),
        (Kind.PERCENT, True),
        (Kind.DATE, "2024-02-30"),
        (Kind.DATE, "2567-06-11"),
        (Kind.DATE, "2024-W24-2"),
        (Kind.DATE, "20240611"),
        (Kind.URL, "javascript:alert(1)"),
        (Kind.URL, "https://a b.go.th"),
        (Kind.URL, "www.chiangmai.go.th"),
        (Kind.TEXT, "ขาด\x00กลาง"),
        (Kind.TEXT, "ครึ่ง\ud800ตัว"),
        (Kind.TEXT, 5),
        (Kind.TEXT, "ก" * (LONGEST + 1)),
        (Kind.MANY, ["blockchain"]),
        (Kind.MANY, "ai"),
        (Kind.MANY, [1]),
        (Kind.HEADING, True),
    ],
)
def test_anything_else_is_refused_in_thai_and_english(kind: Kind, written: Any) -> None:
    with pytest.raises(BadAnswer) as refused:
        answer_from_json(question(kind), {"value": written})
    assert all(problem.th and problem.en for problem in refused.value.problems)


def test_all_problems_come_at_once() -> None:
    data = {"value": "x", "detail": "x", "provider": "us", "cannot": 1, "evidence": {}, "extra": 1}
    with pytest.raises(BadAnswer) as refused:
        answer_from_json(question(Kind.YES_NO), data)
    assert len(refused.value.problems) >= 6


@pytest.mark.parametrize("data", [None, [], "x", 5])
def test_an_answer_is_an_object(data: Any) -> None:
    with pytest.raises(BadAnswer):
        answer_from_json(question(Kind.YES_NO), data)


def test_answering_and_not_being_able_to_is_refused() -> None:
    with pytest.raises(BadAnswer):
        answer_from_json(question(Kind.YES_NO), {"value": False, "cannot": "ไม่ทราบ"})


@pytest.mark.parametrize(
    ("kind", "written", "detail"),
    [
        (Kind.TEXT, "สามครั้ง", "สามครั้ง"),
        (Kind.PERCENT, "85.5", Decimal("85.5")),
        (Kind.YES_NO, False, False),
        (Kind.TEXT, "", None),
    ],
)
def test_detail(kind: Kind, written: Any, detail: Any) -> None:
    row = question(Kind.YES_NO, detail=Detail(kind=kind, label="โปรดระบุ"))
    assert answer_from_json(row, {"value": True, "detail": written}).detail == detail


@pytest.mark.parametrize(("kind", "written"), [(Kind.TEXT, True), (Kind.PERCENT, "101"), (Kind.YES_NO, "yes"), (None, "x")])
def test_a_wrong_detail_is_refused(kind: Kind | None, written: Any) -> None:
    row = question(Kind.YES_NO, detail=Detail(kind=kind, label="โปรดระบุ") if kind else None)
    with pytest.raises(BadAnswer):
        answer_from_json(row, {"value": True, "detail": written})


FULL = Answer(
    ("ai", "iot"),
    Decimal("85.5"),
    Provider.BOTH,
    (Proof("รายงาน.pdf", "report", date(2024, 5, 1), "sha256:1"), Proof("ลิงก์", "", None, "")),
)


@pytest.mark.parametrize(
    ("kind", "answer"), [(Kind.MANY, FULL), (Kind.TEXT, Answer(cannot="รอข้อมูล")), (Kind.YES_NO, Answer(False))]
)
def test_written_and_read_back_it_is_the_same(kind: Kind, answer: Answer) -> None:
    row = question(kind, detail=Detail(kind=Kind.PERCENT, label=""), evidence=(EvidenceSlot(code="report", name="รายงาน"),))
    assert answer_from_json(row, answer_to_json(answer)) == answer


@pytest.mark.parametrize(
    "proof", [{"name": ""}, {"name": "ก", "slot": "other"}, {"name": "ก", "issued_on": "31/12/2567"}, {"title": "ก"}, "ก"]
)
def test_bad_evidence_is_refused(proof: Any) -> None:
    with pytest.raises(BadAnswer):
        answer_from_json(question(Kind.YES_NO), {"value": True, "evidence": [proof]})


def test_what_was_put_together_from_many_agencies_reads_back() -> None:
    long = Answer("ข้อความ" * LONGEST)
    assert answer_from_json(question(Kind.TEXT), answer_to_json(long), kept=True) == long
