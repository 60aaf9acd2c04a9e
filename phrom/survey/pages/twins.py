"""Things of different agencies that look the same, side by side; and what was said of them. Two queries, and the head's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phrom.agencies.access import Access
from phrom.rules.instrument.model import ListKind
from phrom.rules.scoring.listing_fields import CALLED
from phrom.rules.scoring.sheet import Provider
from phrom.rules.scoring.words import PROVIDERS
from phrom.shared.thai.dates import thai_when
from phrom.shared.thai.names import alike_pairs, name_core
from phrom.survey.editions import edition_of
from phrom.survey.listed import groups_of
from phrom.survey.models import ListedKind, ListItem, Round, Twin
from phrom.survey.pages.heads import RoundHead, round_head

MOST_CARDS = 40
MOST_COMPARED = 1000  # things whose names are compared with each other; the work grows with the square


@dataclass(frozen=True)
class Side:
    """One thing as the coordinator compares it: whose, what, by whom provided, where it can be seen."""

    item: ListItem
    agency: str
    provider: str
    seen: str


@dataclass(frozen=True)
class Card:
    """Things that look the same. `percent` is how alike their names are; `joined` are things merged with one of them before."""

    sides: tuple[Side, ...]
    percent: int
    joined: tuple[str, ...]

    @property
    def one_name(self) -> bool:
        """True when the names are the same but for spaces and signs."""
        return len({side.item.key for side in self.sides}) == 1

    @property
    def key(self) -> str:
        """What the card is called in the page."""
        return "-".join(str(side.item.pk) for side in self.sides)


@dataclass(frozen=True)
class Word:
    """What was said of two things, by whom and when."""

    id: int
    first: Side
    second: Side
    said: str


@dataclass(frozen=True)
class TwinsPage:
    """Proposals, and what was said so far. `saved` is how many times a merged thing is not counted again.

    `by_name_only`: there are too many things to compare every name with every other; only equal names are proposed.
    """

    head: RoundHead
    kind: ListKind
    called: str
    tabs: tuple[tuple[str, str, bool], ...]
    items: int
    cards: tuple[Card, ...]
    more: int
    by_name_only: bool
    same: tuple[Word, ...]
    different: tuple[Word, ...]
    saved: int
    open: bool

    @property
    def counted(self) -> int:
        """How many different things there are, as far as anybody said."""
        return self.items - self.saved


def twins_page(round: Round, access: Access, today: date, kind: str) -> TwinsPage:
    """One kind of list; the first that the edition has where none or an unknown one is named."""
    kinds = list(dict.fromkeys(row.listing.kind for row in edition_of(round.survey).rows if row.listing))
    kinds.sort(key=lambda each: each is not ListKind.SERVICES)
    here = next((each for each in kinds if each.value == kind), kinds[0] if kinds else ListKind.SERVICES)
    items = {item.pk: item for item in _items(round, here)}
    words = [twin for twin in _words(round, here) if twin.first_id in items and twin.second_id in items]
    heads = groups_of((twin.first_id, twin.second_id) for twin in words if twin.is_same)
    saved = sum(1 for pk, head in heads.items() if pk != head and pk in items)
    cards = _cards(items, heads, {(twin.first_id, twin.second_id) for twin in words if not twin.is_same})
    return TwinsPage(
        head=round_head(round, access, "consolidation", today),
        kind=here,
        called=CALLED[here],
        tabs=tuple((each.value, str(ListedKind(each.value).label), each is here) for each in kinds),
        items=len(items),
        cards=tuple(cards[:MOST_CARDS]),
        more=max(0, len(cards) - MOST_CARDS),
        by_name_only=len(items) - saved > MOST_COMPARED,
        same=tuple(_word(twin, items) for twin in words if twin.is_same),
        different=tuple(_word(twin, items) for twin in words if not twin.is_same),
        saved=saved,
        open=not round.is_frozen,
    )


def _items(round: Round, kind: ListKind) -> Sequence[ListItem]:
    standing = ListItem.objects.filter(round=round, kind=kind.value, removed_at=None)
    return list(standing.select_related("agency", "evidence").order_by("id"))


def _words(round: Round, kind: ListKind) -> Sequence[Twin]:
    said = Twin.objects.filter(first__round=round, first__kind=kind.value, undone_at=None)
    return list(said.select_related("by").order_by("-id"))


def _cards(items: Mapping[int, ListItem], heads: Mapping[int, int], different: set[tuple[int, int]]) -> list[Card]:
    """The likest first. Things of one name stand on one card however many; what was merged stands for itself once."""
    groups: dict[int, list[int]] = defaultdict(list)
    for pk in sorted(items):
        groups[heads.get(pk, pk)].append(pk)
    leaders = {members[0]: members for members in groups.values()}
    apart = {_pair(heads.get(one, one), heads.get(other, other)) for one, other in different}
    same_name: dict[str, list[int]] = defaultdict(list)
    for pk in leaders:
        same_name[name_core(items[pk].name)].append(pk)
    found: list[tuple[float, list[int]]] = []
    for members in same_name.values():
        chosen = _compatible(members, items, heads, apart)
        if len(chosen) > 1:
            found.append((1.0, chosen))
    near = leaders if len(leaders) <= MOST_COMPARED else ()
    for one, other, alike in alike_pairs({pk: items[pk].name for pk in near}):
        if alike < 1 and len(_compatible([one, other], items, heads, apart)) == 2:
            found.append((alike, [one, other]))
    found.sort(key=lambda card: (-card[0], card[1]))
    return [_card(alike, members, items, leaders) for alike, members in found]


def _compatible(
    members: Sequence[int], items: Mapping[int, ListItem], heads: Mapping[int, int], apart: set[tuple[int, int]]
) -> list[int]:
    """Those that may be one thing: of different agencies, and not said to be different."""
    chosen: list[int] = []
    for pk in members:
        fits = all(
            items[pk].agency_id != items[other].agency_id and _pair(heads.get(pk, pk), heads.get(other, other)) not in apart
            for other in chosen
        )
        if fits:
            chosen.append(pk)
    return chosen


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _card(alike: float, members: Sequence[int], items: Mapping[int, ListItem], leaders: Mapping[int, list[int]]) -> Card:
    joined = tuple(items[pk].name for member in members for pk in leaders[member][1:])
    return Card(tuple(_side(items[pk]) for pk in members), int(alike * 100), joined)


def _side(item: ListItem) -> Side:
    seen = item.evidence.name if item.evidence else ""
    return Side(item, item.agency.name, PROVIDERS.get(Provider(item.provider), ""), seen)


def _word(twin: Twin, items: Mapping[int, ListItem]) -> Word:
    said = f"{twin.by.name} {thai_when(twin.at)}"
    return Word(twin.pk, _side(items[twin.first_id]), _side(items[twin.second_id]), said)
