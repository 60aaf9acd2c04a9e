"""ตำแหน่งในคำสั่ง: แก้ได้จนกว่าจะใช้เรียกประชุม หลังจากนั้นเปลี่ยนได้ด้วยคำสั่งแก้ไขเพิ่มเติมเท่านั้น."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from phrom.agencies.models import Person
from phrom.committee.actions.orders import OrderRefused, attach_file, record_order
from phrom.committee.actions.seats import SeatGiven, SeatRefused, add_seat, change_seat, end_seats, remove_seat
from phrom.committee.actions.using import OrderInUse, in_use
from phrom.committee.models import Order, Seat, SeatCategory, SeatRole
from phrom.committee.roster import roster
from phrom.shared.files.store import keep_made
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_holder, make_order, make_seat, make_seats
from tests.factories.meetings import make_meeting

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 8, 3, 0, tzinfo=UTC)
GIVEN = SeatGiven(title="ปลัดจังหวัดเชียงใหม่", category=SeatCategory.REGIONAL)


@pytest.fixture
def order() -> Order:
    """An order that nothing rests on."""
    return make_order()


@pytest.fixture
def act(order: Order) -> dict[str, Any]:
    """By whom and when."""
    return {"by": make_member(order.body, "coordinator"), "at": AT}


def titles(order: Order) -> list[str]:
    """The seats in precedence."""
    return [seat.title for seat in order.seats.all()]


def amendment(order: Order, by: Person, **more: Any) -> Order:
    """An order that amends this one a month later."""
    given: dict[str, Any] = {
        "body": order.body,
        "number": 4000,
        "year": 2567,
        "issued_on": date(2024, 7, 1),
        "title": "แก้ไขเพิ่มเติมคำสั่งแต่งตั้งคณะกรรมการ",
        "chair_post": order.chair_post,
        "amends": order,
        "by": by,
        "at": AT,
    }
    return record_order(**{**given, **more})


def test_a_seat_is_added_last_or_in_its_place_and_the_others_move_down(order: Order, act: dict[str, Any]) -> None:
    for title in "ก", "ข":
        add_seat(order=order, given=SeatGiven(title=title, category="regional"), **act)
    add_seat(order=order, given=SeatGiven(title="ค", category="private", precedence=1), **act)
    assert titles(order) == ["ค", "ก", "ข"]
    assert [seat.precedence for seat in order.seats.all()] == [1, 2, 3]
    assert AuditEvent.objects.filter(event="seat.added", chain=order.body.code).count() == 3


def test_a_seat_is_mended_and_moved_before_first_use(order: Order, act: dict[str, Any]) -> None:
    make_seat(order, "ก")
    make_seat(order, "ข")
    seat = make_seat(order, "ปลัดจังหวัดเชียงไหม่")
    change_seat(seat=seat, given=SeatGiven(title=GIVEN.title, category="central", precedence=1), **act)
    assert titles(order) == [GIVEN.title, "ก", "ข"]
    assert AuditEvent.objects.get(event="seat.changed").details["was"] == "ปลัดจังหวัดเชียงไหม่"


def test_once_a_meeting_rests_on_the_order_its_seats_stay(order: Order, act: dict[str, Any]) -> None:
    seat = make_seat(order, "ก")
    assert not in_use(order)
    make_meeting(order.body)
    for refused in (
        lambda: add_seat(order=order, given=GIVEN, **act),
        lambda: change_seat(seat=seat, given=GIVEN, **act),
        lambda: remove_seat(seat=seat, **act),
    ):
        with pytest.raises(OrderInUse):
            refused()
    assert titles(order) == ["ก"]


def test_the_office_through_which_a_seat_is_reached_may_change_at_any_time(order: Order, act: dict[str, Any]) -> None:
    seat = make_seat(order, "ก")
    make_meeting(order.body)
    office = make_agency(order.body)
    given = SeatGiven(seat.title, seat.category, seat.role, seat.precedence, office)
    assert change_seat(seat=seat, given=given, **act).agency == office


def test_an_office_of_elsewhere_and_a_second_chair_are_refused(order: Order, act: dict[str, Any]) -> None:
    make_seat(order, "ผู้ว่าราชการจังหวัด", SeatRole.CHAIR)
    with pytest.raises(SeatRefused) as no_chair:
        add_seat(order=order, given=SeatGiven("ปลัดจังหวัด", "regional", SeatRole.CHAIR), **act)
    with pytest.raises(SeatRefused) as no_office:
        add_seat(order=order, given=SeatGiven("ปลัดจังหวัด", "regional", agency=make_agency(make_body())), **act)
    assert (no_chair.value.where, no_office.value.where) == ("role", "agency")


def test_a_seat_in_which_somebody_was_recorded_is_not_taken_out(order: Order, act: dict[str, Any]) -> None:
    held, free = make_holder(make_seat(order, "ก")).seat, make_seat(order, "ข")
    remove_seat(seat=free, **act)
    with pytest.raises(SeatRefused):
        remove_seat(seat=held, **act)
    assert titles(order) == ["ก"]


def test_an_amending_order_ends_seats_and_adds_a_new_chair(order: Order, act: dict[str, Any]) -> None:
    """ประธานเดิมสิ้นสุดตามคำสั่งแก้ไข ประธานใหม่จึงเพิ่มได้ และคำสั่งเดิมใช้เรียกประชุมไปแล้ว."""
    seats = make_seats(order, members=2)
    make_meeting(order.body)
    amending = amendment(order, act["by"])
    end_seats(amending=amending, seats=[seats[0], seats[1]], **act)
    add_seat(order=amending, given=SeatGiven("ผู้ว่าราชการจังหวัดคนใหม่", "regional", SeatRole.CHAIR, 1), **act)
    before, after = roster(order.body, date(2024, 6, 30)), roster(order.body, date(2024, 7, 1))
    assert before and after and (len(before.lines), len(after.lines)) == (5, 4)
    assert after.lines[0].seat.title == "ผู้ว่าราชการจังหวัดคนใหม่"
    end_seats(amending=amending, seats=[seats[0]], **act)
    assert list(Seat.objects.filter(ended_by=amending)) == [seats[0]]


def test_only_seats_of_the_amended_order_that_still_stand_are_ended(order: Order, act: dict[str, Any]) -> None:
    seat = make_seat(order)
    first, second = amendment(order, act["by"]), amendment(order, act["by"], number=4001, issued_on=date(2024, 8, 1))
    end_seats(amending=first, seats=[seat], **act)
    for amending, wrong in ((second, seat), (second, make_seat()), (order, seat)):
        with pytest.raises(SeatRefused):
            end_seats(amending=amending, seats=[wrong], **act)


def test_an_order_amends_one_that_makes_a_committee_and_holds_then(order: Order, act: dict[str, Any]) -> None:
    amending = amendment(order, act["by"])
    successor = make_order(order.body, 5000, date(2024, 9, 1), replaces=order)
    later: dict[str, Any] = {"number": 5001, "issued_on": date(2024, 10, 1)}
    wrong = [{"amends": amending}, {"replaces": successor}, {}, {"issued_on": date(2024, 1, 5)}, {"amends": make_order()}]
    for more in wrong:
        with pytest.raises(OrderRefused):
            amendment(order, act["by"], **{**later, **more})
    assert order.amendments.count() == 1


def test_the_year_of_the_number_is_the_year_of_the_date(order: Order, act: dict[str, Any]) -> None:
    with pytest.raises(OrderRefused) as refused:
        amendment(order, act["by"], year=2566)
    assert refused.value.where == "year"


def test_the_signed_order_is_put_beside_its_record_once(order: Order, act: dict[str, Any]) -> None:
    file = keep_made([b"%PDF-1.7 order"], content_type="application/pdf", at=AT)
    attach_file(order=order, file=file, name="คำสั่ง.pdf", **act)
    with pytest.raises(OrderRefused):
        attach_file(order=order, file=file, name="อื่น.pdf", **act)
    order.refresh_from_db()
    assert (order.file, order.file_name) == (file, "คำสั่ง.pdf")
