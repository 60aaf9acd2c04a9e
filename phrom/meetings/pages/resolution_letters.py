"""The page on which a resolution becomes a letter: to whom it may go, and who of them has it already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, AgencyKind
from phrom.agencies.places import districts_in
from phrom.letters.actions.offices import issuing_agency, office_seen
from phrom.letters.models import DirectoryEntry, Office
from phrom.letters.scopes import DRAFT
from phrom.letters.sent import Sent
from phrom.meetings.models import FollowUp, Resolution
from phrom.meetings.pages.follow_ups import MANAGE, resolution_for
from phrom.meetings.sent import sent_of
from phrom.shared.thai.dates import thai_date


@dataclass(frozen=True)
class LetterPage:
    """Whom a letter may reach. `named` are the agencies with a follow-up (ids), `sent` what went out for it before.

    `districts` are names by agency id.
    """

    resolution: Resolution
    office: Office
    agencies: tuple[Agency, ...]
    locals: tuple[Agency, ...]
    entries: tuple[DirectoryEntry, ...]
    named: frozenset[int]
    districts: Mapping[int, str]
    task: str
    sent: tuple[Sent, ...]

    @property
    def initial(self) -> dict[str, object]:
        """What stands in the form before anything is typed: the offices that owe something are ticked."""
        due_on = self.resolution.due_on
        return {
            "agencies": [str(each.pk) for each in self.agencies if each.pk in self.named],
            "locals": [str(each.pk) for each in self.locals if each.pk in self.named],
            "task": self.task,
            "due_on": thai_date(due_on) if due_on else "",
        }


def letter_page(access: Access, resolution_id: int, today: date) -> LetterPage:
    """Nine queries; 404 for who follows no resolutions of the body, or drafts no letters at the office that writes them."""
    resolution = resolution_for(access, MANAGE, resolution_id)
    body = resolution.item.meeting.body
    office = office_seen(issuing_agency(body))
    if office.agency_id not in access.agency_ids(DRAFT):
        raise Http404
    offices = Agency.objects.filter(body=body).exclude(pk=office.agency_id)
    lines = dict(FollowUp.objects.filter(resolution=resolution).values_list("agency", "task"))
    named = frozenset(lines)
    return LetterPage(
        resolution=resolution,
        office=office,
        agencies=tuple(offices.exclude(kind=AgencyKind.LOCAL_GOVERNMENT)),
        locals=tuple(offices.filter(kind=AgencyKind.LOCAL_GOVERNMENT)),
        entries=tuple(_elsewhere(today)),
        named=named,
        districts=districts_in(body),
        task=next(iter(lines.values()), resolution.text),
        sent=sent_of([resolution.pk]).get(resolution.pk, ()),
    )


def _elsewhere(today: date) -> list[DirectoryEntry]:
    """Offices at installations that a person trusted, in force today."""
    rows = DirectoryEntry.objects.in_force(today).filter(peer__approved_at__isnull=False, peer__blocked_at=None)
    return list(rows.select_related("peer"))
