"""Tables out of an Excel file from outside: looked at before anything unpacks it, read by sheet, as plain cells.

What makes a small file large: a cell at the far end of the plane (a reader lays out everything between), a part that unpacks
to gigabytes, one long text that ten thousand cells refer to. All three are measured first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from defusedxml.ElementTree import ParseError, fromstring
from python_calamine import CalamineError, CalamineWorkbook

from phrom.shared.files.kinds import WrongKind
from phrom.shared.files.sniff import content_type_of
from phrom.shared.ui.refusals import Refusal

MEGA = 1024 * 1024
_CELL = re.compile(rb"""<(?:\w+:)?(?:row|c)\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Z]{0,9})([0-9]{1,12})["']""", re.IGNORECASE)
_FAILED = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*["']e["'][^<>]*>""")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TEXT_ENDS = re.compile(rb"</(?:\w+:)?si\s*>")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>\s*([0-9]{1,9})\s*<")


class TableTooLarge(Refusal):
    """The file, what it unpacks to, or its plane of cells is larger than such a table ever is."""

    status = 413

    def __init__(self, limits: Limits, cell: str = "") -> None:
        which = f" (พบเซลล์ {cell})" if cell else ""
        super().__init__(
            f"ไฟล์ใหญ่เกิน {limits.bytes // MEGA} เมกะไบต์ ขยายออกแล้วใหญ่ผิดปกติ "
            f"หรือมีเกิน {limits.rows:,} แถว {limits.columns} คอลัมน์{which} ยังไม่มีอะไรถูกบันทึก กรุณาลบแถวและคอลัมน์ที่ไม่ใช้ หรือคัดลอกลงแม่แบบ",
            f"The file is larger than {limits.bytes // MEGA} MB, unpacks to an unusual size, or goes beyond {limits.rows:,} "
            f"rows or {limits.columns} columns. Nothing was saved. Delete what is unused, or copy it into the template.",
            where="file",
        )


@dataclass(frozen=True)
class Limits:
    """What is read at most: bytes as sent, bytes unpacked (texts counted as often as cells use them), rows, columns, sheets."""

    bytes: int
    unpacked: int
    rows: int
    columns: int
    sheets: int = 1


@dataclass(frozen=True)
class Table:
    """A sheet: its name and its cells from the first row and column on. A cell is text, number, bool, date or time."""

    name: str
    rows: list[list[Any]]


def read_tables(data: bytes, limits: Limits) -> list[Table]:
    """The first sheets of an XLSX. Refuses TableTooLarge, and WrongKind for what is no clean workbook."""
    if len(data) > limits.bytes:
        raise TableTooLarge(limits)
    content_type_of(io.BytesIO(data), len(data), "xlsx")
    try:
        _refuse_sprawl(data, limits)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[: limits.sheets]
        if not names:
            raise ValueError("a workbook without sheets")
        return [Table(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except (CalamineError, ValueError, LookupError, OSError, zipfile.BadZipFile) as broken:
        raise WrongKind("อ่านตารางในไฟล์นี้ไม่ได้", "The table in this file cannot be read.") from broken


def cells_in_error(data: bytes) -> dict[str, list[tuple[int, int]]]:
    """Cells whose formula has failed (#REF!), by sheet: row from 1, column from 0. A reader of values sees them as empty.

    Only for a workbook that `read_tables` has taken.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = {entry.filename: book.read(entry) for entry in book.infolist()}
    return _in_error(parts)


def _in_error(parts: dict[str, bytes]) -> dict[str, list[tuple[int, int]]]:
    try:
        links = fromstring(parts["xl/_rels/workbook.xml.rels"])
        sheets = fromstring(parts["xl/workbook.xml"]).iter(f"{{{_MAIN}}}sheet")
    except (KeyError, ParseError, ValueError):  # a workbook that keeps its parts elsewhere has no such cells for us
        return {}
    places = {link.get("Id"): "xl/" + str(link.get("Target")).removeprefix("/xl/") for link in links}
    found: dict[str, list[tuple[int, int]]] = {}
    for sheet in sheets:
        part = parts.get(places.get(sheet.get(_LINK), ""), b"")
        failed = (_CELL.match(each[0]) for each in _FAILED.finditer(part))
        found[str(sheet.get("name"))] = [(int(at[2]), _column_number(at[1].upper()) - 1) for at in failed if at]
    return found


def cell_text(value: Any) -> str:
    """A cell as text on one line; a whole number without its point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time | timedelta):
        return str(value)
    return "" if value is None else " ".join(str(value).split())


def cell_day(value: Any, read: Callable[[str], date]) -> date:
    """A cell that Excel holds as a date, or a text; a Buddhist year typed into a date cell is read as such. `read` refuses."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return read(f"{value.day}/{value.month}/{value.year}")
    return read(cell_text(value))


def _refuse_sprawl(data: bytes, limits: Limits) -> None:
    """Every part is looked at, because a workbook may keep its sheets under any name."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        if sum(entry.file_size for entry in book.infolist()) > limits.unpacked:
            raise TableTooLarge(limits)
        parts = [book.read(entry).replace(b"\0", b"") for entry in book.infolist()]  # UTF-16 must not hide it
    for part in parts:
        for found in _CELL.finditer(part):
            letters, digits = found[1].upper(), int(found[2])
            if digits > limits.rows or _column_number(letters) > limits.columns:
                raise TableTooLarge(limits, f"{letters.decode()}{digits}")
    if _weight(parts) > limits.unpacked:
        raise TableTooLarge(limits)


def _weight(parts: list[bytes]) -> int:
    """The bytes of all shared texts, each as often as cells refer to it: a reader copies them so often.

    Which part holds the texts is for the file to say, so each number counts as the longest text of that number in any part.
    """
    texts = (map(len, _TEXT_ENDS.split(part)[:-1]) for part in parts)
    lengths = [max(same) for same in zip_longest(*texts, fillvalue=0)]
    references = (int(found[1]) for part in parts for found in _VALUE.finditer(part))
    return sum(lengths[number] for number in references if number < len(lengths))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
