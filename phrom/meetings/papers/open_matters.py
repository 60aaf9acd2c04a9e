"""เรื่องสืบเนื่อง: what is open of an earlier resolution, as it is printed in the next agenda."""

from __future__ import annotations

from datetime import date

from phrom.meetings.models import NoteKind
from phrom.meetings.open_matters import Followed, Matter
from phrom.shared.documents.content import Block, Column, Paragraph, Table
from phrom.shared.thai.dates import thai_date

COLUMNS = (
    Column("ที่", 0.5, "center"),
    Column("หน่วยงาน", 2.4),
    Column("ครบกำหนด", 1.3, "center"),
    Column("เลยกำหนด (วัน)", 1, "center"),
    Column("ความคืบหน้าล่าสุด", 2.6),
)
SHOWN = 400


def open_matters_blocks(found: Followed, on: date) -> tuple[Block, ...]:
    """The resolution in its words, how many offices are open and late, and their table."""
    late = len(found.late)
    counted = f"หน่วยงานที่ยังดำเนินการไม่แล้วเสร็จ {len(found.matters)} หน่วยงาน" + (f" เลยกำหนด {late} หน่วยงาน" if late else "")
    return (
        Paragraph(f"ตาม{found.resolution} {found.resolution.text}", indent=True),
        Paragraph(f"ณ วันที่ {thai_date(on, 'long')} {counted} ดังนี้", indent=True),
        Table(COLUMNS, tuple(_row(number, matter) for number, matter in enumerate(found.matters, 1))),
    )


def all_done_blocks(on: date) -> tuple[Block, ...]:
    """What stands there when every office has finished since the item was put on the agenda."""
    return (Paragraph(f"ณ วันที่ {thai_date(on, 'long')} ทุกหน่วยงานดำเนินการตามมติแล้วเสร็จ", indent=True),)


def _row(number: int, matter: Matter) -> tuple[str, ...]:
    follow_up = matter.follow_up
    late = str(matter.days_late) if matter.days_late else "-"
    return (str(number), follow_up.agency.name, thai_date(follow_up.due_on), late, newest_words(matter))


def newest_words(matter: Matter) -> str:
    """The last step in words: what kind, and what was said."""
    newest = matter.newest
    if newest is None:
        return f"หนังสือที่ {matter.sent.number} {matter.sent.state[1]}" if matter.sent else "ยังไม่รายงาน"
    said = newest.text if len(newest.text) <= SHOWN else f"{newest.text[:SHOWN]}…"
    return said if newest.kind == NoteKind.PROGRESS else f"{newest.get_kind_display()}: {said}"
