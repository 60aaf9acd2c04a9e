"""Tables for Excel, written row by row.

Every text stays text: what begins with = + - @ is never a formula, an address never a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from phrom.shared.thai.dates import thai_date, thai_when

Value = str | int | float | Decimal | bool | date | None

FONT = "TH Sarabun New"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_TEXT = 32_767  # characters a cell of Excel can hold
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")


class TextTooLong(ValueError):
    """A text longer than a cell of Excel can hold; cutting it would change what somebody wrote."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. `widths` are in characters, one a column; `freeze` is (rows, columns) that stay in view.

    `note` stands above the header: where the figures come from, the word ประมาณการ.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[float] = ()
    freeze: tuple[int, int] = (1, 1)
    note: str = ""


def write_workbook(target: Path | BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write the sheets to a file or an open binary stream, one row in memory at a time.

    Days and moments are written as Thai text in the Buddhist era: Excel's own dates know only the Common Era.
    Raises `TextTooLong`; then no file is left at `target`.
    """
    import xlsxwriter  # noqa: PLC0415 - loaded only where a workbook is made

    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, OPTIONS)
    formats = _formats(book)
    names: set[str] = set()
    try:
        for sheet in sheets:
            _sheet(book.add_worksheet(_name(sheet.name, names)), sheet, formats)
    except BaseException:
        book.close()
        if isinstance(target, Path):
            target.unlink(missing_ok=True)
        raise
    book.close()


def _formats(book: Any) -> dict[str, Any]:
    body = {"font_name": FONT, "font_size": 14, "valign": "top"}
    header = {**body, "bold": True, "bg_color": "#E6E9EF", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "text": book.add_format({**body, "text_wrap": True}),
        "figure": book.add_format({**body, "align": "right"}),
        "header": book.add_format(header),
        "note": book.add_format({**body, "font_color": "#5B6670"}),
    }


def _sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, width in enumerate(sheet.widths or [_width(title) for title in sheet.columns]):
        page.set_column(column, column, width)
    top = 0
    if sheet.note:
        _put(page, 0, 0, sheet.note, formats | {"text": formats["note"]})
        top = 1
    for column, title in enumerate(sheet.columns):
        _put(page, top, column, title, formats | {"text": formats["header"]})
    last = top
    for last, row in enumerate(sheet.rows, top + 1):
        for column, value in enumerate(row):
            _put(page, last, column, value, formats)
    rows, columns = sheet.freeze
    page.freeze_panes(top + rows if rows else 0, columns)
    page.autofilter(top, 0, max(last, top), len(sheet.columns) - 1)
    page.repeat_rows(top)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _put(page: Any, row: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    """One value in its cell; `write_string` and `write_number` never guess a formula, a link or a number."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        value = "ใช่" if value else "ไม่ใช่"
    elif isinstance(value, datetime):
        value = thai_when(value)
    elif isinstance(value, date):
        value = thai_date(value)
    if not isinstance(value, str):
        page.write_number(row, column, float(value), formats["figure"])
    elif len(value) > LONGEST_TEXT:
        raise TextTooLong(f"{len(value)} characters in row {row + 1}, column {column + 1}; a cell holds {LONGEST_TEXT}")
    else:
        page.write_string(row, column, value, formats["text"])


def _width(title: str) -> float:
    return min(max(len(title) + 2, 10), 50)


def _name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts: 31 characters, none of []:*?/\\, no apostrophe at the ends, not twice."""
    plain = _FORBIDDEN_IN_NAME.sub(" ", wanted).strip(" '")[:31].strip(" '") or "แผ่นงาน"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: 31 - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name
