"""Opening and closing a meeting at the times when it really began and ended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.minutes_standing import refuse_when_circulated
from phrom.meetings.actions.standing import MeetingStands, hold
from phrom.meetings.attendance_sheet import SeatLine, attendance_sheet
from phrom.meetings.models import Attendance, AttendanceKind, Meeting, ReplyKind
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date, thai_when
from phrom.shared.ui.refusals import Refusal


class TimeRefused(Refusal):
    """The time given cannot be that of the meeting."""


@transaction.atomic
def open_meeting(*, meeting: Meeting, opened_at: datetime, by: Person, at: datetime) -> Meeting:
    """Keep when the meeting began, or correct it. Refuses a time to come, of another day or after its end.

    Whether there is a quorum is for the chair to say: it is kept in the journal with the opening, and refused nothing.
    """
    held = hold_while_it_is_held(meeting, at=at)
    _refuse_other_times(held, opened_at, at=at)
    if held.closed_at is not None and opened_at >= held.closed_at:
        raise TimeRefused(*_ORDER, where="opened_at")
    held.opened_at, held.opened_by = opened_at, by
    held.save(update_fields=["opened_at", "opened_by"])
    standing = attendance_sheet(held).presence
    details: dict[str, object] = {"meeting": str(held), "opened": thai_when(opened_at), "quorum": standing.words}
    record("meeting.opened", by=by, about=f"meeting:{held.pk}", at=at, chain=held.body.code, details=details)
    return held


@transaction.atomic
def close_meeting(*, meeting: Meeting, closed_at: datetime, by: Person, at: datetime) -> Meeting:
    """Keep when the meeting ended, or correct it.

    Seats without a mark become absent, or on leave where they had answered that nobody comes, with their reason. Refuses a
    meeting that has not been opened, a time before its beginning, to come, or of another day.
    """
    held = hold_while_it_is_held(meeting, at=at)
    if held.opened_at is None:
        raise MeetingStands(
            "ยังไม่ได้บันทึกเวลาเริ่มประชุม จึงบันทึกเวลาเลิกประชุมไม่ได้ กรุณาบันทึกเวลาเริ่มประชุมก่อน",
            "The meeting has not been opened, so it cannot be closed. Please record when it began first.",
        )
    _refuse_other_times(held, closed_at, at=at)
    if closed_at <= held.opened_at:
        raise TimeRefused(*_ORDER, where="closed_at")
    filled = [_without_mark(held, line, by, at) for line in attendance_sheet(held).lines if line.mark is None]
    Attendance.objects.bulk_create(filled)
    held.closed_at, held.closed_by = closed_at, by
    held.save(update_fields=["closed_at", "closed_by"])
    details: dict[str, object] = {
        "meeting": str(held),
        "closed": thai_when(closed_at),
        "without_mark": [f"{row.position}: {AttendanceKind(row.kind).label}" for row in filled],
    }
    record("meeting.closed", by=by, about=f"meeting:{held.pk}", at=at, chain=held.body.code, details=details)
    return held


def hold_while_it_is_held(meeting: Meeting, *, at: datetime) -> Meeting:
    """The meeting, locked, on its day or later. Refuses a cancelled one, one without a number, one whose minutes went out."""
    held = hold(meeting)
    if held.cancelled_at is not None:
        raise MeetingStands(
            f"การประชุมครั้งนี้ถูกยกเลิกเมื่อ {thai_when(held.cancelled_at)} จึงบันทึกการประชุมไม่ได้ ข้อมูลเดิมยังอยู่ครบ",
            "This meeting was cancelled, so nothing of it can be recorded. Everything is kept.",
        )
    if held.number is None or local_date(at) < held.day:
        raise MeetingStands(
            f"บันทึกการมาประชุมได้ตั้งแต่วันประชุม ({thai_date(held.day)}) และเมื่อออกหนังสือเชิญแล้ว ยังไม่มีอะไรถูกบันทึก",
            "Attendance can be recorded from the day of the meeting on, once it was called. Nothing was saved.",
        )
    refuse_when_circulated(held)
    return held


_ORDER = (
    "เวลาเลิกประชุมต้องหลังเวลาเริ่มประชุม ยังไม่มีอะไรถูกบันทึก กรุณาตรวจเวลา",
    "The meeting must end after it began. Nothing was saved. Please check the time.",
)


def _refuse_other_times(meeting: Meeting, given: datetime, *, at: datetime) -> None:
    if given > at:
        raise TimeRefused(
            f"เวลา {thai_when(given)} ยังมาไม่ถึง ยังไม่มีอะไรถูกบันทึก กรุณาตรวจเวลา",
            "This time is still to come. Nothing was saved. Please check it.",
            where="time",
        )
    if local_date(given) != meeting.day:
        raise TimeRefused(
            f"การประชุมครั้งนี้กำหนดวันที่ {thai_date(meeting.day)} เวลาที่บันทึกต้องเป็นของวันนั้น ยังไม่มีอะไรถูกบันทึก หากเลื่อนวัน กรุณาแก้วันประชุมก่อน",
            "The time must be of the day of the meeting. Nothing was saved. If the day was changed, please change it first.",
            where="time",
        )


def _without_mark(meeting: Meeting, line: SeatLine, by: Person, at: datetime) -> Attendance:
    excused = line.reply is not None and line.reply.kind == ReplyKind.NOT_COMING
    return Attendance(
        meeting=meeting,
        seat=line.seat,
        kind=AttendanceKind.LEAVE if excused else AttendanceKind.ABSENT,
        name=line.holder_name,
        holder_name=line.holder_name,
        position=line.seat.title,
        note=line.reply.note[:300] if excused and line.reply else "",
        recorded_by=by,
        recorded_at=at,
    )
