"""Meetings of the committee and what one of them resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.committee.pages import bodies_read
from phrom.meetings.models import AgendaItem, Meeting, Resolution
from phrom.shared.thai.dates import days_left


@dataclass(frozen=True)
class MeetingLine:
    """A meeting and how many resolutions it passed."""

    meeting: Meeting
    resolutions: int


@dataclass(frozen=True)
class MeetingsPage:
    """The meetings that somebody may read about, newest first."""

    meetings: tuple[MeetingLine, ...]
    several_bodies: bool


@dataclass(frozen=True)
class ResolutionLine:
    """A resolution with the days left to do it; None where no day was set or the day is past (done or not, others know)."""

    resolution: Resolution
    days: int | None


@dataclass(frozen=True)
class ItemLine:
    """An agenda item and what was resolved on it. `depth` is 0 for "3", 1 for "3.1"."""

    item: AgendaItem
    depth: int
    resolutions: tuple[ResolutionLine, ...]


@dataclass(frozen=True)
class MeetingPage:
    """One meeting, its agenda and resolutions."""

    meeting: Meeting
    items: tuple[ItemLine, ...]


def meetings_page(access: Access) -> MeetingsPage:
    """One query, whatever the number of meetings."""
    bodies = bodies_read(access)
    rows = Meeting.objects.filter(body__in=bodies).select_related("body", "order")
    counted = rows.annotate(resolved=Count("items__resolutions"))
    return MeetingsPage(tuple(MeetingLine(row, row.resolved) for row in counted), len(bodies) > 1)


def meeting_page(access: Access, meeting_id: int, *, today: date) -> MeetingPage:
    """The meeting, if its body is within reach; else 404. Two more queries for agenda and resolutions."""
    rows = Meeting.objects.filter(body__in=bodies_read(access)).select_related("body", "order")
    meeting = get_object_or_404(rows, pk=meeting_id)
    items = meeting.items.prefetch_related("resolutions")
    return MeetingPage(meeting, tuple(_item(item, today) for item in items))


def _item(item: AgendaItem, today: date) -> ItemLine:
    resolutions = sorted(item.resolutions.all(), key=lambda resolution: resolution.pk)
    lines = [ResolutionLine(r, _days(r.due_on, today)) for r in resolutions]
    return ItemLine(item, item.number.count("."), tuple(lines))


def _days(due_on: date | None, today: date) -> int | None:
    return days_left(due_on, today) if due_on and due_on >= today else None
