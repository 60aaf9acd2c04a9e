"""Two orders side by side; an order that amends is set beside the committee as it was before it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.committee.difference import difference
from phrom.committee.models import Order, Seat
from phrom.committee.papers.difference import Comparison
from phrom.committee.roster import amendments_of, compose, seats_of
from phrom.committee.scopes import orders_within
from phrom.shared.ui.typed import posted_id


def comparison_of(access: Access, order_id: int, other: str) -> Comparison:
    """The order against `other` (an id; "" is what it replaced or amended), the earlier one first. 404 where there is none."""
    order = get_object_or_404(orders_within(access), pk=order_id)
    if order.amends is not None:
        return compare(order, order.amends)
    wanted = posted_id(other) or order.replaces_id or 0
    second = orders_within(access).filter(body=order.body_id, pk=wanted, amends=None).exclude(pk=order.pk).first()
    if second is None:
        raise Http404
    return compare(order, second)


def compare(order: Order, second: Order) -> Comparison:
    """Two orders of a body, the earlier one first; what amends the other is set beside the committee just before it."""
    orders = list(order.body.orders.all())
    if order.amends_id == second.pk:
        return _compared(second, order, *_around(order, second, orders))
    before, after = sorted((order, second), key=lambda each: (each.effective_on, each.pk))
    return _compared(before, after, *(standing(each, all_amendments(each, orders)) for each in (before, after)))


def all_amendments(order: Order, orders: Sequence[Order]) -> tuple[Order, ...]:
    """What amended the order, whenever."""
    return amendments_of(order, orders, max(each.effective_on for each in orders))


def standing(order: Order, amendments: Sequence[Order]) -> list[Seat]:
    """The seats of an order with these amendments."""
    found = compose(order, amendments, seats_of([order, *amendments]), (), (), order.effective_on)
    return [line.seat for line in found.lines]


def _around(order: Order, making: Order, orders: Sequence[Order]) -> tuple[list[Seat], list[Seat]]:
    """The seats just before an amendment and just after it."""
    amendments = all_amendments(making, orders)
    place = amendments.index(order)
    return standing(making, amendments[:place]), standing(making, amendments[: place + 1])


def _compared(before: Order, after: Order, old: list[Seat], new: list[Seat]) -> Comparison:
    return Comparison(before, after, len(old), len(new), difference(old, new) if old and new else None)
