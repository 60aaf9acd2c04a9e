"""What a letter says on paper: six forms, each with its parts in the order of the regulation (forms 1, 2, 3, 4, 7 and 10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from phrom.agencies.models import Agency, AgencyKind, Letterhead
from phrom.agencies.paperwork import letterhead_of
from phrom.letters.models import Letter, LetterKind, Secrecy, Speed
from phrom.shared.documents.content import (
    Block,
    Column,
    DateLine,
    Document,
    Field,
    Form,
    Head,
    OfficeLines,
    PageBreak,
    Paragraph,
    Signature,
    Stamp,
    Table,
)
from phrom.shared.thai.dates import thai_date

OPENING, CLOSING = "เรียน", "ขอแสดงความนับถือ"
ALL_LISTED = "ตามบัญชีรายชื่อแนบท้าย"
LISTED = "บัญชีรายชื่อแนบท้าย"
NOT_DATED = "...... เดือน .................... พ.ศ. ........"


@dataclass(frozen=True)
class _Told:
    """All that the forms draw on, read once."""

    letter: Letter
    letterhead: Letterhead
    issuer: str
    number: str
    dated: date | None
    recipients: tuple[str, ...]
    references: tuple[str, ...]
    enclosed: tuple[str, ...]

    @property
    def day(self) -> str:
        """ "11 มิถุนายน 2567"; nothing on a draft."""
        return thai_date(self.dated, "long") if self.dated else ""

    @property
    def full_day(self) -> str:
        """ "11 มิถุนายน พ.ศ. 2567", or dots to fill in."""
        if self.dated is None:
            return NOT_DATED
        day, month, year = thai_date(self.dated, "long").split(" ")
        return f"{day} {month} พ.ศ. {year}"

    def head(self, office: tuple[str, ...] = (), day: str = "") -> Head:
        """The head with the marks of how urgent and how secret the letter is."""
        speed = "" if self.letter.speed == Speed.NORMAL else self.letter.get_speed_display()
        secrecy = "" if self.letter.secrecy == Secrecy.NORMAL else self.letter.get_secrecy_display()
        return Head(self.number, office, day, speed, secrecy)


def letter_document(letter: Letter, *, number_text: str, dated: date | None) -> Document:
    """The letter as a paper; a draft has no number and no date yet. Four queries, whatever the number of recipients."""
    owner = paper_owner(letter.office.agency)
    told = _Told(
        letter,
        letterhead_of(owner),
        _issuer(letter),
        number_text,
        dated,
        tuple(one.name for one in letter.recipients.all()),
        tuple(one.text for one in letter.references.all()),
        tuple(one.described for one in letter.attachments.all()),
    )
    return _FORMS[LetterKind(letter.kind)](told)


def paper_owner(agency: Agency) -> Agency:
    """Whose letterhead, emblem and templates an office's papers have: its own, or for the provincial office the body's."""
    own = Letterhead.objects.filter(body=agency).exists()
    return agency if own or agency.kind != AgencyKind.PROVINCIAL_OFFICE else agency.own_body


def _issuer(letter: Letter) -> str:
    """In whose name orders and announcements are made: the provincial office makes those of the province."""
    agency = letter.office.agency
    return agency.own_body.name if agency.kind == AgencyKind.PROVINCIAL_OFFICE else agency.name


def _external(told: _Told) -> Document:
    blocks = (
        Field("เรื่อง", (told.letter.subject,)),
        Field(told.letter.opening or OPENING, (_addressee(told),)),
        *_listed("อ้างถึง", told.references),
        *_listed("สิ่งที่ส่งมาด้วย", told.enclosed),
        *_text(told.letter.text),
        _signature(told, told.letter.closing or CLOSING),
        *_in_charge(told),
        *_appendix(told),
    )
    return _paper(told, "letter", blocks, told.head(told.letterhead.lines, told.day))


def _memo(told: _Told) -> Document:
    """What was written before and what goes along is said in the text of a memo (ข้อ 12.5)."""
    before = (Paragraph(f"อ้างถึง {' และ'.join(told.references)}", indent=True),) if told.references else ()
    *first, last = told.enclosed or ("",)
    along = f"{' '.join(first)} และ{last}" if first else last
    blocks = (
        Field("เรื่อง", (told.letter.subject,), bold_label=True),
        Field(told.letter.opening or OPENING, (_addressee(told),)),
        *before,
        *_text(told.letter.text),
        *((Paragraph(f"พร้อมนี้ได้ส่ง {along} มาด้วยแล้ว", indent=True),) if told.enclosed else ()),
        _signature(told),
        *_copies(told),
        *_appendix(told),
    )
    office = told.letter.contact.replace("\n", " ").strip() or told.letterhead.memo_line
    return _paper(told, "memo", blocks, told.head((office,), told.day))


def _stamped(told: _Told) -> Document:
    """No subject and no signature: the office's stamp, with the initials of who answers for it."""
    blocks = (
        Field("ถึง", (_addressee(told),)),
        *_text(told.letter.text),
        *_listed("สิ่งที่ส่งมาด้วย", told.enclosed),
        Stamp(told.letter.office.agency.name, told.day),
        *_in_charge(told),
        *_appendix(told),
    )
    return _paper(told, "stamped", blocks, told.head())


def _order(told: _Told) -> Document:
    return _made_known(told, "order", "คำสั่ง", "สั่ง ณ วันที่")


def _announcement(told: _Told) -> Document:
    return _made_known(told, "announcement", "ประกาศ", "ประกาศ ณ วันที่")


def _made_known(told: _Told, form: Form, word: str, did: str) -> Document:
    blocks = (*_text(told.letter.text), DateLine(f"{did} {told.full_day}"), _signature(told), *_enclosed_with_order(told))
    return _paper(told, form, blocks, told.head(), f"{word}{told.issuer}", f"เรื่อง {told.letter.subject}")


def _certificate(told: _Told) -> Document:
    blocks = (*_text(told.letter.text), DateLine(f"ให้ไว้ ณ วันที่ {told.full_day}"), _signature(told))
    return _paper(told, "certificate", blocks, told.head(told.letterhead.lines))


_FORMS: dict[LetterKind, Callable[[_Told], Document]] = {
    LetterKind.EXTERNAL: _external,
    LetterKind.MEMO: _memo,
    LetterKind.STAMPED: _stamped,
    LetterKind.ORDER: _order,
    LetterKind.ANNOUNCEMENT: _announcement,
    LetterKind.CERTIFICATE: _certificate,
}


def _paper(told: _Told, form: Form, blocks: tuple[Block, ...], head: Head, title: str = "", subtitle: str = "") -> Document:
    return Document(title or told.letter.subject, blocks, subtitle=subtitle, form=form, head=head)


def _addressee(told: _Told) -> str:
    """As it was drafted; many recipients are listed at the end, and the line says so."""
    named = told.letter.addressed_to.strip()
    if len(told.recipients) > 1:
        return named if ALL_LISTED in named else f"{named or 'ผู้รับ'} {ALL_LISTED}"
    return named or "".join(told.recipients)


def _listed(label: str, lines: tuple[str, ...]) -> tuple[Block, ...]:
    """A field of one line, or of several with their numbers; nothing without lines."""
    if not lines:
        return ()
    return (Field(label, lines if len(lines) == 1 else tuple(f"{number}. {line}" for number, line in enumerate(lines, 1))),)


def _text(text: str) -> tuple[Block, ...]:
    """Each line of the text as a paragraph with the indent of official papers."""
    return tuple(Paragraph(line.strip(), indent=True) for line in text.splitlines() if line.strip())


def _signature(told: _Told, closing: str = "") -> Signature:
    """Name, own position, and for whom the signer acts ("ปลัดจังหวัด รักษาราชการแทน / ผู้ว่าราชการจังหวัด...")."""
    lines = [*told.letter.signer_position.splitlines(), *told.letter.acting_for.splitlines()]
    return Signature(told.letter.signer_name, tuple(line.strip() for line in lines if line.strip()), closing)


def _in_charge(told: _Told) -> tuple[Block, ...]:
    """The office in charge with its telephone, as drafted or from the letterhead, then copies to."""
    contact = [line.strip() for line in told.letter.contact.splitlines() if line.strip()]
    lines = contact or [told.letter.office.agency.name, *([told.letterhead.telephone] if told.letterhead.phone else [])]
    return (OfficeLines((*lines, *_copy_lines(told))),)


def _copies(told: _Told) -> tuple[Block, ...]:
    lines = _copy_lines(told)
    return (OfficeLines(lines),) if lines else ()


def _copy_lines(told: _Told) -> tuple[str, ...]:
    to = " ".join(told.letter.copies_to.split("\n")).strip()
    return (f"สำเนาส่ง {to}",) if to else ()


def _enclosed_with_order(told: _Told) -> tuple[Block, ...]:
    """An order names in its text what is annexed to it; here stands the list, so that no annex is lost."""
    return (OfficeLines(("สิ่งที่แนบท้าย", *told.enclosed)),) if told.enclosed else ()


def _appendix(told: _Told) -> tuple[Block, ...]:
    """The list of recipients, on a page of its own."""
    if len(told.recipients) < 2:
        return ()
    rows = tuple((str(number), name) for number, name in enumerate(told.recipients, 1))
    heading = f"{LISTED}\nหนังสือ{told.letterhead.office or told.issuer}"
    if told.number:
        heading += f" ที่ {told.number}" + (f" ลงวันที่ {told.day}" if told.day else "")
    return (
        PageBreak(),
        Paragraph(heading, bold=True, align="center"),
        Table((Column("ลำดับ", 1, "center"), Column("ผู้รับ", 9)), rows),
    )
