"""What a paper says, as values. `pdf.py` and `docx.py` know how it is drawn; neither knows any subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from phrom.shared.thai.digits import to_thai

Align = Literal["left", "center", "right"]
Digits = Literal["thai", "arab"]

# Addresses, names of files, hashes and codes of rows (P4.1, as the agenda prints them) stay as typed: with Thai digits nobody
# could follow them.
_KEPT = re.compile(
    r"\S*(?:://|www\.|@)\S*|\S+\.(?:pdf|docx?|xlsx?|csv|zip|json|yaml|png|jpe?g)\b|\b[0-9a-f]{32,}\b|SHA-256|\b[GP]\d+(?:\.\d+)*",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line break in the text is kept. `indent` gives the first line the 2.5 cm of an official letter."""

    text: str
    indent: bool = False
    bold: bool = False
    small: bool = False
    align: Align = "left"


@dataclass(frozen=True)
class Bullets:
    """A list; numbered when the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table. `width` is its share of the line, relative to the other columns."""

    title: str
    width: float = 1
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """Rows of texts, one for every column. The header is repeated on every page; `total` draws the last row in bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: bool = False

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} of the table has {len(row)} cells for {len(self.columns)} columns")


@dataclass(frozen=True)
class Bar:
    """One bar: its length is `value` of `maximum`, `shown` is the figure as the reader sees it."""

    label: str
    value: Decimal
    maximum: Decimal
    shown: str


@dataclass(frozen=True)
class Bars:
    """Bars under one another, each with its figure; a Word file shows them as a table."""

    bars: tuple[Bar, ...]
    caption: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Table | Bars | PageBreak


@dataclass(frozen=True)
class Document:
    """A paper. `note` stands at the foot of every page: the word ประมาณการ with its assumption, where a figure comes from."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    note: str = ""
    digits: Digits = "arab"
    landscape: bool = False

    def say(self, text: str) -> str:
        """The text with the digits this paper is written in, without the control characters that no paper can carry."""
        plain = _CONTROL.sub("", text.replace("\r\n", "\n"))
        return in_thai_digits(plain) if self.digits == "thai" else plain


def in_thai_digits(text: str) -> str:
    """The text with Thai digits, but addresses of pages, mail and files as typed."""
    parts: list[str] = []
    end = 0
    for kept in _KEPT.finditer(text):
        parts += [to_thai(text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, to_thai(text[end:])])
