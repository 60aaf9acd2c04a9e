"""Named things behind answers: which of them count for a row, what answer they give, and how it follows when they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from phrom.rules.instrument.model import Kind, Listing, ListKind, Question
from phrom.rules.scoring.listing_fields import CALLED, TICKED_BY
from phrom.rules.scoring.sheet import NOTHING, Answer, Item, Provider, Stance, Value

MOST_NAMES = 30
PROVIDED = {"": tuple(Provider), "own": (Provider.OWN, Provider.BOTH), "parent": (Provider.PARENT,)}


@dataclass(frozen=True)
class Listed:
    """One named thing of an agency. `content` holds the fields of its kind; `proof` is where it can be seen, if anywhere."""

    ref: str
    kind: ListKind
    name: str
    provider: Provider
    digital: bool = False
    content: Mapping[str, Any] | None = None
    proof: str = ""

    def field(self, code: str) -> Any:
        """What was written down under this field; None for nothing."""
        return (self.content or {}).get(code)


def counts(question: Question, item: Listed) -> bool:
    """True when the thing counts for the row: its list, provider, use, form, choice, and a day inside the row's window."""
    listing = question.listing
    return listing is not None and _of_whole(question, listing, item) and (item.digital or not listing.digital)


def derived(question: Question, items: Iterable[Listed]) -> Answer:
    """The answer that the list gives to the row; an empty one when no thing counts for it or the list only stands beside.

    No thing that counts is no "no": nobody may have written the list yet. Only where all of them are not digital, the number of
    digital ones is nought.
    """
    listing = question.listing
    if listing is None or listing.beside:
        return NOTHING
    whole = [item for item in items if _of_whole(question, listing, item)]
    if not whole:
        return NOTHING
    found = [item for item in whole if item.digital or not listing.digital]
    if not found and question.kind is not Kind.COUNT:
        return NOTHING
    return Answer(
        value=_value(question, found),
        detail=_detail(question, listing.kind, found),
        provider=_provider(question, found),
        items=tuple(Item(item.ref, item.name, item.proof) for item in found),
    )


def followed(stored: Answer, before: Answer, after: Answer) -> Answer | None:
    """What the stored answer becomes when the list changes from giving `before` to giving `after`; None to leave it alone.

    What somebody typed otherwise than the list stays: a number, and by itself a detail or a provider.
    """
    if stored.cannot or stored.stance is not Stance.NONE or stored.value not in (None, before.value):
        return None
    fresh = replace(
        stored,
        value=after.value,
        detail=_followed(stored.detail, before.detail, after.detail),
        provider=Provider(_followed(stored.provider, before.provider, after.provider)),
    )
    return None if fresh == stored else fresh


def differs(stored: Answer, given: Answer) -> bool:
    """True when somebody answered otherwise than the list."""
    return given.value is not None and stored.given and stored.value != given.value


def proved_dates(question: Question, item: Listed) -> bool:
    """True unless the thing's days are known and lie wholly outside the row's window."""
    first, last = _day(item.field("starts_on")), _day(item.field("ends_on"))
    window, begins, ends = question.window, first or last, last or first
    return window is None or begins is None or ends is None or (begins <= window.end and ends >= window.start)


def _of_whole(question: Question, listing: Listing, item: Listed) -> bool:
    """Counts for the row, digital or not."""
    if item.kind is not listing.kind or item.provider not in PROVIDED[listing.provider]:
        return False
    if listing.use and listing.use not in (item.field("uses") or ()):
        return False
    known = {choice.code for choice in question.choices}
    return (question.kind is not Kind.MANY or item.field(TICKED_BY[item.kind]) in known) and proved_dates(question, item)


def _value(question: Question, found: Sequence[Listed]) -> Value:
    if question.kind is Kind.COUNT:
        return len(found)
    if question.kind is Kind.YES_NO:
        return True
    ticked = {item.field(TICKED_BY[item.kind]) for item in found}
    return tuple(choice.code for choice in question.choices if choice.code in ticked)


def _detail(question: Question, kind: ListKind, found: Sequence[Listed]) -> str | bool | None:
    """The things by name, or whether what came of them was measured. A percent of many things is not theirs to give."""
    if question.detail is None or not found:
        return None
    if question.detail.kind is Kind.YES_NO:
        return any(item.field("measured") is True and bool(item.field("outcome")) for item in found)
    if question.detail.kind is not Kind.TEXT:
        return None
    names = ", ".join(item.name for item in found[:MOST_NAMES])
    more = f" และอีก {len(found) - MOST_NAMES} {CALLED[kind]}" if len(found) > MOST_NAMES else ""
    return f"{len(found)} {CALLED[kind]}: {names}{more}"


def _provider(question: Question, found: Sequence[Listed]) -> Provider:
    if not question.beyond_parent_department or not found:
        return Provider.UNKNOWN
    return Provider.OWN if all(item.provider is Provider.OWN for item in found) else Provider.BOTH


def _followed(stored: Any, before: Any, after: Any) -> Any:
    return after if stored is None or stored == "" or stored == before else stored


def _day(raw: object) -> date | None:
    return date.fromisoformat(raw) if isinstance(raw, str) and raw else None
