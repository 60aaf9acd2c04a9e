"""Words of Office and OpenDocument files: ZIP archives of XML, read part by part without keeping a tree."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from phrom.shared.files.texts.limits import NEW_PAGE, PAGES, Unreadable, Words, gathered

DAMAGED = "ไฟล์เสียหาย จึงอ่านข้อความไม่ได้"
_WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml", re.IGNORECASE)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "s": " ", "line-break": "\n"}
_BROKEN = (zipfile.BadZipFile, ParseError, DefusedXmlException, LookupError, ValueError, EOFError, NotImplementedError)


def docx(file: BinaryIO) -> Words:
    """The document first, then heads, feet and notes."""
    return _read(
        file, lambda names: sorted(filter(_WORD_PARTS.fullmatch, names), key=lambda name: "document" not in name), _said
    )


def pptx(file: BinaryIO) -> Words:
    """Slide after slide, then what was noted under them."""
    folders = ("ppt/slides/", "ppt/notesSlides/")
    return _read(file, lambda names: [name for folder in folders for name in _numbered(names, folder)[:PAGES]], _said)


def opendocument(file: BinaryIO) -> Words:
    """Text, tables or slides: every paragraph of the content."""
    return _read(file, lambda names: [name for name in names if name == "content.xml"], _all_said)


def xlsx(file: BinaryIO) -> Words:
    """The names of the sheets, then each sheet: a row a line, cells apart by a tab, numbers as they are kept."""
    try:
        with zipfile.ZipFile(file) as archive:
            return gathered(_sheets(archive))
    except _BROKEN as broken:
        raise Unreadable(DAMAGED) from broken


def _read(file: BinaryIO, parts: Callable[[list[str]], list[str]], said: Callable[[Element], str]) -> Words:
    try:
        with zipfile.ZipFile(file) as archive:
            return gathered(piece for name in parts(archive.namelist()) for piece in _paragraphs(archive, name, said))
    except _BROKEN as broken:
        raise Unreadable(DAMAGED) from broken


def _paragraphs(archive: zipfile.ZipFile, name: str, said: Callable[[Element], str]) -> Iterator[str]:
    for element in _elements(archive, name, ("p", "h")):
        yield said(element) + "\n"
    yield NEW_PAGE


def _elements(archive: zipfile.ZipFile, name: str, wanted: tuple[str, ...]) -> Iterator[Element]:
    """Each whole element of these names, emptied after it was looked at."""
    with archive.open(name) as part:
        for _, element in iterparse(part, events=("end",), forbid_dtd=True):
            if _local(element) in wanted:
                yield element
                element.clear()


def _said(paragraph: Element) -> str:
    """What stands in a paragraph of Word or PowerPoint, without field codes and what was deleted."""
    parts = ((part.text or "") if (name := _local(part)) == "t" else _SIGNS.get(name, "") for part in paragraph.iter())
    return "".join(parts)


def _all_said(paragraph: Element) -> str:
    for part in paragraph.iter():
        if _local(part) in _SIGNS:
            part.text = _SIGNS[_local(part)]
    return "".join(paragraph.itertext())


def _sheets(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    for book in (name for name in names if name == "xl/workbook.xml"):
        yield "".join(f"{sheet.get('name', '')}\n" for sheet in _elements(archive, book, ("sheet",)))
    texts = [
        "".join(part.text or "" for part in item.iter() if _local(part) == "t")
        for shared in names
        if shared.lower() == "xl/sharedstrings.xml"
        for item in _elements(archive, shared, ("si",))
    ]
    for sheet in _numbered(names, "xl/worksheets/"):
        for row in _elements(archive, sheet, ("row",)):
            yield "\t".join(filter(None, (_cell(cell, texts) for cell in row if _local(cell) == "c"))) + "\n"
        yield NEW_PAGE


def _cell(cell: Element, texts: list[str]) -> str:
    kept = {_local(part): part.text or "" for part in cell.iter()}
    if cell.get("t") == "inlineStr":
        return kept.get("t", "")
    value = kept.get("v", "")
    return texts[int(value)] if cell.get("t") == "s" and value else value


def _numbered(names: list[str], folder: str) -> list[str]:
    """The parts of a folder as they are counted: slide10 after slide9."""
    inside = [name for name in names if name.startswith(folder) and name.endswith(".xml") and "/" not in name[len(folder) :]]
    return sorted(inside, key=lambda name: (int(re.sub(r"\D", "", name)[:9] or 0), name))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
