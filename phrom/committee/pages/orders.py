"""The orders of each body: the one in force first, what amends it, and those before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.committee.models import Order
from phrom.committee.roster import amendments_of, order_in_force
from phrom.committee.scopes import MANAGE, bodies_read

STATES = {
    "in_force": ("done", "ใช้อยู่"),
    "future": ("wait", "ยังไม่มีผล"),
    "replaced": ("frozen", "ยกเลิกแล้ว"),
    "lapsed": ("frozen", "ไม่ได้ใช้แล้ว"),
}


@dataclass(frozen=True)
class OrderLine:
    """An order and where it stands in the line of orders; `seats` are those it names itself."""

    order: Order
    state: str
    seats: int
    replaced_by: Order | None

    @property
    def shape(self) -> str:
        """The kind of the state's tag."""
        return STATES[self.state][0]

    @property
    def word(self) -> str:
        """The state in words."""
        return STATES[self.state][1]


@dataclass(frozen=True)
class Committee:
    """The orders of one body, the one in force first with what amends it."""

    body: Agency
    in_force: OrderLine | None
    amendments: tuple[OrderLine, ...]
    others: tuple[OrderLine, ...]
    may_manage: bool


@dataclass(frozen=True)
class OrdersPage:
    """The committees that somebody may read about."""

    committees: tuple[Committee, ...]

    @property
    def may_manage(self) -> bool:
        """True for whoever records orders of some body."""
        return any(each.may_manage for each in self.committees)


def orders_page(access: Access, *, today: date) -> OrdersPage:
    """Orders by body; two queries, whatever the number of orders."""
    bodies = Agency.objects.filter(pk__in=bodies_read(access))
    orders = Order.objects.filter(body__in=bodies).select_related("replaces", "amends", "body")
    by_body: dict[int, list[Order]] = {}
    for order in orders.annotate(named=Count("seats")).order_by("-effective_on", "-id"):
        by_body.setdefault(order.body_id, []).append(order)
    managed = access.body_ids(MANAGE)
    return OrdersPage(tuple(_committee(body, by_body.get(body.pk, []), today, body.pk in managed) for body in bodies))


def with_seats(body: Agency) -> list[Order]:
    """All orders of a body, each with how many seats it names; one query."""
    rows = body.orders.select_related("body", "replaces", "amends", "file", "recorded_by")
    return list(rows.annotate(named=Count("seats")))


def line_of(order: Order, orders: list[Order], today: date) -> OrderLine:
    """Where the order stands today; `orders` are all of its body, as `with_seats` reads them."""
    successor = next((each for each in orders if each.replaces_id == order.pk), None)
    return OrderLine(order, _state(order, orders, today), int(vars(order)["named"]), successor)


def _committee(body: Agency, orders: list[Order], today: date, may_manage: bool) -> Committee:
    current = order_in_force(orders, today)
    amending = amendments_of(current, orders, today) if current else ()
    others = [order for order in orders if order != current and order not in amending]
    return Committee(
        body,
        line_of(current, orders, today) if current else None,
        tuple(line_of(order, orders, today) for order in amending),
        tuple(line_of(order, orders, today) for order in others),
        may_manage,
    )


def _state(order: Order, orders: list[Order], today: date) -> str:
    if order.effective_on > today:
        return "future"
    making = order.amends_id or order.pk
    current = order_in_force(orders, today)
    if current is not None and current.pk == making:
        return "in_force"
    return "replaced" if any(each.replaces_id == making and each.effective_on <= today for each in orders) else "lapsed"
