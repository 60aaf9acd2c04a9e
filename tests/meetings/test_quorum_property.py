"""Random committees, random attendance: roster, quorum and absentees equal a slow oracle that walks seat by seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from phrom.committee.models import Holder, Order, Quorum, Seat, SeatRole
from phrom.committee.roster import compose, needed
from phrom.meetings.quorum import presence

DAY = date(2024, 6, 11)
LEARNED = datetime(2024, 1, 1, tzinfo=UTC)
KINDS = ("came", "substitute", "leave", "absent", None)


@dataclass(frozen=True)
class Case:
    """A committee and its attendance, by seat: role, whether an amendment ended it, days of its holders, mark."""

    quorum: str
    roles: tuple[str, ...]
    ended: tuple[bool, ...]
    terms: tuple[tuple[tuple[int, int], ...], ...]
    marks: tuple[str | None, ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to nine seats; holders who come and go around the day."""
    size = draw(st.integers(0, 9))
    of_seats = lambda each: tuple(draw(st.lists(each, min_size=size, max_size=size)))  # noqa: E731
    term = st.tuples(st.integers(-5, 3), st.integers(0, 6))
    return Case(
        draw(st.sampled_from([Quorum.HALF, Quorum.MORE_THAN_HALF])),
        of_seats(st.sampled_from(list(SeatRole))),
        of_seats(st.booleans()),
        of_seats(st.lists(term, max_size=2).map(tuple)),
        of_seats(st.sampled_from(KINDS)),
    )


def rows(case: Case) -> tuple[Order, Order, list[Seat], list[Holder]]:
    """The case as rows that were never stored."""
    order = Order(pk=1, quorum=case.quorum, effective_on=DAY, recorded_at=LEARNED)
    amendment = Order(pk=2, amends=order, effective_on=DAY, recorded_at=LEARNED)
    seats = [
        Seat(pk=number, order=order, precedence=number, role=role, ended_by=amendment if gone else None)
        for number, (role, gone) in enumerate(zip(case.roles, case.ended, strict=True), 1)
    ]
    holders = [
        Holder(
            pk=100 * number + place,
            seat_id=number,
            name=f"{number}.{place}",
            starts_on=DAY + timedelta(days=start),
            ends_on=DAY + timedelta(days=start + length),
            recorded_at=LEARNED,
        )
        for number, terms in enumerate(case.terms, 1)
        for place, (start, length) in enumerate(terms)
    ]
    return order, amendment, seats, holders


@settings(max_examples=300, deadline=None)
@given(cases())
def test_roster_quorum_and_absentees_equal_the_oracle(case: Case) -> None:
    order, amendment, seats, holders = rows(case)
    found = compose(order, [amendment], seats, holders, [], DAY)
    marks = {number: kind for number, kind in enumerate(case.marks, 1) if kind}
    members = [line.seat.pk for line in found.members]
    standing = presence(members, marks, needed(len(members), order.quorum))

    there, away, open_, sitting = [], [], [], {}
    for number, role in enumerate(case.roles, 1):
        if case.ended[number - 1]:
            continue
        newest = None
        for place, (start, length) in enumerate(case.terms[number - 1]):
            if start <= 0 <= start + length and (newest is None or (start, place) >= newest):
                newest = (start, place)
        sitting[number] = f"{number}.{newest[1]}" if newest else None
        if role == "assistant_secretary":
            continue
        {"came": there, "substitute": there, "leave": away, "absent": away}.get(case.marks[number - 1] or "", open_).append(
            number
        )
    everybody = len(there) + len(away) + len(open_)
    enough = everybody > 0 and (2 * len(there) > everybody if case.quorum == "more_than_half" else 2 * len(there) >= everybody)

    assert {line.seat.pk: line.holder.name if line.holder else None for line in found.lines} == sitting
    assert (standing.present, standing.away, standing.unmarked) == (tuple(there), tuple(away), tuple(open_))
    assert standing.is_quorum == enough
    if everybody:
        assert str(len(there)) in standing.words
        assert ("ยังไม่ครบ" in standing.words) != enough
