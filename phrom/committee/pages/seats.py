"""Pages on which seats, holders and substitutes of an order are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, Person
from phrom.committee.actions.holders import days_of
from phrom.committee.actions.using import in_use
from phrom.committee.models import Holder, Order, Seat, Substitution
from phrom.committee.scopes import (
    holders_managed,
    offices_of,
    orders_managed,
    people_of,
    seats_managed,
    substitutions_managed,
)


@dataclass(frozen=True)
class SeatPage:
    """A seat with who holds it without an end, the days on which it is there, and whom one may name."""

    seat: Seat
    holder: Holder | None
    first: date
    last: date | None
    people: tuple[Person, ...]
    offices: tuple[Agency, ...]
    used: bool

    @property
    def order(self) -> Order:
        """The order that names the seat."""
        return self.seat.order


@dataclass(frozen=True)
class OrderDraft:
    """An order whose seats are being put together."""

    order: Order
    offices: tuple[Agency, ...]
    used: bool
    next_place: int


@dataclass(frozen=True)
class EndedSeatsPage:
    """The seats that an amending order may end, and those it ends already."""

    order: Order
    seats: tuple[Seat, ...]
    used: bool


def seat_page(access: Access, seat_id: int) -> SeatPage:
    """One seat; 404 for whoever does not keep it."""
    seat = get_object_or_404(seats_managed(access), pk=seat_id)
    first, last = days_of(seat)
    return SeatPage(
        seat,
        seat.holders.filter(ends_on=None).order_by("-starts_on").first(),
        first,
        last,
        tuple(people_of(seat.order.body)),
        tuple(offices_of(seat.order.body)),
        in_use(seat.order),
    )


def draft_page(access: Access, order_id: int) -> OrderDraft:
    """An order to which seats are added; 404 for whoever does not keep it."""
    order = get_object_or_404(orders_managed(access), pk=order_id)
    last = order.seats.order_by("-precedence").values_list("precedence", flat=True).first()
    return OrderDraft(order, tuple(offices_of(order.body)), in_use(order), (last or 0) + 1)


def ended_seats_page(access: Access, order_id: int) -> EndedSeatsPage:
    """What an amending order ends; 404 for an order that amends none."""
    order = get_object_or_404(orders_managed(access).filter(amends__isnull=False), pk=order_id)
    of_committee = Q(order=order.amends_id) | Q(order__amends=order.amends_id)
    seats = Seat.objects.filter(of_committee, Q(ended_by=None) | Q(ended_by=order)).exclude(order=order)
    return EndedSeatsPage(order, tuple(seats), in_use(order))


def holder_managed(access: Access, holder_id: int) -> Holder:
    """A holder whose end may be recorded."""
    return get_object_or_404(holders_managed(access), pk=holder_id)


def substitution_managed(access: Access, substitution_id: int) -> Substitution:
    """A substitute whose end may be recorded."""
    return get_object_or_404(substitutions_managed(access), pk=substitution_id)
