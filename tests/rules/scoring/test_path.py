"""Which rows are asked."""

from __future__ import annotations

from phrom.rules.instrument.model import Condition, Kind
from phrom.rules.scoring.path import codes_of, condition_th, on_path
from phrom.rules.scoring.sheet import Answer
from tests.factories.rules import NO, YES, above, either, make_edition, make_question, make_sheet

CHAIN = make_edition(
    make_question("P1.1"),
    make_question("P1.2", asked_when=Condition(code="P1.1")),
    make_question("P1.3", asked_when=Condition(code="P1.2")),
)


def test_a_row_without_condition_is_always_asked() -> None:
    assert on_path(CHAIN, make_sheet()) == {"P1.1"}


def test_yes_opens_the_next_row() -> None:
    assert on_path(CHAIN, make_sheet(P1_1=YES)) == {"P1.1", "P1.2"}


def test_no_closes_the_whole_chain_behind_it() -> None:
    assert on_path(CHAIN, make_sheet(P1_1=NO, P1_2=YES, P1_3=YES)) == {"P1.1"}


def test_cannot_answer_opens_nothing() -> None:
    assert on_path(CHAIN, make_sheet(P1_1=Answer(cannot="ไม่มีข้อมูล"))) == {"P1.1"}


def test_given_is_open_for_no_too() -> None:
    edition = make_edition(make_question("P1.1"), make_question("P1.2", asked_when=Condition(code="P1.1", test="given")))
    assert on_path(edition, make_sheet(P1_1=NO)) == {"P1.1", "P1.2"}
    assert on_path(edition, make_sheet()) == {"P1.1"}


def test_any_of_needs_one_all_of_needs_both() -> None:
    counts = [make_question(code, Kind.COUNT) for code in ("P1.1", "P1.2")]
    both = Condition(all_of=(above("P1.1"), above("P1.2")))
    edition = make_edition(
        *counts, make_question("P1.3", asked_when=either("P1.1", "P1.2")), make_question("P1.4", asked_when=both)
    )
    assert on_path(edition, make_sheet(P1_1=Answer(0), P1_2=Answer(3))) == {"P1.1", "P1.2", "P1.3"}
    assert on_path(edition, make_sheet(P1_1=Answer(1), P1_2=Answer(3))) == {"P1.1", "P1.2", "P1.3", "P1.4"}


def test_a_condition_about_somebody_elses_row_is_theirs_to_fulfil() -> None:
    assert on_path(CHAIN, make_sheet(), asked={"P1.2", "P1.3"}) == {"P1.2"}
    assert on_path(CHAIN, make_sheet(P1_2=YES), asked={"P1.2", "P1.3"}) == {"P1.2", "P1.3"}


def test_a_condition_is_said_in_thai() -> None:
    assert condition_th(Condition(code="P5.2")) == "ตอบว่า “มี” ในข้อ P5.2"
    assert condition_th(either("P4.1", "P4.2")) == "ตอบว่า “มี” ในข้อ P4.1 หรือ ตอบข้อ P4.2 มากกว่า 0"
    assert codes_of(either("P4.1", "P4.2")) == {"P4.1", "P4.2"}
    assert codes_of(None) == frozenset()
