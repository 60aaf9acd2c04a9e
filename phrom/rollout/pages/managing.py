"""What the coordinator keeps: the programme's words, parties, targets, districts, and the list brought from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, Membership, Person
from phrom.agencies.roles import ROLES
from phrom.meetings.models import Resolution
from phrom.rollout.actions.local_governments import Comparison, compare
from phrom.rollout.models import LocalGovernment, Party, Programme, Target
from phrom.rollout.scopes import MANAGE, SUPPORT, local_governments_of, programmes_within
from phrom.rollout.table_file import TITLES, LocalRow, ReadTable, read_table
from phrom.shared.files.previews import seal, unseal
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id

LISTED = "rollout.local_governments"


@dataclass(frozen=True)
class SettingsPage:
    """A programme with its parties and targets."""

    programme: Programme
    parties: tuple[Party, ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class ImportPage:
    """A programme whose province gets a list; what the file says once it was read."""

    programme: Programme
    known: int
    read: ReadTable | None = None
    found: Comparison | None = None
    signed: str = ""
    titles: tuple[tuple[str, str], ...] = tuple((titles[0], titles[-1]) for titles in TITLES.values())


@dataclass(frozen=True)
class DistrictLine:
    """A district with its offices and who looks after it; `field` names it in the form."""

    name: str
    field: str
    offices: int
    officer_id: int


@dataclass(frozen=True)
class DistrictsPage:
    """The districts of a programme, and who may look after one."""

    programme: Programme
    lines: tuple[DistrictLine, ...]
    officers: tuple[Person, ...]


def programme_for(access: Access, programme_id: int) -> Programme:
    """A programme that the person keeps; 404 else."""
    return get_object_or_404(programmes_within(access, MANAGE), pk=programme_id)


def body_for(access: Access, asked: str) -> Agency:
    """The province whose programme is made: the one asked for, else the first; 404 where the person keeps none."""
    for agency in access.agencies(MANAGE):
        if agency.own_body_id in access.body_ids(MANAGE) and asked in ("", str(agency.own_body_id)):
            return agency.own_body
    raise Http404


def resolutions_of(body: Agency) -> QuerySet[Resolution]:
    """The resolutions on which a programme may rest, the newest first."""
    return Resolution.objects.filter(item__meeting__body=body).select_related("item__meeting").order_by("-pk")


def settings_page(access: Access, programme_id: int) -> SettingsPage:
    """What the coordinator keeps of a programme; 404 else."""
    programme = programme_for(access, programme_id)
    return SettingsPage(programme, tuple(programme.parties.all()), tuple(programme.targets.all()))


def import_page(access: Access, programme_id: int) -> ImportPage:
    """Before a file was chosen."""
    programme = programme_for(access, programme_id)
    return ImportPage(programme, local_governments_of(programme.body).count())


def preview(page: ImportPage, data: bytes, name: str) -> ImportPage:
    """What the file says and would change. Refuses NoTable, TableTooLarge, WrongKind and ImportRefused."""
    read = read_table(data, name)
    if read.problems:
        return ImportPage(page.programme, page.known, read)
    found = compare(page.programme.body, read.rows)
    signed = seal(LISTED, page.programme.pk, map(astuple, read.rows))
    return ImportPage(page.programme, page.known, read, found, signed)


def rows_of(page: ImportPage, signed: str) -> list[LocalRow]:
    """The rows of a preview for this programme. Refuses PreviewLost."""
    return [LocalRow(*row) for row in unseal(LISTED, page.programme.pk, signed)]


def districts_page(access: Access, programme_id: int, at: datetime) -> DistrictsPage:
    """Who looks after which district; 404 for whoever does not keep the programme."""
    programme = programme_for(access, programme_id)
    counted = Counter(programme.enrolments.values_list("local_government__district", flat=True))
    shared = dict(programme.district_officers.values_list("district", "officer"))
    names = sorted({*counted, *shared}, key=lambda name: (name == "", name))
    lines = (DistrictLine(name, f"d{place}", counted[name], shared.get(name, 0)) for place, name in enumerate(names))
    return DistrictsPage(programme, tuple(lines), _officers(programme, at))


def shared_out(page: DistrictsPage, posted: Mapping[str, str]) -> dict[str, Person | None]:
    """Each district of the page with the officer that was posted for it; what was not posted, or is nobody of them, stays."""
    people = {person.pk: person for person in page.officers}
    wanted = {line.name: posted_id(posted[line.field]) for line in page.lines if line.field in posted}
    return {name: people.get(pk) for name, pk in wanted.items() if not pk or pk in people}


def outside_of(programme: Programme, ids: Sequence[str]) -> list[LocalGovernment]:
    """The local governments of the province that are not enrolled, narrowed to these ids where some are given."""
    rows = local_governments_of(programme.body).exclude(enrolments__programme=programme)
    return list(rows.filter(pk__in=[posted_id(each) for each in ids]) if ids else rows)


def _officers(programme: Programme, at: datetime) -> tuple[Person, ...]:
    roles = [role.key for role in ROLES.values() if SUPPORT in role.permissions]
    rows = Membership.objects.in_force(local_date(at)).of_body(programme.body).filter(role__in=roles, person__is_active=True)
    people = {row.person_id: row.person for row in rows.select_related("person")}
    people |= {each.officer_id: each.officer for each in programme.district_officers.select_related("officer")}
    return tuple(sorted(people.values(), key=lambda person: person.name))
