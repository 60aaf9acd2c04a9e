"""An old register from a file, read and shown before it is imported; the file itself waits in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.letters.models import SECRET_BOOKS, Book, Office, Register, RegisterImport
from phrom.letters.register_columns import ACTION, DATED, FROM, NUMBER, OWN, REMARK, STATE, SUBJECT, THEIR_DATE, TO
from phrom.letters.register_file import OldBook, OldEntry, ReadRegister, read_register_file
from phrom.letters.scopes import REGISTERS, SECRETS, offices_within
from phrom.shared.documents.xlsx import Sheet
from phrom.shared.files import store

SHOWN_FIRST, SHOWN_LAST = 15, 5


@dataclass(frozen=True)
class ImportPage:
    """Where a file may go: the person's offices, and the books that they keep there."""

    offices: tuple[Office, ...]
    books: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Preview:
    """What will be written: lines, numbers that the file leaves out, and where the counter goes on."""

    source: RegisterImport
    read: ReadRegister
    gaps: tuple[int, ...]

    @property
    def shown(self) -> Sequence[OldEntry]:
        """The first lines and the last ones."""
        entries = self.read.entries
        return entries if len(entries) <= SHOWN_FIRST + SHOWN_LAST else [*entries[:SHOWN_FIRST], *entries[-SHOWN_LAST:]]

    @property
    def last(self) -> int:
        """The last number."""
        return self.read.entries[-1].number

    @property
    def voided(self) -> int:
        """How many numbers the file itself calls void."""
        return sum(1 for entry in self.read.entries if entry.state == "void")


def import_page(access: Access) -> ImportPage:
    """The offices whose registers the person keeps; secret books only where they also handle secret letters."""
    offices = tuple(offices_within(access, REGISTERS))
    books = tuple((str(value), str(label)) for value, label in Book.choices if value not in SECRET_BOOKS)
    if set(access.agency_ids(REGISTERS)) & set(access.agency_ids(SECRETS)):
        books = tuple((str(value), str(label)) for value, label in Book.choices)
    return ImportPage(offices, books)


def office_for(access: Access, page: ImportPage, office_id: int, book: str) -> Office:
    """One of the offices of the page, for this book; 404 else."""
    office = next((each for each in page.offices if each.pk == office_id), None)
    if office is None or (book in SECRET_BOOKS and office.agency_id not in access.agency_ids(SECRETS)):
        raise Http404
    return office


def read_for(office: Office, book: str, year: int, data: bytes, today: date) -> ReadRegister:
    """What a file says for this register as it stands. Refuses TableTooLarge and WrongKind."""
    return read_register_file(data, old_book(office, book, year, today))


def old_book(office: Office, book: str, year: int, today: date) -> OldBook:
    """Which book a file must fit; one query."""
    register = Register.objects.filter(office=office, book=book, year=year).first()
    return OldBook(book, year, register.last_number if register else 0, today)


def source_for(access: Access, import_id: int) -> RegisterImport:
    """A file that the person may import: of an office whose registers, and whose secrets where it is of those, they handle."""
    rows = RegisterImport.objects.filter(office__agency__in=access.agency_ids(REGISTERS)).select_related(
        "office__agency", "file", "read_by"
    )
    found = get_object_or_404(rows, pk=import_id)
    if found.book in SECRET_BOOKS and found.office.agency_id not in access.agency_ids(SECRETS):
        raise Http404
    return found


def preview(source: RegisterImport, today: date) -> Preview:
    """What the kept file says now; problems where the register has moved on meanwhile. Refuses DamagedFile."""
    read = read_for(source.office, source.book, source.year, b"".join(store.read(source.file)), today)
    after = old_book(source.office, source.book, source.year, today).after
    return Preview(source, read, tuple(read.gaps(after)) if not read.problems else ())


def template_sheets() -> tuple[Sheet, Sheet, Sheet]:
    """The file to fill in: a sheet for what was received, one for what was sent, and how to fill them in."""
    received = (f"{NUMBER}รับ", f"{DATED}รับ", OWN, THEIR_DATE, FROM, TO, SUBJECT, ACTION, REMARK, STATE)
    sent = (f"{NUMBER}ส่ง", OWN, THEIR_DATE, FROM, TO, SUBJECT, ACTION, REMARK, STATE)
    widths = (14, 16, 24, 16, 32, 32, 60, 24, 24, 24)
    notes = (
        ("หนึ่งแถวคือหนึ่งเลขทะเบียน แยกไฟล์ตามทะเบียนและตามปี พ.ศ. จะแยกแผ่นงานตามเดือนก็ได้",),
        ("วันที่ใช้ พ.ศ. หรือ ค.ศ. และเลขไทยได้ เช่น ๑๑ มิ.ย. ๒๕๖๖, 11/6/2566",),
        (f"เลขที่ยกเลิก ให้เขียนในช่อง {STATE} ว่า ยกเลิก: เหตุผล หรือขึ้นต้นหมายเหตุด้วยคำว่า ยกเลิก",),
        ("เลขที่ไม่มีในไฟล์จะปรากฏในทะเบียนว่า ไม่มีในไฟล์เดิม",),
    )
    return (
        Sheet("ทะเบียนรับ", received, [], widths=widths),
        Sheet("ทะเบียนส่ง", sent, [], widths=(widths[0], *widths[2:])),
        Sheet("วิธีกรอก", ("วิธีกรอก",), notes, widths=(110,)),
    )
