"""Sending to be reviewed: what goes, what stays with its reason, and that nothing goes twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Agency
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.submitting import NothingToSubmit, standing, submit_answers
from phrom.survey.models import Answer, Ask, AskState, EvidenceLink, Review, ReviewKind, Round
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_answer, make_evidence, make_review, make_round, make_sheet

pytestmark = pytest.mark.django_db
KEY = "a-key-of-at-least-16-letters"
Cast = tuple[Round, Agency, dict[str, Ask]]


@pytest.fixture
def cast() -> Cast:
    """An agency with every row to answer."""
    round = make_round()
    agency = make_agency(round.body)
    return round, agency, make_sheet(round, agency)


def state(ask: Ask) -> str:
    return Ask.objects.get(pk=ask.pk).state


def test_what_is_ready_goes_and_the_rest_stays(cast: Cast) -> None:
    round, agency, asks = cast
    make_answer(asks["P1.3"], "แผนปฏิบัติการดิจิทัล")
    make_answer(asks["P1.4"], None, cannot="ยังไม่มีเว็บไซต์")
    by = make_member(agency)
    steps = submit_answers(round=round, agency=agency, by=by, at=AT)
    assert [(s.ask.code, s.version, s.by) for s in steps] == [("P1.3", 1, by), ("P1.4", 1, by)]
    assert (state(asks["P1.3"]), state(asks["P1.1"])) == (AskState.SUBMITTED, AskState.OPEN)
    event = AuditEvent.objects.get(event="answers.submitted")
    assert (event.details["codes"], event.details["late"]) == (["P1.3", "P1.4"], False)


def test_an_error_of_the_rules_keeps_a_row_back(cast: Cast) -> None:
    round, agency, asks = cast
    make_answer(asks["P2.1.1"], 3)
    make_answer(asks["P2.1.2"], 5)
    steps = submit_answers(round=round, agency=agency, by=make_member(agency), at=AT)
    assert "P2.1.2" not in [step.ask.code for step in steps]


def test_a_row_that_is_not_asked_goes_along_once_that_is_settled(cast: Cast) -> None:
    round, agency, asks = cast
    make_answer(asks["P1.3"], "ก")
    submit_answers(round=round, agency=agency, by=make_member(agency), at=AT)
    assert state(asks["P2.2.1"]) == AskState.OPEN
    make_answer(asks["P2.2"], False)
    submit_answers(round=round, agency=agency, by=make_member(agency), at=AT)
    assert state(asks["P2.2.1"]) == AskState.SUBMITTED


def test_nothing_ready_is_refused(cast: Cast) -> None:
    round, agency, _ = cast
    with pytest.raises(NothingToSubmit):
        submit_answers(round=round, agency=agency, by=make_member(agency), at=AT)
    assert Review.objects.count() == 0


def test_a_frozen_round_takes_nothing(cast: Cast) -> None:
    round, agency, asks = cast
    make_answer(asks["P1.3"], "ก")
    Round.objects.update(frozen_at=AT, frozen_by=make_member(agency))
    with pytest.raises(RoundClosed):
        submit_answers(round=round, agency=agency, by=make_member(agency), at=AT)


def test_another_agencys_rows_are_not_sent(cast: Cast) -> None:
    round, _, asks = cast
    other = make_agency(round.body)
    make_answer(asks["P1.3"], "ก")
    with pytest.raises(NothingToSubmit):
        submit_answers(round=round, agency=other, by=make_member(other), at=AT)


def test_the_standing_costs_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    round, agency, asks = cast
    for ask in asks.values():
        make_evidence(ask)
    with django_assert_num_queries(2):
        standing(round=round, agency=agency, today=AT.date())


@pytest.mark.parametrize("role", ["official", "head"])
def test_an_official_and_a_head_send_by_the_page_once(client: Client, cast: Cast, role: str) -> None:
    round, agency, asks = cast
    make_answer(asks["P1.3"], "ก")
    client.force_login(make_member(agency, role))
    where = reverse("submit", args=[round.pk, agency.pk])
    assert "ส่งให้ตรวจ 1 ข้อ" in client.get(where).content.decode()
    for _ in range(3):
        assert client.post(where, {"once": KEY}).status_code == 302
    assert Review.objects.count() == 1
    page = client.get(where).content.decode()
    assert "ยังไม่ได้ตอบ" in page
    assert "ส่งให้ตรวจ 1 ข้อ" not in page


@pytest.mark.parametrize("once", ["", "short", "ก" * 20, "x" * 200])
def test_a_form_without_its_key_sends_nothing(client: Client, cast: Cast, once: str) -> None:
    round, agency, asks = cast
    make_answer(asks["P1.3"], "ก")
    client.force_login(make_member(agency))
    assert client.post(reverse("submit", args=[round.pk, agency.pk]), {"once": once}).status_code == 422
    assert state(asks["P1.3"]) == AskState.OPEN


def test_a_stranger_finds_no_page(client: Client, cast: Cast) -> None:
    round, agency, _ = cast
    client.force_login(make_member(make_agency(round.body)))
    where = reverse("submit", args=[round.pk, agency.pk])
    assert (client.get(where).status_code, client.post(where, {"once": KEY}).status_code) == (404, 404)


def test_what_came_back_untouched_goes_only_when_somebody_says_so(cast: Cast) -> None:
    round, agency, asks = cast
    ask = asks["P1.3"]
    make_answer(ask, "ก")
    make_review(ask, ReviewKind.RETURNED, "ขอฉบับลงนาม")
    Ask.objects.filter(pk=ask.pk).update(state=AskState.RETURNED)
    by = make_member(agency)
    with pytest.raises(NothingToSubmit):
        submit_answers(round=round, agency=agency, by=by, at=AT)
    assert len(submit_answers(round=round, agency=agency, by=by, at=AT, as_it_is={ask.pk})) == 1


@pytest.mark.parametrize("what", ["answer", "evidence"])
def test_what_came_back_and_was_mended_goes(cast: Cast, what: str) -> None:
    round, agency, asks = cast
    ask = asks["P1.3"]
    make_answer(ask, "ก", at=AT - timedelta(days=1))
    make_review(ask, ReviewKind.RETURNED, "ขอฉบับลงนาม")
    Ask.objects.filter(pk=ask.pk).update(state=AskState.RETURNED)
    later = AT + timedelta(hours=1)
    if what == "answer":
        Answer.objects.update(at=later)
    else:
        make_evidence(ask)
        EvidenceLink.objects.update(added_at=later)
    assert len(submit_answers(round=round, agency=agency, by=make_member(agency), at=later)) == 1
