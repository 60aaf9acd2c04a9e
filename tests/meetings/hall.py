"""A committee in its meeting room: who sits there, an agenda of 1/2567 in short, and the way to adopted minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from phrom.agencies.models import Agency, Person
from phrom.committee.models import Seat
from phrom.meetings.actions.attendance import Mark, mark_attendance
from phrom.meetings.actions.holding import close_meeting, open_meeting
from phrom.meetings.actions.minutes import circulate, draft_minutes
from phrom.meetings.actions.recording import record_resolution
from phrom.meetings.models import AgendaItem, HeadKind, Meeting, Minutes, Paper
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_holder, make_order, make_seats, make_substitution
from tests.factories.meetings import make_meeting

DAY = date(2024, 6, 11)
BEGAN = datetime(2024, 6, 11, 6, 35, tzinfo=UTC)  # 13.35 น.
ENDED = datetime(2024, 6, 11, 8, 20, tzinfo=UTC)  # 15.20 น.
AFTER = datetime(2024, 6, 12, 3, 0, tzinfo=UTC)
UNTIL = date(2024, 6, 19)
NEXT = datetime(2024, 9, 10, 6, 30, tzinfo=UTC)
ADDRESS = "https://phrom.example/minutes/"


@dataclass
class Hall:
    """A province whose order names a chair, three members, a member and secretary, and an assistant secretary."""

    body: Agency
    office: Agency
    secretary: Person
    second: Person
    member: Person
    official: Person
    seats: list[Seat]
    meeting: Meeting
    items: dict[str, AgendaItem] = field(default_factory=dict)


def make_hall() -> Hall:
    """Before the meeting: seats 0 to 5 are chair, members 1 to 3, secretary and assistant; seat 3 is vacant."""
    body = make_body()
    office = make_agency(body)
    order = make_order(body)
    seats = make_seats(order, members=3, agency=office)
    member = make_member(body, "member", "นายวีรพงศ์ ดีงาม")
    official = make_member(office, "official", "นางสาวบัวตอง สุขใจ")
    make_holder(seats[0], "นายวีรพงศ์ ดีงาม", person=member)
    for seat, name in ((seats[1], "นายอินทร แสนเมือง"), (seats[2], "นางคำปัน ใจเย็น"), (seats[4], "นายสมชาติ ทองดี")):
        make_holder(seat, name)
    make_holder(seats[5], "นางสาวจันทร์เพ็ญ แก้วมา")
    make_substitution(seats[1], "นางสาวบัวตอง สุขใจ", person=official)
    hall = Hall(
        body,
        office,
        make_member(body, "coordinator", "นางสาวคำแก้ว ใจดี"),
        make_member(body, "coordinator", "นายก้องเกียรติ ขยันยิ่ง"),
        member,
        official,
        seats,
        make_meeting(body),
    )
    hall.items = lay_agenda(hall, hall.meeting)
    return hall


def lay_agenda(hall: Hall, meeting: Meeting) -> dict[str, AgendaItem]:
    """Three heads, one of them for the minutes of the last time, and an item with its text."""
    heads = (
        ("1", HeadKind.CHAIR_INFORMS, "เรื่องประธานแจ้งที่ประชุมทราบ"),
        ("2", HeadKind.ADOPTION, "เรื่องรับรองรายงานการประชุม"),
        ("3", HeadKind.CONSIDERATION, "เรื่องเพื่อพิจารณา"),
    )
    items = {
        number: meeting.items.create(number=number, kind=kind, title=title, position=position * 10)
        for position, (number, kind, title) in enumerate(heads, 1)
    }
    title = "การสำรวจระดับความพร้อมรัฐบาลดิจิทัล"
    items["3.1"] = item = meeting.items.create(parent=items["3"], number="3.1", title=title, position=31)
    Paper.objects.create(
        item=item, position=1, kind="text", text="ฝ่ายเลขานุการรายงานผลปีก่อน", made_by=hall.secretary, made_at=BEGAN
    )
    return items


def attend(hall: Hall) -> None:
    """Chair and seat 2 came, seat 1 sent a substitute, the secretary is on leave; seats 3 and 5 are left unmarked."""
    seats = [seat.pk for seat in hall.seats]
    marks = [
        Mark(seats[0], "came"),
        Mark(seats[1], "substitute", "นางสาวบัวตอง สุขใจ", "รองหัวหน้าสำนักงาน"),
        Mark(seats[2], "came"),
        Mark(seats[4], "leave", note="ติดราชการต่างจังหวัด"),
    ]
    assert not mark_attendance(meeting=hall.meeting, marks=marks, by=hall.secretary, at=BEGAN).refused


def hold_meeting(hall: Hall) -> Meeting:
    """Opened, attended, resolved and closed."""
    open_meeting(meeting=hall.meeting, opened_at=BEGAN, by=hall.secretary, at=BEGAN)
    attend(hall)
    record_resolution(
        item=hall.items["3.1"],
        kind="assigned",
        text="ทุกหน่วยงานตอบภายในวันที่ 21 มิถุนายน 2567",
        due_on=date(2024, 6, 21),
        by=hall.secretary,
        at=BEGAN,
    )
    hall.meeting = close_meeting(meeting=hall.meeting, closed_at=ENDED, by=hall.secretary, at=ENDED)
    return hall.meeting


def write_minutes(hall: Hall) -> Minutes:
    """Held and drafted; the secretary has the pen."""
    hold_meeting(hall)
    return draft_minutes(meeting=hall.meeting, by=hall.secretary, at=AFTER)


def send_minutes(hall: Hall) -> Minutes:
    """Circulated, open for comments."""
    minutes = write_minutes(hall)
    circulate(minutes=minutes, comments_until=UNTIL, by=hall.secretary, at=AFTER, address=ADDRESS)
    return Minutes.objects.get(pk=minutes.pk)


def next_meeting(hall: Hall, number: int = 2, held_at: datetime = NEXT) -> Meeting:
    """A later meeting with the same agenda, opened."""
    meeting = make_meeting(hall.body, number=number)
    meeting.held_at = held_at
    meeting.save()
    lay_agenda(hall, meeting)
    return open_meeting(
        meeting=meeting, opened_at=held_at + timedelta(minutes=5), by=hall.secretary, at=held_at + timedelta(hours=1)
    )
