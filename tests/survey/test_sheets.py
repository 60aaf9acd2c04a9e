"""Rows to sheets: which answers count, whose they are, and the same few queries for any number of agencies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from phrom.rules.scoring.sheet import Proof
from phrom.survey.models import Ask, AskState, EvidenceLink
from phrom.survey.sheets import ALL, SENT, answers_of, province_of
from tests.factories.agencies import make_agency, make_person
from tests.factories.survey import (
    AT,
    make_answered,
    make_ask,
    make_evidence,
    make_province_answer,
    make_round,
    make_stored_file,
    tiny_edition,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "reviewed", "sent"),
    [
        (AskState.OPEN, False, False),
        (AskState.RETURNED, False, False),
        (AskState.SUBMITTED, False, True),
        (AskState.ACCEPTED, True, True),
    ],
)
def test_which_states_count(state: AskState, reviewed: bool, sent: bool) -> None:
    ask = make_answered(state=state)
    found = answers_of(ask.round, tiny_edition())
    assert found.sheets()[0].sheet.get("P1.1").given is reviewed
    assert found.sheets(SENT)[0].sheet.get("P1.1").given is sent
    assert found.sheets(ALL)[0].sheet.get("P1.1").given


def test_withdrawn_asks_are_not_read() -> None:
    ask = make_answered(state=AskState.ACCEPTED)
    Ask.objects.update(withdrawn_by=make_person(), withdrawn_at=AT)
    assert answers_of(ask.round, tiny_edition()).sheets() == ()


def test_a_sheet_knows_what_was_asked_and_led_even_unanswered() -> None:
    ask = make_ask(code="P1.5", lead=True)
    make_ask(ask.round, ask.agency, "P1.1")
    (sheet,) = answers_of(ask.round, tiny_edition()).sheets()
    assert (sheet.asked, sheet.lead, sheet.agency) == ({"P1.1", "P1.5"}, {"P1.5"}, ask.agency.code)


def test_evidence_comes_with_its_slot_day_and_reference() -> None:
    ask = make_answered(state=AskState.ACCEPTED)
    make_evidence(ask, "ก.pdf", "order", date(2024, 2, 1))
    link = make_evidence(ask, "ข.pdf")
    link.evidence.file, link.evidence.url = make_stored_file(), ""
    link.evidence.save()
    proofs = answers_of(ask.round, tiny_edition()).sheets()[0].sheet.get("P1.1").proofs
    assert proofs == (
        Proof("ก.pdf", "order", date(2024, 2, 1), "https://www.chiangmai.go.th/a.pdf"),
        Proof("ข.pdf", "", None, "sha256:" + "a" * 64),
    )


def test_evidence_that_was_taken_away_proves_nothing() -> None:
    ask = make_answered(state=AskState.ACCEPTED)
    make_evidence(ask)
    EvidenceLink.objects.update(removed_by=make_person(), removed_at=AT)
    assert answers_of(ask.round, tiny_edition()).sheets()[0].sheet.get("P1.1").proofs == ()


def test_one_agency_can_be_read_alone() -> None:
    ask = make_answered()
    make_answered(ask.round)
    assert {each.agency_id for each in answers_of(ask.round, tiny_edition(), agency=ask.agency).asks} == {ask.agency_id}


def test_counts_are_added_up_over_accepted_agencies() -> None:
    round = make_round()
    for value, state in ((3, AskState.ACCEPTED), (4, AskState.ACCEPTED), (5, AskState.SUBMITTED)):
        make_answered(round, code="P2.1.1", value=value, state=state)
    assert province_of(round, tiny_edition()).sheet.get("P2.1.1").value == 7
    assert province_of(round, tiny_edition(), reviewed_only=False).sheet.get("P2.1.1").value == 12


def test_a_decision_of_the_province_rests_on_the_agencies_evidence() -> None:
    ask = make_answered(value=False, state=AskState.ACCEPTED)
    make_evidence(ask, "คำสั่ง.pdf", "order")
    make_province_answer(ask.round, "P1.1", value=True)
    row = province_of(ask.round, tiny_edition()).rows["P1.1"]
    assert (row.answer.value, row.overridden, [proof.name for proof in row.answer.proofs]) == (True, True, ["คำสั่ง.pdf"])
    assert row.proposed.value is False


@pytest.mark.parametrize("agencies", [2, 40])
def test_three_queries_for_any_number_of_agencies(agencies: int, django_assert_num_queries: Any) -> None:
    round = make_round()
    for _ in range(agencies):
        make_evidence(make_answered(round, make_agency(round.body), state=AskState.ACCEPTED))
    with django_assert_num_queries(3):
        assert len(province_of(round, tiny_edition()).rows["P1.1"].sources) == agencies
