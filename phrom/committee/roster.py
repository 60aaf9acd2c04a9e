"""Who sat in the committee on a day, as it was known at a moment.

Two axes of time. The day: an order counts from `effective_on`, a holder from `starts_on` to `ends_on`. The moment: what was
recorded after `known_at` is not known yet, and an end recorded after it has not been heard of. A seat is known with its order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet

from phrom.agencies.models import Agency
from phrom.committee.models import Holder, Order, Quorum, Seat, Substitution

Row = TypeVar("Row", Holder, Substitution)


@dataclass(frozen=True)
class Line:
    """A seat with who holds it on the day (nobody: the seat is vacant) and who may come instead."""

    seat: Seat
    holder: Holder | None
    substitutes: tuple[Substitution, ...]

    @property
    def is_vacant(self) -> bool:
        """True while nobody is recorded as holding the seat; it counts for the quorum all the same."""
        return self.holder is None


@dataclass(frozen=True)
class Roster:
    """The committee on a day. `lines` are in order of precedence, `amendments` in the order in which they took effect."""

    order: Order
    amendments: tuple[Order, ...]
    lines: tuple[Line, ...]
    on: date
    known_at: datetime | None = None

    @property
    def members(self) -> tuple[Line, ...]:
        """The lines that count for the quorum: assistant secretaries do not."""
        return tuple(line for line in self.lines if line.seat.is_member)

    @property
    def vacant(self) -> tuple[Line, ...]:
        """The lines of seats that nobody is recorded as holding."""
        return tuple(line for line in self.lines if line.is_vacant)

    @property
    def needed_for_quorum(self) -> int:
        """How many members must come, by the order's own rule. Seats are counted, held or not."""
        return needed(len(self.members), self.order.quorum)


def roster(body: Agency, on: date, known_at: datetime | None = None) -> Roster | None:
    """The committee of a body on a day, as known at a moment (None: as known now). None where no order holds. Four queries."""
    orders = list(body.orders.all())
    order = order_in_force(orders, on, known_at)
    return roster_of_order(order, orders, on, known_at) if order else None


def roster_of_order(order: Order, orders: Sequence[Order], on: date, known_at: datetime | None = None) -> Roster:
    """What one order makes of the committee on a day, whether or not it held then. `orders`: all of the body. Three queries."""
    amendments = amendments_of(order, orders, on, known_at)
    seats = seats_of([order, *amendments])
    held: QuerySet[Holder] = Holder.objects.filter(seat__in=[seat.pk for seat in seats])
    standing_in: QuerySet[Substitution] = Substitution.objects.filter(seat__in=[seat.pk for seat in seats])
    return compose(order, amendments, seats, held, standing_in, on, known_at)


def seats_of(orders: Sequence[Order]) -> list[Seat]:
    """The seats that these orders name, each with its agency, in order of precedence."""
    return list(Seat.objects.filter(order__in=[order.pk for order in orders]).select_related("agency", "order"))


def order_in_force(orders: Iterable[Order], on: date, known_at: datetime | None = None) -> Order | None:
    """The newest order that makes a committee and holds on the day; one that another replaced by then holds no longer."""
    holding = [order for order in orders if order.effective_on <= on and _known(order.recorded_at, known_at)]
    replaced = {order.replaces_id for order in holding}
    making = [order for order in holding if order.amends_id is None and order.pk not in replaced]
    return max(making, key=lambda order: (order.effective_on, order.pk), default=None)


def amendments_of(order: Order, orders: Iterable[Order], on: date, known_at: datetime | None = None) -> tuple[Order, ...]:
    """The orders that amended this one by the day, the earliest first."""
    found = (
        each for each in orders if each.amends_id == order.pk and each.effective_on <= on and _known(each.recorded_at, known_at)
    )
    return tuple(sorted(found, key=lambda each: (each.effective_on, each.pk)))


def compose(
    order: Order,
    amendments: Sequence[Order],
    seats: Iterable[Seat],
    holders: Iterable[Holder],
    substitutions: Iterable[Substitution],
    on: date,
    known_at: datetime | None = None,
) -> Roster:
    """The roster from rows; no query. Rows of other orders and seats are left aside."""
    rank = {each.pk: place for place, each in enumerate([order, *amendments])}
    sitting = [seat for seat in seats if seat.order_id in rank and seat.ended_by_id not in rank]
    sitting.sort(key=lambda seat: (seat.precedence, rank[seat.order_id], seat.pk))
    holder = {each.seat_id: each for each in sorted(_on(holders, on, known_at), key=lambda each: (each.starts_on, each.pk))}
    instead: dict[int, list[Substitution]] = {}
    for each in sorted(_on(substitutions, on, known_at), key=lambda each: (each.starts_on, each.pk)):
        instead.setdefault(each.seat_id, []).append(each)
    lines = tuple(Line(seat, holder.get(seat.pk), tuple(instead.get(seat.pk, ()))) for seat in sitting)
    return Roster(order, tuple(amendments), lines, on, known_at)


def needed(members: int, quorum: str) -> int:
    """How many of so many members make a quorum."""
    return members // 2 + 1 if quorum == Quorum.MORE_THAN_HALF else (members + 1) // 2


def _on(rows: Iterable[Row], on: date, known_at: datetime | None) -> list[Row]:
    return [row for row in rows if _known(row.recorded_at, known_at) and row.starts_on <= on and _lasts(row, on, known_at)]


def _lasts(row: Holder | Substitution, on: date, known_at: datetime | None) -> bool:
    """True unless it had ended by the day, as far as was known; an end given with the row itself was known from the start."""
    heard = row.end_recorded_at is None or _known(row.end_recorded_at, known_at)
    return row.ends_on is None or not heard or row.ends_on >= on


def _known(recorded_at: datetime, known_at: datetime | None) -> bool:
    return known_at is None or recorded_at <= known_at
