"""Recording meetings, their agenda and what they resolved."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.committee.models import Order
from phrom.meetings.actions.minutes_standing import refuse_unless_asked_for
from phrom.meetings.actions.numbering import next_number, year_of
from phrom.meetings.actions.standing import MeetingStands, hold, hold_body, still_there
from phrom.meetings.models import AgendaItem, Meeting, Resolution, ResolutionKind
from phrom.shared.journal import record as journal
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal


class MeetingRefused(Refusal):
    """The meeting, item or resolution cannot be recorded so."""


@transaction.atomic
def record_meeting(*, order: Order, number: int, year: int, held_at: datetime, venue: str, by: Person, at: datetime) -> Meeting:
    """Keep a meeting that was held: number/year (calendar year of the Buddhist era) of the committee that an order made.

    Refuses a number that was used, one that leaves a gap, and a year that is not the one of the day.
    """
    body = hold_body(order.body_id)
    if Meeting.objects.filter(body=body, number=number, year=year).exists():
        raise MeetingRefused(
            f"บันทึกการประชุมครั้งที่ {number}/{year} ไว้แล้ว ไม่มีอะไรเปลี่ยน กรุณาตรวจครั้งที่",
            f"Meeting {number}/{year} is recorded already. Nothing was changed. Please check the number.",
            where="number",
        )
    if year != year_of(local_date(held_at)) or number != next_number(body, year):
        due = f"{next_number(body, year_of(local_date(held_at)))}/{year_of(local_date(held_at))}"
        raise MeetingRefused(
            f"ครั้งที่ {number}/{year} ไม่ต่อจากครั้งก่อนของปีที่ประชุม ลำดับถัดไปคือครั้งที่ {due} ไม่มีอะไรเปลี่ยน กรุณาบันทึกตามลำดับ",
            f"Meeting {number}/{year} does not follow the one before; the next one is {due}. Nothing was changed.",
            where="number",
        )
    meeting = Meeting.objects.create(body=body, order=order, number=number, year=year, held_at=held_at, venue=venue)
    details: dict[str, object] = {"meeting": str(meeting), "order": str(order)}
    journal.record("meeting.recorded", by=by, about=f"meeting:{meeting.pk}", at=at, chain=body.code, details=details)
    return meeting


@transaction.atomic
def record_item(*, meeting: Meeting, number: str, title: str, by: Person, at: datetime) -> AgendaItem:
    """Put an item ("3.1") at the end of a meeting's agenda, under its head ("3") where there is one."""
    hold(meeting)
    if meeting.items.filter(number=number).exists():
        raise MeetingRefused(
            f"การประชุมครั้งที่ {meeting} มีวาระที่ {number} แล้ว ไม่มีอะไรเปลี่ยน กรุณาตรวจเลขวาระ",
            f"Meeting {meeting} has an item {number} already. Nothing was changed. Please check the number.",
            where="number",
        )
    head = meeting.items.filter(number=number.partition(".")[0]).first()
    item = AgendaItem.objects.create(
        meeting=meeting, parent=head, number=number, title=title, position=meeting.items.count() + 1
    )
    details: dict[str, object] = {"meeting": str(meeting), "item": number, "title": title}
    journal.record("meeting.item_recorded", by=by, about=f"item:{item.pk}", at=at, chain=meeting.body.code, details=details)
    return item


@transaction.atomic
def record_resolution(
    *, item: AgendaItem, kind: str, text: str, by: Person, at: datetime, due_on: date | None = None
) -> Resolution:
    """Keep what was resolved on an item; `due_on` is the day by which it is to be done. An item may have several.

    Refuses an empty resolution, a meeting that was cancelled, not called or not opened yet, a withdrawn item, and, once the
    minutes went out, what no taken comment asks for.
    """
    refuse_empty(kind, text)
    meeting = hold(item.meeting)
    _refuse_unless_met(meeting)
    item = still_there(meeting.items.all(), item.pk)
    if item.is_withdrawn:
        raise MeetingRefused(
            f"ระเบียบวาระที่ {item.number} ถูกถอนแล้ว จึงบันทึกมติไม่ได้ ยังไม่มีอะไรถูกบันทึก",
            f"Item {item.number} was withdrawn, so nothing can be resolved on it. Nothing was saved.",
            where="item",
        )
    refuse_unless_asked_for(item)
    resolution = Resolution.objects.create(
        item=item, kind=kind, text=text.strip(), due_on=due_on, recorded_by=by, recorded_at=at
    )
    journal.record(
        "meeting.resolved",
        by=by,
        about=f"resolution:{resolution.pk}",
        at=at,
        chain=meeting.body.code,
        details={"meeting": str(meeting), "item": item.number, "kind": kind},
    )
    return resolution


def _refuse_unless_met(meeting: Meeting) -> None:
    """A meeting recorded afterwards has neither an invitation nor an opening; any other resolves from its opening on."""
    recorded = meeting.number is not None and meeting.invited_at is None
    if meeting.cancelled_at is not None or not (recorded or meeting.opened_at):
        raise MeetingStands(
            "การประชุมครั้งนี้ถูกยกเลิกหรือยังไม่เริ่ม จึงบันทึกมติไม่ได้ ยังไม่มีอะไรถูกบันทึก หากประชุมแล้ว กรุณาบันทึกเวลาเริ่มประชุมก่อน",
            "This meeting was cancelled or has not begun, so nothing can be resolved. Nothing was saved. If it was held, "
            "please record when it began.",
        )


def refuse_empty(kind: str, text: str) -> None:
    """Refuses a resolution without a kind or without words."""
    if kind not in ResolutionKind.values or not text.strip():
        raise MeetingRefused(
            "มติต้องมีประเภทและข้อความ ยังไม่มีอะไรถูกบันทึก กรุณากรอกให้ครบ",
            "A resolution needs its kind and its text. Nothing was saved. Please fill in both.",
            where="text",
        )
