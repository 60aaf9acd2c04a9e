"""The sheet that sets two orders side by side: what was known of both, seat by seat where both name their seats."""

from __future__ import annotations

from dataclasses import dataclass

from phrom.committee.difference import Difference, Pair, Placed
from phrom.committee.models import Order, SeatCategory, SeatRole
from phrom.shared.documents.content import Block, Column, Document, Heading, Paragraph, Table
from phrom.shared.thai.dates import thai_date

SEATS = (Column("ลำดับ", 1, "center"), Column("ตำแหน่ง", 7), Column("บทบาท", 3), Column("กลุ่ม", 4))
CHANGES = (Column("ลำดับ", 1, "center"), Column("ตำแหน่ง", 6), Column("เปลี่ยนแปลง", 6))


@dataclass(frozen=True)
class Comparison:
    """Two orders with how many seats each names; `difference` is None where one of them has no seats on record."""

    before: Order
    after: Order
    seats_before: int
    seats_after: int
    difference: Difference | None

    @property
    def without_seats(self) -> Order | None:
        """The order whose seats nobody recorded."""
        return self.before if not self.seats_before else self.after if not self.seats_after else None

    @property
    def chair_changed(self) -> bool:
        """True when another position is in the chair; by the seats, else by the post that each order names."""
        if self.difference is not None and self.difference.chair_before and self.difference.chair_after:
            return self.difference.chair_changed
        return self.before.chair_post != self.after.chair_post

    @property
    def summary(self) -> str:
        """What changed, in one sentence."""
        found = self.difference
        if found is None:
            return f"คำสั่งที่ {self.without_seats} ไม่มีรายชื่อตำแหน่งในระบบ จึงเทียบรายตำแหน่งไม่ได้"
        if found.is_empty:
            return "ตำแหน่งในคำสั่งทั้งสองฉบับตรงกันทุกตำแหน่ง"
        counts = (("เพิ่มใหม่", len(found.added)), ("สิ้นสุด", len(found.ended)), ("เปลี่ยนแปลง", len(found.changed)))
        told = " ".join(f"{word} {count} ตำแหน่ง" for word, count in counts if count)
        return f"{told} คงเดิม {len(found.kept)} ตำแหน่ง"


def difference_document(comparison: Comparison) -> Document:
    """The sheet as a paper in Thai digits."""
    before, after = comparison.before, comparison.after
    blocks: list[Block] = [Paragraph(comparison.summary, indent=True), _orders(comparison), Heading("ประธานกรรมการ", 2)]
    blocks.append(Paragraph(_chair(comparison), indent=True))
    found = comparison.difference
    if found is not None:
        blocks += _seats("ตำแหน่งที่เพิ่มใหม่", found.added)
        blocks += _seats("ตำแหน่งที่สิ้นสุด", found.ended)
        blocks += _changes(found.changed)
    return Document(
        title="ข้อแตกต่างของคำสั่งแต่งตั้งคณะกรรมการ",
        subtitle=f"คำสั่ง{before.body.name} ที่ {before} กับ คำสั่ง{after.body.name} ที่ {after}",
        blocks=tuple(blocks),
        digits="thai",
    )


def _orders(comparison: Comparison) -> Table:
    before, after = comparison.before, comparison.after
    rows = (
        ("สั่ง ณ วันที่", thai_date(before.issued_on, "long"), thai_date(after.issued_on, "long")),
        ("มีผลตั้งแต่", thai_date(before.effective_on, "long"), thai_date(after.effective_on, "long")),
        ("ประธานกรรมการ", before.chair_post, after.chair_post),
        ("จำนวนตำแหน่ง", _count(before, comparison.seats_before), _count(after, comparison.seats_after)),
        ("องค์ประชุม", before.get_quorum_display(), after.get_quorum_display()),
    )
    return Table((Column("", 2.5), Column(f"คำสั่งที่ {before}", 5), Column(f"คำสั่งที่ {after}", 5)), rows)


def _count(order: Order, seats: int) -> str:
    return f"{seats or order.seat_count} ตำแหน่ง" if seats or order.seat_count else "ไม่ได้บันทึก"


def _chair(comparison: Comparison) -> str:
    before, after = comparison.before.chair_post, comparison.after.chair_post
    return f"เปลี่ยนจาก {before} เป็น {after}" if comparison.chair_changed else f"คงเดิม คือ {after}"


def _seats(title: str, placed: tuple[Placed, ...]) -> tuple[Block, ...]:
    if not placed:
        return ()
    rows = tuple(
        (str(each.place), each.seat.title, str(SeatRole(each.seat.role).label), str(SeatCategory(each.seat.category).label))
        for each in placed
    )
    return Heading(title, 2), Table(SEATS, rows)


def _changes(pairs: tuple[Pair, ...]) -> tuple[Block, ...]:
    if not pairs:
        return ()
    rows = tuple((str(pair.place_after), pair.after.title, "\n".join(pair.words)) for pair in pairs)
    return Heading("ตำแหน่งที่เปลี่ยนแปลง", 2), Table(CHANGES, rows)
