"""What a paper says, as values. `pdf.py` and `docx.py` know how it is drawn; neither knows any subject.

`canonical.py` writes these values as JSON and reads them again; a new field needs a default, or papers that were
kept cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from phrom.shared.thai.digits import to_thai

Align = Literal["left", "center", "right"]
Digits = Literal["thai", "arab"]
# The forms of the regulation on official correspondence that we make, and a plain paper.
Form = Literal["paper", "agenda", "letter", "memo", "order", "minutes", "extract", "stamped", "announcement", "certificate"]

# Addresses, names of files, hashes, codes of rows (P4.1, as the agenda prints them) and 5G stay as typed: with Thai digits
# nobody could follow them.
_KEPT = re.compile(
    r"\S*(?:://|www\.|@)\S*|\S+\.(?:pdf|docx?|xlsx?|csv|zip|json|yaml|png|jpe?g)\b|\b[0-9a-f]{32,}\b|SHA-256|\b[GP]\d+(?:\.\d+)*"
    r"|\b\d+G\b",
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
    """Rows of texts, one for every column. The header is repeated on every page; `total` draws the last row in bold.

    `sections` are the places (from 0) of rows that head those after them: drawn in bold across all columns, on one page with
    the next row. The text of such a row stands in its first cell, the others are empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: bool = False
    sections: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} of the table has {len(row)} cells for {len(self.columns)} columns")
        for place in self.sections:
            if not 0 <= place < len(self.rows) or any(self.rows[place][1:]):
                raise ValueError(f"row {place + 1} of the table is no section: it is missing or has more than one text")


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


@dataclass(frozen=True)
class Field:
    """A label with what stands behind it, every further line under the first: เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย, มติที่ประชุม.

    `bold` draws label and lines in bold, as for "ระเบียบวาระที่ 1"; `bold_label` the label alone.
    """

    label: str
    lines: tuple[str, ...] = ()
    bold: bool = False
    bold_label: bool = False


@dataclass(frozen=True)
class Clause:
    """A numbered part of the text (3.1, 3.1.2): its first line is indented, deeper with every level from 1 to 4."""

    number: str
    text: str
    level: int = 1
    bold: bool = False


@dataclass(frozen=True)
class Person:
    """A line of an attendance list. `note` is "ประธาน", "แทน ..." and the like; line breaks are kept everywhere."""

    name: str
    position: str = ""
    note: str = ""
    number: str = ""


@dataclass(frozen=True)
class People:
    """An attendance list, without lines between the rows; `heading` ("ผู้มาประชุม") stands above it, bold."""

    people: tuple[Person, ...]
    heading: str = ""


@dataclass(frozen=True)
class DateLine:
    """The date that closes an order: "สั่ง ณ วันที่ 7 มิถุนายน พ.ศ. 2567". The date of a letter or memo is in its `Head`."""

    text: str


@dataclass(frozen=True)
class Signature:
    """Room for a signature, right of the middle: closing words, four lines, (name), position. Never cut by a page.

    `position` may have several lines. `name` is put in brackets. Without a name a dotted line is drawn to write it on.
    """

    name: str = ""
    position: tuple[str, ...] = ()
    closing: str = ""


@dataclass(frozen=True)
class Stamp:
    """In a signature's place on a stamped letter (form 3): the office, room for its stamp and for initials, the date.

    Never cut by a page.
    """

    office: str
    date: str = ""


@dataclass(frozen=True)
class OfficeLines:
    """The office in charge, its telephone, copies to: the lines at the left below a letter's signature."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Blanks:
    """One line to fill in by hand: labels, each with dots behind it, to the right margin. `indent` in centimetres."""

    labels: tuple[str, ...]
    indent: float = 0


Block = (
    Heading
    | Paragraph
    | Bullets
    | Table
    | Bars
    | PageBreak
    | Field
    | Clause
    | People
    | DateLine
    | Signature
    | Stamp
    | OfficeLines
    | Blanks
)


@dataclass(frozen=True)
class Head:
    """What stands above the text of a letter, a memo or an order.

    `number` without the word ที่ ("ชม 0017.2/ว 1234", of an order "3046/2567"; empty leaves room to write it), `office` the
    lines of name and address (of a memo: one line, with its telephone), `date` as it is printed ("11 มิถุนายน 2567").
    `speed` ("ด่วนที่สุด") stands once, above the number; `secrecy` ("ลับ") above and below the text of every page: both red, of the
    32 points that the regulation asks for (ข้อ 28).
    """

    number: str = ""
    office: tuple[str, ...] = ()
    date: str = ""
    speed: str = ""
    secrecy: str = ""


@dataclass(frozen=True)
class Seal:
    """At the foot of every page: a code that a telephone reads (`code` is what it says) and words beside it, as typed."""

    code: str = ""
    words: str = ""


@dataclass(frozen=True)
class Document:
    """A paper. Its form decides emblem, margins and what of title and head is drawn:

    - paper, agenda, minutes, extract: `title`, then `subtitle`, both centred; no emblem. A subtitle may have several lines
      (committee, ครั้งที่, when, where). The fields, clauses, people and signatures are blocks.
    - letter: emblem of 3 cm, `head`; the title is only the file's. เรื่อง, เรียน are `Field` blocks, the text comes after.
    - memo: emblem of 1.5 cm, "บันทึกข้อความ", `head`; then blocks as in a letter.
    - order: emblem of 3 cm, `title` ("คำสั่งจังหวัดเชียงใหม่"), ที่ and `head.number`, `subtitle` ("เรื่อง ..."), a short line.
    - announcement: as an order, without a number. certificate: as a letter, with เลขที่ and without a date.
    - stamped: emblem of 3 cm and ที่; ถึง is a `Field`, office, stamp and date a `Stamp` block.

    `digits` of None are those of the form: Thai, but Arabic on a plain paper. `note` stands at the foot of every page: the word
    ประมาณการ with its assumption, where a figure comes from. `seal` stands beside it, by which the paper can be checked.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    note: str = ""
    digits: Digits | None = None
    landscape: bool = False
    form: Form = "paper"
    head: Head = Head()
    seal: Seal = Seal()

    @property
    def in_thai(self) -> bool:
        """Whether this paper is written in Thai digits."""
        return self.form != "paper" if self.digits is None else self.digits == "thai"

    def say(self, text: str) -> str:
        """The text with the digits this paper is written in, without the control characters that no paper can carry."""
        plain = _CONTROL.sub("", text.replace("\r\n", "\n"))
        return in_thai_digits(plain) if self.in_thai else plain


def in_thai_digits(text: str) -> str:
    """The text with Thai digits, but addresses of pages, mail and files as typed."""
    parts: list[str] = []
    end = 0
    for kept in _KEPT.finditer(text):
        parts += [to_thai(text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*parts, to_thai(text[end:])])
