"""A seed's orders with their seats, its meetings, and the results announced for earlier years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.models import Agency, Person
from phrom.committee.actions.holders import Somebody, add_substitute, appoint_holder
from phrom.committee.actions.orders import record_order
from phrom.committee.actions.seats import SeatGiven, add_seat
from phrom.committee.models import Order
from phrom.config.seeding.meetings import load_called, resolve
from phrom.config.seeding.shape import Number, Seed, SeedHolder, SeedMeeting, SeedOrder, SeedSeat
from phrom.meetings.actions.recording import record_item, record_meeting
from phrom.results.actions.scores import record_official_result


@dataclass(frozen=True)
class Cast:
    """Bodies by code, people by e-mail, and who records what nobody is named for."""

    bodies: dict[str, Agency]
    people: dict[str, Person]
    by: Person


def load_committees(seed: Seed, cast: Cast, at: datetime) -> None:
    """Results first, since agendas print them; then orders, then meetings."""
    for result in seed.official_results:
        record_official_result(**{**result.model_dump(), "body": cast.bodies[result.body]}, by=cast.by, at=at)
    for order in seed.orders:
        _order(order, cast, order.recorded_at or at)
    for called in seed.called_meetings:
        load_called(called, cast.bodies[called.body], cast.people[called.by])
    for meeting in seed.meetings:
        _meeting(meeting, cast, at)


def _order(seed: SeedOrder, cast: Cast, at: datetime) -> None:
    body = cast.bodies[seed.body]
    given = seed.model_dump(exclude={"body", "replaces", "amends", "recorded_at", "seats"})
    replaces = _order_of(body, seed.replaces) if seed.replaces else None
    amends = _order_of(body, seed.amends) if seed.amends else None
    order = record_order(**given, body=body, replaces=replaces, amends=amends, by=cast.by, at=at)
    for one in seed.seats:
        _seat(one, order, cast, at)


def _seat(seed: SeedSeat, order: Order, cast: Cast, at: datetime) -> None:
    agency = Agency.objects.get(body=order.body, code=seed.agency) if seed.agency else None
    given = SeatGiven(seed.title, seed.category, seed.role, agency=agency)
    seat = add_seat(order=order, given=given, by=cast.by, at=at)
    for one in seed.holders:
        since = one.since or order.effective_on
        appoint_holder(seat=seat, who=_somebody(one, cast), starts_on=since, ends_on=one.until, by=cast.by, at=at)
    for other in seed.substitutes:
        add_substitute(
            seat=seat,
            who=_somebody(other, cast),
            position=other.position,
            reference=other.reference,
            starts_on=other.since or order.effective_on,
            ends_on=other.until,
            by=cast.by,
            at=at,
        )


def _somebody(seed: SeedHolder, cast: Cast) -> Somebody:
    return Somebody(seed.name, cast.people[seed.person] if seed.person else None)


def _order_of(body: Agency, number: Number) -> Order:
    return Order.objects.get(body=body, number=number.number, year=number.year)


def _meeting(seed: SeedMeeting, cast: Cast, at: datetime) -> None:
    order = _order_of(cast.bodies[seed.body], seed.order)
    numbered = {"number": seed.number, "year": seed.year}
    meeting = record_meeting(order=order, **numbered, held_at=seed.held_at, venue=seed.venue, by=cast.by, at=at)
    for one in seed.items:
        item = record_item(meeting=meeting, number=one.number, title=one.title, by=cast.by, at=at)
        for resolution in one.resolutions:
            resolve(resolution, item, by=cast.by, at=at)
