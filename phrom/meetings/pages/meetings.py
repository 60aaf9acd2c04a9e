"""Meetings of the committee, and one of them: its state, agenda, papers, replies, resolutions and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.meetings.attendance_sheet import attendance_sheet
from phrom.meetings.models import KeptPaper, Meeting, Resolution
from phrom.meetings.pages.agenda import ItemLine, groups_of
from phrom.meetings.pages.replies import Tally, tally_for
from phrom.meetings.pages.steps import Next, Step, next_of, recorded_later, state_of, steps_of
from phrom.meetings.quorum import Presence
from phrom.meetings.scopes import MANAGE, bodies_within, may_manage, may_read_agenda, meetings_within
from phrom.shared.thai.dates import days_left


@dataclass(frozen=True)
class MeetingLine:
    """A meeting, its state in words, how many resolutions it passed, and what whoever keeps it does next."""

    meeting: Meeting
    resolutions: int
    shape: str
    word: str
    next: Next | None


@dataclass(frozen=True)
class MeetingsPage:
    """The meetings that somebody may read about, newest first."""

    meetings: tuple[MeetingLine, ...]
    several_bodies: bool
    can_call: bool


@dataclass(frozen=True)
class ResolutionLine:
    """A resolution with the days left to do it; None where no day was set or the day is past (done or not, others know)."""

    resolution: Resolution
    days: int | None

    @property
    def kind(self) -> str:
        """What was done with the item, where the text does not begin with it."""
        kind = str(self.resolution.get_kind_display())
        return "" if self.resolution.text.startswith(kind) else kind


@dataclass(frozen=True)
class Entry:
    """A head or an item on the meeting's page: its papers and what was resolved on it. `depth` is 0 for a head."""

    line: ItemLine
    depth: int
    resolutions: tuple[ResolutionLine, ...]


@dataclass(frozen=True)
class MeetingPage:
    """One meeting. `entries` is empty while the reader may not see the agenda.

    Until it opens `tally` counts who will come; from then on `presence` who came.
    """

    meeting: Meeting
    state: tuple[str, str]
    steps: tuple[Step, ...]
    next: Next | None
    entries: tuple[Entry, ...]
    tally: Tally | None
    presence: Presence | None
    kept: tuple[KeptPaper, ...]
    can_manage: bool
    can_read: bool
    recorded: bool

    @property
    def can_change(self) -> bool:
        """True while whoever keeps the meeting may still change or cancel it."""
        return self.can_manage and self.meeting.opened_at is None and not self.meeting.is_cancelled and not self.recorded


def meetings_page(access: Access) -> MeetingsPage:
    """One query, whatever the number of meetings."""
    managed = access.body_ids(MANAGE)
    rows: QuerySet[Meeting] = meetings_within(access).annotate(
        resolved=Count("items__resolutions", distinct=True), listed=Count("items", distinct=True)
    )
    rows = rows.order_by("-held_at", "-pk")  # grouped rows do not keep the model's order
    lines = [_meeting_line(row, row.body_id in managed) for row in rows]
    return MeetingsPage(tuple(lines), len(bodies_within(access)) > 1, bool(managed))


def meeting_page(access: Access, meeting_id: int, *, today: date) -> MeetingPage:
    """The meeting, if its body is within reach; else 404. The number of queries does not depend on its size."""
    meeting = get_object_or_404(meetings_within(access), pk=meeting_id)
    can_manage, can_read = may_manage(access, meeting), may_read_agenda(access, meeting)
    entries = _entries(meeting, today) if can_read else ()
    late = sum(not entry.line.item.is_frozen for entry in entries)
    return MeetingPage(
        meeting=meeting,
        state=state_of(meeting),
        steps=steps_of(meeting),
        next=next_of(meeting, has_agenda=bool(entries), late=late) if can_manage else None,
        entries=entries,
        tally=tally_for(meeting) if meeting.invited_at and meeting.opened_at is None else None,
        presence=attendance_sheet(meeting).presence if meeting.opened_at else None,
        kept=tuple(meeting.kept_papers.all()),
        can_manage=can_manage,
        can_read=can_read,
        recorded=recorded_later(meeting),
    )


def _entries(meeting: Meeting, today: date) -> tuple[Entry, ...]:
    """The agenda as it is printed, each part with its resolutions. Three queries."""
    resolved = _resolved(meeting, today)
    entries: list[Entry] = []
    for group in groups_of(meeting):
        for line in (group.head, *group.items):
            depth = 0 if line is group.head and "." not in line.item.number else 1
            entries.append(Entry(line, depth, resolved.get(line.item.pk, ())))
    return tuple(entries)


def _meeting_line(meeting: Meeting, managed: bool) -> MeetingLine:
    shape, word = state_of(meeting)
    listed, resolved = getattr(meeting, "listed", 0), getattr(meeting, "resolved", 0)
    coming = next_of(meeting, has_agenda=bool(listed)) if managed else None
    return MeetingLine(meeting, resolved, shape, word, coming)


def _resolved(meeting: Meeting, today: date) -> dict[int, tuple[ResolutionLine, ...]]:
    found: dict[int, tuple[ResolutionLine, ...]] = {}
    for resolution in Resolution.objects.filter(item__meeting=meeting).select_related("item").order_by("pk"):
        line = ResolutionLine(resolution, _days(resolution.due_on, today))
        found[resolution.item_id] = (*found.get(resolution.item_id, ()), line)
    return found


def _days(due_on: date | None, today: date) -> int | None:
    return days_left(due_on, today) if due_on and due_on >= today else None
