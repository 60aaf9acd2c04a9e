"""The pen of the minutes: one person writes at a time. It is taken when free, after half an hour of rest, or by consent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.minutes_standing import hold_minutes, refuse_when_adopted
from phrom.meetings.models import Minutes
from phrom.shared.journal.record import record
from phrom.shared.thai.dates import thai_when
from phrom.shared.ui.refusals import Refusal

RESTS_AFTER = timedelta(minutes=30)


class PenElsewhere(Refusal):
    """Somebody else is writing."""

    status = 409

    def __init__(self, minutes: Minutes) -> None:
        who = minutes.editor.name if minutes.editor else "ยังไม่มีใคร"
        free = f" รับปากกาต่อได้ตั้งแต่ {thai_when(minutes.editing_at + RESTS_AFTER)}" if minutes.editing_at else ""
        super().__init__(
            f"ขณะนี้ปากกาอยู่ที่ {who} จึงยังเขียนไม่ได้ ไม่มีอะไรเปลี่ยน{free} หรือขอปากกาแล้วรอให้ผู้ถือส่งให้",
            "Somebody else has the pen. Nothing was changed. You may ask for it, or take it after half an hour of rest.",
        )


def pen_is_free(minutes: Minutes, by: Person, at: datetime) -> bool:
    """True when this person may take the pen at once."""
    if minutes.editor_id is None or minutes.editing_at is None or minutes.editor_id == by.pk:
        return True
    return at - minutes.editing_at >= RESTS_AFTER


@transaction.atomic
def take_pen(*, minutes: Minutes, by: Person, at: datetime) -> Minutes:
    """Begin to write. Refuses PenElsewhere while somebody else wrote within the last half hour, and adopted minutes."""
    held = hold_minutes(minutes)
    refuse_when_adopted(held)
    if not pen_is_free(held, by, at):
        raise PenElsewhere(held)
    before = held.editor.name if held.editor and held.editor_id != by.pk else ""
    held.editor, held.editing_at = by, at
    if held.wanted_by_id == by.pk:
        held.wanted_by, held.wanted_at = None, None
    _keep(held)
    _tell("minutes.pen_taken", held, by, at, {"before": before})
    return held


@transaction.atomic
def ask_for_pen(*, minutes: Minutes, by: Person, at: datetime) -> Minutes:
    """Ask whoever writes for the pen; the newest request stands. Nothing is asked of oneself or of nobody."""
    held = hold_minutes(minutes)
    refuse_when_adopted(held)
    if held.editor_id not in (None, by.pk):
        held.wanted_by, held.wanted_at = by, at
        _keep(held)
        _tell("minutes.pen_asked", held, by, at, {"holder": held.editor.name if held.editor else ""})
    return held


@transaction.atomic
def give_pen(*, minutes: Minutes, by: Person, at: datetime) -> Minutes:
    """Lay the pen down, or hand it to whoever asked for it. Refuses PenElsewhere for anybody but the holder."""
    held = hold_minutes(minutes)
    refuse_when_adopted(held)
    if held.editor_id != by.pk:
        raise PenElsewhere(held)
    held.editor, held.editing_at = held.wanted_by, at if held.wanted_by else None
    held.wanted_by, held.wanted_at = None, None
    _keep(held)
    _tell("minutes.pen_given", held, by, at, {"to": held.editor.name if held.editor else ""})
    return held


def _keep(minutes: Minutes) -> None:
    minutes.save(update_fields=["editor", "editing_at", "wanted_by", "wanted_at"])


def _tell(event: str, minutes: Minutes, by: Person, at: datetime, details: dict[str, object]) -> None:
    meeting = minutes.meeting
    record(
        event,
        by=by,
        about=f"minutes:{minutes.pk}",
        at=at,
        chain=meeting.body.code,
        details={"meeting": str(meeting), **details},
    )
