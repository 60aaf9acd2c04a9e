"""The order itself as a paper (คำสั่ง): its composition in precedence, what it replaces or amends, from when it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phrom.committee.models import Order, Seat, SeatRole
from phrom.shared.documents.content import Block, DateLine, Document, Head, Paragraph, People, Person, Signature
from phrom.shared.thai.calendar import ERA, MONTHS
from phrom.shared.thai.dates import thai_date

NOTE = "พิมพ์จากข้อมูลที่บันทึกในระบบ ฉบับที่ลงนามเป็นฉบับที่ใช้อ้างอิง"


def order_document(order: Order, seats: Sequence[Seat], ended: Sequence[Seat] = ()) -> Document:
    """The order with the seats it names; `ended` are those that an amending order ends."""
    blocks: list[Block] = [Paragraph(_opening(order), indent=True)]
    if order.composition:
        blocks.append(Paragraph(f"ประกอบด้วย{order.composition.removeprefix('ประกอบด้วย')}", indent=True))
    if ended:
        blocks += [Paragraph("ให้ตำแหน่งต่อไปนี้สิ้นสุด", indent=True), People(_people(ended))]
    if seats:
        word = "ให้เพิ่มตำแหน่งต่อไปนี้" if order.amends else "โดยมีองค์ประกอบ ดังต่อไปนี้"
        blocks += [Paragraph(word, indent=True), People(_people(seats))]
    blocks += [Paragraph(_from_when(order), indent=True), DateLine(f"สั่ง ณ วันที่ {_in_words(order)}"), Signature()]
    return Document(
        title=f"คำสั่ง{order.body.name}",
        subtitle=f"เรื่อง {order.title}",
        blocks=tuple(blocks),
        note=NOTE,
        form="order",
        head=Head(number=str(order)),
    )


def _opening(order: Order) -> str:
    body = order.body.name
    if order.amends:
        return f"ให้แก้ไขเพิ่มเติมคำสั่ง{body} ที่ {order.amends} ลงวันที่ {thai_date(order.amends.issued_on, 'long')} ดังนี้"
    if order.replaces:
        old = f"คำสั่ง{body} ที่ {order.replaces} ลงวันที่ {thai_date(order.replaces.issued_on, 'long')}"
        return f"ให้ยกเลิก{old} และแต่งตั้งคณะกรรมการขึ้นใหม่ โดยมี{order.chair_post} เป็นประธานกรรมการ"
    return f"ให้แต่งตั้งคณะกรรมการ โดยมี{order.chair_post} เป็นประธานกรรมการ"


def _from_when(order: Order) -> str:
    if order.effective_on == order.issued_on:
        return "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป"
    return f"ทั้งนี้ ตั้งแต่วันที่ {thai_date(order.effective_on, 'long')} เป็นต้นไป"


def _in_words(order: Order) -> str:
    day = order.issued_on
    return f"{day.day} {MONTHS[day.month - 1]} พ.ศ. {day.year + ERA}"


def _people(seats: Iterable[Seat]) -> tuple[Person, ...]:
    return tuple(
        Person(name=seat.title, position=str(SeatRole(seat.role).label), number=f"{number}.")
        for number, seat in enumerate(seats, 1)
    )
