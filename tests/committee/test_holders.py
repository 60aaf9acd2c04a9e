"""ผู้ดำรงตำแหน่งและผู้แทน: แต่งตั้ง ส่งมอบ พ้นตำแหน่ง ไม่มีวันใดที่มีสองคน และไม่มีวันใดนอกวันของคำสั่ง."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from phrom.committee.actions.holders import (
    HolderRefused,
    Somebody,
    add_substitute,
    appoint_holder,
    end_holder,
    end_substitute,
    replace_holder,
)
from phrom.committee.models import Seat
from phrom.committee.roster import roster
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_order, make_seat

pytestmark = pytest.mark.django_db
AT = datetime(2024, 7, 3, 3, 0, tzinfo=UTC)
FIRST = date(2024, 6, 7)
OLD, NEW = Somebody("นายศักดิ์ชัย คำแสน"), Somebody("นางแสงเดือน จันทร์แก้ว")


@pytest.fixture
def seat() -> Seat:
    """A seat that is there from 7 June 2567."""
    return make_seat(make_order(issued_on=FIRST), "เกษตรจังหวัดเชียงใหม่")


@pytest.fixture
def act(seat: Seat) -> dict[str, Any]:
    """By whom and when."""
    return {"by": make_member(seat.order.body, "coordinator"), "at": AT}


def held(seat: Seat, day: date, known_at: datetime | None = None) -> str:
    """Who holds the seat on a day."""
    found = roster(seat.order.body, day, known_at)
    assert found is not None
    [line] = found.lines
    return line.holder.name if line.holder else "–"


def test_a_seat_is_handed_over_from_a_day_on(seat: Seat, act: dict[str, Any]) -> None:
    appoint_holder(seat=seat, who=OLD, starts_on=FIRST, **act)
    replace_holder(seat=seat, who=NEW, starts_on=date(2024, 7, 1), by=act["by"], at=datetime(2024, 7, 5, tzinfo=UTC))
    assert (held(seat, date(2024, 6, 30)), held(seat, date(2024, 7, 1))) == (OLD.name, NEW.name)
    assert held(seat, date(2024, 7, 1), known_at=AT) == OLD.name
    told = AuditEvent.objects.get(event="holder.replaced").details
    assert (told["before"], told["seat"]) == (OLD.name, seat.title)


def test_nobody_is_appointed_where_somebody_holds_the_seat(seat: Seat, act: dict[str, Any]) -> None:
    appoint_holder(seat=seat, who=OLD, starts_on=date(2024, 7, 1), **act)
    for dates in ({"starts_on": date(2024, 8, 1)}, {"starts_on": FIRST}, {"starts_on": FIRST, "ends_on": date(2024, 7, 1)}):
        with pytest.raises(HolderRefused) as refused:
            appoint_holder(seat=seat, who=NEW, **dates, **act)
        assert OLD.name in refused.value.th
    appoint_holder(seat=seat, who=NEW, starts_on=FIRST, ends_on=date(2024, 6, 30), **act)
    assert held(seat, FIRST) == NEW.name


def test_a_vacant_seat_cannot_be_handed_over_nor_one_that_began_on_that_day(seat: Seat, act: dict[str, Any]) -> None:
    with pytest.raises(HolderRefused):
        replace_holder(seat=seat, who=NEW, starts_on=date(2024, 7, 1), **act)
    appoint_holder(seat=seat, who=OLD, starts_on=date(2024, 7, 1), **act)
    with pytest.raises(HolderRefused):
        replace_holder(seat=seat, who=NEW, starts_on=date(2024, 7, 1), **act)
    assert seat.holders.count() == 1


def test_the_days_lie_within_those_of_the_order_and_of_the_seat(seat: Seat, act: dict[str, Any]) -> None:
    make_order(seat.order.body, 4000, date(2024, 9, 1), replaces=seat.order)
    seat.ended_by = make_order(seat.order.body, 3500, date(2024, 8, 1), amends=seat.order)
    seat.save()
    for day in (date(2024, 6, 6), date(2024, 8, 1), date(2024, 9, 1)):
        with pytest.raises(HolderRefused) as refused:
            appoint_holder(seat=seat, who=OLD, starts_on=day, **act)
        assert refused.value.where == "starts_on"
    appoint_holder(seat=seat, who=OLD, starts_on=date(2024, 7, 31), **act)


def test_a_holder_ends_once_and_not_before_the_first_day(seat: Seat, act: dict[str, Any]) -> None:
    holder = appoint_holder(seat=seat, who=OLD, starts_on=date(2024, 6, 10), **act)
    with pytest.raises(HolderRefused):
        end_holder(holder=holder, ends_on=date(2024, 6, 9), **act)
    end_holder(holder=holder, ends_on=date(2024, 6, 30), **act)
    with pytest.raises(HolderRefused):
        end_holder(holder=holder, ends_on=date(2024, 7, 31), **act)
    assert (held(seat, date(2024, 6, 30)), held(seat, date(2024, 7, 1))) == (OLD.name, "–")
    assert held(seat, date(2024, 7, 1), datetime(2024, 7, 3, 2, tzinfo=UTC)) == "–"


def test_an_account_belongs_to_the_body(seat: Seat, act: dict[str, Any]) -> None:
    mine, strange = make_member(make_agency(seat.order.body)), make_member(make_body(), "coordinator")
    with pytest.raises(HolderRefused):
        appoint_holder(seat=seat, who=Somebody("ใคร", strange), starts_on=FIRST, **act)
    assert appoint_holder(seat=seat, who=Somebody(mine.name, mine), starts_on=FIRST, **act).person == mine


def test_several_may_come_instead_each_on_their_days(seat: Seat, act: dict[str, Any]) -> None:
    first = add_substitute(seat=seat, who=NEW, position="รองหัวหน้า", starts_on=FIRST, **act)
    add_substitute(seat=seat, who=OLD, position="นักวิชาการ", starts_on=FIRST, reference="ชม 0017/99", **act)
    with pytest.raises(HolderRefused):
        add_substitute(seat=seat, who=NEW, position="รองหัวหน้า", starts_on=date(2024, 7, 1), **act)
    end_substitute(substitution=first, ends_on=date(2024, 6, 30), **act)
    for refused in (date(2024, 6, 1), date(2024, 12, 1)):
        with pytest.raises(HolderRefused):
            end_substitute(substitution=first, ends_on=refused, **act)
    found = roster(seat.order.body, date(2024, 7, 1))
    assert found and [each.name for each in found.lines[0].substitutes] == [OLD.name]
    events = set(AuditEvent.objects.values_list("event", flat=True))
    assert {"substitute.added", "substitute.ended"} <= events
