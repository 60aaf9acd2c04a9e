"""Offices, their clerks, numbers in their registers, letters out and in. Moments are passed in; the default is 11 June 2567."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.letters.actions.numbering import Columns, seal, take_number
from phrom.letters.actions.offices import office_of
from phrom.letters.models import (
    Book,
    Incoming,
    Letter,
    LetterKind,
    Office,
    Recipient,
    RegisterEntry,
    Secrecy,
    Via,
)
from phrom.letters.numbers import book_of, receive_book
from phrom.shared.documents.canonical import sha256_of, to_json
from phrom.shared.documents.content import Document, Paragraph
from tests.factories.agencies import make_agency, make_body, make_member

AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
CODE = "ชม 0017.2"
SUBJECT = "ขอเชิญประชุมคณะกรรมการขับเคลื่อนการพัฒนาจังหวัดสู่การเป็นรัฐบาลดิจิทัล"


def make_office(agency: Agency | None = None, letter_code: str = CODE, **more: Any) -> Office:
    """An office with a letter code; of a new agency of a new province unless one is given."""
    office = office_of(agency or make_agency(make_body()))
    Office.objects.filter(pk=office.pk).update(letter_code=letter_code, **more)
    return Office.objects.select_related("agency__body").get(pk=office.pk)


def make_clerk(office: Office, role: str = "clerk", name: str = "นางสาวคำแก้ว ใจดี") -> Person:
    """Somebody who numbers, sends and receives the office's letters."""
    return make_member(office.agency, role, name)


def make_entry(
    office: Office | None = None, book: str = Book.SEND, *, by: Person | None = None, at: datetime = AT
) -> RegisterEntry:
    """The next number of a book, used, without a letter in the system."""
    office = office or make_office()
    columns = Columns(subject=SUBJECT, from_name=office.agency.name, to_name="นายอำเภอทุกอำเภอ")
    with transaction.atomic():
        return take_number(office=office, book=book, columns=columns, by=by or make_clerk(office), at=at)


def make_draft(office: Office | None = None, *, by: Person | None = None, at: datetime = AT, **more: Any) -> Letter:
    """A draft of an external letter."""
    office = office or make_office()
    given: dict[str, Any] = {
        "kind": LetterKind.EXTERNAL,
        "subject": SUBJECT,
        "opening": "เรียน",
        "addressed_to": "นายอำเภอเมืองเชียงใหม่",
        "text": "ด้วยจังหวัดเชียงใหม่กำหนดประชุมคณะกรรมการ\n\nจึงเรียนมาเพื่อโปรดพิจารณา",
        "closing": "ขอแสดงความนับถือ",
        "signer_name": "นายนิรัตน์ พงษ์สิทธิถาวร",
        "signer_position": "ผู้ว่าราชการจังหวัดเชียงใหม่",
        "drafted_by": by or make_clerk(office),
        "drafted_at": at,
    }
    return Letter.objects.create(office=office, **{**given, **more})


def make_recipient(
    letter: Letter, office: Office | None = None, name: str = "ที่ว่าการอำเภอเมืองเชียงใหม่", **more: Any
) -> Recipient:
    """An addressee of a letter: an office of ours, or a name by hand."""
    given: dict[str, Any] = {"via": Via.HERE if office else Via.HAND, "office": office}
    given |= {"name": office.agency.name if office else name, "position": letter.recipients.count()}
    return Recipient.objects.create(letter=letter, **{**given, **more})


@transaction.atomic
def make_issued(letter: Letter | None = None, *, by: Person | None = None, at: datetime = AT) -> Letter:
    """A letter with its number and its document, sealed in the register; sent to nobody yet."""
    letter = letter or make_draft(at=at)
    by = by or letter.drafted_by
    book = book_of(letter.kind, letter.is_circular, letter.secrecy, letter.office)
    columns = Columns(subject=letter.subject, from_name=letter.office.agency.name, to_name=letter.addressed_to)
    entry = take_number(office=letter.office, book=book, columns=columns, by=by, at=at, circular=letter.is_circular)
    document = Document(letter.subject, (Paragraph(f"ที่ {entry.number_text}"), Paragraph(letter.text)), form="letter")
    letter.entry, letter.dated, letter.issued_by, letter.issued_at = entry, entry.dated, by, at
    letter.content, letter.sha256 = to_json(document), sha256_of(document)
    letter.save()
    seal(entry=entry, sha256=letter.sha256, by=by, at=at)
    return letter


def make_incoming(office: Office | None = None, *, at: datetime = AT, **more: Any) -> Incoming:
    """A letter on paper that reached an office and waits to be accepted."""
    given: dict[str, Any] = {
        "via": Via.HAND,
        "from_name": "กรมการปกครอง",
        "their_number": "มท 0305/ว 1234",
        "their_date": date(2024, 6, 7),
        "subject": "การขับเคลื่อนการใช้ระบบ e-Document ขององค์กรปกครองส่วนท้องถิ่น",
        "arrived_at": at,
    }
    return Incoming.objects.create(office=office or make_office(), **{**given, **more})


@transaction.atomic
def make_accepted(incoming: Incoming | None = None, *, by: Person | None = None, at: datetime = AT) -> Incoming:
    """A letter that came and has the office's own number."""
    incoming = incoming or make_incoming(at=at)
    by = by or make_clerk(incoming.office)
    columns = Columns(
        subject=incoming.subject,
        from_name=incoming.from_name,
        to_name=incoming.to_name or incoming.office.agency.name,
        their_number=incoming.their_number,
        their_date=incoming.their_date,
    )
    book = receive_book(incoming.secrecy)
    incoming.entry = take_number(office=incoming.office, book=book, columns=columns, by=by, at=at)
    incoming.accepted_by, incoming.accepted_at = by, at
    incoming.save()
    return incoming


def make_secret(office: Office | None = None, **more: Any) -> Letter:
    """A secret letter with its number, in the secret book."""
    return make_issued(make_draft(office, secrecy=Secrecy.SECRET, **more))
