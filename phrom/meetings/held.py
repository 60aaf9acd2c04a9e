"""Which meetings were held: closed in the system, or recorded afterwards as held. Read by whatever has to be proved by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from phrom.agencies.models import Agency
from phrom.meetings.models import Meeting


@dataclass(frozen=True)
class HeldBetween:
    """The meetings between two days, both included: those held with their kept papers, and those still only planned."""

    held: tuple[Meeting, ...]
    planned: tuple[Meeting, ...]


def meetings_between(body: Agency, first: date, last: date, at: datetime) -> HeldBetween:
    """What was held and what is planned, by the day in Thailand, earliest first; cancelled ones are neither. Three queries."""
    rows = Meeting.objects.filter(body=body, cancelled_at=None).prefetch_related("kept_papers__pdf").order_by("held_at", "id")
    inside = [meeting for meeting in rows if first <= meeting.day <= last]
    held = tuple(meeting for meeting in inside if was_held(meeting, at))
    return HeldBetween(held, tuple(meeting for meeting in inside if meeting not in held))


def was_held(meeting: Meeting, at: datetime) -> bool:
    """True when it was closed, or entered with its number after it took place, without an invitation from here."""
    recorded = meeting.number is not None and meeting.invited_at is None and meeting.opened_at is None
    return meeting.closed_at is not None or (recorded and meeting.held_at <= at)
