"""The lists of letters to be destroyed, and one of them with its items and what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.letters.models import Decision, DestructionItem, DestructionList, DestructionMember, ListStep, Office
from phrom.letters.models.destruction import DestructionQuerySet
from phrom.letters.pages.retention import NoRegisters
from phrom.letters.retention import due_entries, list_due_on
from phrom.letters.scopes import APPROVE, READ, REGISTERS, SECRETS, offices_within
from phrom.shared.thai.calendar import ERA

ROWS = 50


@dataclass(frozen=True)
class Proposal:
    """A list that can be made now: how many letters fall due, and until when it is to be made."""

    office: Office
    is_secret: bool
    count: int


@dataclass(frozen=True)
class ListsPage:
    """All lists that the person may read, and those that may be made for the year that ended."""

    lists: tuple[DestructionList, ...]
    proposals: tuple[Proposal, ...]
    year: int
    list_by: date


@dataclass(frozen=True)
class ListPage:
    """A list: how its decisions stand, its items page by page, and what the reader may do."""

    listed: DestructionList
    members: tuple[DestructionMember, ...]
    rows: Page[DestructionItem]
    counts: dict[str, int]
    keeps: bool
    approves: bool

    @property
    def may_decide(self) -> bool:
        """Whether the reader may speak for the committee, or record what the archives claim."""
        return self.keeps and self.listed.step in (ListStep.DECIDE, ListStep.ANSWER)


def lists_within(access: Access, permission: str = READ) -> DestructionQuerySet:
    """The lists of the person's offices; those of secret letters only where they also handle secret letters."""
    agencies, secret = access.agency_ids(permission), access.agency_ids(SECRETS)
    rows = DestructionList.objects.readable(agencies, sorted(set(agencies) & set(secret)))
    return rows.select_related("office__agency__body", "made_by", "approved_by", "carried_out_by")


def lists_page(access: Access, today: date) -> ListsPage:
    """Lists, and what is due for one. Two queries and two for each office whose registers the person keeps."""
    year = today.year - 1 + ERA
    lists = tuple(lists_within(access).annotate(count=Count("items")))
    made = {(listed.office_id, listed.is_secret) for listed in lists if listed.year == year}
    proposals = (
        Proposal(office, is_secret, count)
        for office in offices_within(access, REGISTERS)
        for is_secret in (False, *((True,) if office.agency_id in access.agency_ids(SECRETS) else ()))
        if (office.pk, is_secret) not in made and (count := due_entries(office, year, secret=is_secret).count())
    )
    return ListsPage(lists, tuple(proposals), year, list_due_on(year))


def office_to_list(access: Access, office_id: int, *, is_secret: bool) -> Office:
    """The office for which a list is made. Refuses NoRegisters to whoever does not keep its registers, or not its secrets."""
    office = next((each for each in offices_within(access, REGISTERS) if each.pk == office_id), None)
    if office is None or (is_secret and office.agency_id not in access.agency_ids(SECRETS)):
        raise NoRegisters
    return office


def list_for(access: Access, destruction_id: int, permission: str = READ) -> DestructionList:
    """A list that the person may see, or for which they may do this; 404 else."""
    return get_object_or_404(lists_within(access, permission), pk=destruction_id)


def list_page(access: Access, destruction_id: int, place: str, decided: str = "") -> ListPage:
    """A list with the items of one page. The number of queries does not depend on the number of items."""
    listed = list_for(access, destruction_id)
    counted = {name: Count("pk", filter=Q(decision=name)) for name in Decision.values}
    counts = listed.items.aggregate(all=Count("pk"), open=Count("pk", filter=Q(decision="")), **counted)
    rows = listed.items.select_related("entry__register").order_by("position")
    shown = rows.filter(decision="" if decided == "open" else decided) if decided in ("open", *Decision.values) else rows
    return ListPage(
        listed=listed,
        members=tuple(listed.members.all()),
        rows=Paginator(shown, ROWS).get_page(place),
        counts=counts,
        keeps=listed.office.agency_id in access.agency_ids(REGISTERS),
        approves=listed.office.agency_id in access.agency_ids(APPROVE),
    )


def item_for(access: Access, item_id: int) -> DestructionItem:
    """An item of a list that the person keeps; 404 else."""
    rows = DestructionItem.objects.filter(list__in=lists_within(access, REGISTERS))
    return get_object_or_404(rows.select_related("list__office__agency", "entry__register"), pk=item_id)


def whole_list(listed: DestructionList) -> tuple[list[DestructionItem], list[DestructionMember]]:
    """Everything that the paper prints. Two queries."""
    return list(listed.items.select_related("entry__register").order_by("position")), list(listed.members.all())
