"""Who answers for which seat, until when, and what it makes of the quorum."""

from __future__ import annotations

import pytest
from django.test import Client

from phrom.agencies.models import Agency, Person
from phrom.committee.models import Seat
from phrom.meetings.actions.calling import cancel_meeting
from phrom.meetings.actions.replies import Answer, ReplyRefused, reply
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.models import Meeting
from phrom.meetings.pages.replies import tally_for
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.calling import CALLED, make_called, make_invited

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
COMING, SENDS = Answer("coming"), Answer("substitute", "นางสาวแทน มาดี", "รองหัวหน้าสำนักงาน")


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def by(body: Agency) -> Person:
    return make_member(body, "coordinator")


@pytest.fixture
def meeting(body: Agency, by: Person) -> Meeting:
    return make_invited(body, by)


def seats(meeting: Meeting) -> list[Seat]:
    return list(meeting.order.seats.all())


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def test_a_later_answer_takes_the_place_of_the_first(meeting: Meeting, by: Person) -> None:
    seat = seats(meeting)[0]
    for answer in (COMING, SENDS, Answer("not_coming", note="ติดราชการ")):
        reply(meeting=meeting, seat=seat, answer=answer, by=by, at=CALLED)
    kept = meeting.replies.get()
    assert (kept.kind, kept.name, kept.note) == ("not_coming", "", "ติดราชการ")


def test_a_substitute_has_a_name_and_a_position(meeting: Meeting, by: Person) -> None:
    for answer in (Answer("substitute", "นายไม่มี ตำแหน่ง"), Answer("substitute", "", "รอง"), Answer("perhaps")):
        with pytest.raises(ReplyRefused):
            reply(meeting=meeting, seat=seats(meeting)[0], answer=answer, by=by, at=CALLED)


def test_nobody_answers_before_the_invitation_after_the_opening_or_a_cancellation(
    body: Agency, meeting: Meeting, by: Person
) -> None:
    not_invited, seat = make_called(body, by), seats(meeting)[0]
    cancelled = cancel_meeting(meeting=make_invited(body, by), reason="น้ำท่วมศาลากลาง", by=by, at=CALLED).meeting
    Meeting.objects.filter(pk=meeting.pk).update(opened_by=by, opened_at=CALLED)
    for closed in (not_invited, cancelled, meeting):
        with pytest.raises(MeetingStands):
            reply(meeting=closed, seat=seat, answer=COMING, by=by, at=CALLED)


def test_the_quorum_counts_members_and_their_substitutes_only(meeting: Meeting, by: Person) -> None:
    chair, one, two, _, secretary, assistant, _ = seats(meeting)
    for seat, answer in ((chair, COMING), (one, SENDS), (two, Answer("not_coming")), (assistant, COMING)):
        reply(meeting=meeting, seat=seat, answer=answer, by=by, at=CALLED)
    before = tally_for(meeting)
    assert (before.members, before.needed, before.present, before.silent, before.enough) == (6, 3, 2, 3, False)
    reply(meeting=meeting, seat=secretary, answer=COMING, by=by, at=CALLED)
    assert tally_for(meeting).enough


def test_a_seat_is_answered_for_by_its_holder_its_office_and_the_coordinator_only(
    body: Agency, meeting: Meeting, by: Person
) -> None:
    of_office = meeting.order.seats.get(agency__isnull=False)
    held = meeting.order.seats.get(holders__person__isnull=False)
    office_head = make_member(of_office.agency, "head")
    holder = held.holders.get().person
    may = {
        (office_head, of_office): 200,
        (office_head, held): 403,
        (holder, held): 200,
        (holder, of_office): 403,
        (by, held): 200,
        (make_member(make_agency(body), "head"), of_office): 403,
        (make_member(body, "chair"), of_office): 403,
        (make_member(make_body(), "coordinator"), of_office): 404,
        (make_member(body, "auditor"), of_office): 404,
    }
    for (person, seat), status in may.items():
        assert signed_in(person).get(f"/meetings/{meeting.pk}/replies/{seat.pk}/").status_code == status, (person, seat)


def test_an_office_answers_on_its_page_and_sees_it_counted(meeting: Meeting) -> None:
    seat = meeting.order.seats.get(agency__isnull=False)
    client = signed_in(make_member(seat.agency, "official"))
    address = f"/meetings/{meeting.pk}/replies/{seat.pk}/"
    assert client.post(address, {"kind": "substitute", "name": "นายแทน มาดี"}).status_code == 422
    page = client.post(address, {"kind": "substitute", "name": "นายแทน มาดี", "position": "รอง"}, follow=True)
    assert "นายแทน มาดี" in page.content.decode()
    assert "จะมา 1 จากกรรมการ 6 ตำแหน่ง (ต้องมีอย่างน้อย 3)" in " ".join(page.content.decode().split())
