"""Who holds a seat and who may come instead: appointed, handed over, ended; nothing recorded is rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from phrom.agencies.models import Membership, Person
from phrom.committee.models import Holder, Order, Seat, Substitution
from phrom.shared.journal import record as journal
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal

DAY = timedelta(days=1)
Rows = TypeVar("Rows", Holder, Substitution)


class HolderRefused(Refusal):
    """The seat cannot be held so: outside the order's days, while another holds it, or ended before it began."""


@dataclass(frozen=True)
class Somebody:
    """A name as papers print it, with the account where there is one."""

    name: str
    person: Person | None = None


@transaction.atomic
def appoint_holder(
    *, seat: Seat, who: Somebody, starts_on: date, by: Person, at: datetime, ends_on: date | None = None
) -> Holder:
    """Record who holds a vacant seat from a day on. Refuses HolderRefused for a day on which somebody else holds it."""
    _hold(seat)
    _refuse_outside(seat, starts_on, ends_on)
    _refuse_stranger(seat, who.person)
    _refuse_taken(seat, starts_on, ends_on)
    holder = _appoint(seat, who, starts_on, ends_on, by, at)
    _tell("holder.appointed", seat, by, at, {"name": who.name, "from": starts_on.isoformat()})
    return holder


@transaction.atomic
def replace_holder(*, seat: Seat, who: Somebody, starts_on: date, by: Person, at: datetime) -> Holder:
    """Hand a seat over: whoever holds it leaves on the day before. Refuses HolderRefused where nobody does, or only later."""
    _hold(seat)
    _refuse_outside(seat, starts_on, None)
    _refuse_stranger(seat, who.person)
    leaving = seat.holders.filter(ends_on=None).order_by("-starts_on").first()
    if leaving is None or leaving.starts_on >= starts_on:
        since = f" ({leaving} เริ่มวันที่ {thai_date(leaving.starts_on)})" if leaving else ""
        raise HolderRefused(
            f"ในวันก่อน {thai_date(starts_on)} ไม่มีผู้ดำรงตำแหน่งที่จะส่งมอบ{since} ยังไม่มีอะไรถูกบันทึก กรุณาตรวจวันที่",
            f"Nobody holds the seat on the day before {starts_on.isoformat()}. Nothing was saved. Please check the date.",
            where="starts_on",
        )
    _end(leaving, starts_on - DAY, by, at)
    _refuse_taken(seat, starts_on, None)
    holder = _appoint(seat, who, starts_on, None, by, at)
    details: dict[str, object] = {"name": who.name, "from": starts_on.isoformat(), "before": leaving.name}
    _tell("holder.replaced", seat, by, at, details)
    return holder


@transaction.atomic
def end_holder(*, holder: Holder, ends_on: date, by: Person, at: datetime) -> None:
    """Say the last day of a holder. Refuses HolderRefused for a day before the first, and for what has an end already."""
    _hold(holder.seat)
    _refuse_end(Holder.objects.get(pk=holder.pk), ends_on)
    _end(holder, ends_on, by, at)
    _tell("holder.ended", holder.seat, by, at, {"name": holder.name, "until": ends_on.isoformat()})


@transaction.atomic
def add_substitute(
    *,
    seat: Seat,
    who: Somebody,
    position: str,
    starts_on: date,
    by: Person,
    at: datetime,
    ends_on: date | None = None,
    reference: str = "",
) -> Substitution:
    """Record who may come for the holder. Several may; the same name twice on a day is refused."""
    _hold(seat)
    _refuse_outside(seat, starts_on, ends_on)
    _refuse_stranger(seat, who.person)
    if _within(seat.substitutions.filter(name=who.name), starts_on, ends_on).exists():
        raise HolderRefused(
            f"{who.name} เป็นผู้แทนของตำแหน่งนี้ในช่วงวันดังกล่าวอยู่แล้ว ไม่มีอะไรเปลี่ยน",
            f"{who.name} is a substitute of this seat on these days already. Nothing was changed.",
            where="name",
        )
    made = Substitution.objects.create(
        seat=seat,
        name=who.name,
        person=who.person,
        position=position,
        starts_on=starts_on,
        ends_on=ends_on,
        reference=reference,
        recorded_by=by,
        recorded_at=at,
    )
    details: dict[str, object] = {"name": who.name, "position": position, "from": starts_on.isoformat(), "by": reference}
    _tell("substitute.added", seat, by, at, details)
    return made


@transaction.atomic
def end_substitute(*, substitution: Substitution, ends_on: date, by: Person, at: datetime) -> None:
    """Say the last day of a substitute. Refuses as `end_holder` does."""
    _hold(substitution.seat)
    _refuse_end(Substitution.objects.get(pk=substitution.pk), ends_on)
    _end(substitution, ends_on, by, at)
    _tell("substitute.ended", substitution.seat, by, at, {"name": substitution.name, "until": ends_on.isoformat()})


def days_of(seat: Seat) -> tuple[date, date | None]:
    """First and last day on which the seat is there: by its order, by what replaced the order or ended the seat."""
    ends = []
    making = seat.order.amends_id or seat.order_id
    if successor := Order.objects.filter(replaces=making).first():
        ends.append(successor.effective_on - DAY)
    if seat.ended_by is not None:
        ends.append(seat.ended_by.effective_on - DAY)
    return seat.order.effective_on, min(ends, default=None)


def _appoint(seat: Seat, who: Somebody, starts_on: date, ends_on: date | None, by: Person, at: datetime) -> Holder:
    return Holder.objects.create(
        seat=seat, name=who.name, person=who.person, starts_on=starts_on, ends_on=ends_on, recorded_by=by, recorded_at=at
    )


def _end(row: Holder | Substitution, ends_on: date, by: Person, at: datetime) -> None:
    row.ends_on, row.end_recorded_by, row.end_recorded_at = ends_on, by, at
    row.save(update_fields=["ends_on", "end_recorded_by", "end_recorded_at"])


def _refuse_outside(seat: Seat, starts_on: date, ends_on: date | None) -> None:
    first, last = days_of(seat)
    if ends_on is not None and ends_on < starts_on:
        raise _backwards(starts_on)
    if starts_on < first:
        raise HolderRefused(
            f"คำสั่งที่ {seat.order} มีผลตั้งแต่ {thai_date(first)} จึงดำรงตำแหน่งนี้ก่อนวันนั้นไม่ได้ "
            "ยังไม่มีอะไรถูกบันทึก กรุณาใช้วันที่คำสั่งมีผลหรือหลังจากนั้น",
            f"Order {seat.order} takes effect on {first.isoformat()}; nobody holds its seats before. Nothing was saved. "
            "Please give that day or a later one.",
            where="starts_on",
        )
    if last is not None and starts_on > last:
        raise HolderRefused(
            f"ตำแหน่งนี้มีถึง {thai_date(last)} เท่านั้น ยังไม่มีอะไรถูกบันทึก กรุณาบันทึกในคำสั่งที่ใช้อยู่",
            f"This seat is there until {last.isoformat()} only. Nothing was saved. Please use the order in force.",
            where="starts_on",
        )


def _refuse_taken(seat: Seat, starts_on: date, ends_on: date | None) -> None:
    other = _within(seat.holders.all(), starts_on, ends_on).first()
    if other is not None:
        until = f"ถึง {thai_date(other.ends_on)}" if other.ends_on else "เป็นต้นมา"
        raise HolderRefused(
            f"{other.name} ดำรงตำแหน่งนี้ตั้งแต่ {thai_date(other.starts_on)} {until} ยังไม่มีอะไรถูกบันทึก กรุณาส่งมอบตำแหน่งหรือตรวจวันที่",
            f"{other.name} holds this seat on some of these days. Nothing was saved. "
            "Please hand the seat over or check the dates.",
            where="starts_on",
        )


def _refuse_stranger(seat: Seat, person: Person | None) -> None:
    if person is not None and not Membership.objects.of_body(seat.order.body).filter(person=person).exists():
        raise HolderRefused(
            f"บัญชีของ{person} ไม่ได้อยู่ใน{seat.order.body} ยังไม่มีอะไรถูกบันทึก กรุณาเลือกบัญชีใหม่หรือเว้นว่าง",
            "This account belongs elsewhere. Nothing was saved. Please choose another account, or none.",
            where="person",
        )


def _refuse_end(row: Holder | Substitution, ends_on: date) -> None:
    if row.ends_on is not None:
        raise HolderRefused(
            f"{row.name} พ้นตำแหน่งนี้เมื่อ {thai_date(row.ends_on)} ตามที่บันทึกไว้แล้ว ไม่มีอะไรเปลี่ยน",
            f"{row.name} has an end on {row.ends_on.isoformat()} already. Nothing was changed.",
            where="ends_on",
        )
    if ends_on < row.starts_on:
        raise _backwards(row.starts_on)


def _backwards(starts_on: date) -> HolderRefused:
    return HolderRefused(
        f"วันสุดท้ายอยู่ก่อนวันเริ่ม ({thai_date(starts_on)}) ยังไม่มีอะไรถูกบันทึก กรุณาแก้วันที่",
        f"The last day lies before the first ({starts_on.isoformat()}). Nothing was saved. Please mend the date.",
        where="ends_on",
    )


def _within(rows: QuerySet[Rows], starts_on: date, ends_on: date | None) -> QuerySet[Rows]:
    """Those that share a day with this period."""
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    return rows if ends_on is None else rows.filter(starts_on__lte=ends_on)


def _hold(seat: Seat) -> None:
    """Two people at the same seat wait for each other."""
    Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)


def _tell(event: str, seat: Seat, by: Person, at: datetime, details: dict[str, object]) -> None:
    body = seat.order.body
    told = {"order": str(seat.order), "seat": seat.title, **details}
    journal.record(event, by=by, about=f"seat:{seat.pk}", at=at, chain=body.code, details=told)
