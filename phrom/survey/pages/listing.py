"""One list of an agency: the things in it, the answers that it gives, and whether it may be changed. Four queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.rules.instrument.model import ListKind, Question
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.listing import Listed, counts, derived, differs
from phrom.rules.scoring.listing_fields import CALLED, ListField, fields_of, lacking
from phrom.rules.scoring.sheet import Provider
from phrom.rules.scoring.words import PROVIDERS, value_in_words
from phrom.survey.actions.answering import EMPTY
from phrom.survey.actions.listing import as_listed
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, Evidence, ListedKind, ListItem, Round
from phrom.survey.models.scopes import list_items_within
from phrom.survey.pages.answering import Sheet

MOST_EVIDENCE = 300


@dataclass(frozen=True)
class Tab:
    """One of the agency's lists, with how many things are in it."""

    kind: ListKind
    label: str
    count: int
    here: bool


@dataclass(frozen=True)
class ItemLine:
    """One thing. `counted` are the codes of the rows that it counts for, `lacking` what the data catalogue still requires."""

    item: ListItem
    provider: str
    seen: str
    counted: tuple[str, ...]
    lacking: tuple[str, ...]
    editable: bool


@dataclass(frozen=True)
class Given:
    """What the list answers to one row, and what stands there. `sent`: the row left the agency's hands."""

    code: str
    url: str
    given: str
    stored: str
    differs: bool
    sent: bool


@dataclass(frozen=True)
class ListPage:
    """One list. `locked` names the row that keeps it closed, where all its rows were sent."""

    round: Round
    agency: Agency
    kind: ListKind
    label: str
    called: str
    tabs: tuple[Tab, ...]
    lines: tuple[ItemLine, ...]
    answers: tuple[Given, ...]
    fields: tuple[ListField, ...]
    keys: frozenset[str]
    may_edit: bool
    locked: bool


def list_page(sheet: Sheet, access: Access, kind: str) -> ListPage:
    """The list of this kind; 404 where the agency is asked no row that it answers."""
    asked = [row for row in sheet.edition.asked_rows if row.listing and not row.listing.beside and row.code in sheet.asks]
    kinds = list(dict.fromkeys(row.listing.kind for row in asked if row.listing))
    if kind not in kinds:
        raise Http404
    here = ListKind(kind)
    found = ListItem.objects.filter(round=sheet.round, agency=sheet.agency, removed_at=None).select_related("evidence")
    items = list(found)
    rows = [row for row in asked if row.listing and row.listing.kind is here]
    locked = not any(sheet.asks[row.code].editable for row in rows)
    open_ = access.can("answer.edit", sheet.agency) and not sheet.round.is_frozen and not locked
    own = [item for item in items if item.kind == here]
    return ListPage(
        round=sheet.round,
        agency=sheet.agency,
        kind=here,
        label=str(ListedKind(here.value).label),
        called=CALLED[here],
        tabs=tuple(Tab(each, ListedKind(each.value).label, _count(items, each), each is here) for each in kinds),
        lines=tuple(_line(item, rows, sheet.asks, open_) for item in own),
        answers=tuple(_given(sheet, row, [as_listed(item) for item in own]) for row in rows),
        fields=fields_of(here, sheet.edition),
        keys=frozenset(item.key for item in own),
        may_edit=open_,
        locked=locked,
    )


@dataclass(frozen=True)
class ItemPage:
    """One thing to change, with what it may be proved by."""

    item: ListItem
    label: str
    fields: tuple[ListField, ...]
    evidence: tuple[Evidence, ...]
    back: str


def item_page(access: Access, item_id: int) -> ItemPage:
    """The thing, for somebody who may change it; 404 otherwise."""
    item = get_object_or_404(list_items_within(access, "answer.edit"), pk=item_id, removed_at=None)
    library = Evidence.objects.filter(agency=item.agency_id, replaced_by=None).select_related("file").order_by("-id")
    edition = edition_of(item.round.survey)
    return ItemPage(
        item=item,
        label=str(ListedKind(item.kind).label),
        fields=fields_of(ListKind(item.kind), edition),
        evidence=tuple(_with_own(item, list(library[:MOST_EVIDENCE]))),
        back=list_address(item.round_id, item.agency_id, item.kind),
    )


def list_address(round_id: int, agency_id: int, kind: str) -> str:
    """Where a list of an agency stands."""
    return reverse("list", args=[round_id, agency_id, kind])


def _with_own(item: ListItem, library: list[Evidence]) -> list[Evidence]:
    return library if item.evidence is None or item.evidence in library else [item.evidence, *library]


def _count(items: Sequence[ListItem], kind: ListKind) -> int:
    return sum(item.kind == kind for item in items)


def _line(item: ListItem, rows: Sequence[Question], asks: Mapping[str, Ask], open_: bool) -> ItemLine:
    thing = as_listed(item)
    counted = tuple(row.code for row in rows if counts(row, thing))
    sent = any(not asks[code].editable for code in counted)
    return ItemLine(
        item=item,
        provider=PROVIDERS.get(Provider(item.provider), ""),
        seen=item.evidence.name if item.evidence else "",
        counted=counted,
        lacking=lacking(ListKind(item.kind), item.unit, item.content),
        editable=open_ and not sent,
    )


def _given(sheet: Sheet, row: Question, things: Sequence[Listed]) -> Given:
    ask, given = sheet.asks[row.code], derived(row, things)
    stored = answer_from_json(row, ask.answer.content if hasattr(ask, "answer") else EMPTY)
    return Given(
        code=row.code,
        url=_address(sheet, ask),
        given=value_in_words(row, given) if given.given else "ยังไม่มีรายการที่นับ",
        stored=value_in_words(row, stored),
        differs=differs(stored, given),
        sent=not ask.editable,
    )


def _address(sheet: Sheet, ask: Ask) -> str:
    section = next(each for each in sheet.sections if any(row.code == ask.code for row in each.asked))
    return f"{reverse('answering_section', args=[sheet.round.pk, sheet.agency.pk, section.slug])}#a{ask.pk}"
