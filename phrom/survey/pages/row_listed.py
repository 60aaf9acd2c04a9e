"""Beside a row: what the agency's list says about it. One query where a row of the section has a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Edition, Kind, Listing, ListKind, Question
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.listing import Listed, derived, differs
from phrom.rules.scoring.listing_fields import CALLED
from phrom.rules.scoring.sheet import Provider
from phrom.rules.scoring.words import value_in_words
from phrom.survey.actions.answering import EMPTY
from phrom.survey.listed import items_of
from phrom.survey.models import Ask, ListedKind, Round

MOST_NAMES = 5


@dataclass(frozen=True)
class RowListed:
    """What the list says: `words` in a sentence, `given` where somebody answered otherwise and may take it."""

    words: str
    label: str
    url: str
    given: str = ""
    version: int = 0
    may_take: bool = False


def listed_beside(round: Round, agency: Agency, edition: Edition, asks: Sequence[Ask]) -> dict[int, RowListed]:
    """By ask id, for rows that have a list."""
    rows = [(ask, edition.by_code[ask.code]) for ask in asks]
    if not any(row.listing for _, row in rows):
        return {}
    items = items_of(round, edition, agency=agency).get(agency.pk, ())
    return {ask.pk: _beside(round, ask, row, row.listing, items) for ask, row in rows if row.listing}


def _beside(round: Round, ask: Ask, row: Question, listing: Listing, items: Sequence[Listed]) -> RowListed:
    label = f"บัญชี{ListedKind(listing.kind.value).label}"
    url = reverse("list", args=[round.pk, ask.agency_id, listing.kind.value])
    if listing.beside:
        return RowListed(_reminder(listing, items), label, url)
    stored = answer_from_json(row, ask.answer.content if hasattr(ask, "answer") else EMPTY)
    given = derived(row, items)
    if given.value is None:
        return RowListed("ยังไม่มีรายการที่นับในข้อนี้", label, url)
    many = f" ({', '.join(item.name for item in given.items[:MOST_NAMES])})" if row.kind is not Kind.COUNT else ""
    words = f"จากบัญชี: {len(given.items)} {CALLED[listing.kind]}{many}"
    if not differs(stored, given):
        return RowListed(words, label, url)
    version = ask.answer.version if hasattr(ask, "answer") else 0
    may_take = ask.editable and not round.is_frozen
    return RowListed(words, label, url, given=value_in_words(row, given), version=version, may_take=may_take)


def _reminder(listing: Listing, items: Sequence[Listed]) -> str:
    """What the list holds for a row that it cannot answer: services that were measured, datasets whose use is known."""
    field = "usage" if listing.kind is ListKind.DATASETS else "satisfaction"
    wanted = (Provider.OWN, Provider.BOTH) if listing.provider == "own" else tuple(Provider)
    fitting = [
        item
        for item in items
        if item.kind is listing.kind
        and item.provider in wanted
        and (item.digital or not listing.digital)
        and (not listing.use or listing.use in (item.field("uses") or ()))
    ]
    told = [item for item in fitting if item.field(field)]
    if not fitting:
        return "ยังไม่มีรายการในบัญชีที่เกี่ยวกับข้อนี้"
    called = CALLED[listing.kind]
    if field == "usage":
        return f"ในบัญชีมี {len(fitting)} {called} บันทึกสถิติการใช้แล้ว {len(told)}"
    results = ", ".join(f"{item.name} ร้อยละ {item.field(field)}" for item in told[:MOST_NAMES])
    return f"ในบัญชีมี {len(fitting)} {called} วัดความพึงพอใจแล้ว {len(told)}{f' ({results})' if results else ''}"
