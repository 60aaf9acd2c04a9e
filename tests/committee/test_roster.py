"""รายชื่อคณะกรรมการ ณ วันที่ ตามที่บันทึกไว้ ณ เวลาหนึ่ง.

Two axes of time: the day somebody sat, and the moment it was known.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from phrom.committee.roster import Roster, needed, roster
from tests.factories.agencies import make_body
from tests.factories.committee import make_holder, make_order, make_seat, make_seats, make_substitution

pytestmark = pytest.mark.django_db
OLD, NEW, LATER = date(2020, 6, 11), date(2024, 6, 7), date(2024, 7, 1)


def when(day: int, month: int = 6) -> datetime:
    """Noon in Thailand of a day of 2567."""
    return datetime(2024, month, day, 5, 0, tzinfo=UTC)


def names(found: Roster | None) -> list[str]:
    """Who holds the seats, in precedence; – where nobody does."""
    assert found is not None
    return [line.holder.name if line.holder else "–" for line in found.lines]


def test_before_any_order_there_is_no_committee() -> None:
    body = make_body()
    make_order(body, issued_on=NEW)
    assert roster(body, OLD) is None
    assert roster(make_body(), NEW) is None


def test_the_order_of_the_day_names_the_seats() -> None:
    body = make_body()
    old = make_order(body, 2533, OLD, year=2563)
    make_seat(old, "รองผู้ว่าราชการจังหวัด (กลุ่มภารกิจเศรษฐกิจ)")
    new = make_order(body, 3046, NEW, replaces=old)
    make_seat(new, "รองผู้ว่าราชการจังหวัด (กลุ่มภารกิจกิจการพิเศษ)")
    days = {day: roster(body, day) for day in (OLD, date(2024, 6, 6), NEW)}
    assert [str(found.order) for found in days.values() if found] == ["2533/2563", "2533/2563", "3046/2567"]


def test_an_order_recorded_late_was_not_known_before() -> None:
    """คำสั่งมีผล 1 มิ.ย. บันทึกวันที่ 5: ถามว่าวันที่ 2 ใครเป็นกรรมการ ตามที่รู้ในวันที่ 3 คือชุดเดิม."""
    body = make_body()
    old = make_order(body, 2533, OLD, year=2563, recorded_at=when(1, 1))
    new = make_order(body, 3046, date(2024, 6, 1), replaces=old, recorded_at=when(5))
    asked = date(2024, 6, 2)
    as_known = [roster(body, asked, when(3)), roster(body, asked, when(5)), roster(body, asked)]
    assert [found and found.order for found in as_known] == [old, new, new]


def test_a_holder_and_an_end_recorded_late_were_not_known_before() -> None:
    """ผู้ดำรงตำแหน่งย้าย 31 พ.ค. คนใหม่มา 1 มิ.ย. บันทึกทั้งสองเรื่องในวันที่ 4."""
    seat = make_seat(make_order(issued_on=OLD, recorded_at=when(1, 1)))
    by = make_holder(seat, "นายเดิม", ends_on=date(2024, 5, 31), recorded_at=when(1, 1)).recorded_by
    seat.holders.update(end_recorded_by=by, end_recorded_at=when(4))
    make_holder(seat, "นายใหม่", date(2024, 6, 1), recorded_at=when(4))
    body, asked = seat.order.body, date(2024, 6, 1)
    assert names(roster(body, asked, when(3))) == ["นายเดิม"]
    assert names(roster(body, asked, when(4))) == ["นายใหม่"]
    assert names(roster(body, date(2024, 5, 31))) == ["นายเดิม"]


def test_an_amending_order_ends_seats_and_adds_seats_from_its_day() -> None:
    body = make_body()
    order = make_order(body, 100, OLD, year=2563)
    first, second = make_seat(order, "ก"), make_seat(order, "ข")
    amending = make_order(body, 200, NEW, amends=order)
    type(first).objects.filter(pk=first.pk).update(ended_by=amending)
    make_seat(amending, "ค", precedence=1)
    before, after = roster(body, date(2024, 6, 6)), roster(body, NEW)
    assert before and after and (before.order, after.order) == (order, order)
    assert [line.seat.title for line in before.lines] == ["ก", "ข"]
    assert [line.seat.title for line in after.lines] == ["ค", second.title]
    assert after.amendments == (amending,)


def test_the_quorum_counts_seats_held_or_not_but_no_assistant() -> None:
    order = make_order()
    seats = make_seats(order, members=3)
    make_holder(seats[0])
    found = roster(order.body, NEW)
    assert found is not None
    assert (len(found.lines), len(found.members), len(found.vacant), found.needed_for_quorum) == (6, 5, 5, 3)


@pytest.mark.parametrize(("members", "half", "more"), [(0, 0, 1), (1, 1, 1), (2, 1, 2), (5, 3, 3), (34, 17, 18), (35, 18, 18)])
def test_half_is_rounded_up_and_more_than_half_is_more(members: int, half: int, more: int) -> None:
    assert (needed(members, "half"), needed(members, "more_than_half")) == (half, more)


def test_substitutes_are_those_of_the_day() -> None:
    seat = make_seat()
    make_substitution(seat, "ก", ends_on=date(2024, 6, 10))
    make_substitution(seat, "ข", starts_on=date(2024, 6, 9))
    expected = {8: ["ก"], 10: ["ก", "ข"], 11: ["ข"]}
    for day, wanted in expected.items():
        found = roster(seat.order.body, date(2024, 6, day))
        assert found and [each.name for each in found.lines[0].substitutes] == wanted


def test_four_queries_whatever_the_number_of_seats(django_assert_num_queries: Any) -> None:
    order = make_order()
    for seat in make_seats(order, members=12):
        make_holder(seat)
        make_substitution(seat)
    with django_assert_num_queries(4):
        found = roster(order.body, LATER)
        assert found and all(line.holder and line.seat.order and not line.seat.agency for line in found.lines)


def test_amendments_stand_in_the_order_in_which_they_took_effect_whatever_was_recorded_first() -> None:
    order = make_order(issued_on=OLD)
    later = make_order(order.body, 300, date(2024, 6, 20), amends=order)
    earlier = make_order(order.body, 200, NEW, amends=order)
    for amending in (later, earlier):
        make_seat(amending, str(amending), precedence=1)
    found = roster(order.body, LATER)
    assert found and found.amendments == (earlier, later)
    assert [line.seat.title for line in found.lines] == ["200/2567", "300/2567"]
