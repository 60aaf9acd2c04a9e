"""Where an incoming letter stands, in a word and a shape: the same in the tray, on its page and in the search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phrom.letters.models import Incoming, RecipientState, Speed

# How urgent it is: a sign that stays apart in one colour, and the word.
URGENCY: dict[str, tuple[str, str]] = {
    Speed.NORMAL: ("open", "ปกติ"),
    Speed.URGENT: ("wait", "ด่วน"),
    Speed.VERY_URGENT: ("returned", "ด่วนมาก"),
    Speed.MOST_URGENT: ("late", "ด่วนที่สุด"),
}


@dataclass(frozen=True)
class Where:
    """A state as a person sees it: shape and word."""

    shape: str
    word: str


def where_is(incoming: Incoming, today: date) -> Where:
    """Where the letter stands now; what somebody must look at comes first."""
    if incoming.recall_waits:
        return Where("late", "ผู้ส่งขอเรียกคืน")
    if incoming.recalled_at is not None:
        return Where("stop", "ผู้ส่งเรียกคืนแล้ว")
    if incoming.refused_at is not None:
        return Where("returned", "คืนผู้ส่ง หนังสือผิด" if incoming.refused_as == RecipientState.INVALID else "คืนผู้ส่งแล้ว")
    if incoming.accepted_at is None:
        return Where("wait", "รอลงรับ")
    if incoming.closed_at is not None:
        return Where("done", "ปิดเรื่องแล้ว")
    if incoming.disputed_at is not None:
        return Where("late", "ผู้ส่งแจ้งว่าเลขรับผิด")
    if incoming.is_late(today):
        return Where("late", "เลยกำหนด")
    return Where("submitted", "มอบหมายแล้ว") if incoming.assigned_to_id else Where("open", "รอมอบหมาย")
