"""The in-tray: what waits to be accepted, what is in whose hands until when, what is closed. One row, one letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q
from django.http import Http404

from phrom.agencies.access import Access
from phrom.agencies.models import Person
from phrom.letters.incoming_words import URGENCY, Where, where_is
from phrom.letters.models import Incoming, Office, Secrecy
from phrom.letters.models.incoming import IncomingQuerySet
from phrom.letters.pages.incoming_acts import may_receive
from phrom.letters.scopes import RECEIVE, incoming_within, offices_within
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id

PER_PAGE = 50
_WAITS = Q(accepted_at=None, refused_at=None, recalled_at=None)
_OPEN = Q(accepted_at__isnull=False, closed_at=None)
_ASKED = Q(recall_asked_at__isnull=False, recall_decided_at=None, recalled_at=None) | Q(disputed_at__isnull=False)


@dataclass(frozen=True)
class Filter:
    """One of the plain words above the table, with how many letters it shows."""

    key: str
    label: str
    count: int
    here: bool


@dataclass(frozen=True)
class Row:
    """One letter. `focus` is true for the one whose button is at hand; `following` is the next to be at hand after it."""

    incoming: Incoming
    where: Where
    urgency: tuple[str, str]
    days_left: int | None
    may_accept: bool
    focus: bool
    following: int


@dataclass(frozen=True)
class InTray:
    """The page. `office` is None where all offices of the reader are shown together."""

    offices: tuple[Office, ...]
    office: Office | None
    people: tuple[Person, ...]
    person: int
    filters: tuple[Filter, ...]
    show: str
    rows: tuple[Row, ...]
    page: Page[Incoming]
    may_record: bool
    nothing: bool

    @property
    def query(self) -> str:
        """What the links of the page keep: the chosen office and person."""
        office = f"&office={self.office.pk}" if self.office else ""
        return office + (f"&person={self.person}" if self.person else "")

    @property
    def paging(self) -> str:
        """The same before the number of a page."""
        return f"show={self.show}{self.query}&"


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as it was typed."""

    show: str = ""
    office: str = ""
    person: str = ""
    page: str = ""
    at_hand: str = ""


def in_tray(access: Access, at: datetime, asked: Asked) -> InTray:
    """The tray: what waits by urgency, the rest by due day. Seven queries, whatever the number of letters.

    404 for an office that is not the reader's.
    """
    offices = tuple(offices_within(access))
    office = _chosen(offices, asked.office)
    today = local_date(at)
    kinds = _kinds(access, today)
    show = asked.show if asked.show in kinds else "waiting"
    within = _within(access, at, office)
    person = posted_id(asked.person)
    of_person = within.filter(assigned_to=person) if person else within
    page = Paginator(_sorted(of_person.filter(kinds[show][1]), show), PER_PAGE).get_page(asked.page)
    counts = _counts(of_person, kinds)
    return InTray(
        offices=offices,
        office=office,
        people=_people(within),
        person=person,
        filters=tuple(Filter(key, label, counts[key], key == show) for key, (label, _) in kinds.items()),
        show=show,
        rows=_rows(access, list(page.object_list), today, posted_id(asked.at_hand)),
        page=page,
        may_record=bool(access.agency_ids(RECEIVE)),
        nothing=not counts["all"] and not person,
    )


def waiting_first(access: Access, at: datetime, incoming: Incoming) -> Incoming | None:
    """The most urgent ordinary letter that waits at the same office, for who may give it its number. One query or none."""
    if incoming.office.agency_id not in access.agency_ids(RECEIVE):
        return None
    waiting = incoming_within(access, at, RECEIVE).filter(_WAITS, office=incoming.office_id, secrecy=Secrecy.NORMAL)
    return _sorted(waiting.exclude(pk=incoming.pk), "waiting").first()


def _kinds(access: Access, today: date) -> dict[str, tuple[str, Q]]:
    """The filters in their order."""
    late = _OPEN & Q(due_on__lt=today)
    return {
        "waiting": ("รอลงรับ", _WAITS),
        "mine": ("ของฉัน", _OPEN & Q(assigned_to=access.person)),
        "open": ("กำลังดำเนินการ", _OPEN),
        "late": ("เลยกำหนด", late),
        "asked": ("ผู้ส่งขอ", _ASKED),
        "closed": ("ปิดแล้ว", Q(closed_at__isnull=False)),
        "back": ("คืนและเรียกคืน", Q(refused_at__isnull=False) | Q(recalled_at__isnull=False)),
        "all": ("ทั้งหมด", Q()),
    }


def _sorted(letters: IncomingQuerySet, show: str) -> IncomingQuerySet:
    if show == "waiting":
        return letters.order_by("-speed", "arrived_at", "id")
    if show in ("mine", "open", "late"):
        return letters.order_by(F("due_on").asc(nulls_last=True), "-speed", "id")
    return letters.order_by("-id")


def _rows(access: Access, letters: Sequence[Incoming], today: date, at_hand: int) -> tuple[Row, ...]:
    ids = [incoming.pk for incoming in letters]
    focused = at_hand if at_hand in ids else 0
    rows = []
    for place, incoming in enumerate(letters):
        due = (incoming.due_on - today).days if incoming.due_on and incoming.closed_at is None else None
        rows.append(
            Row(
                incoming=incoming,
                where=where_is(incoming, today),
                urgency=URGENCY[incoming.speed],
                days_left=due,
                may_accept=incoming.waits and may_receive(access, incoming),
                focus=incoming.pk == focused,
                following=ids[place + 1] if place + 1 < len(ids) else ids[place - 1] if place else 0,
            )
        )
    return tuple(rows)


def _people(within: IncomingQuerySet) -> tuple[Person, ...]:
    """Those who hold a letter of the tray that the reader may see: one query."""
    holding = within.filter(_OPEN, assigned_to__isnull=False).order_by().values("assigned_to")
    return tuple(Person.objects.filter(pk__in=holding).order_by("name"))


def _chosen(offices: Sequence[Office], asked: str) -> Office | None:
    if not asked:
        return offices[0] if len(offices) == 1 else None
    for office in offices:
        if asked == str(office.pk):
            return office
    raise Http404


def _within(access: Access, at: datetime, office: Office | None) -> IncomingQuerySet:
    within = incoming_within(access, at).defer("content")
    return within.filter(office=office) if office is not None else within


def _counts(within: IncomingQuerySet, kinds: dict[str, tuple[str, Q]]) -> dict[str, int]:
    """How many letters each filter shows: one query."""
    asked = {key: Count("id", filter=condition or Q(pk__isnull=False)) for key, (_, condition) in kinds.items()}
    return within.order_by().aggregate(**asked)
