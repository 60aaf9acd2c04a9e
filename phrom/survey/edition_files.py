"""Editions as files for people: the twin in Excel both ways, the form for field tools. The rules decide what they say."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from phrom.rules.instrument.model import Edition
from phrom.rules.instrument.twin import Table, edition_of_tables, tables_of
from phrom.rules.instrument.xlsform import xlsform_of
from phrom.shared.documents.xlsx import Sheet, write_workbook
from phrom.shared.files.workbook import MEGA, Limits, read_tables

LIMITS = Limits(bytes=5 * MEGA, unpacked=40 * MEGA, rows=5000, columns=60, sheets=30)
_WIDE = {"text": 70, "label::Thai (th)": 70, "label::English (en)": 70, "value": 90, "source": 60, "name": 40, "title": 40}


def twin_file(edition: Edition) -> bytes:
    """The edition's twin as XLSX."""
    return workbook_of(tables_of(edition))


def xlsform_file(edition: Edition) -> bytes:
    """The edition as an XLSForm."""
    return workbook_of(xlsform_of(edition))


def edition_of_file(data: bytes) -> Edition:
    """The edition that a twin holds. Raises EditionProblems; refuses TableTooLarge and WrongKind."""
    found = read_tables(data, LIMITS)
    return edition_of_tables([Table(table.name, tuple(tuple(map(_plain, row)) for row in table.rows)) for table in found])


def workbook_of(tables: Sequence[Table]) -> bytes:
    """Tables as the sheets of one workbook."""
    stream = io.BytesIO()
    write_workbook(stream, [_sheet(table) for table in tables])
    return stream.getvalue()


def _sheet(table: Table) -> Sheet:
    head = [str(title) for title in table.rows[0]]
    return Sheet(table.name, head, table.rows[1:], widths=[_WIDE.get(title, 18) for title in head])


def _plain(cell: Any) -> Any:
    """A day that Excel keeps as a date, as the files write it; a Buddhist year typed into a date cell is read as such."""
    if isinstance(cell, date):
        return f"{cell.year - 543 if cell.year > 2400 else cell.year:04}-{cell.month:02}-{cell.day:02}"
    return cell
