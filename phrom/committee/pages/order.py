"""One order: who sat by it on a day, as known at a moment; its amendments, and everybody who ever held its seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.committee.actions.using import in_use
from phrom.committee.models import Holder, Order, Seat
from phrom.committee.pages.orders import OrderLine, line_of, with_seats
from phrom.committee.roster import Roster, order_in_force, roster_of_order, seats_of
from phrom.committee.scopes import MANAGE, orders_within
from phrom.shared.thai.dates import BANGKOK

DAY = timedelta(days=1)


@dataclass(frozen=True)
class OrderPage:
    """An order on a day. `elsewhere` is the order that held on that day, where it is another one."""

    line: OrderLine
    roster: Roster
    amendments: tuple[OrderLine, ...]
    elsewhere: Order | None
    none_held: bool
    ended: tuple[Seat, ...]
    history: tuple[Holder, ...]
    may_manage: bool
    used: bool

    @property
    def order(self) -> Order:
        """The order itself."""
        return self.line.order

    @property
    def not_yet(self) -> bool:
        """True when the day asked for lies before the order: nobody sat by it then, and no seat was vacant."""
        return self.roster.on < self.order.effective_on

    @property
    def may_shape(self) -> bool:
        """True while the seats may still be added to and mended."""
        return self.may_manage and not self.used


def order_page(access: Access, order_id: int, *, today: date, on: date | None, known_on: date | None) -> OrderPage:
    """One order; the same number of queries whatever its seats. `known_on` is a day: what was recorded by its end counts."""
    asked = get_object_or_404(orders_within(access), pk=order_id)
    orders = with_seats(asked.body)
    order = next(each for each in orders if each.pk == asked.pk)
    on = on or _usual_day(order, orders, today)
    known_at = end_of(known_on) if known_on else None
    held = order_in_force(orders, on, known_at)
    making = order.amends_id or order.pk
    may_manage = order.body_id in access.body_ids(MANAGE)
    found = roster_of_order(order, orders, on, known_at)
    return OrderPage(
        line=line_of(order, orders, today),
        roster=found,
        amendments=tuple(line_of(each, orders, today) for each in orders if each.amends_id == order.pk),
        elsewhere=held if held and held.pk != making else None,
        none_held=held is None,
        ended=tuple(order.ended_seats.all()),
        history=history_of([order, *found.amendments]),
        may_manage=may_manage,
        used=may_manage and in_use(order),
    )


def order_for_paper(access: Access, order_id: int) -> tuple[Order, list[Seat], list[Seat]]:
    """An order with the seats it names and those it ends; 404 outside the reader's bodies."""
    order = get_object_or_404(orders_within(access), pk=order_id)
    return order, seats_of([order]), list(order.ended_seats.all())


def history_of(orders: list[Order]) -> tuple[Holder, ...]:
    """Everybody recorded in the seats of these orders, what was recorded last first."""
    rows = Holder.objects.filter(seat__order__in=[order.pk for order in orders])
    return tuple(
        rows.select_related("seat", "recorded_by", "end_recorded_by").order_by("-recorded_at", "seat__precedence", "-pk")
    )


def end_of(day: date) -> datetime:
    """The last moment of a day in Thailand."""
    return datetime.combine(day, time.max, BANGKOK)


def _usual_day(order: Order, orders: list[Order], today: date) -> date:
    """Today; for an order that held earlier its last day, for one to come its first."""
    making = order.amends_id or order.pk
    ends = [each.effective_on - DAY for each in orders if each.replaces_id == making]
    return max(order.effective_on, min([today, *ends]))
