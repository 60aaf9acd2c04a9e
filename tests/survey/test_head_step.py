"""The head approves first, where the agency wants that: the coordinator sees and counts nothing before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.access import access_of
from phrom.agencies.actions.head_step import NobodyToApprove, set_head_approves
from phrom.agencies.models import Agency, Person
from phrom.desk.pages import desk_page
from phrom.meetings.models import FollowUp
from phrom.shared.journal.models import AuditEvent
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.answering import save_answer
from phrom.survey.actions.approving import NothingWaits, approve_and_send, take_back
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.freezing import readiness
from phrom.survey.actions.locking import AskLocked
from phrom.survey.actions.mandate import open_for_asked
from phrom.survey.actions.reviewing import NotToBeDecided, ReasonMissing, accept, seen_marks, seen_of
from phrom.survey.actions.submitting import NothingToSubmit, submit_answers
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round
from phrom.survey.pages.board import board_page
from phrom.survey.pages.my_asks import my_asks_page
from phrom.survey.pages.review import queue_page
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_answer, make_evidence, make_round, make_sheet
from tests.survey.province import make_province, open_for

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
LATER = AT + timedelta(hours=1)
KEY = "a-key-of-at-least-16-letters"


class Office:
    """An agency whose head approves first, with an official, a head, and two answered rows."""

    def __init__(self) -> None:
        self.round = make_round()
        self.agency = make_agency(self.round.body)
        self.official, self.head = make_member(self.agency), make_member(self.agency, "head", "นายบุญมี หัวหน้า")
        self.coordinator = make_member(self.round.body, "coordinator")
        self.asks = make_sheet(self.round, self.agency)
        for code in ("P1.3", "P1.4"):
            make_answer(self.asks[code], "ก" if code == "P1.3" else None, cannot="" if code == "P1.3" else "ไม่มี")
        set_head_approves(agency=self.agency, approves=True, by=self.head, at=AT)
        self.agency.refresh_from_db()

    def send(self, by: Person | None = None, **more: Any) -> list[Review]:
        return submit_answers(round=self.round, agency=self.agency, by=by or self.official, at=AT, **more)

    def seen(self) -> dict[int, str]:
        return seen_marks(Ask.objects.filter(agency=self.agency, state=AskState.WITH_HEAD))

    def approve(self, seen: dict[int, str] | None = None) -> Any:
        marks = self.seen() if seen is None else seen
        return approve_and_send(round=self.round, agency=self.agency, seen=marks, by=self.head, at=LATER)

    def states(self) -> list[str]:
        return [Ask.objects.get(pk=self.asks[code].pk).state for code in ("P1.3", "P1.4")]


@pytest.fixture
def office() -> Office:
    return Office()


def test_what_an_official_sends_waits_for_the_head(office: Office) -> None:
    steps = office.send()
    assert [(step.kind, step.version) for step in steps] == [(ReviewKind.PREPARED, 1)] * 2
    assert office.states() == [AskState.WITH_HEAD] * 2
    assert AuditEvent.objects.filter(event="answers.prepared").count() == 1
    assert not AuditEvent.objects.filter(event="answers.submitted").exists()


def test_what_a_head_sends_goes_at_once(office: Office) -> None:
    assert {step.kind for step in office.send(office.head)} == {ReviewKind.SUBMITTED}
    assert office.states() == [AskState.SUBMITTED] * 2


def test_a_head_of_another_office_and_the_coordinator_pass_nobody_by(office: Office) -> None:
    for stranger in (make_member(make_agency(office.round.body), "head"), office.coordinator):
        ask = office.asks["P1.3"]
        assert {step.kind for step in office.send(stranger)} == {ReviewKind.PREPARED}
        Ask.objects.filter(agency=office.agency).update(state=AskState.OPEN)
        assert Ask.objects.get(pk=ask.pk).editable


def test_the_head_approves_chosen_rows_and_they_are_sent(office: Office) -> None:
    office.send()
    ask = office.asks["P1.3"]
    word = office.approve({ask.pk: office.seen()[ask.pk]})
    assert (word.done, office.states()) == (("P1.3",), [AskState.SUBMITTED, AskState.WITH_HEAD])
    step = Review.objects.filter(ask=ask).latest("pk")
    assert (step.kind, step.by, step.version) == (ReviewKind.SUBMITTED, office.head, 1)
    event = AuditEvent.objects.get(event="answers.approved")
    assert (event.details["codes"], event.details["late"]) == (["P1.3"], False)


def test_what_was_given_back_in_the_meantime_is_left_alone(office: Office) -> None:
    office.send()
    seen = office.seen()
    take_back(round=office.round, agency=office.agency, seen=seen, reason="ขอเลขหนังสือ", by=office.head, at=LATER)
    with pytest.raises(NothingWaits):
        office.approve(seen)
    office.send(as_it_is=set(seen))
    assert office.approve(seen).changed == ("P1.3", "P1.4")
    assert office.states() == [AskState.WITH_HEAD] * 2


def test_taken_back_is_open_again_and_says_that_the_head_wants_it(office: Office, client: Client) -> None:
    office.send()
    word = take_back(
        round=office.round, agency=office.agency, seen=office.seen(), reason="ขอเลขหนังสือ", by=office.head, at=LATER
    )
    assert (word.done, office.states()) == (("P1.3", "P1.4"), [AskState.RETURNED] * 2)
    client.force_login(office.official, backend=BACKEND)
    text = client.get(reverse("answering_section", args=[office.round.pk, office.agency.pk, "p1-2"])).content.decode()
    assert "หัวหน้าหน่วยงานให้แก้ไข</strong>: ขอเลขหนังสือ" in text and "นายบุญมี หัวหน้า" in text
    with pytest.raises(NothingToSubmit):
        office.send()
    assert len(office.send(as_it_is={office.asks["P1.3"].pk})) == 1


@pytest.mark.parametrize("reason", ["", "    ", "แก้"])
def test_the_head_gives_nothing_back_without_a_reason(office: Office, reason: str) -> None:
    office.send()
    with pytest.raises(ReasonMissing):
        take_back(round=office.round, agency=office.agency, seen=office.seen(), reason=reason, by=office.head, at=LATER)
    assert office.states() == [AskState.WITH_HEAD] * 2


def test_what_waits_for_the_head_cannot_be_edited_accepted_or_sent_round_her(office: Office) -> None:
    office.send()
    ask = Ask.objects.select_related("round__survey", "round__body", "agency", "answer").get(pk=office.asks["P1.3"].pk)
    content = {"value": "ใหม่", "detail": None, "provider": "", "cannot": ""}
    with pytest.raises(AskLocked, match="หัวหน้าหน่วยงานเห็นชอบ"):
        save_answer(ask=ask, content=content, version=1, by=office.official, at=LATER)
    with pytest.raises(NotToBeDecided):
        accept(ask=ask, seen=seen_of(ask), by=office.coordinator, at=LATER)
    with pytest.raises(NothingToSubmit):
        office.send()


def test_an_error_that_came_up_since_keeps_a_row_with_the_head(office: Office) -> None:
    make_answer(office.asks["P2.1.1"], 5)
    make_answer(office.asks["P2.1.2"], 3)
    office.send()
    office.asks["P2.1.1"].answer.content["value"] = 1
    office.asks["P2.1.1"].answer.save()
    word = office.approve()
    assert "P2.1.2" in word.with_errors and "P1.3" in word.done


def test_a_frozen_round_takes_no_approval(office: Office) -> None:
    office.send()
    Round.objects.update(frozen_at=AT, frozen_by=office.head)
    with pytest.raises(RoundClosed):
        office.approve()


@pytest.mark.parametrize("who", ["head", "official"])
def test_switched_off_while_rows_wait_the_next_sending_takes_them_along(office: Office, who: str) -> None:
    office.send()
    set_head_approves(agency=office.agency, approves=False, by=office.head, at=LATER)
    assert office.states() == [AskState.WITH_HEAD] * 2
    assert {step.kind for step in office.send(getattr(office, who))} == {ReviewKind.SUBMITTED}
    assert office.states() == [AskState.SUBMITTED] * 2


def test_switching_it_on_needs_a_head_and_leaves_its_trace() -> None:
    agency = make_agency(make_round().body)
    by = make_member(agency.own_body, "coordinator")
    with pytest.raises(NobodyToApprove):
        set_head_approves(agency=agency, approves=True, by=by, at=AT)
    make_member(agency, "head")
    assert set_head_approves(agency=agency, approves=True, by=by, at=AT)
    assert not set_head_approves(agency=agency, approves=True, by=by, at=AT), "twice is once"
    assert AuditEvent.objects.get(event="agency.head_step").details["head_approves"] is True


def test_the_coordinator_counts_and_sees_nothing_before(office: Office) -> None:
    office.send()
    access, today = access_of(office.coordinator, local_date(AT)), local_date(AT)
    (row,) = board_page(office.round, access, today).rows
    assert (row.all.with_head, row.all.submitted, row.all.unsent) == (2, 0, row.all.total)
    assert row.all.word == "รอหัวหน้า 2" and row.stake > 0
    assert queue_page(office.round, access, today).waiting == 0
    assert readiness(office.round).waiting == 0 and readiness(office.round).not_sent == len(office.asks)
    assert "submitted" not in [task.kind for task in desk_page(access, AT).tasks]


def test_the_follow_up_is_answered_only_when_all_left_the_agency() -> None:
    province = make_province()
    round, agency = open_for(province), province.others[0]
    head = make_member(agency, "head")
    open_for_asked(round=round, by=province.coordinator, at=AT)
    set_head_approves(agency=agency, approves=True, by=head, at=AT)
    for ask in Ask.objects.filter(round=round, agency=agency):
        make_answer(ask, None, cannot="ไม่มีผู้รับผิดชอบ")
    submit_answers(round=round, agency=agency, by=make_member(agency), at=AT)
    line = FollowUp.objects.get(resolution=round.mandate, agency=agency)
    assert line.answered_at is None
    seen = seen_marks(Ask.objects.filter(round=round, agency=agency, state=AskState.WITH_HEAD))
    assert len(approve_and_send(round=round, agency=agency, seen=seen, by=head, at=LATER).done) == len(seen)
    line.refresh_from_db()
    assert line.answered_at == LATER


def test_both_sides_are_told_on_their_first_pages(office: Office) -> None:
    office.send()
    head, official = (access_of(person, local_date(AT)) for person in (office.head, office.official))
    assert ("เห็นชอบคำตอบของหน่วยงาน", 2) in [(task.what, task.count) for task in desk_page(head, AT).tasks]
    assert "เห็นชอบคำตอบของหน่วยงาน" not in [task.what for task in desk_page(official, AT).tasks]
    assert my_asks_page(head, AT).parts[0].step.to_head
    assert not my_asks_page(official, AT).parts[0].step.to_head


def test_the_page_shows_everything_and_sends_all_that_is_ticked(office: Office, client: Client) -> None:
    make_evidence(office.asks["P1.3"], "แผนดิจิทัล.pdf")
    office.send()
    client.force_login(office.head, backend=BACKEND)
    where = reverse("approval", args=[office.round.pk, office.agency.pk])
    text = client.get(where).content.decode()
    assert "แผนดิจิทัล.pdf" in text and "ตอบไม่ได้: ไม่มี" in text and text.count("checked") == 2
    ticked = [f"{pk}:{mark}" for pk, mark in office.seen().items()]
    for _ in range(2):
        assert client.post(where, {"once": KEY, "verdict": "send", "ask": ticked}).status_code == 302
    assert office.states() == [AskState.SUBMITTED] * 2
    assert "ไม่มีข้อที่รอเห็นชอบ" in client.get(where).content.decode()


def test_only_the_agencys_own_head_reaches_the_page(office: Office, client: Client) -> None:
    where = reverse("approval", args=[office.round.pk, office.agency.pk])
    for person in (office.official, office.coordinator, make_member(make_agency(office.round.body), "head")):
        client.force_login(person, backend=BACKEND)
        assert (client.get(where).status_code, client.post(where, {"once": KEY}).status_code) == (404, 404)


@pytest.mark.parametrize("waiting", [2, 6])
def test_the_page_costs_the_same_however_many_rows_wait(
    office: Office, client: Client, waiting: int, django_assert_max_num_queries: Any
) -> None:
    for code, value in {"P1.1": False, "P1.2": ["ai"], "P2.1.1": 3, "P2.1.2": 2}.items() if waiting == 6 else ():
        make_answer(office.asks[code], value)
    office.send()
    client.force_login(office.head, backend=BACKEND)
    where = reverse("approval", args=[office.round.pk, office.agency.pk])
    client.get(where)
    with django_assert_max_num_queries(16):
        assert len(client.get(where).context["page"].rows) == waiting


def test_the_setting_is_changed_by_the_head_and_by_who_manages_people(office: Office, client: Client) -> None:
    where = reverse("head_step", args=[office.agency.pk])
    for person, wanted in ((office.head, "0"), (office.coordinator, "1")):
        client.force_login(person, backend=BACKEND)
        assert client.get(where).status_code == 200
        assert client.post(where, {"approves": wanted}).status_code == 302
        assert Agency.objects.get(pk=office.agency.pk).head_approves is (wanted == "1")
    client.force_login(office.official, backend=BACKEND)
    assert client.post(where, {"approves": "0"}).status_code == 404


def test_the_head_finds_the_setting_where_answers_are_sent_and_the_official_does_not(office: Office, client: Client) -> None:
    set_head_approves(agency=office.agency, approves=False, by=office.head, at=AT)
    link = reverse("head_step", args=[office.agency.pk])
    for person, there in ((office.head, True), (office.official, False)):
        client.force_login(person, backend=BACKEND)
        text = client.get(reverse("submit", args=[office.round.pk, office.agency.pk])).content.decode()
        assert (link in text) is there
        assert client.get(link).status_code == (200 if there else 404)
