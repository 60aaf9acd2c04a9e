"""Who attended a meeting, as people with accounts: they get the minutes and may ask for corrections."""

from __future__ import annotations

from phrom.agencies.models import Person
from phrom.meetings.models import Attendance, AttendanceKind, Meeting

THERE = (AttendanceKind.CAME, AttendanceKind.SUBSTITUTE, AttendanceKind.PARTICIPANT)


def attendees(meeting: Meeting) -> list[Attendance]:
    """Everybody who was there, members first, each with the account where there is one. One query."""
    rows = meeting.attendance.filter(kind__in=THERE).select_related("person", "seat")
    return sorted(rows, key=lambda row: (row.seat is None, row.seat.precedence if row.seat else 0, row.pk))


def attended(meeting: Meeting, person: Person) -> bool:
    """True when this person was there. One query."""
    return meeting.attendance.filter(kind__in=THERE, person=person).exists()
