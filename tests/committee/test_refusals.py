"""ทุกอย่างที่ระบบปฏิเสธเกี่ยวกับคำสั่ง ตำแหน่ง และผู้ดำรงตำแหน่ง ทีละข้อ: บอกว่าผิดที่ช่องใด และไม่มีอะไรเปลี่ยน.

Each refusal says in Thai what is wrong and that nothing was changed, names its field, and leaves rows and journal as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from phrom.agencies.models import Person
from phrom.committee.actions.holders import (
    Somebody,
    add_substitute,
    appoint_holder,
    end_holder,
    end_substitute,
    replace_holder,
)
from phrom.committee.actions.importing import import_roster
from phrom.committee.actions.orders import attach_file, record_order
from phrom.committee.actions.seats import SeatGiven, add_seat, change_seat, end_seats, remove_seat
from phrom.committee.models import Holder, Order, Seat, Substitution
from phrom.committee.roster_file import RosterRow
from phrom.shared.files.store import keep_made
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_holder, make_order, make_seat, make_substitution
from tests.factories.meetings import make_meeting

pytestmark = pytest.mark.django_db
AT = datetime(2024, 7, 1, 3, 0, tzinfo=UTC)
FIRST, DAY, LAST = date(2024, 5, 31), date(2024, 6, 11), date(2024, 6, 30)
ONE = timedelta(days=1)
SAFE = ("ยังไม่มีอะไรถูกบันทึก", "ไม่มีอะไรเปลี่ยน", "ยังไม่มีอะไรเปลี่ยน", "ยังอยู่ครบ")
NEW = SeatGiven(title="พาณิชย์จังหวัด", category="regional")


@dataclass
class Room:
    """An order in force until 30 June: a chair held since 11 June, a vacant seat; its successor; another body's."""

    old: Order
    order: Order
    successor: Order
    elsewhere: Order
    chair: Seat
    vacant: Seat
    holder: Holder
    substitute: Substitution
    by: Person


@pytest.fixture
def room() -> Room:
    body = make_body()
    old = make_order(body, 2533, date(2020, 6, 11), year=2563)
    order = make_order(body, 3046, FIRST, replaces=old)
    successor = make_order(body, 4000, LAST + ONE, replaces=order)
    chair, vacant = make_seat(order, "รองผู้ว่าราชการจังหวัด", "chair"), make_seat(order, "เกษตรจังหวัด")
    holder = make_holder(chair, "นายศักดิ์ชัย คำแสน", DAY)
    substitute = make_substitution(chair, "นางแสงเดือน จันทร์แก้ว", ends_on=DAY)
    by = make_member(body, "coordinator")
    return Room(old, order, successor, make_order(), chair, vacant, holder, substitute, by)


def issue(room: Room, **more: Any) -> Order:
    """A clean order of July, unless said otherwise."""
    given = {"number": 5000, "year": 2567, "issued_on": date(2024, 7, 20), "title": "แต่งตั้ง", "chair_post": "ผู้ว่าราชการจังหวัด"}
    return record_order(**{"body": room.order.body, **given, **more}, by=room.by, at=AT)


def sit(room: Room, seat: Seat | None = None, starts_on: date = DAY, **more: Any) -> Holder:
    """A clean appointment to the vacant seat."""
    who = more.pop("who", Somebody("นายใหม่ มาดี"))
    return appoint_holder(seat=seat or room.vacant, who=who, starts_on=starts_on, **more, by=room.by, at=AT)


def stand_in(room: Room, name: str = "นายแทน ใจดี", **more: Any) -> Substitution:
    """A clean substitute of the chair."""
    given = {"starts_on": DAY, "position": "รองหัวหน้า", **more}
    return add_substitute(seat=room.chair, who=Somebody(name), **given, by=room.by, at=AT)


def hand_over(room: Room, seat: Seat, starts_on: date) -> Holder:
    """The seat to a successor."""
    return replace_holder(seat=seat, who=Somebody("นายใหม่ มาดี"), starts_on=starts_on, by=room.by, at=AT)


def bring_in(room: Room, order: Order, *rows: RosterRow) -> int:
    """A roster from a file."""
    return import_roster(order=order, rows=rows, by=room.by, at=AT)


def amend(room: Room, seats: list[Seat], amends: Order | None = None) -> None:
    """An amending order that ends seats."""
    amending = make_order(room.order.body, 6000, DAY, amends=amends or room.order)
    end_seats(amending=amending, seats=seats, by=room.by, at=AT)


def file_twice(room: Room) -> None:
    """The signed order beside its record, though there is one."""
    file = keep_made([b"%PDF-1.7"], content_type="application/pdf", at=AT)
    Order.objects.filter(pk=room.order.pk).update(file=file, file_name="คำสั่ง.pdf")
    attach_file(order=room.order, file=file, name="อื่น.pdf", by=room.by, at=AT)


def used(room: Room) -> Order:
    """The order, once a meeting rests on it."""
    meeting = make_meeting(room.order.body)
    meeting.order = room.successor
    meeting.save()
    return room.successor


ROW = RosterRow(row=2, precedence=1, title="ปลัดจังหวัด", category="regional", role="chair")

REFUSED: dict[str, tuple[Callable[[Room], object], str, str]] = {
    "เลขคำสั่งที่ใช้แล้วในปีเดียวกัน": (lambda r: issue(r, number=3046), "number", "3046/2567"),
    "เลขปีไม่ตรงกับปีของวันที่สั่ง": (lambda r: issue(r, year=2566), "year", "20 ก.ค. 2567"),
    "แทนคำสั่งที่ถูกแทนไปแล้ว": (lambda r: issue(r, replaces=r.order), "replaces", "3046/2567"),
    "แทนคำสั่งของจังหวัดอื่น": (lambda r: issue(r, replaces=r.elsewhere), "replaces", "กรุณาเลือกคำสั่งที่ใช้อยู่"),
    "มีผลก่อนคำสั่งที่แทน": (lambda r: issue(r, replaces=r.successor, effective_on=LAST), "effective_on", "1 ก.ค. 2567"),
    "ทั้งแทนและแก้ไขในฉบับเดียว": (lambda r: issue(r, replaces=r.successor, amends=r.successor), "amends", "อย่างใดอย่างหนึ่ง"),
    "แก้ไขคำสั่งของจังหวัดอื่น": (lambda r: issue(r, amends=r.elsewhere), "amends", "ไม่ใช่คำสั่งแต่งตั้ง"),
    "แก้ไขคำสั่งในวันที่หมดผลแล้ว": (lambda r: issue(r, amends=r.order), "effective_on", "20 ก.ค. 2567"),
    "แก้ไขคำสั่งก่อนวันที่คำสั่งมีผล": (
        lambda r: issue(r, amends=r.order, issued_on=FIRST - ONE, effective_on=FIRST - ONE),
        "effective_on",
        "30 พ.ค. 2567",
    ),
    "แนบไฟล์คำสั่งซ้ำ": (file_twice, "file", "มีไฟล์อยู่แล้ว"),
    "ดำรงตำแหน่งก่อนคำสั่งมีผล": (lambda r: sit(r, starts_on=FIRST - ONE), "starts_on", "31 พ.ค. 2567"),
    "ดำรงตำแหน่งหลังคำสั่งหมดผล": (lambda r: sit(r, starts_on=LAST + ONE), "starts_on", "30 มิ.ย. 2567"),
    "วันสุดท้ายก่อนวันแรก": (lambda r: sit(r, ends_on=DAY - ONE), "ends_on", "11 มิ.ย. 2567"),
    "ตำแหน่งที่มีผู้ดำรงอยู่": (lambda r: sit(r, r.chair, DAY), "starts_on", "นายศักดิ์ชัย คำแสน"),
    "ช่วงที่คาบเกี่ยวกับผู้ที่จะมา": (lambda r: sit(r, r.chair, FIRST, ends_on=DAY), "starts_on", "นายศักดิ์ชัย คำแสน"),
    "บัญชีของจังหวัดอื่น": (
        lambda r: sit(r, who=Somebody("นายไกล", make_member(r.elsewhere.body))),
        "person",
        "กรุณาเลือกบัญชีใหม่",
    ),
    "ส่งมอบตำแหน่งที่ว่าง": (lambda r: hand_over(r, r.vacant, DAY), "starts_on", "ไม่มีผู้ดำรงตำแหน่งที่จะส่งมอบ"),
    "ส่งมอบในวันแรกของผู้ดำรง": (lambda r: hand_over(r, r.chair, DAY), "starts_on", "เริ่มวันที่ 11 มิ.ย. 2567"),
    "ส่งมอบหลังคำสั่งหมดผล": (lambda r: hand_over(r, r.chair, LAST + ONE), "starts_on", "30 มิ.ย. 2567"),
    "พ้นตำแหน่งก่อนเริ่ม": (
        lambda r: end_holder(holder=r.holder, ends_on=DAY - ONE, by=r.by, at=AT),
        "ends_on",
        "วันสุดท้ายอยู่ก่อนวันเริ่ม",
    ),
    "ผู้แทนที่พ้นแล้ว": (
        lambda r: end_substitute(substitution=r.substitute, ends_on=LAST, by=r.by, at=AT),
        "ends_on",
        "นางแสงเดือน จันทร์แก้ว",
    ),
    "ผู้แทนคนเดิมในวันเดียวกัน": (lambda r: stand_in(r, "นางแสงเดือน จันทร์แก้ว"), "name", "อยู่แล้ว"),
    "ผู้แทนก่อนคำสั่งมีผล": (lambda r: stand_in(r, starts_on=FIRST - ONE), "starts_on", "31 พ.ค. 2567"),
    "ประธานคนที่สอง": (
        lambda r: add_seat(order=r.order, given=SeatGiven("ปลัด", "regional", "chair"), by=r.by, at=AT),
        "role",
        "รองผู้ว่าราชการจังหวัด",
    ),
    "เปลี่ยนกรรมการเป็นประธานคนที่สอง": (
        lambda r: change_seat(seat=r.vacant, given=SeatGiven("เกษตร", "regional", "chair"), by=r.by, at=AT),
        "role",
        "มีประธานกรรมการแล้ว",
    ),
    "หน่วยงานของจังหวัดอื่น": (
        lambda r: add_seat(
            order=r.order, given=SeatGiven("ปลัด", "regional", agency=make_agency(r.elsewhere.body)), by=r.by, at=AT
        ),
        "agency",
        "ไม่ใช่หน่วยงานของ",
    ),
    "นำตำแหน่งที่มีผู้ดำรงออก": (lambda r: remove_seat(seat=r.chair, by=r.by, at=AT), "", "นำตำแหน่งนี้ออกไม่ได้"),
    "เพิ่มตำแหน่งในคำสั่งที่ใช้แล้ว": (lambda r: add_seat(order=used(r), given=NEW, by=r.by, at=AT), "", "ใช้เรียกประชุมแล้ว"),
    "นำเข้ารายชื่อในคำสั่งที่ใช้แล้ว": (lambda r: bring_in(r, used(r), ROW), "", "ใช้เรียกประชุมแล้ว"),
    "นำเข้ารายชื่อที่ไม่มีแถว": (lambda r: bring_in(r, r.successor), "", "ไม่มีตำแหน่งในไฟล์"),
    "นำเข้ารายชื่อทับผู้ที่บันทึกไว้": (lambda r: bring_in(r, r.order, ROW), "", "แก้ทีละตำแหน่ง"),
    "สิ้นสุดตำแหน่งของคำสั่งอื่น": (lambda r: amend(r, [make_seat(r.elsewhere)]), "seats", "เลือกอีกครั้ง"),
    "สิ้นสุดตำแหน่งที่สิ้นสุดแล้ว": (
        lambda r: amend(r, [make_seat(r.order, ended_by=make_order(r.order.body, 5500, DAY, amends=r.order))]),
        "seats",
        "สิ้นสุดไปก่อนแล้ว",
    ),
}


@pytest.mark.parametrize(("act", "where", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_says_why_and_changes_nothing(room: Room, act: Callable[[Room], object], where: str, says: str) -> None:
    journal = AuditEvent.objects.count()
    with pytest.raises(Refusal) as refused:
        act(room)
    assert (refused.value.where, says in refused.value.th) == (where, True), refused.value.th
    assert any(word in refused.value.th for word in SAFE), refused.value.th
    assert refused.value.en.strip().endswith(".")
    assert AuditEvent.objects.count() == journal
    assert [str(seat) for seat in room.order.seats.filter(ended_by=None)][:2] == ["รองผู้ว่าราชการจังหวัด", "เกษตรจังหวัด"]
    assert list(Holder.objects.values_list("name", "ends_on")) == [("นายศักดิ์ชัย คำแสน", None)]
    assert list(Substitution.objects.values_list("name", "ends_on")) == [("นางแสงเดือน จันทร์แก้ว", DAY)]


@pytest.mark.parametrize(
    "act",
    [
        lambda r: issue(r),
        lambda r: issue(r, replaces=r.successor, effective_on=LAST + ONE),
        lambda r: issue(r, amends=r.successor),
        lambda r: issue(r, number=3046, year=2568, issued_on=date(2025, 1, 1)),
        lambda r: sit(r, starts_on=FIRST, ends_on=FIRST),
        lambda r: sit(r, starts_on=LAST),
        lambda r: sit(r, r.chair, FIRST, ends_on=DAY - ONE),
        lambda r: hand_over(r, r.chair, DAY + ONE),
        lambda r: end_holder(holder=r.holder, ends_on=DAY, by=r.by, at=AT),
        lambda r: stand_in(r, "นางแสงเดือน จันทร์แก้ว", starts_on=DAY + ONE),
        lambda r: amend(r, [r.vacant]),
    ],
)
def test_what_lies_just_inside_the_same_limits_is_done(room: Room, act: Callable[[Room], object]) -> None:
    journal = AuditEvent.objects.count()
    act(room)
    assert AuditEvent.objects.count() == journal + 1
