"""What the room's pages show: all queries are here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.committee.models import Order

READ = "committee.view"


@dataclass(frozen=True)
class OrderLine:
    """An order and where it stands in the line of orders."""

    order: Order
    state: str
    replaced_by: Order | None
    replaced_on: date | None


@dataclass(frozen=True)
class Committee:
    """The orders of one body, the one in force first."""

    body: Agency
    in_force: OrderLine | None
    others: tuple[OrderLine, ...]


@dataclass(frozen=True)
class OrdersPage:
    """The committees that somebody may read about."""

    committees: tuple[Committee, ...]


def bodies_read(access: Access) -> list[int]:
    """Ids of the bodies whose committee the person may read about: those of all offices where a role allows it."""
    return sorted({agency.own_body_id for agency in access.agencies(READ)})


def orders_page(access: Access, *, today: date) -> OrdersPage:
    """Orders by body; two queries, whatever the number of orders."""
    bodies = Agency.objects.filter(pk__in=bodies_read(access))
    orders = Order.objects.filter(body__in=bodies).select_related("replaces").order_by("-effective_on", "-id")
    by_body: dict[int, list[Order]] = {}
    for order in orders:
        by_body.setdefault(order.body_id, []).append(order)
    return OrdersPage(tuple(_committee(body, by_body.get(body.pk, []), today) for body in bodies))


def _committee(body: Agency, orders: list[Order], today: date) -> Committee:
    successors = {order.replaces_id: order for order in orders if order.replaces_id}
    lines = [_line(order, successors.get(order.pk), today) for order in orders]
    in_force = next((line for line in lines if line.state == "in_force"), None)
    return Committee(body, in_force, tuple(line for line in lines if line is not in_force))


def _line(order: Order, successor: Order | None, today: date) -> OrderLine:
    if order.effective_on > today:
        state = "future"
    elif successor is not None and successor.effective_on <= today:
        state = "replaced"
    else:
        state = "in_force"
    return OrderLine(order, state, successor, successor.effective_on if successor else None)
