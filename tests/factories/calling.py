"""A committee with seats, and a meeting of it in any state before it is held."""

from __future__ import annotations

from datetime import UTC, date, datetime

from phrom.agencies.models import Agency, Person
from phrom.committee.models import Order, SeatCategory
from phrom.meetings.actions.agenda import add_item, lay_heads
from phrom.meetings.actions.calling import Announced, create_meeting, issue_invitation
from phrom.meetings.actions.papers import put_text
from phrom.meetings.models import AgendaItem, Meeting
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_holder, make_order, make_seat, make_seats

HELD = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
CALLED = datetime(2024, 6, 4, 3, 0, tzinfo=UTC)
LETTER_DATE = date(2024, 6, 4)
VENUE = "ห้องประชุม 3 ชั้น 3 อาคารอำนวยการ ศาลากลางจังหวัดเชียงใหม่"
COMMITTEE = "แต่งตั้งคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด จังหวัดเชียงใหม่"


def make_committee(body: Agency | None = None) -> Order:
    """A chair, three members (one of an office), secretary, assistant, and one outside whose holder signs in."""
    order = make_order(body or make_body(), issued_on=date(2024, 5, 1), title=COMMITTEE)
    make_seats(order, agency=make_agency(order.body, "สำนักงานเกษตรจังหวัดเชียงใหม่"))
    outside = make_seat(order, "นายกองค์การบริหารส่วนจังหวัดเชียงใหม่", category=SeatCategory.LOCAL_GOVERNMENT)
    make_holder(outside, "นายพิชัย ถิ่นสันติสุข", person=make_member(order.body, "member", "นายพิชัย ถิ่นสันติสุข"))
    return order


def make_called(body: Agency, by: Person, held_at: datetime = HELD, *, heads: str = "first") -> Meeting:
    """A meeting with the heads of its agenda and no number yet."""
    if not body.orders.exists():
        make_committee(body)
    meeting = create_meeting(body=body, announced=Announced(held_at, VENUE), by=by, at=CALLED)
    if heads:
        lay_heads(meeting=meeting, template=heads, by=by, at=CALLED)
    return meeting


def make_invited(body: Agency, by: Person, held_at: datetime = HELD) -> Meeting:
    """A meeting with two items and a text, invited."""
    meeting = make_called(body, by, held_at)
    for title in ("การประเมินระดับความพร้อมรัฐบาลดิจิทัล", "การขับเคลื่อนการใช้ระบบ e-Document"):
        item = add_item(meeting=meeting, head=head_of(meeting, "3"), title=title, by=by, at=CALLED)
        put_text(item=item, text=f"ความเป็นมาของ{title}\nข้อเสนอ", by=by, at=CALLED)
    return invite(meeting, by)


def invite(meeting: Meeting, by: Person) -> Meeting:
    """Issue the invitation a week before."""
    number = f"ชม 0017.2/ว {1000 + meeting.pk}"
    called = issue_invitation(meeting=meeting, letter_number=number, letter_date=LETTER_DATE, by=by, at=CALLED)
    return called.meeting


def head_of(meeting: Meeting, number: str) -> AgendaItem:
    """A head or an item by its number."""
    return meeting.items.get(number=number)
