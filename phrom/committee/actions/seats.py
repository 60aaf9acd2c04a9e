"""Seats of an order: added and mended before its first use, and what an amending order ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Q

from phrom.agencies.models import Agency, Person
from phrom.committee.actions.using import refuse_when_used
from phrom.committee.models import Order, Seat, SeatRole
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal

FAR = 1_000_000  # above every precedence; rows pass through it so that none ever meets another


class SeatTakenAway(Refusal):
    """The seat was taken out, or replaced by an imported roster, after the page was opened."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "ตำแหน่งนี้ถูกนำออกจากคำสั่งแล้วหลังจากที่เปิดหน้านี้ ไม่มีอะไรเปลี่ยนเพิ่ม กรุณาเปิดหน้าคำสั่งใหม่",
            "This seat was taken out of the order meanwhile. Nothing more was changed. Please reload the order.",
        )


class SeatRefused(Refusal):
    """The seat cannot stand so: a second chair, an office of elsewhere, or somebody sits in it."""


@dataclass(frozen=True)
class SeatGiven:
    """What an order says of a seat. `precedence` 0 is the last place."""

    title: str
    category: str
    role: str = SeatRole.MEMBER
    precedence: int = 0
    agency: Agency | None = None


@transaction.atomic
def add_seat(*, order: Order, given: SeatGiven, by: Person, at: datetime) -> Seat:
    """Add a seat to an order that is not in use; those from its place on move down by one. Refuses OrderInUse, SeatRefused."""
    _hold(order)
    refuse_when_used(order)
    refuse_bad_seat(order, given)
    last = order.seats.aggregate(last=Max("precedence"))["last"] or 0
    place = given.precedence or last + 1
    _make_room(order, place)
    seat = Seat.objects.create(
        order=order, precedence=place, title=given.title, category=given.category, role=given.role, agency=given.agency
    )
    _tell("seat.added", seat, by, at)
    return seat


@transaction.atomic
def change_seat(*, seat: Seat, given: SeatGiven, by: Person, at: datetime) -> Seat:
    """Mend a seat before the order's first use. The office it is reached through may change at any time: no order says it."""
    order = _hold_with(seat)
    wording = (given.title, given.category, given.role, given.precedence or seat.precedence)
    if wording != (seat.title, seat.category, seat.role, seat.precedence):
        refuse_when_used(order)
    refuse_bad_seat(order, given, seat)
    before: dict[str, object] = {"was": seat.title, "was_role": seat.role, "was_precedence": seat.precedence}
    if wording[3] != seat.precedence:
        Seat.objects.filter(pk=seat.pk).update(precedence=FAR * 2)
        _make_room(order, wording[3])
    seat.title, seat.category, seat.role, seat.precedence = wording
    seat.agency = given.agency
    seat.save(update_fields=["title", "category", "role", "precedence", "agency"])
    _tell("seat.changed", seat, by, at, before)
    return seat


@transaction.atomic
def remove_seat(*, seat: Seat, by: Person, at: datetime) -> None:
    """Take a seat out of an order that is not in use. Refuses OrderInUse, and SeatRefused where somebody was recorded in it."""
    refuse_when_used(_hold_with(seat))
    if seat.holders.exists() or seat.substitutions.exists():
        raise SeatRefused(
            f"มีผู้ดำรงตำแหน่งหรือผู้แทนใน “{seat}” บันทึกไว้แล้ว จึงนำตำแหน่งนี้ออกไม่ได้ ไม่มีอะไรเปลี่ยน",
            f"Somebody is recorded in “{seat}”, so the seat cannot be taken out. Nothing was changed.",
        )
    _tell("seat.removed", seat, by, at)
    seat.delete()


@transaction.atomic
def end_seats(*, amending: Order, seats: Sequence[Seat], by: Person, at: datetime) -> None:
    """Say which seats of the amended order this order ends: these and no others. Refuses OrderInUse, SeatRefused."""
    _hold(amending)
    refuse_when_used(amending)
    mine = Q(order_id=amending.amends_id) | Q(order__amends_id=amending.amends_id)
    allowed = Seat.objects.filter(mine, Q(ended_by=None) | Q(ended_by=amending)).exclude(order=amending)
    ids = [seat.pk for seat in seats]
    if amending.amends_id is None or allowed.filter(pk__in=ids).count() != len(set(ids)):
        raise SeatRefused(
            f"คำสั่งที่ {amending} ไม่ได้แก้ไขคำสั่งของตำแหน่งที่เลือก หรือตำแหน่งนั้นสิ้นสุดไปก่อนแล้ว ยังไม่มีอะไรเปลี่ยน กรุณาเปิดหน้าใหม่แล้วเลือกอีกครั้ง",
            f"Order {amending} does not amend the order of these seats, or they had ended. Nothing was changed. "
            "Please reload the page and choose again.",
            where="seats",
        )
    Seat.objects.filter(ended_by=amending).exclude(pk__in=ids).update(ended_by=None)
    Seat.objects.filter(pk__in=ids).update(ended_by=amending)
    details: dict[str, object] = {"order": str(amending), "ended": [seat.title for seat in seats]}
    journal.record("order.seats_ended", by=by, about=f"order:{amending.pk}", at=at, chain=amending.body.code, details=details)


def refuse_bad_seat(order: Order, given: SeatGiven, seat: Seat | None = None) -> None:
    """Refuses SeatRefused for an office of elsewhere and for a second chair."""
    if given.agency is not None and given.agency.own_body_id != order.body_id:
        raise SeatRefused(
            f"{given.agency} ไม่ใช่หน่วยงานของ{order.body} ยังไม่มีอะไรถูกบันทึก กรุณาเลือกหน่วยงานใหม่",
            f"{given.agency} is not an office of this body. Nothing was saved. Please choose another.",
            where="agency",
        )
    making = order.amends_id or order.pk
    standing = Seat.objects.filter(Q(order=making) | Q(order__amends=making), ended_by=None)
    standing = standing.exclude(pk=seat.pk) if seat else standing
    chair = standing.filter(role=SeatRole.CHAIR).first() if given.role == SeatRole.CHAIR else None
    if chair is not None:
        raise SeatRefused(
            f"คำสั่งนี้มีประธานกรรมการแล้ว คือ {chair} ยังไม่มีอะไรถูกบันทึก กรุณาเลือกบทบาทอื่น หรือแก้ตำแหน่งเดิมก่อน",
            f"The order has a chair already: {chair}. Nothing was saved. Please choose another role or mend that seat first.",
            where="role",
        )


def _make_room(order: Order, place: int) -> None:
    """When the place is taken, everything from it on goes one down; unique all the way, through `FAR`."""
    if not order.seats.filter(precedence=place).exists():
        return
    order.seats.filter(precedence__gte=place, precedence__lt=FAR).update(precedence=F("precedence") + FAR)
    order.seats.filter(precedence__gte=FAR, precedence__lt=FAR * 2).update(precedence=F("precedence") - FAR + 1)


def _hold(order: Order) -> Order:
    return Order.objects.select_for_update(of=("self",)).select_related("body").get(pk=order.pk)


def _hold_with(seat: Seat) -> Order:
    """The order of a seat that still stands in it. Refuses SeatTakenAway."""
    order = _hold(seat.order)
    if not order.seats.filter(pk=seat.pk).exists():
        raise SeatTakenAway
    return order


def _tell(event: str, seat: Seat, by: Person, at: datetime, more: dict[str, object] | None = None) -> None:
    details: dict[str, object] = {
        "order": str(seat.order),
        "seat": seat.title,
        "role": seat.role,
        "category": seat.category,
        "precedence": seat.precedence,
        "agency": seat.agency.code if seat.agency else "",
        **(more or {}),
    }
    chain = seat.order.body.code
    journal.record(event, by=by, about=f"seat:{seat.pk}", at=at, chain=chain, details=details)
