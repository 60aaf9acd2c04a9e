"""Recording orders that make a committee."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.committee.models import Order, Quorum
from phrom.shared.files.models import StoredFile
from phrom.shared.journal import record as journal
from phrom.shared.thai.calendar import ERA
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
    quorum: str = Quorum.HALF,
    replaces: Order | None = None,
    amends: Order | None = None,
    file: StoredFile | None = None,
    file_name: str = "",
) -> Order:
    """Keep an order (number/year of the Buddhist era). Without `effective_on` it holds from the day it was issued.

    It makes a committee, in place of the one that `replaces` made where that is given; or it `amends` such an order.
    """
    effective_on = effective_on or issued_on
    Agency.objects.select_for_update().get(pk=body.pk)
    _refuse_if_taken(body, number, year)
    _refuse_wrong_year(year, issued_on)
    _refuse_bad_replacement(body, replaces, effective_on)
    _refuse_bad_amendment(body, replaces, amends, effective_on)
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
        quorum=quorum,
        replaces=replaces,
        amends=amends,
        file=file,
        file_name=file_name,
        recorded_by=by,
        recorded_at=at,
    )
    details: dict[str, object] = {
        "order": str(order),
        "title": title,
        "effective_on": effective_on.isoformat(),
        "replaces": str(replaces or ""),
        "amends": str(amends or ""),
        "file": file.sha256 if file else "",
    }
    journal.record("order.recorded", by=by, about=f"order:{order.pk}", at=at, chain=body.code, details=details)
    return order


@transaction.atomic
def attach_file(*, order: Order, file: StoredFile, name: str, by: Person, at: datetime) -> None:
    """Put the signed order beside its record, where it was recorded without one. What was put stays."""
    if not Order.objects.filter(pk=order.pk, file=None).update(file=file, file_name=name):
        raise OrderRefused(
            f"คำสั่งที่ {order} มีไฟล์อยู่แล้ว ไฟล์เดิมยังอยู่ ไม่มีอะไรเปลี่ยน",
            f"Order {order} has its file already. Nothing was changed.",
            where="file",
        )
    details: dict[str, object] = {"order": str(order), "name": name, "file": file.sha256}
    journal.record("order.file_added", by=by, about=f"order:{order.pk}", at=at, chain=order.body.code, details=details)


def _refuse_if_taken(body: Agency, number: int, year: int) -> None:
    if Order.objects.filter(body=body, number=number, year=year).exists():
        raise OrderRefused(
            f"บันทึกคำสั่งที่ {number}/{year} ไว้แล้ว ไม่มีอะไรเปลี่ยน กรุณาตรวจเลขคำสั่ง",
            f"Order {number}/{year} is recorded already. Nothing was changed. Please check the number.",
            where="number",
        )


def _refuse_wrong_year(year: int, issued_on: date) -> None:
    """Orders are numbered from 1 every calendar year, so the year of the number is the year of the date."""
    if year != issued_on.year + ERA:
        raise OrderRefused(
            f"เลขคำสั่งเป็นของปี {year} แต่ลงวันที่ {thai_date(issued_on)} ยังไม่มีอะไรถูกบันทึก กรุณาตรวจเลขปีหรือวันที่",
            f"The number is of {year} but the date is {issued_on.isoformat()}. Nothing was saved. "
            "Please check the year or the date.",
            where="year",
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


def _refuse_bad_amendment(body: Agency, replaces: Order | None, amends: Order | None, effective_on: date) -> None:
    """What is amended makes a committee of the same body and holds on the day from which it is amended."""
    if amends is None:
        return
    if replaces is not None:
        raise OrderRefused(
            "คำสั่งฉบับเดียวยกเลิกทั้งฉบับหรือแก้ไขเพิ่มเติมได้อย่างใดอย่างหนึ่ง ยังไม่มีอะไรถูกบันทึก กรุณาเลือกอย่างเดียว",
            "An order either replaces another or amends one. Nothing was saved. Please choose one of the two.",
            where="amends",
        )
    if amends.body_id != body.pk or amends.amends_id:
        raise OrderRefused(
            f"คำสั่งที่ {amends} ไม่ใช่คำสั่งแต่งตั้งคณะกรรมการของ{body} ยังไม่มีอะไรถูกบันทึก กรุณาเลือกคำสั่งแต่งตั้งที่ใช้อยู่",
            f"Order {amends} does not make a committee here. Nothing was saved. Please choose the order in force.",
            where="amends",
        )
    successor = Order.objects.filter(replaces=amends).first()
    if effective_on < amends.effective_on or (successor and successor.effective_on <= effective_on):
        raise OrderRefused(
            f"คำสั่งที่ {amends} ไม่ได้ใช้อยู่ในวันที่ {thai_date(effective_on)} ยังไม่มีอะไรถูกบันทึก กรุณาตรวจวันที่มีผล",
            f"Order {amends} does not hold on {effective_on.isoformat()}. Nothing was saved. Please check the date.",
            where="effective_on",
        )
