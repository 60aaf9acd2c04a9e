"""A questionnaire's table out of a Word or Excel file from outside: looked at first, then laid out as rows of cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring

from phrom.rules.instrument.questionnaire import Line, lines_of_rows
from phrom.shared.files.kinds import WrongKind
from phrom.shared.files.names import extension_of
from phrom.shared.files.sniff import content_type_of
from phrom.shared.files.workbook import MEGA, Limits, TableTooLarge, cell_text, read_tables

LIMITS = Limits(bytes=5 * MEGA, unpacked=40 * MEGA, rows=5000, columns=60, sheets=1)
_MOST_PARTS = 2_000_000  # looked at in all: a table in a cell of a table is looked at once for each
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def lines_of_file(data: bytes, name: str) -> list[Line]:
    """The lines of the first sheet, or of the whole document. Refuses TableTooLarge and WrongKind."""
    if extension_of(name) == "xlsx":
        return lines_of_rows([cell_text(cell) for cell in row] for row in read_tables(data, LIMITS)[0].rows)
    if extension_of(name) != "docx":
        raise WrongKind("อ่านตารางได้จากไฟล์ .docx และ .xlsx เท่านั้น", "A table is read from .docx and .xlsx only.")
    return lines_of_rows(_word_rows(data))


def _word_rows(data: bytes) -> Iterator[list[str]]:
    if len(data) > LIMITS.bytes:
        raise TableTooLarge(LIMITS)
    content_type_of(io.BytesIO(data), len(data), "docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = archive.getinfo("word/document.xml")
            if entry.file_size > LIMITS.unpacked:
                raise TableTooLarge(LIMITS)
            body = fromstring(archive.read(entry)).find(f"{_W}body")
    except (KeyError, ParseError, ValueError, zipfile.BadZipFile) as broken:
        raise WrongKind("อ่านตารางในไฟล์นี้ไม่ได้", "The table in this file cannot be read.") from broken
    found = [row for part in (body if body is not None else ()) for row in _rows_of(part)]
    if len(found) > LIMITS.rows:
        raise TableTooLarge(LIMITS)
    looked = 0
    for row in found:
        parts = list(row.iter())
        cells = [row] if row.tag == f"{_W}p" else [part for part in parts if part.tag == f"{_W}tc"]
        looked += len(parts) * (len(cells) + 1)
        if looked > _MOST_PARTS:
            raise TableTooLarge(LIMITS)
        yield [_said(cell) for cell in cells]


def _rows_of(part: Element) -> Iterator[Element]:
    """The rows of a table, or a paragraph by itself."""
    return part.iter(f"{_W}tr") if part.tag == f"{_W}tbl" else iter([part] if part.tag == f"{_W}p" else [])


def _said(part: Element) -> str:
    """The words of a paragraph or cell; a break is a blank."""
    words = []
    for piece in part.iter():
        if piece.tag == f"{_W}t":
            words.append(piece.text or "")
        elif piece.tag in (f"{_W}tab", f"{_W}br", f"{_W}p"):
            words.append(" ")
    return "".join(words).strip()
