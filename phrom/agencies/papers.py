"""A short made-up paper of every form, for looking at a letterhead or a template before a real paper is made with it."""

from __future__ import annotations

from phrom.agencies.models import Letterhead
from phrom.shared.documents.content import (
    Block,
    Clause,
    DateLine,
    Document,
    Field,
    Form,
    Head,
    OfficeLines,
    Paragraph,
    People,
    Person,
    Signature,
)

_TEXT = Paragraph(
    "ข้อความตัวอย่าง ใช้ดูระยะขอบ ย่อหน้า แบบอักษร และเลขไทย 1234567890 ของแบบเอกสารนี้ ข้อความจริงมาจากการประชุมและคำสั่งที่บันทึกไว้ในระบบ",
    indent=True,
)
_SIGNED = Signature("ชื่อผู้ลงนาม", ("ตำแหน่งผู้ลงนาม",))
_MEETING = "คณะกรรมการตัวอย่าง\nครั้งที่ 1/2567"
_ITEM: tuple[Block, ...] = (
    Field("ระเบียบวาระที่ 1", ("เรื่องประธานแจ้งที่ประชุมทราบ",), bold=True),
    Clause("1.1", "เรื่องตัวอย่าง", bold=True),
    _TEXT,
    Field("มติที่ประชุม", ("รับทราบ",), bold_label=True),
)
_PEOPLE = People((Person("ชื่อกรรมการ", "ตำแหน่ง", "ประธาน", number="1."),), "ผู้มาประชุม")
_TITLES = {"agenda": "ระเบียบวาระการประชุม", "minutes": "รายงานการประชุม", "extract": "คัดสำเนามติที่ประชุม"}


def specimen(letterhead: Letterhead, form: Form) -> Document:
    """The made-up paper of the form under this letterhead."""
    if form in ("letter", "memo"):
        return _letter(letterhead, form)
    if form == "order":
        blocks: tuple[Block, ...] = (_TEXT, DateLine("สั่ง ณ วันที่ 11 มิถุนายน พ.ศ. 2567"), _SIGNED)
        title = f"คำสั่ง{letterhead.body.name}"
        return Document(title, blocks, subtitle="เรื่อง ตัวอย่างคำสั่ง", form=form, head=Head(number="1/2567"))
    people = (_PEOPLE,) if form == "minutes" else ()
    signed = () if form == "agenda" else (_SIGNED,)
    return Document(_TITLES[form], (*people, *_ITEM, *signed), subtitle=_MEETING, form=form)


def _letter(letterhead: Letterhead, form: Form) -> Document:
    memo = form == "memo"
    office = (letterhead.memo_line,) if memo else letterhead.lines
    closing = _SIGNED if memo else Signature(_SIGNED.name, _SIGNED.position, closing="ขอแสดงความนับถือ")
    contact = () if memo else (OfficeLines(tuple(line for line in (letterhead.office, letterhead.telephone) if line)),)
    fields = (Field("เรื่อง", ("ตัวอย่างหนังสือ",), bold_label=memo), Field("เรียน", ("ผู้รับหนังสือ",)))
    head = Head(letterhead.numbered("1234"), office, "11 มิถุนายน 2567")
    return Document("ตัวอย่างหนังสือ", (*fields, _TEXT, closing, *contact), form=form, head=head)
