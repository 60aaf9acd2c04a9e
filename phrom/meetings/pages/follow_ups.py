"""Who owes what: the list of follow-ups, one resolution with its offices, one office's part with its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.committee.roster import roster
from phrom.letters.scopes import may_draft_for
from phrom.letters.sent import Sent
from phrom.meetings.models import FollowUp, FollowUpNote, Resolution
from phrom.meetings.models.follow_ups import FollowUpQuerySet
from phrom.meetings.open_matters import Followed, Matter, followed, matters
from phrom.meetings.sent import sent_of
from phrom.shared.thai.dates import thai_date

READ, REPORT, MANAGE = "committee.view", "follow_up.answer", "follow_up.manage"
SHAPES = {"progress": "open", "answered": "submitted", "returned": "returned", "closed": "done", "reopened": "returned"}
SHAPES |= {"letter": "open", "letter_back": "returned"}
FILTERS: dict[str, tuple[str, Callable[[Matter], bool]]] = {
    "open": ("ยังไม่เสร็จ", lambda matter: matter.follow_up.is_open),
    "late": ("เลยกำหนด", lambda matter: matter.is_late),
    "check": ("รอตรวจ", lambda matter: matter.follow_up.waits_for_check),
    "closed": ("ปิดแล้ว", lambda matter: not matter.follow_up.is_open),
    "all": ("ทั้งหมด", lambda matter: True),
}


@dataclass(frozen=True)
class Show:
    """A filter as a word with how many lines it shows."""

    key: str
    label: str
    count: int
    here: bool


@dataclass(frozen=True)
class FollowUpsPage:
    """The follow-ups that somebody may read, of the chosen filter. `mine` wait for the own offices and stand among what is
    open; an office sees each of its matters once, so `resolutions` then leaves them out, but not for a whole body.
    """

    mine: tuple[Matter, ...]
    resolutions: tuple[Followed, ...]
    shows: tuple[Show, ...]
    whole_body: bool

    @property
    def nothing(self) -> bool:
        """True when no follow-up was ever opened within reach."""
        return not any(show.count for show in self.shows)


@dataclass(frozen=True)
class ResolutionPage:
    """One resolution and its offices; `readable` are the lines that the reader may open (ids).

    `elsewhere` are letters to whoever has no line here: offices of other installations, and who got one by hand.
    """

    resolution: Resolution
    found: Followed
    may_manage: bool
    may_write: bool
    readable: frozenset[int]
    days: int | None
    elsewhere: tuple[Sent, ...]


@dataclass(frozen=True)
class OpenPage:
    """The page on which offices are named: all that are not yet, and those of them with a seat."""

    resolution: Resolution
    offices: tuple[Agency, ...]
    seats: tuple[Agency, ...]

    @property
    def initial(self) -> dict[str, str]:
        """What stands in the form before anything is typed."""
        due_on = self.resolution.due_on
        return {"task": self.resolution.text, "due_on": thai_date(due_on) if due_on else "", "whom": "some"}


@dataclass(frozen=True)
class Step:
    """One step of the history with its shape."""

    note: FollowUpNote
    shape: str


@dataclass(frozen=True)
class FollowUpPage:
    """One office's part of a resolution."""

    matter: Matter
    steps: tuple[Step, ...]
    may_report: bool
    may_manage: bool
    own: bool

    @property
    def follow_up(self) -> FollowUp:
        """The line itself."""
        return self.matter.follow_up


def follow_ups_within(access: Access, permission: str) -> FollowUpQuerySet:
    """The follow-ups of the offices, and of the bodies' meetings, for which the permission holds."""
    own = Q(agency__in=access.agency_ids(permission))
    bodies = access.body_ids(permission)
    return FollowUp.objects.filter(own | Q(resolution__item__meeting__body__in=bodies) if bodies else own)


def follow_up_for(access: Access, permission: str, follow_up_id: int) -> FollowUp:
    """The follow-up, when the permission holds for its office; anything else does not exist (404)."""
    rows = follow_ups_within(access, permission).select_related("agency", "resolution__item__meeting__body")
    return get_object_or_404(rows, pk=follow_up_id)


def note_with_file(access: Access, note_id: int) -> FollowUpNote:
    """The step whose file is asked for; 404 without a file and outside the reader's reach."""
    rows = FollowUpNote.objects.filter(follow_up__in=follow_ups_within(access, READ)).exclude(file=None)
    return get_object_or_404(rows.select_related("file"), pk=note_id)


def resolution_for(access: Access, permission: str, resolution_id: int) -> Resolution:
    """The resolution of a body within reach, with its meeting; 404 otherwise."""
    bodies = {agency.own_body_id for agency in access.agencies(permission)}
    rows = Resolution.objects.filter(item__meeting__body__in=bodies).select_related("item__meeting__body")
    return get_object_or_404(rows, pk=resolution_id)


def follow_ups_page(access: Access, show: str, today: date) -> FollowUpsPage:
    """Two queries: all that is within reach, counted and filtered here, since a body has tens of them."""
    found = matters(follow_ups_within(access, READ), today)
    chosen = show if show in FILTERS else "open"
    shows = tuple(
        Show(key, label, sum(1 for matter in found if fits(matter)), key == chosen) for key, (label, fits) in FILTERS.items()
    )
    own, whole = set(access.agency_ids(REPORT)), bool(access.body_ids(READ))
    mine = [matter for matter in found if chosen == "open" and matter.follow_up.agency_id in own and matter.waits_for_office]
    apart = () if whole else mine
    return FollowUpsPage(
        mine=tuple(sorted(mine, key=lambda matter: matter.days_left)),
        resolutions=_grouped(matter for matter in found if FILTERS[chosen][1](matter) and matter not in apart),
        shows=shows,
        whole_body=whole,
    )


def resolution_page(access: Access, resolution_id: int, today: date) -> ResolutionPage:
    """Five queries; every reader of the committee sees who owes what, the details only of what is within reach."""
    resolution = resolution_for(access, READ, resolution_id)
    body = resolution.item.meeting.body
    found = followed(FollowUp.objects.filter(resolution=resolution), today)
    every = found[0] if found else Followed(resolution, ())
    own, whole = set(access.agency_ids(READ)), body.pk in access.body_ids(READ)
    readable = frozenset(m.follow_up.pk for m in every.matters if whole or m.follow_up.agency_id in own)
    days = (resolution.due_on - today).days if resolution.due_on and resolution.due_on >= today else None
    may_manage = access.can(MANAGE, body)
    return ResolutionPage(
        resolution=resolution,
        found=every,
        may_manage=may_manage,
        may_write=may_manage and may_draft_for(access, body),
        readable=readable,
        days=days,
        elsewhere=_elsewhere(every),
    )


def follow_up_page(access: Access, follow_up_id: int, today: date) -> FollowUpPage:
    """Three queries; 404 outside the reader's reach."""
    found = matters(follow_ups_within(access, READ).filter(pk=follow_up_id), today)
    if not found:
        raise Http404
    follow_up = found[0].follow_up
    notes = follow_up.notes.select_related("made_by", "file")
    return FollowUpPage(
        matter=found[0],
        steps=tuple(Step(note, SHAPES[note.kind]) for note in reversed(notes)),
        may_report=access.can(REPORT, follow_up.agency),
        may_manage=access.can(MANAGE, follow_up.agency),
        own=follow_up.agency_id in access.agency_ids(REPORT),
    )


def open_page(resolution: Resolution, today: date) -> OpenPage:
    """The offices that may be named, those with a seat in the committee of the day among them. Six queries at most."""
    meeting = resolution.item.meeting
    named = FollowUp.objects.filter(resolution=resolution).values("agency")
    offices = tuple(Agency.objects.filter(body=meeting.body, answers_survey=True).exclude(pk__in=named))
    committee = roster(meeting.body, today)
    seated = {line.seat.agency_id for line in committee.lines} if committee else set()
    return OpenPage(resolution, offices, tuple(agency for agency in offices if agency.pk in seated))


def _elsewhere(found: Followed) -> tuple[Sent, ...]:
    """The newest letter of each recipient that has no line under the resolution."""
    named = {matter.follow_up.agency_id for matter in found.matters}
    every = sent_of([found.resolution.pk]).get(found.resolution.pk, ())
    newest = {each.recipient.name: each for each in every if each.recipient.office is None or each.agency_id not in named}
    return tuple(newest.values())


def _grouped(found: Iterable[Matter]) -> tuple[Followed, ...]:
    groups = groupby(found, key=lambda matter: matter.follow_up.resolution)
    return tuple(Followed(resolution, tuple(lines)) for resolution, lines in groups)
