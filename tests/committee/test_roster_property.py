"""รายชื่อที่คำนวณ เท่ากับรายชื่อที่ได้จากการเดินทีละวันอย่างช้า ๆ ไม่ว่าคำสั่ง ผู้ดำรงตำแหน่ง และวันที่บันทึกจะเป็นอย่างไร.

The oracle walks the calendar day by day with a list of what it has heard of; it knows nothing of maxima, sorting or ranks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from phrom.committee.models import Holder, Order, Quorum, Seat, SeatRole, Substitution
from phrom.committee.roster import Roster, amendments_of, compose, order_in_force

FIRST = date(2024, 6, 1)
DAYS = 5
day = st.integers(0, DAYS - 1)
end = st.none() | day


def date_of(number: int) -> date:
    """The day of this number."""
    return FIRST + timedelta(days=number)


def moment_of(number: int) -> datetime:
    """Noon of the day of this number."""
    return datetime(2024, 6, 1, 5, tzinfo=UTC) + timedelta(days=number)


@dataclass
class Province:
    """Rows that were never stored."""

    orders: list[Order] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    substitutions: list[Substitution] = field(default_factory=list)


@st.composite
def provinces(draw: st.DrawFn) -> Province:
    """Up to six orders, each new, replacing or amending an earlier one; seats, holders and substitutes as they come."""
    made = Province()
    for pk in range(1, draw(st.integers(1, 6)) + 1):
        made.orders.append(draw_order(draw, pk, made.orders))
    for pk in range(1, draw(st.integers(0, 7)) + 1):
        made.seats.append(draw_seat(draw, pk, made.orders))
    for pk in range(1, draw(st.integers(2, 8)) + 1 if made.seats else 0):
        made.holders.append(draw_period(draw, Holder, pk, made.seats))
        made.substitutions.append(draw_period(draw, Substitution, pk, made.seats))
    return made


def draw_order(draw: st.DrawFn, pk: int, earlier: list[Order]) -> Order:
    """An order; nobody is replaced twice, and what amends is not amended."""
    replaced = {each.replaces_id for each in earlier}
    free = [each.pk for each in earlier if each.pk not in replaced]
    making = [each.pk for each in earlier if each.amends_id is None]
    how = draw(st.sampled_from(["new", "replaces", "amends"])) if free and making else "new"
    return Order(
        pk=pk,
        effective_on=date_of(draw(day)),
        recorded_at=moment_of(draw(day)),
        quorum=draw(st.sampled_from(Quorum.values)),
        replaces_id=draw(st.sampled_from(free)) if how == "replaces" else None,
        amends_id=draw(st.sampled_from(making)) if how == "amends" else None,
    )


def draw_seat(draw: st.DrawFn, pk: int, orders: list[Order]) -> Seat:
    """A seat of some order, perhaps ended by another."""
    amending = [each.pk for each in orders if each.amends_id]
    ended = draw(st.sampled_from(amending)) if amending and draw(st.booleans()) else None
    order = draw(st.sampled_from(orders))
    role = draw(st.sampled_from(SeatRole.values))
    return Seat(pk=pk, order_id=order.pk, precedence=draw(st.integers(1, 2)), role=role, ended_by_id=ended)


def draw_period(draw: st.DrawFn, kind: type, pk: int, seats: list[Seat]) -> object:
    """Somebody from a day to a day or without end, the end heard of with the row or later."""
    starts, length, heard = draw(day), draw(end), draw(end)
    return kind(
        pk=pk,
        seat_id=draw(st.sampled_from(seats)).pk,
        starts_on=date_of(starts),
        ends_on=None if length is None else date_of(starts + length),
        recorded_at=moment_of(draw(day)),
        end_recorded_at=None if length is None or heard is None else moment_of(heard),
    )


def walk(
    province: Province, on: date, known_at: datetime
) -> tuple[int, list[tuple[int, int | None, list[int]]], int, int] | None:
    """Order, lines (seat, holder, substitutes), members and quorum, found by living through every day up to `on`."""
    heard = [order for order in province.orders if not order.recorded_at > known_at]
    standing: list[Order] = []
    gone: set[int] = set()
    amended: list[Order] = []
    today = FIRST
    while today <= on:
        for order in heard:
            if order.effective_on == today:
                (amended if order.amends_id else standing).append(order)
                gone |= {order.replaces_id} if order.replaces_id else set()
        standing = [order for order in standing if order.pk not in gone]
        today += timedelta(days=1)
    if not standing:
        return None
    current = standing[-1]
    counting = [current] + [order for order in amended if order.amends_id == current.pk]
    lines = []
    for precedence in range(1, 3):
        for order in counting:
            for seat in province.seats:
                ended = any(seat.ended_by_id == each.pk for each in counting)
                if seat.order_id == order.pk and seat.precedence == precedence and not ended:
                    holding = living(province.holders, seat, on, known_at)
                    lines.append(
                        (seat.pk, holding[-1] if holding else None, living(province.substitutions, seat, on, known_at))
                    )
    roles = {seat.pk: seat.role for seat in province.seats}
    members = sum(1 for line in lines if roles[line[0]] != "assistant_secretary")
    enough = next(
        n for n in range(members + 2) if (2 * n > members if current.quorum == "more_than_half" else 2 * n >= members)
    )
    return current.pk, lines, members, enough


def living(rows: list, seat: Seat, on: date, known_at: datetime) -> list[int]:
    """Ids of those who are in the seat on the day, in the order in which they came."""
    there: list[int] = []
    today = FIRST
    while today <= on:
        for row in rows:
            if row.seat_id == seat.pk and row.recorded_at <= known_at and row.starts_on == today:
                there.append(row.pk)
        for row in rows:
            told = row.end_recorded_at is None or row.end_recorded_at <= known_at
            if row.pk in there and told and row.ends_on == today and today < on:
                there.remove(row.pk)
        today += timedelta(days=1)
    return there


def seen(found: Roster) -> tuple[int, list[tuple[int, int | None, list[int]]], int, int]:
    """The roster in the oracle's terms."""
    lines = [
        (line.seat.pk, line.holder.pk if line.holder else None, [each.pk for each in line.substitutes]) for line in found.lines
    ]
    return found.order.pk, lines, len(found.members), found.needed_for_quorum


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(province=provinces(), on=day, known=day)
def test_the_roster_equals_a_slow_oracle(province: Province, on: int, known: int) -> None:
    asked, known_at = date_of(on), moment_of(known)
    order = order_in_force(province.orders, asked, known_at)
    expected = walk(province, asked, known_at)
    if order is None:
        assert expected is None
        return
    amendments = amendments_of(order, province.orders, asked, known_at)
    found = compose(order, amendments, province.seats, province.holders, province.substitutions, asked, known_at)
    assert seen(found) == expected
