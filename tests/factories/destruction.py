"""Letters that are old enough to go, the lists that hold them, files of old registers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from phrom.agencies.models import Person
from phrom.letters.actions.destruction import propose
from phrom.letters.actions.importing import keep_file
from phrom.letters.models import (
    Attachment,
    Book,
    DestructionItem,
    DestructionList,
    Incoming,
    IncomingFile,
    Letter,
    Office,
    RegisterImport,
    Step,
    StepKind,
)
from phrom.letters.pages.old_registers import template_sheets
from phrom.shared.documents.xlsx import write_workbook
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import keep_made
from tests.factories.letters import make_accepted, make_clerk, make_draft, make_incoming, make_issued, make_recipient

OLD = datetime(2014, 3, 5, 4, 0, tzinfo=UTC)  # 5 March 2557: of ten years, kept to 31 December 2567
AFTER = datetime(2025, 1, 10, 4, 0, tzinfo=UTC)  # 10 January 2568
YEAR = 2567


def make_bytes(words: str) -> StoredFile:
    """A file with these words in it."""
    return keep_made([f"%PDF-1.7 {words}".encode()], content_type="application/pdf", at=OLD)


def make_old_letter(office: Office | None = None, *, at: datetime = OLD, canary: str = "", **more: Any) -> Letter:
    """A letter that went out on paper, with an attachment."""
    letter = make_draft(office, at=at, **({"text": canary} if canary else {}), **more)
    make_recipient(letter)
    Attachment.objects.create(letter=letter, file=make_bytes(f"แนบ {canary}"), name=f"{canary}.pdf", described=f"บัญชี {canary}")
    return make_issued(letter, by=letter.drafted_by, at=at)


def make_old_incoming(office: Office | None = None, *, at: datetime = OLD, canary: str = "", **more: Any) -> Incoming:
    """A letter that came on paper, was dealt with and closed."""
    incoming = make_accepted(make_incoming(office, at=at, note=canary, **more), at=at)
    by = make_clerk(incoming.office)
    IncomingFile.objects.create(incoming=incoming, file=make_bytes(f"มา {canary}"), name=f"{canary}.pdf", is_main=True)
    Step.objects.create(incoming=incoming, kind=StepKind.INSTRUCTED, text=f"ดำเนินการ {canary}", made_by=by, made_at=at)
    Incoming.objects.filter(pk=incoming.pk).update(closed_by=by, closed_at=at)
    return incoming


def make_list(office: Office, *, by: Person | None = None, at: datetime = AFTER, year: int = YEAR) -> DestructionList:
    """The list of a year, just made."""
    return propose(office=office, year=year, is_secret=False, by=by or make_clerk(office), at=at)


def make_item(office: Office) -> DestructionItem:
    """An item of a list of one letter."""
    make_old_incoming(office)
    return make_list(office).items.get()


def make_source(office: Office, *, by: Person | None = None, at: datetime = AFTER) -> RegisterImport:
    """A file of an old register that waits to be applied."""
    data = old_book_bytes([(1, date(2021, 2, 1), "กค 1", None, "กรมบัญชีกลาง", "", "เรื่องเดิม", "", "", "")])
    by = by or make_clerk(office)
    return keep_file(office=office, book=Book.RECEIVE, year=2564, data=data, name="ทะเบียนรับ 2564.xlsx", by=by, at=at)


def old_book_bytes(rows: list[tuple[Any, ...]]) -> bytes:
    """A file of received letters in the columns of the template."""
    stream = BytesIO()
    write_workbook(stream, [replace(template_sheets()[0], rows=rows)])
    return stream.getvalue()
