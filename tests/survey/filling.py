"""Filling in a workbook as an official does in Excel: every cell as it left, some of them changed, saved by another program."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from phrom.survey.workbook.shape import COLUMNS


class Failed:
    """A cell whose formula has failed."""


TITLES = list(COLUMNS)


def tables(data: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet with its cells, also the hidden one."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def row_of(data: bytes, code: str) -> tuple[str, int]:
    """The sheet and the row, as Excel numbers it, on which a code stands."""
    for name, rows in tables(data).items():
        for number, row in enumerate(rows, 1):
            if row and row[0] == code:
                return name, number
    raise KeyError(code)


def rewritten(sheets: Mapping[str, list[list[Any]]]) -> bytes:
    """A workbook with these cells, as another program would save it: no formats, no protection, no lists."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    day = book.add_format({"num_format": "d/m/yyyy"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, Failed):
                    page.write_formula(at, column, "=#REF!", None, "#REF!")
                elif isinstance(cell, date):
                    page.write_datetime(at, column, datetime(cell.year, cell.month, cell.day, tzinfo=None), day)  # noqa: DTZ001
                elif cell != "":
                    page.write(at, column, cell)
    book.close()
    return stream.getvalue()


def filled(data: bytes, changes: Mapping[tuple[str, str], Any]) -> bytes:
    """The workbook with cells changed: {(code, column title): value}."""
    sheets = tables(data)
    for (code, title), value in changes.items():
        name, number = row_of(data, code)
        row = sheets[name][number - 1]
        row.extend([""] * (len(TITLES) - len(row)))
        row[TITLES.index(title)] = value
    return rewritten(sheets)


def with_rows(data: bytes, sheet: str, *rows: Mapping[str, Any]) -> bytes:
    """The workbook with further rows at the end of a sheet."""
    sheets = tables(data)
    sheets[sheet] += [[row.get(title, "") for title in TITLES] for row in rows]
    return rewritten(sheets)


def without_row(data: bytes, code: str) -> bytes:
    """The workbook without the row of a code."""
    sheets = tables(data)
    name, number = row_of(data, code)
    del sheets[name][number - 1]
    return rewritten(sheets)


def parts(data: bytes, pattern: str) -> dict[str, str]:
    """The XML of the parts whose name fits."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name).decode() for name in book.namelist() if re.search(pattern, name)}


__all__ = ["Failed", "filled", "parts", "rewritten", "row_of", "tables", "with_rows", "without_row"]
