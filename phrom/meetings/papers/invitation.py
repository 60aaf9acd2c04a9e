"""The invitation (หนังสือเชิญประชุม): a letter to seats outside the province's own offices, a memo to those inside (ข้อ 11 and 12).

Both carry the agenda, the papers and the answer form (แบบตอบรับ), and the list of those they go to.
"""

from __future__ import annotations

from collections.abc import Sequence

from phrom.agencies.models import Letterhead
from phrom.agencies.paperwork import letterhead_of
from phrom.committee.models import SeatRole
from phrom.committee.roster import Line, Roster
from phrom.meetings.models import Meeting, Paper, PaperKind
from phrom.meetings.papers.words import committee_name, number_words, place_words, short_name, when_words
from phrom.meetings.recipients import is_inside
from phrom.shared.documents.content import (
    Blanks,
    Block,
    Column,
    Document,
    Field,
    Head,
    OfficeLines,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)
from phrom.shared.thai.dates import thai_date

LETTER, MEMO = "letter", "memo"
ENDING = "จึงเรียนมาเพื่อโปรดมาประชุมตามวัน เวลา และสถานที่ดังกล่าว"
OTHERWISE = "หากไม่อาจมาประชุมได้ โปรดมอบหมายผู้แทนและส่งแบบตอบรับก่อนวันประชุม"
TO_ALL = "กรรมการตามบัญชีรายชื่อแนบท้าย"
ANSWERS: tuple[Block, ...] = (
    Paragraph("(     ) มาประชุมด้วยตนเอง"),
    Blanks(("(     ) มอบหมายผู้แทนมาประชุม ชื่อ",)),
    Blanks(("ตำแหน่ง", "โทรศัพท์"), indent=1),
    Blanks(("(     ) ไม่สามารถมาประชุม เนื่องจาก",)),
)


def invitation_documents(meeting: Meeting, sitting: Roster | None) -> dict[str, Document]:
    """The papers of the invitation by kind: a letter, a memo or both, as the seats need it. Two queries."""
    enclosed = enclosures(meeting)
    letterhead = letterhead_of(meeting.body)
    forms = {LETTER: _letter, MEMO: _memo}
    return {kind: forms[kind](meeting, letterhead, sitting, to, enclosed) for kind, to in addressed(sitting).items()}


def addressed(sitting: Roster | None) -> dict[str, Sequence[Line]]:
    """To which seats a letter goes and to which a memo; without seats a letter to all."""
    lines = sitting.lines if sitting else ()
    inside = [line for line in lines if is_inside(line)]
    outside = [line for line in lines if not is_inside(line)]
    return {**({LETTER: outside} if outside or not lines else {}), **({MEMO: inside} if inside else {})}


def whom_words(meeting: Meeting, to: Sequence[Line]) -> str:
    """Who is addressed: the one seat, all of a list, or the committee."""
    return to[0].seat.title if len(to) == 1 else TO_ALL if to else f"กรรมการใน{short_name(meeting)}"


def enclosures(meeting: Meeting) -> tuple[str, ...]:
    """What goes with the invitation, each with its count. A query."""
    attached = Paper.objects.filter(item__meeting=meeting, item__withdrawn_at=None, kind=PaperKind.ATTACHED).count()
    named = ["ระเบียบวาระการประชุม จำนวน 1 ชุด"]
    named += [f"เอกสารประกอบการประชุม จำนวน {attached} รายการ"] if attached else []
    named.append("แบบตอบรับการประชุม จำนวน 1 ฉบับ")
    return tuple(named)


def _letter(
    meeting: Meeting, letterhead: Letterhead, sitting: Roster | None, to: Sequence[Line], enclosed: tuple[str, ...]
) -> Document:
    blocks: list[Block] = [
        *_opening(meeting, to),
        Field("อ้างถึง", (_order_words(meeting),)),
        Field("สิ่งที่ส่งมาด้วย", tuple(f"{number}. {name}" for number, name in enumerate(enclosed, 1))),
        *_body(meeting),
        Paragraph(ENDING, indent=True),
        _signature(sitting, "ขอแสดงความนับถือ"),
        OfficeLines(tuple(filter(None, (f"ฝ่ายเลขานุการ{short_name(meeting)}", letterhead.telephone)))),
        *_appendix(meeting, to),
    ]
    head = _head(meeting, letterhead, letterhead.lines, meeting.letter_number)
    return Document(invitation_title(meeting), tuple(blocks), form="letter", head=head)


def _memo(
    meeting: Meeting, letterhead: Letterhead, sitting: Roster | None, to: Sequence[Line], enclosed: tuple[str, ...]
) -> Document:
    *first, last = enclosed
    blocks: list[Block] = [
        *_opening(meeting, to, memo=True),
        *_body(meeting),
        Paragraph(f"พร้อมนี้ได้ส่ง{' '.join(first)} และ{last} มาด้วยแล้ว", indent=True),
        Paragraph(ENDING, indent=True),
        _signature(sitting, ""),
        *_appendix(meeting, to),
    ]
    head = _head(meeting, letterhead, (letterhead.memo_line,), meeting.memo_number or meeting.letter_number)
    return Document(invitation_title(meeting), tuple(blocks), form="memo", head=head)


def invitation_title(meeting: Meeting) -> str:
    """The subject of letter and memo."""
    return f"ขอเชิญประชุม{short_name(meeting)} {number_words(meeting)}"


def _head(meeting: Meeting, letterhead: Letterhead, office: tuple[str, ...], number: str) -> Head:
    day = thai_date(meeting.letter_date, "long") if meeting.letter_date else ""
    return Head(number=letterhead.numbered(number), office=office, date=day)


def _opening(meeting: Meeting, to: Sequence[Line], *, memo: bool = False) -> list[Block]:
    return [Field("เรื่อง", (invitation_title(meeting),), bold_label=memo), Field("เรียน", (whom_words(meeting, to),))]


def _order_words(meeting: Meeting) -> str:
    order = meeting.order
    return f"คำสั่ง{meeting.body.name} ที่ {order} ลงวันที่ {thai_date(order.issued_on, 'long')}"


def _body(meeting: Meeting) -> list[Block]:
    place = place_words(meeting)
    where = f" ณ {place}" if place else ""
    link = f" โดยเข้าประชุมทาง {meeting.online_link}" if meeting.online_link else ""
    return [
        Paragraph(f"ตามที่{_order_words(meeting)} แต่งตั้งท่านเป็นกรรมการใน{committee_name(meeting)} นั้น", indent=True),
        Paragraph(
            f"จึงขอเชิญประชุม{short_name(meeting)} {number_words(meeting)} ใน{when_words(meeting)}{where}{link} {OTHERWISE}",
            indent=True,
        ),
    ]


def _signature(sitting: Roster | None, closing: str) -> Signature:
    """The secretary signs, by the seat that the order names; without one the lines stay open."""
    lines = sitting.lines if sitting else ()
    secretary = next((line for line in lines if line.seat.role == SeatRole.MEMBER_SECRETARY), None)
    if secretary is None:
        return Signature(closing=closing)
    name = secretary.holder.name if secretary.holder else ""
    return Signature(name=name, position=(secretary.seat.title, "กรรมการและเลขานุการ"), closing=closing)


def _appendix(meeting: Meeting, to: Sequence[Line]) -> list[Block]:
    listed = [_addressees(to)] if len(to) > 1 else []
    heading: list[Block] = [PageBreak(), Paragraph("บัญชีรายชื่อแนบท้าย", bold=True, align="center")] if listed else []
    return [*heading, *listed, *_answer_form(meeting)]


def _addressees(to: Sequence[Line]) -> Table:
    rows = tuple((str(number), line.seat.title) for number, line in enumerate(to, 1))
    return Table((Column("ลำดับ", 1, "center"), Column("ตำแหน่ง", 9)), rows)


def _answer_form(meeting: Meeting) -> list[Block]:
    place = place_words(meeting)
    said = [short_name(meeting), f"{number_words(meeting)} {when_words(meeting)}", *([f"ณ {place}"] if place else [])]
    return [
        PageBreak(),
        Paragraph("แบบตอบรับการประชุม", bold=True, align="center"),
        Paragraph("\n".join(said), align="center"),
        *(Blanks((label,)) for label in ("ชื่อ", "ตำแหน่ง", "หน่วยงาน")),
        Paragraph("ขอแจ้งว่า"),
        *ANSWERS,
        Signature(),
        Paragraph("โปรดส่งกลับฝ่ายเลขานุการก่อนวันประชุม หรือตอบในระบบพร้อมที่หน้าการประชุมครั้งนี้", small=True),
    ]
