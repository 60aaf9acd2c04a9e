"""A roster read from a file becomes the seats of an order: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.committee.actions.using import refuse_when_used
from phrom.committee.models import Holder, Order, Seat
from phrom.committee.roster_file import RosterRow, seat_of
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal


class ImportRefused(Refusal):
    """The roster cannot go into this order."""

    status = 409


@transaction.atomic
def import_roster(*, order: Order, rows: Sequence[RosterRow], by: Person, at: datetime) -> int:
    """Put the rows' seats and holders in place of the order's seats; returns how many. Refuses OrderInUse, ImportRefused."""
    order = Order.objects.select_for_update(of=("self",)).select_related("body").get(pk=order.pk)
    refuse_when_used(order)
    refuse_when_held(order)
    if not rows:
        raise ImportRefused("ไม่มีตำแหน่งในไฟล์ ไม่มีอะไรเปลี่ยน กรุณาเลือกไฟล์ใหม่", "There is no seat in the file. Nothing was changed.")
    if any(row.agency and row.agency.own_body_id != order.body_id for row in rows):
        raise ImportRefused(
            "ไฟล์มีหน่วยงานที่ไม่อยู่ในจังหวัดนี้แล้ว ไม่มีอะไรเปลี่ยน กรุณาอ่านไฟล์ใหม่",
            "An office of the file is not of this body. Nothing was changed. Please read the file again.",
        )
    replaced, _ = order.seats.all().delete()
    seats = [seat_of(row) for row in rows]
    for seat in seats:
        seat.order = order
    Seat.objects.bulk_create(seats)
    stored = {seat.precedence: seat for seat in order.seats.all()}
    Holder.objects.bulk_create(
        Holder(
            seat=stored[row.precedence],
            name=row.holder,
            starts_on=row.starts_on or order.effective_on,
            recorded_by=by,
            recorded_at=at,
        )
        for row in rows
        if row.holder
    )
    details: dict[str, object] = {
        "order": str(order),
        "replaced": replaced,
        "seats": [f"{row.precedence}. {row.title}" + (f" ({row.holder})" if row.holder else "") for row in rows],
    }
    journal.record("order.roster_imported", by=by, about=f"order:{order.pk}", at=at, chain=order.body.code, details=details)
    return len(rows)


def refuse_when_held(order: Order) -> None:
    """Refuses ImportRefused where somebody was recorded in a seat: a file must not wipe out who held it."""
    if (
        Seat.objects.filter(order=order, holders__isnull=False).exists()
        or Seat.objects.filter(order=order, substitutions__isnull=False).exists()
    ):
        raise ImportRefused(
            f"คำสั่งที่ {order} มีผู้ดำรงตำแหน่งบันทึกไว้แล้ว จึงไม่ใช้ไฟล์แทนทั้งชุด รายชื่อเดิมยังอยู่ครบ กรุณาแก้ทีละตำแหน่ง",
            f"Order {order} has holders on record, so a file does not replace them. Nothing was changed. "
            "Please mend the seats one by one.",
        )
