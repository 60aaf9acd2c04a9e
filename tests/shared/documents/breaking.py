"""Twenty paragraphs set in lines of several widths, and where the lines were broken."""

from __future__ import annotations

from ctypes import c_double
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
from ruamel.yaml import YAML

from phrom.shared.documents.content import Column, Document, Paragraph, Table
from phrom.shared.documents.pdf import render_pdf

PARAGRAPHS: tuple[str, ...] = tuple(
    YAML(typ="safe").load(Path(__file__).with_name("official_thai.yaml").read_text(encoding="utf-8"))
)
SHARES = (0.6, 0.8, 1.1, 1.5, 2.1, 3.0)  # of a line of four, so from a fifth of the page to three quarters


@dataclass(frozen=True)
class Break:
    """A place where a line ended: in which paragraph, after how many letters."""

    paragraph: int
    at: int

    @property
    def shown(self) -> str:
        text = PARAGRAPHS[self.paragraph]
        return f"{text[max(0, self.at - 12) : self.at]}|{text[self.at : self.at + 12]}"


@cache
def breaks() -> tuple[Break, ...]:
    """Every break of every paragraph at every width, found by reading the PDFs back."""
    found = {
        one
        for number, text in enumerate(PARAGRAPHS)
        for lines in (_set(text), *(_set_in_column(text, share) for share in SHARES))
        for one in _ends(number, text, lines)
    }
    return tuple(sorted(found, key=lambda one: (one.paragraph, one.at)))


def _set(text: str) -> list[str]:
    return _lines(render_pdf(Document("·", (Paragraph(text, indent=True),), form="agenda")))


def _set_in_column(text: str, share: float) -> list[str]:
    table = Table((Column("·", share), Column("·", 4 - share)), ((text, ""),))
    return _lines(render_pdf(Document("·", (table,))))


def _lines(made: bytes) -> list[str]:
    """The letters of the first page by the height of their baselines: PDFium's own lines fall apart in narrow columns."""
    lines: list[str] = []
    before = 0.0
    x, y = c_double(), c_double()
    with pypdfium2.PdfDocument(made) as pdf:
        text = pdf[0].get_textpage()
        for at in range(text.count_chars()):
            pypdfium2.raw.FPDFText_GetCharOrigin(text, at, x, y)
            letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, at))
            if letter in "\r\n":
                continue
            if not lines or abs(y.value - before) > 4:
                lines.append("")
            lines[-1] += letter
            before = y.value
    return lines


def _ends(number: int, text: str, lines: list[str]) -> list[Break]:
    """The lines are those whose letters follow one another in the paragraph."""
    ends, at = [], 0
    for line in (line.strip() for line in lines):
        while at < len(text) and text[at] == " ":
            at += 1
        if line and text.startswith(line, at):
            at += len(line)
            ends.append(Break(number, at))
    if at != len(text):
        raise AssertionError(f"{text[at : at + 30]!r} was not read back as a line")
    return ends[:-1]
