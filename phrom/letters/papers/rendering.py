"""A letter as PDF and as a Word file: before it is issued from the draft, from then on from the content that was frozen."""

from __future__ import annotations

from datetime import datetime

from phrom.agencies.paperwork import docx_for, pdf_for
from phrom.letters.models import Incoming, Letter
from phrom.letters.papers import signing
from phrom.letters.papers.ecms import attached_ecms
from phrom.letters.papers.letter import letter_document, paper_owner
from phrom.letters.papers.metadata import attached_metadata
from phrom.shared.documents.canonical import from_json
from phrom.shared.documents.content import Document
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal


class LetterDestroyed(Refusal):
    """The letter was destroyed by the rules: its number stays in the register, its words and files are gone."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "หนังสือฉบับนี้ทำลายแล้วตามบัญชีหนังสือขอทำลาย จึงไม่มีเนื้อหาและไฟล์ให้เปิด เลขและรายการในทะเบียนยังอยู่ครบ กรุณาดูที่ทะเบียน",
            "This letter was destroyed by the rules, and nothing of it can be opened. Its number stands in the register.",
        )


def document_of(letter: Letter) -> Document:
    """What the letter says: as it was issued, or as the draft says now. Refuses LetterDestroyed."""
    if letter.content is not None:
        return from_json(letter.content)
    if letter.is_issued:
        raise LetterDestroyed
    return letter_document(letter, number_text="", dated=None)


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF; an issued one as PDF/A-3 with its data inside, signed where a key is set.

    Refuses LetterDestroyed, CannotPrint, DamagedFile and, never handing out an unsigned PDF instead, CannotSign.
    """
    owner, document = paper_owner(letter.office.agency), document_of(letter)
    if letter.issued_at is None:
        return pdf_for(owner, document)
    made = pdf_for(owner, document, archived_at=letter.issued_at, attached=(attached_metadata(letter), *attached_ecms(letter)))
    return signing.signed(made) if signing.is_configured() else made


def received_pdf(incoming: Incoming, letter: Letter) -> bytes:
    """A letter as it came, from the receiver's own copy: its sender destroyed theirs first. Refuses LetterDestroyed."""
    if incoming.is_destroyed or incoming.content is None:
        raise LetterDestroyed
    return pdf_for(paper_owner(letter.office.agency), from_json(incoming.content))


def refuse_unprintable(letter: Letter, at: datetime) -> None:
    """Refuses CannotPrint for a draft with a letter that no kept paper can show, before a number is used for it."""
    if letter.content is None:
        document = letter_document(letter, number_text="1", dated=local_date(at))
        pdf_for(paper_owner(letter.office.agency), document, archived_at=at)


def letter_docx(letter: Letter) -> bytes:
    """The letter as a Word file. Refuses LetterDestroyed, DamagedFile and TemplateBroken."""
    return docx_for(paper_owner(letter.office.agency), document_of(letter))
