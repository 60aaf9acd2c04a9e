"""คัดสำเนามติ: one resolution as it stands in the minutes, certified by whoever signs it."""

from __future__ import annotations

from datetime import date

from phrom.meetings.models import Resolution
from phrom.meetings.papers.minutes import heading_of, item_heading, resolution_block
from phrom.shared.documents.content import Block, Document, Paragraph, Signature
from phrom.shared.thai.dates import thai_date

TITLE = "สำเนามติที่ประชุม"
CERTIFIED = "สำเนาถูกต้อง"


def extract_document(resolution: Resolution, *, on: date) -> Document:
    """The resolution under its item, with "สำเนาถูกต้อง" and room for a signature; says so while the minutes are not adopted."""
    item = resolution.item
    blocks: list[Block] = [item_heading(item.parent)] if item.parent else []
    blocks += [item_heading(item), *resolution_block([resolution])]
    if resolution.due_on is not None:
        blocks.append(Paragraph(f"กำหนดให้แล้วเสร็จภายในวันที่ {thai_date(resolution.due_on, 'long')}", indent=True))
    blocks.append(Paragraph(_standing(resolution), indent=True))
    blocks.append(Signature("", ("ตำแหน่ง ........................................", f"วันที่ {thai_date(on, 'long')}"), CERTIFIED))
    return Document(TITLE, tuple(blocks), subtitle=heading_of(item.meeting), form="extract")


def _standing(resolution: Resolution) -> str:
    minutes = getattr(resolution.item.meeting, "minutes", None)
    if minutes is None or minutes.adopted_in is None:
        return "(คัดจากมติที่ฝ่ายเลขานุการบันทึกไว้ รายงานการประชุมครั้งนี้ยังไม่ได้รับรอง)"
    return f"(รายงานการประชุมครั้งนี้รับรองแล้วในการประชุมครั้งที่ {minutes.adopted_in})"
