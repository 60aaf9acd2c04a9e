"""What may still be done with a meeting: its row is held while something of it is written."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from phrom.agencies.models import Agency
from phrom.meetings.models import AgendaItem, Meeting
from phrom.shared.thai.dates import thai_when
from phrom.shared.ui.refusals import Refusal

SHORTEST_REASON = 5
Row = TypeVar("Row", bound=Model)


class MeetingStands(Refusal):
    """The meeting is not in the state that this act is about."""

    status = 409


class TakenAway(MeetingStands):
    """What the page showed was taken away meanwhile, often by the first of two clicks."""

    def __init__(self) -> None:
        super().__init__(
            "รายการนี้ถูกนำออกไปแล้วหลังจากที่เปิดหน้านี้ ไม่มีอะไรเปลี่ยนเพิ่ม กรุณาเปิดหน้าใหม่",
            "This was taken away since the page was opened. Nothing more was changed. Please reload the page.",
        )


class ReasonMissing(Refusal):
    """A cancellation, a late item or a withdrawn one needs a reason that the members can read."""

    def __init__(self) -> None:
        super().__init__(
            f"กรุณาเขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร กรรมการจะเห็นเหตุผลนี้ ยังไม่มีอะไรถูกบันทึก",
            f"Please write a reason of at least {SHORTEST_REASON} characters; the members will read it. Nothing was saved.",
            where="reason",
        )


def with_substance(reason: str) -> str:
    """The reason without blanks around it. Refuses ReasonMissing."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    return reason.strip()


def hold_body(body_id: int) -> Agency:
    """The body, locked until the transaction ends: numbers of its meetings are given one after the other."""
    return Agency.objects.select_for_update(of=("self",)).get(pk=body_id)


def hold(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("body", "order")
    return rows.get(pk=meeting.pk)


def still_there(rows: QuerySet[Row], pk: int) -> Row:
    """The row as it is now. Refuses TakenAway."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise TakenAway
    return row


def refuse_when_over(meeting: Meeting) -> None:
    """Refuses a meeting that was cancelled or has been opened: what was called stays as it was called."""
    if meeting.cancelled_at is not None:
        raise MeetingStands(
            f"การประชุมครั้งนี้ถูกยกเลิกเมื่อ {thai_when(meeting.cancelled_at)} จึงแก้ไขไม่ได้ ข้อมูลเดิมยังอยู่ครบ หากต้องประชุม ให้สร้างใหม่",
            "This meeting was cancelled and cannot be changed. Everything is kept. Please create a new one.",
        )
    if meeting.opened_at is not None:
        raise MeetingStands(
            f"การประชุมครั้งนี้เริ่มแล้วเมื่อ {thai_when(meeting.opened_at)} จึงแก้ไขส่วนนี้ไม่ได้ ข้อมูลเดิมยังอยู่ครบ",
            "This meeting has been opened, so this cannot be changed any more. Everything is kept.",
        )


def refuse_when_frozen(item: AgendaItem) -> None:
    """Refuses to touch an item of a frozen agenda."""
    if item.is_frozen:
        raise MeetingStands(
            f"ระเบียบวาระที่ {item.number} ตรึงแล้ว เอกสารจึงไม่เปลี่ยนอีก เรื่องใหม่ให้เพิ่มเป็นระเบียบวาระเพิ่มเติมพร้อมเหตุผล",
            f"Item {item.number} is frozen: its papers do not change. New matters are added as late items with a reason.",
            where=item.number,
        )
