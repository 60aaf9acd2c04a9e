"""Which orders, seats and holders somebody reaches: every query of the room begins here."""

from __future__ import annotations

from django.db.models import QuerySet

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, Membership, Person
from phrom.committee.models import Holder, Order, Seat, Substitution

READ, MANAGE = "committee.view", "committee.manage"


def bodies_read(access: Access) -> list[int]:
    """Ids of the bodies whose committee the person may read about: those of all offices where a role allows it."""
    return sorted({agency.own_body_id for agency in access.agencies(READ)})


def orders_within(access: Access) -> QuerySet[Order]:
    """The orders that the person may read."""
    return Order.objects.filter(body__in=bodies_read(access)).select_related("body", "replaces", "amends", "file")


def orders_managed(access: Access) -> QuerySet[Order]:
    """The orders that the person keeps."""
    return Order.objects.filter(body__in=access.body_ids(MANAGE)).select_related("body", "amends")


def seats_managed(access: Access) -> QuerySet[Seat]:
    """The seats that the person keeps."""
    rows = Seat.objects.filter(order__body__in=access.body_ids(MANAGE))
    return rows.select_related("order__body", "agency", "ended_by")


def holders_managed(access: Access) -> QuerySet[Holder]:
    """The holders whose end the person may record."""
    return Holder.objects.filter(seat__order__body__in=access.body_ids(MANAGE)).select_related("seat__order__body")


def substitutions_managed(access: Access) -> QuerySet[Substitution]:
    """The substitutes whose end the person may record."""
    rows = Substitution.objects.filter(seat__order__body__in=access.body_ids(MANAGE))
    return rows.select_related("seat__order__body")


def bodies_managed(access: Access) -> QuerySet[Agency]:
    """The bodies for which the person records orders."""
    return Agency.objects.filter(pk__in=access.body_ids(MANAGE))


def offices_of(body: Agency) -> QuerySet[Agency]:
    """The offices through which a seat may be reached."""
    return Agency.objects.filter(body=body)


def people_of(body: Agency) -> QuerySet[Person]:
    """The accounts that may stand beside a name: whoever has a role in the body."""
    ids = Membership.objects.of_body(body).values("person")
    return Person.objects.filter(pk__in=ids, is_active=True).order_by("name", "pk")
