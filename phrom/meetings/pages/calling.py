"""Pages on which a meeting is called: new, invitation, change, cancellation, freezing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.committee.roster import Line
from phrom.letters.actions.offices import issuing_agency, office_seen
from phrom.letters.models import Office
from phrom.letters.scopes import ISSUE
from phrom.meetings.actions.freezing import waiting_to_be_frozen
from phrom.meetings.actions.numbering import next_number, year_of
from phrom.meetings.models import AgendaItem, Meeting
from phrom.meetings.recipients import Recipient, is_inside, recipients, roster_of
from phrom.meetings.scopes import MANAGE, meetings_managed


@dataclass(frozen=True)
class InvitePage:
    """What the invitation will do: its number, to which seats a letter or a memo goes, and who gets the mail.

    `office` numbers the papers from its registers; None where the numbers are typed.
    """

    meeting: Meeting
    number: str
    letters: tuple[Line, ...]
    memos: tuple[Line, ...]
    mailed: tuple[Recipient, ...]
    items: int
    office: Office | None


@dataclass(frozen=True)
class FreezePage:
    """What will be frozen: the whole agenda, or what was added since."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    papers: int
    supplement: bool


def body_for(access: Access, asked: str) -> Agency:
    """The body whose meeting is called: the one asked for, else the first; 404 where the person calls none."""
    for agency in access.agencies(MANAGE):
        if agency.own_body_id in access.body_ids(MANAGE) and asked in ("", str(agency.own_body_id)):
            return agency.own_body
    raise Http404


def meeting_for(access: Access, meeting_id: int) -> Meeting:
    """A meeting that the person calls and keeps; 404 else."""
    return get_object_or_404(meetings_managed(access), pk=meeting_id)


def numbering_office(access: Access, meeting: Meeting) -> Office | None:
    """The office whose registers number the invitation, when the reader issues letters there; None where it is typed."""
    office = office_seen(issuing_agency(meeting.body))
    return office if office.letter_code and office.agency_id in access.agency_ids(ISSUE) else None


def invite_page(meeting: Meeting, office: Office | None) -> InvitePage:
    """Before the letter goes out. The number of queries does not depend on the number of seats."""
    sitting = roster_of(meeting)
    lines = sitting.lines if sitting else ()
    year = year_of(meeting.day)
    return InvitePage(
        meeting=meeting,
        number=f"{next_number(meeting.body, year)}/{year}",
        letters=tuple(line for line in lines if not is_inside(line)),
        memos=tuple(line for line in lines if is_inside(line)),
        mailed=recipients(meeting, sitting),
        items=meeting.items.count(),
        office=office,
    )


def freeze_page(meeting: Meeting) -> FreezePage:
    """Before the agenda is frozen. Two queries."""
    items = tuple(waiting_to_be_frozen(meeting))
    papers = sum(len(item.papers.all()) for item in items)
    return FreezePage(meeting, items, papers, supplement=meeting.agenda_frozen_at is not None)
