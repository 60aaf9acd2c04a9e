"""A register to take away: which parts there are, and one of them with its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth
from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.letters.models import SECRET_BOOKS, Register, RegisterEntry
from phrom.letters.papers.register import register_sheet
from phrom.letters.scopes import REGISTERS, registers_within
from phrom.shared.documents.xlsx import Sheet
from phrom.shared.thai.calendar import MONTHS

WHOLE = 0
MOST_LINES_ON_PAPER = 2_500  # a paper of a whole year of a large office would take minutes
BATCH = 2_000


@dataclass(frozen=True)
class Part:
    """A month of the register, or the whole of it (0)."""

    month: int
    words: str
    count: int


@dataclass(frozen=True)
class ExportPage:
    """A register and the parts of it that can be printed."""

    register: Register
    count: int
    parts: tuple[Part, ...]

    @property
    def is_secret(self) -> bool:
        """Whether it is a book of secret letters."""
        return self.register.book in SECRET_BOOKS


def register_for(access: Access, register_id: int) -> Register:
    """A register that the person keeps; 404 else."""
    return get_object_or_404(registers_within(access, REGISTERS), pk=register_id)


def export_page(access: Access, register_id: int) -> ExportPage:
    """What can be taken away of a register. Two queries."""
    register = register_for(access, register_id)
    counted = register.entries.order_by().annotate(month=ExtractMonth("dated")).values("month").annotate(lines=Count("pk"))
    months = sorted((row["month"], row["lines"]) for row in counted)
    total = sum(lines for _, lines in months)
    whole = (Part(WHOLE, f"ทั้งปี {register.year}", total),) if 0 < total <= MOST_LINES_ON_PAPER else ()
    return ExportPage(register, total, (*whole, *(Part(month, _words(month, register), lines) for month, lines in months)))


def part_of(register: Register, month: int) -> tuple[str, list[RegisterEntry]]:
    """The name of a part and its lines; 404 for a part that the page does not offer."""
    if not 0 <= month <= len(MONTHS):
        raise Http404
    rows = _lines(register)
    lines = list((rows.filter(dated__month=month) if month else rows)[: MOST_LINES_ON_PAPER + 1])
    if len(lines) > MOST_LINES_ON_PAPER:
        raise Http404
    return (_words(month, register) if month else ""), lines


def sheet_of(register: Register) -> Sheet:
    """The whole register for Excel, read in pieces."""
    return register_sheet(register, _read(register))


def file_name(register: Register, part: str, made_on: date) -> str:
    """Without an extension: book, office, part, day."""
    return " ".join((register.get_book_display(), register.office.agency.name, part or str(register.year), made_on.isoformat()))


def _read(register: Register) -> Iterator[RegisterEntry]:
    return register.entries.order_by("number").iterator(chunk_size=BATCH)


def _lines(register: Register) -> QuerySet[RegisterEntry]:
    return register.entries.select_related("incoming__assigned_to").order_by("number")


def _words(month: int, register: Register) -> str:
    return f"เดือน{MONTHS[month - 1]} {register.year}"
