"""Recording orders that make a committee."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.committee.models import Order
from phrom.shared.files.models import StoredFile
from phrom.shared.journal import record as journal
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal


class OrderRefused(Refusal):
    """The order cannot be recorded so: number taken, dates the wrong way round, or nothing there to replace."""


@transaction.atomic
def record_order(
    *,
    body: Agency,
    number: int,
    year: int,
    issued_on: date,
    title: str,
    chair_post: str,
    by: Person,
    at: datetime,
    effective_on: date | None = None,
    composition: str = "",
    seat_count: int | None = None,
    replaces: Order | None = None,
    file: StoredFile | None = None,
) -> Order:
    """Keep an order (number/year of the Buddhist era). Without `effective_on` it holds from the day it was issued."""
    effective_on = effective_on or issued_on
    Agency.objects.select_for_update().get(pk=body.pk)
    _refuse_if_taken(body, number, year)
    _refuse_bad_replacement(body, replaces, effective_on)
    order = Order.objects.create(
        body=body,
        number=number,
        year=year,
        issued_on=issued_on,
        effective_on=effective_on,
        title=title,
        chair_post=chair_post,
        composition=composition,
        seat_count=seat_count,
        replaces=replaces,
        file=file,
        recorded_by=by,
        recorded_at=at,
    )
    details: dict[str, object] = {"order": str(order), "title": title, "replaces": str(replaces) if replaces else ""}
    journal.record("order.recorded", by=by, about=f"order:{order.pk}", at=at, chain=body.code, details=details)
    return order


def _refuse_if_taken(body: Agency, number: int, year: int) -> None:
    if Order.objects.filter(body=body, number=number, year=year).exists():
        raise OrderRefused(
            f"บันทึกคำสั่งที่ {number}/{year} ไว้แล้ว ไม่มีอะไรเปลี่ยน กรุณาตรวจเลขคำสั่ง",
            f"Order {number}/{year} is recorded already. Nothing was changed. Please check the number.",
            where="number",
        )


def _refuse_bad_replacement(body: Agency, replaces: Order | None, effective_on: date) -> None:
    if replaces is None:
        return
    if replaces.body_id != body.pk or Order.objects.filter(replaces=replaces).exists():
        raise OrderRefused(
            f"คำสั่งที่ {replaces} ถูกยกเลิกไปก่อนแล้ว ยังไม่มีอะไรถูกบันทึก กรุณาเลือกคำสั่งที่ใช้อยู่",
            f"Order {replaces} is not in force. Nothing was saved. Please choose the order in force.",
            where="replaces",
        )
    if effective_on < replaces.effective_on:
        raise OrderRefused(
            f"คำสั่งใหม่มีผลก่อนคำสั่งเดิม ({thai_date(replaces.effective_on)}) ยังไม่มีอะไรถูกบันทึก กรุณาแก้วันที่",
            "The new order takes effect before the one it replaces. Nothing was saved. Please mend the date.",
            where="effective_on",
        )
