"""An order of a committee, its seats and who holds them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from phrom.agencies.models import Agency
from phrom.committee.models import Holder, Order, Seat, SeatCategory, SeatRole, Substitution
from tests.factories.agencies import make_body, make_person

RECORDED = datetime(2024, 6, 1, 3, 0, tzinfo=UTC)


def make_order(body: Agency | None = None, number: int = 3046, issued_on: date = date(2024, 5, 31), **more: object) -> Order:
    """An order of a province, in force from the day it was issued unless said otherwise."""
    given: dict[str, object] = {
        "year": 2567,
        "effective_on": issued_on,
        "title": "แต่งตั้งคณะกรรมการขับเคลื่อนการพัฒนาจังหวัดสู่การเป็นรัฐบาลดิจิทัล",
        "chair_post": "ผู้ว่าราชการจังหวัดเชียงใหม่",
        "seat_count": 28,
        "recorded_by": make_person("ผู้บันทึกคำสั่ง"),
        "recorded_at": RECORDED,
    }
    return Order.objects.create(body=body or make_body(), number=number, issued_on=issued_on, **{**given, **more})


def make_seat(order: Order | None = None, title: str = "", role: str = SeatRole.MEMBER, **more: object) -> Seat:
    """A seat after the last one of an order, unless `precedence` is said."""
    order = order or make_order()
    precedence = order.seats.count() + 1
    given: dict[str, object] = {
        "precedence": precedence,
        "title": title or f"หัวหน้าสำนักงานตัวอย่างที่ {precedence}",
        "category": SeatCategory.REGIONAL,
        "role": role,
    }
    return Seat.objects.create(order=order, **{**given, **more})


def make_seats(order: Order, members: int = 3, agency: Agency | None = None) -> list[Seat]:
    """A chair, so many members, a member and secretary and an assistant secretary, in precedence."""
    seats = [make_seat(order, order.chair_post, SeatRole.CHAIR)]
    seats += [make_seat(order, agency=agency if not number else None) for number in range(members)]
    seats.append(make_seat(order, "หัวหน้าสำนักงานจังหวัด", SeatRole.MEMBER_SECRETARY))
    return [*seats, make_seat(order, "ผู้อำนวยการกลุ่มงานยุทธศาสตร์", SeatRole.ASSISTANT_SECRETARY)]


def make_holder(
    seat: Seat | None = None, name: str = "นายศักดิ์ชัย คำแสน", starts_on: date | None = None, **more: object
) -> Holder:
    """Somebody who holds a seat from the day its order holds, unless said otherwise."""
    seat = seat or make_seat()
    given: dict[str, object] = {"recorded_by": make_person("ผู้บันทึกรายชื่อ"), "recorded_at": RECORDED}
    return Holder.objects.create(seat=seat, name=name, starts_on=starts_on or seat.order.effective_on, **{**given, **more})


def make_substitution(seat: Seat | None = None, name: str = "นางแสงเดือน จันทร์แก้ว", **more: object) -> Substitution:
    """Somebody who may come for the holder of a seat."""
    seat = seat or make_seat()
    given: dict[str, object] = {
        "position": "รองหัวหน้าสำนักงาน",
        "starts_on": seat.order.effective_on,
        "recorded_by": make_person("ผู้บันทึกรายชื่อ"),
        "recorded_at": RECORDED,
    }
    return Substitution.objects.create(seat=seat, name=name, **{**given, **more})
