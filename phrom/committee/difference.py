"""How one order's seats differ from another's: pure, no query.

Seats are matched by their title as people read it: spaces, Thai or Arabic digits and a closing "หรือผู้แทน" make no difference.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from phrom.committee.models import Seat, SeatCategory, SeatRole
from phrom.shared.thai.words import search_key

OR_DEPUTY = "หรือผู้แทน"


class Change(Enum):
    """What changed of a seat that stands in both orders."""

    PRECEDENCE = "ลำดับ"
    ROLE = "บทบาท"
    CATEGORY = "กลุ่ม"
    AGENCY = "หน่วยงาน"


@dataclass(frozen=True)
class Pair:
    """A seat of both orders. Places count from 1 in each order."""

    before: Seat
    after: Seat
    place_before: int
    place_after: int
    changes: tuple[Change, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Each change in words: "ลำดับ 5 เป็น 2", "บทบาท กรรมการ เป็น ประธานกรรมการ"."""
        return tuple(f"{change.value} {was} เป็น {now}" for change, was, now in (self._sides(each) for each in self.changes))

    def _sides(self, change: Change) -> tuple[Change, str, str]:
        if change is Change.PRECEDENCE:
            return change, str(self.place_before), str(self.place_after)
        if change is Change.ROLE:
            return change, SeatRole(self.before.role).label, SeatRole(self.after.role).label
        if change is Change.CATEGORY:
            return change, SeatCategory(self.before.category).label, SeatCategory(self.after.category).label
        return change, str(self.before.agency or "ไม่ระบุ"), str(self.after.agency or "ไม่ระบุ")


@dataclass(frozen=True)
class Placed:
    """A seat that stands in one of the two orders only, with its place there."""

    place: int
    seat: Seat


@dataclass(frozen=True)
class Difference:
    """Everything that two orders have not in common, and what they have (`kept`: pairs without a change)."""

    ended: tuple[Placed, ...]
    added: tuple[Placed, ...]
    changed: tuple[Pair, ...]
    kept: tuple[Pair, ...]
    chair_before: Seat | None
    chair_after: Seat | None

    @property
    def chair_changed(self) -> bool:
        """True when another position is in the chair."""
        return _key(self.chair_before) != _key(self.chair_after)

    @property
    def is_empty(self) -> bool:
        """True when the two orders name the same seats in the same way."""
        return not (self.ended or self.added or self.changed)


def difference(before: Sequence[Seat], after: Sequence[Seat]) -> Difference:
    """Compare two lists of seats, each in its order of precedence. A seat moved only if others cannot have moved instead."""
    waiting: dict[str, list[int]] = {}
    for place, seat in enumerate(before):
        waiting.setdefault(_key(seat), []).append(place)
    matched = [(waiting[_key(seat)].pop(0), place) for place, seat in enumerate(after) if waiting.get(_key(seat))]
    still = _longest_rise([old for old, _ in matched])
    pairs = [_pair(before[old], after[new], old + 1, new + 1, moved=old not in still) for old, new in matched]
    left, came = {old for old, _ in matched}, {new for _, new in matched}
    return Difference(
        ended=tuple(Placed(place + 1, seat) for place, seat in enumerate(before) if place not in left),
        added=tuple(Placed(place + 1, seat) for place, seat in enumerate(after) if place not in came),
        changed=tuple(pair for pair in pairs if pair.changes),
        kept=tuple(pair for pair in pairs if not pair.changes),
        chair_before=_chair(before),
        chair_after=_chair(after),
    )


def _pair(before: Seat, after: Seat, place_before: int, place_after: int, *, moved: bool) -> Pair:
    changes = (
        (Change.PRECEDENCE, moved),
        (Change.ROLE, before.role != after.role),
        (Change.CATEGORY, before.category != after.category),
        (Change.AGENCY, before.agency_id != after.agency_id),
    )
    return Pair(before, after, place_before, place_after, tuple(change for change, happened in changes if happened))


def _longest_rise(places: Sequence[int]) -> frozenset[int]:
    """The largest set of seats that kept their order among themselves; the others moved around them."""
    tails: list[int] = []
    ends: list[int] = []  # ends[i]: which of `places` closes the best rise of length i + 1
    came_from: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(tails, place)
        came_from.append(ends[length - 1] if length else -1)
        tails[length:] = [place, *tails[length + 1 :]]
        ends[length:] = [index, *ends[length + 1 :]]
    found: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        found.add(places[index])
        index = came_from[index]
    return frozenset(found)


def _key(seat: Seat | None) -> str:
    if seat is None:
        return ""
    plain = search_key(seat.title).replace(" ", "")
    return plain.removesuffix(OR_DEPUTY) or plain


def _chair(seats: Sequence[Seat]) -> Seat | None:
    return next((seat for seat in seats if seat.role == SeatRole.CHAIR), None)
