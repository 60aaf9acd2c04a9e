"""What a reader finds in a made file: the text of a PDF as PDFium sees it, of a Word file as Word stores it."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pdf_pages(made: bytes) -> list[str]:
    """The text of every page; a line ends with a line feed."""
    with pypdfium2.PdfDocument(made) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def pdf_lines(made: bytes) -> list[str]:
    """All lines of all pages."""
    return "\n".join(pdf_pages(made)).split("\n")


def word_part(made: bytes, name: str) -> ElementTree.Element:
    """One XML part of a Word file."""
    return ElementTree.fromstring(ZipFile(BytesIO(made)).read(f"word/{name}.xml"))


def word_paragraphs(made: bytes) -> list[str]:
    """The text of every paragraph, those of cells among them, in reading order."""
    body = word_part(made, "document")
    return ["".join(piece.text or "" for piece in p.iter(f"{WORD}t")) for p in body.iter(f"{WORD}p")]


def word_runs(made: bytes) -> list[tuple[str, str, str]]:
    """Every run of text, headers and footers among them, with its size in half points and its colour."""
    found = []
    names = [name for name in ZipFile(BytesIO(made)).namelist() if name.startswith("word/") and name.endswith(".xml")]
    for name in names:
        for run in ElementTree.fromstring(ZipFile(BytesIO(made)).read(name)).iter(f"{WORD}r"):
            text = "".join(piece.text or "" for piece in run.iter(f"{WORD}t"))
            size, colour = run.find(f"{WORD}rPr/{WORD}szCs"), run.find(f"{WORD}rPr/{WORD}color")
            if text and size is not None and colour is not None:
                found.append((text, size.get(f"{WORD}val", ""), colour.get(f"{WORD}val", "")))
    return found
