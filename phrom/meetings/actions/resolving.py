"""Correcting what was recorded as resolved, with the old words kept in the journal."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from phrom.agencies.models import Person
from phrom.meetings.actions.minutes_standing import refuse_unless_asked_for
from phrom.meetings.actions.recording import refuse_empty
from phrom.meetings.actions.standing import MeetingStands, hold, still_there
from phrom.meetings.models import Resolution
from phrom.shared.journal.record import record
from phrom.shared.thai.dates import thai_date


class CorrectedMeanwhile(MeetingStands):
    """Somebody else put the resolution right after this page was opened; `now` is what it says."""

    def __init__(self, now: Resolution) -> None:
        self.now = now
        who = now.corrected_by.name if now.corrected_by else ""
        super().__init__(
            f"{who} แก้มตินี้ไปก่อนแล้วเป็น “{now.text}” ของท่านจึงยังไม่บันทึก ข้อความที่พิมพ์ยังอยู่ หากยืนยันตามที่พิมพ์ ให้บันทึกอีกครั้ง",
            f"{who} corrected this resolution meanwhile, so yours was not saved. Save again if yours is to stand.",
            where="text",
        )


def fingerprint(resolution: Resolution) -> str:
    """What a resolution says, in short: a page carries it, so that a stale one is known."""
    said = "\x1f".join((resolution.kind, resolution.text, str(resolution.due_on or "")))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@transaction.atomic
def correct_resolution(
    *, resolution: Resolution, kind: str, text: str, due_on: date | None, by: Person, at: datetime, seen: str = ""
) -> Resolution:
    """Put a resolution right; the old words stay in the journal. The same words change nothing.

    `seen` is the fingerprint of what the writer had before her. Refuses CorrectedMeanwhile, and an empty one; once the minutes
    went out, what no taken comment asks for; after their adoption everything.
    """
    refuse_empty(kind, text)
    hold(resolution.item.meeting)
    refuse_unless_asked_for(resolution.item)
    was = still_there(Resolution.objects.select_for_update(of=("self",)), resolution.pk)
    if (was.kind, was.text, was.due_on) == (kind, text.strip(), due_on):
        return resolution
    if seen and seen != fingerprint(was):
        raise CorrectedMeanwhile(was)
    resolution.kind, resolution.text, resolution.due_on = kind, text.strip(), due_on
    resolution.corrected_by, resolution.corrected_at = by, at
    resolution.save(update_fields=["kind", "text", "due_on", "corrected_by", "corrected_at"])
    _tell("meeting.resolution_corrected", resolution, was, by, at)
    return resolution


@transaction.atomic
def withdraw_resolution(*, resolution: Resolution, by: Person, at: datetime) -> None:
    """Take out what was recorded by mistake; its words stay in the journal. Refuses one on which something rests already."""
    hold(resolution.item.meeting)
    refuse_unless_asked_for(resolution.item)
    was = still_there(Resolution.objects.select_for_update(of=("self",)), resolution.pk)
    _tell("meeting.resolution_withdrawn", resolution, was, by, at)
    try:
        with transaction.atomic():
            resolution.delete()
    except ProtectedError as rests:
        raise MeetingStands(
            "มีรอบสำรวจหรือการติดตามที่อ้างมตินี้แล้ว จึงถอนไม่ได้ มติยังอยู่ครบ หากข้อความผิด กรุณาแก้ไขข้อความแทน",
            "A round or follow-ups rest on this resolution, so it cannot be taken out. Please correct its words instead.",
        ) from rests


def _tell(event: str, resolution: Resolution, was: Resolution, by: Person, at: datetime) -> None:
    meeting = resolution.item.meeting
    details: dict[str, object] = {"meeting": str(meeting), "item": resolution.item.number}
    details |= {"old_kind": was.kind, "old_text": was.text, "old_due": thai_date(was.due_on) if was.due_on else ""}
    record(event, by=by, about=f"resolution:{was.pk}", at=at, chain=meeting.body.code, details=details)
