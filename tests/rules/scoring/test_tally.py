"""A sum over agencies counts a named thing once, whoever named it and in whatever order."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.instrument.model import Kind, Merge
from phrom.rules.scoring.combine import tally_of
from phrom.rules.scoring.exchange import answer_from_json, answer_to_json
from phrom.rules.scoring.merge import merge
from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet, Item
from tests.factories.rules import make_edition, make_question

ROW = make_question("P1.1", Kind.COUNT, merge=Merge.SUM)
EDITION = make_edition(ROW)


def listed(*names: str, count: int | None = None) -> Answer:
    """A count with these things behind it; the same name is the same thing."""
    return Answer(len(names) if count is None else count, items=tuple(Item(name, f"บริการ {name}") for name in names))


def merged(*answers: Answer) -> Answer:
    sheets = [AgencySheet(f"a{n}", f"หน่วยงาน {n}", AnswerSheet({"P1.1": answer})) for n, answer in enumerate(answers)]
    return merge(EDITION, sheets).rows["P1.1"].answer


def because(*answers: Answer) -> str:
    sheets = [AgencySheet(f"a{n}", f"หน่วยงาน {n}", AnswerSheet({"P1.1": answer})) for n, answer in enumerate(answers)]
    return merge(EDITION, sheets).rows["P1.1"].because


def test_the_same_service_of_two_agencies_counts_once() -> None:
    found = merged(listed("จองคิว", "สารบรรณ"), listed("จองคิว", "ขออนุญาต"))
    assert found.value == 3
    assert [item.name for item in found.items] == ["บริการ จองคิว", "บริการ สารบรรณ", "บริการ ขออนุญาต"]


def test_a_plain_number_is_added_as_it_is() -> None:
    assert merged(listed("จองคิว"), Answer(4)).value == 5


def test_a_number_above_its_list_adds_the_rest_without_names() -> None:
    assert merged(listed("จองคิว", count=3), listed("จองคิว")).value == 3


def test_a_number_below_its_list_does_not_stand_for_the_list() -> None:
    found = merged(listed("ก", "ข", "ค", count=1), listed("ก"))
    assert found.value == 2
    assert [item.ref for item in found.items] == ["ก"]


def test_the_sentence_says_how_many_were_counted_once() -> None:
    assert because(listed("ก", "ข"), listed("ก")).endswith("นับจากบัญชี 3 รายการ ซ้ำกัน 1 รายการ นับครั้งเดียว")
    assert because(listed("ก"), listed("ข")).endswith("นับจากบัญชี 2 รายการ ไม่มีรายการที่ระบุว่าซ้ำกัน")
    assert because(listed("ก"), Answer(4)).endswith("และจำนวนที่ไม่มีในบัญชีอีก 4 (ตรวจรายการซ้ำก่อนส่ง)")
    assert because(Answer(1), Answer(4)).endswith("ใช้ 2 จาก 2 หน่วยงาน (ตรวจรายการซ้ำก่อนส่ง)")


def test_of_the_same_thing_the_one_that_can_be_seen_is_kept() -> None:
    bare, seen = Item("ก", "จองคิว"), Item("ก", "ระบบจองคิว", "https://q.example.go.th")
    found = merged(Answer(1, items=(bare,)), Answer(1, items=(seen,)))
    assert found.items == (Item("ก", "จองคิว", "https://q.example.go.th"),)


def test_what_can_be_seen_travels() -> None:
    answer = Answer(2, items=(Item("1", "จองคิว", "https://q.example.go.th"), Item("2", "สารบรรณ")))
    told = answer_to_json(answer)
    assert told["items"][1] == {"ref": "2", "name": "สารบรรณ"}
    assert answer_from_json(ROW, told) == answer


NAMES = st.lists(st.sampled_from("กขคงจ"), unique=True, max_size=5)
ANSWERS = st.builds(lambda names, more: listed(*names, count=max(0, len(names) + more)), NAMES, st.integers(-3, 3))


@given(st.lists(ANSWERS, min_size=1, max_size=5), st.randoms())
def test_the_order_of_agencies_does_not_matter(answers: list[Answer], dice: object) -> None:
    shuffled = sorted(answers, key=lambda each: dice.random())  # type: ignore[attr-defined]
    first, second = tally_of(answers), tally_of(shuffled)
    assert (first.once, first.named, first.unnamed) == (second.once, second.named, second.unnamed)
    assert {item.ref for item in first.items} == {item.ref for item in second.items}


@given(st.lists(ANSWERS, min_size=1, max_size=5))
def test_a_sum_is_never_above_the_plain_sum(answers: list[Answer]) -> None:
    value = merged(*answers).value
    assert isinstance(value, int) and value <= sum(answer.value for answer in answers if isinstance(answer.value, int))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=5))
def test_a_sum_without_twins_is_the_plain_sum(counts: list[int]) -> None:
    answers = [listed(*(f"{agency}-{n}" for n in range(count))) for agency, count in enumerate(counts)]
    assert merged(*answers).value == sum(counts)


@given(st.lists(ANSWERS, min_size=1, max_size=4))
def test_the_points_rest_on_the_number_not_on_the_names(answers: list[Answer]) -> None:
    found = merged(*answers)
    with_names, without = (
        score(EDITION, AnswerSheet({"P1.1": found})),
        score(EDITION, AnswerSheet({"P1.1": Answer(found.value)})),
    )
    assert with_names.total == without.total >= Decimal(0)
