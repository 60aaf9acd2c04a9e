"""The in-tray about meetings and resolutions: who is asked to answer, read, comment, write up, report and check."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Person
from phrom.committee.models import Holder, Order, Seat
from phrom.desk.pages import desk_page
from phrom.meetings.models import Attendance, Meeting, Minutes, MinutesComment, Reply
from tests.factories.agencies import make_agency, make_body, make_member, make_person
from tests.factories.committee import make_order
from tests.factories.follow_ups import make_follow_up
from tests.factories.meetings import HELD, make_item, make_meeting, make_resolution
from tests.factories.survey import make_ask, make_round

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 6)
AT = datetime(2024, 6, 5, 3, tzinfo=UTC)


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def office(body: Agency) -> Agency:
    return make_agency(body, "สำนักงานเกษตรจังหวัดเชียงใหม่")


@pytest.fixture
def meeting(body: Agency) -> Meeting:
    found = make_meeting(body)
    change(found, invited_at=AT, invited_by=make_person())
    return found


def change(meeting: Meeting, **more: object) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**more)
    meeting.refresh_from_db()


def seat_of(order: Order, agency: Agency | None, precedence: int = 1) -> Seat:
    return Seat.objects.create(
        order=order, precedence=precedence, title="เกษตรจังหวัดเชียงใหม่", category="regional", agency=agency
    )


def noon(day: date) -> datetime:
    return datetime.combine(day, time(5), UTC)


def waiting(person: Person, today: date = TODAY) -> list[tuple[str, int | None]]:
    return [(task.act, task.days) for task in desk_page(access_of(person, today), noon(today)).tasks]


def reply_for(meeting: Meeting, seat: Seat) -> None:
    Reply.objects.create(meeting=meeting, seat=seat, kind="coming", replied_by=make_person(), replied_at=AT)


def test_an_office_with_a_seat_is_asked_to_answer_and_to_read(office: Agency, meeting: Meeting) -> None:
    seat = seat_of(meeting.order, office)
    official = make_member(office)
    assert waiting(official) == [("ตอบรับ", 5), ("เปิดอ่าน", 5)]
    reply_for(meeting, seat)
    assert waiting(official) == [("เปิดอ่าน", 5)]


def test_an_office_without_a_seat_is_not_bothered(office: Agency, meeting: Meeting) -> None:
    seat_of(meeting.order, make_agency(office.own_body))
    assert waiting(make_member(office)) == []


def test_the_holder_of_a_seat_is_asked_while_she_holds_it(body: Agency, meeting: Meeting) -> None:
    seat = seat_of(meeting.order, None)
    member = make_member(body, "member")
    held = Holder.objects.create(
        seat=seat, name=member.name, person=member, starts_on=date(2024, 1, 1), recorded_by=member, recorded_at=AT
    )
    assert ("ตอบรับ", 5) in waiting(member)
    Holder.objects.filter(pk=held.pk).update(ends_on=date(2024, 6, 10))
    assert waiting(member) == [("เปิดอ่าน", 5)]


def test_a_seat_that_an_amending_order_ended_is_not_asked(office: Agency, meeting: Meeting) -> None:
    seat = seat_of(meeting.order, office)
    amending = make_order(office.own_body, 3100, date(2024, 6, 3), amends=meeting.order)
    Seat.objects.filter(pk=seat.pk).update(ended_by=amending)
    added = seat_of(amending, office, precedence=2)
    assert waiting(make_member(office)) == [("ตอบรับ", 5), ("เปิดอ่าน", 5)]
    reply_for(meeting, added)
    assert waiting(make_member(office)) == [("เปิดอ่าน", 5)]


def test_a_cancelled_or_begun_meeting_asks_nobody(office: Agency, meeting: Meeting) -> None:
    seat_of(meeting.order, office)
    official = make_member(office)
    change(meeting, opened_at=HELD, opened_by=official)
    assert waiting(official) == []
    change(meeting, opened_at=None, opened_by=None, cancelled_at=AT, cancelled_by=official)
    assert waiting(official) == []


def test_the_coordinator_is_led_from_agenda_to_adoption(body: Agency, meeting: Meeting) -> None:
    coordinator = make_member(body, "coordinator")
    when = {"at": AT, "by": coordinator}
    change(meeting, number=None, year=None, invited_at=None, invited_by=None)

    def acts() -> list[str]:
        return [act for act, _ in waiting(coordinator) if act != "เปิดอ่าน"]

    assert acts() == ["จัดระเบียบวาระ"]
    make_item(meeting, "1")
    assert acts() == ["ออกหนังสือเชิญ"]
    change(meeting, number=1, year=2567, invited_at=when["at"], invited_by=when["by"])
    assert acts() == ["ตรึงระเบียบวาระ"]
    change(meeting, opened_at=HELD, opened_by=coordinator)
    assert acts() == ["บันทึก"]
    change(meeting, closed_at=HELD, closed_by=coordinator)
    assert acts() == ["เริ่มร่าง"]
    minutes = Minutes.objects.create(meeting=meeting, drafted_by=coordinator, drafted_at=HELD)
    assert acts() == ["เขียนต่อ"]
    Minutes.objects.update(circulated_at=HELD, circulated_by=coordinator, comments_until=date(2024, 6, 20))
    assert acts() == []
    MinutesComment.objects.create(minutes=minutes, text="แก้ชื่อ", made_by=coordinator, made_at=HELD)
    assert acts() == ["ตอบ"]
    Minutes.objects.update(adopted_at=HELD, adopted_by=coordinator, adopted_in=make_meeting(body, number=2))
    assert acts() == []


def test_only_those_who_attended_are_asked_to_read_the_minutes_until_the_last_day(office: Agency, meeting: Meeting) -> None:
    came, away = make_member(office), make_member(office)
    change(meeting, opened_at=HELD, opened_by=came, closed_at=HELD, closed_by=came)
    Minutes.objects.create(
        meeting=meeting,
        drafted_by=came,
        drafted_at=HELD,
        circulated_at=HELD,
        circulated_by=came,
        comments_until=date(2024, 6, 20),
    )
    seat = seat_of(meeting.order, office)
    Attendance.objects.create(meeting=meeting, seat=seat, kind="came", person=came, recorded_by=came, recorded_at=HELD)
    assert waiting(came, date(2024, 6, 14)) == [("เปิดอ่าน", 6)]
    assert waiting(away, date(2024, 6, 14)) == []
    assert waiting(came, date(2024, 6, 20)) == [("เปิดอ่าน", 0)]
    assert waiting(came, date(2024, 6, 21)) == []


def test_a_meeting_of_the_past_that_was_only_recorded_asks_nothing(body: Agency) -> None:
    make_meeting(body)
    assert waiting(make_member(body, "coordinator")) == []


def test_what_an_office_owes_stands_there_until_it_is_answered(office: Agency) -> None:
    resolution = make_resolution(make_item(make_meeting(office.own_body)))
    make_follow_up(resolution, office, date(2024, 6, 4))
    make_follow_up(resolution, make_agency(office.own_body))
    assert waiting(make_member(office)) == [("รายงาน", -2)]
    answered = make_follow_up(make_resolution(make_item(resolution.item.meeting, "3.2")), office, answered_at=HELD)
    assert len(waiting(make_member(office))) == 1
    assert not answered.closed_at


def test_reports_wait_for_the_coordinator_one_line_a_resolution(body: Agency) -> None:
    resolution = make_resolution(make_item(make_meeting(body)))
    for _ in range(3):
        make_follow_up(resolution, answered_at=HELD)
    make_follow_up(resolution)
    make_follow_up(resolution, answered_at=HELD, closed_at=HELD)
    make_follow_up(answered_at=HELD)
    (task,) = desk_page(access_of(make_member(body, "coordinator"), TODAY), noon(TODAY)).tasks
    assert (task.act, task.count, task.unit, task.url) == ("ตรวจ", 3, "หน่วยงาน", f"/resolutions/{resolution.pk}/")
    assert task.days == 15


def test_everything_stands_in_one_list_by_days_left(office: Agency, meeting: Meeting) -> None:
    seat_of(meeting.order, office)
    make_follow_up(make_resolution(make_item(make_meeting(office.own_body, number=7))), office, date(2024, 6, 1))
    make_ask(make_round(office.own_body, deadline=date(2024, 6, 8)), office, "P1.2")
    days = [days for _, days in waiting(make_member(office))]
    assert days == [-5, 2, 5, 5]


def crowd(body: Agency, office: Agency, many: int) -> Person:
    """A coordinator who is also an official with seats, work and meetings in every state."""
    person = make_member(body, "coordinator")
    person.memberships.create(agency=office, role="official", starts_on=date(2024, 1, 1))
    for number in range(many):
        meeting = make_meeting(body, number=number + 1)
        change(meeting, invited_at=AT, invited_by=person, held_at=HELD + timedelta(days=number))
        seat = seat_of(meeting.order, office, precedence=number + 1)
        item = make_item(meeting)
        make_follow_up(make_resolution(item), office)
        make_follow_up(make_resolution(make_item(meeting, "4")), answered_at=HELD)
        past = make_meeting(body, number=100 + number)
        change(past, invited_at=AT, invited_by=person, opened_at=AT, opened_by=person, closed_at=AT, closed_by=person)
        Minutes.objects.create(
            meeting=past, drafted_by=person, drafted_at=AT, circulated_at=AT, circulated_by=person, comments_until=TODAY
        )
        Attendance.objects.create(meeting=past, seat=seat, kind="came", person=person, recorded_by=person, recorded_at=AT)
    return person


@pytest.mark.parametrize("many", [1, 12])
def test_the_desk_costs_sixteen_queries_whatever_waits(body: Agency, office: Agency, many: int) -> None:
    make_order(body)
    make_ask(make_round(body), office, "P1.2")
    access = access_of(crowd(body, office, many), TODAY)
    desk_page(access, noon(TODAY))  # a process reads the edition's document once
    with CaptureQueriesContext(connection) as queries:
        page = desk_page(access, noon(TODAY))
        list(page.rounds)
    assert len(queries) == 16
    assert len(page.tasks) > many * 4
