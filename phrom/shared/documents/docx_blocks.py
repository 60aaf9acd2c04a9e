"""How each block of the content is drawn in Word; the names are those of `content.py`, the measures those of `blocks.typ`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from phrom.shared.documents import word
from phrom.shared.documents.content import (
    Bars,
    Block,
    Bullets,
    Clause,
    Column,
    DateLine,
    Document,
    Field,
    Heading,
    OfficeLines,
    PageBreak,
    Paragraph,
    People,
    Signature,
    Table,
)
from phrom.shared.thai.digits import to_thai

HEADING_SIZES = {1: 18, 2: 17, 3: 16}  # points by level
ALIGNMENTS = {"left": 0, "center": 1, "right": 2}  # Word's own numbers (WD_ALIGN_PARAGRAPH)
INDENT = 2.5  # cm: the first line of a paragraph of an official paper
LEVEL = 0.75  # cm: how much deeper each level of clauses begins
SIGNED_FROM = 7.5  # cm from the left margin: signatures are centred between here and the right margin
FOUR_LINES = 84.0  # points: the room for a signature, four lines of 21
_CHARACTER = 0.23  # cm: the mean width of a Thai letter that is not a mark, at 16 points


@dataclass(frozen=True)
class Pen:
    """Draws one paper's blocks at the end of the open Word file `made`."""

    made: Any
    document: Document
    hand: word.Hand

    def block(self, block: Block) -> None:  # noqa: C901 - one line a kind
        """Draw one block."""
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._running_text(block)
            case Bullets():
                self._bullets(block)
            case Table():
                self._table(block.columns, block.rows, caption=block.caption, total=block.total)
            case Bars():
                columns = (Column("รายการ", 3), Column("ค่า", 1, "right"))
                self._table(columns, [(bar.label, bar.shown) for bar in block.bars], caption=block.caption)
            case PageBreak():
                self.made.add_page_break()
            case Field():
                self._field(block)
            case Clause():
                self._clause(block)
            case People():
                self._people(block)
            case DateLine():
                self._paragraph(block.text, before=12, left=5)
            case Signature():
                self._signature(block)
            case OfficeLines():
                self._paragraph("\n".join(block.lines), before=24, together=True)
            case _:
                assert_never(block)

    def note(self) -> None:
        """The note, as the last paragraph, where the template has no place for it."""
        self._paragraph(self.document.note, before=12, size=word.SMALL, grey=True)

    def _paragraph(
        self,
        text: str,
        *,
        before: float = 0,
        after: float = 0,
        left: float = 0,
        first: float = 0,
        together: bool = False,
        with_next: bool = False,
        align: int = 0,
        **type_: Any,
    ) -> Any:
        """A new paragraph; `before` and `after` in points, `left` and `first` in centimetres."""
        from docx.shared import Cm, Pt  # noqa: PLC0415 - lxml is loaded only where papers are made

        paragraph = self.made.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        if left:
            form.left_indent = Cm(left)
        if first:
            form.first_line_indent = Cm(first)
        form.keep_together, form.keep_with_next = together or None, with_next or None
        paragraph.alignment = align
        if text:
            word.write(paragraph, self.document.say(text), hand=self.hand, **type_)
        return paragraph

    def _room(self, points: float) -> None:
        """An empty paragraph of this height; without one two tables would grow together."""
        from docx.shared import Pt  # noqa: PLC0415

        self._paragraph("").paragraph_format.line_spacing = Pt(points)

    @property
    def _official(self) -> bool:
        return self.document.form != "paper"

    @property
    def _gap(self) -> dict[str, Any]:
        """Official papers have 6 points before every part of them, a plain one after it."""
        return {"before": 6} if self._official else {"after": 6}

    def _heading(self, block: Heading) -> None:
        size = HEADING_SIZES[block.level]
        paragraph = self._paragraph(block.text, before=12, after=3, with_next=True, size=size, bold=True)
        if f"Heading {block.level}" in self.made.styles:  # a clerk's template may have lost it
            paragraph.style = f"Heading {block.level}"

    def _running_text(self, block: Paragraph) -> None:
        size = word.SMALL if block.small else word.BODY
        first = INDENT if block.indent else 0
        align = ALIGNMENTS[block.align]
        self._paragraph(block.text, first=first, align=align, size=size, bold=block.bold, grey=block.small, **self._gap)

    def _bullets(self, block: Bullets) -> None:
        """Items with their mark typed in: Word's own numbering would run on from one list into the next."""
        for number, item in enumerate(block.items, 1):
            mark = f"{to_thai(number) if self.document.in_thai else number}." if block.numbered else "–"
            self._hanging(f"{mark}\t{item}", 1, first=-0.7, after=2)

    def _hanging(self, text: str, left: float, *, first: float, **options: Any) -> Any:
        from docx.shared import Cm  # noqa: PLC0415

        paragraph = self._paragraph(text, left=left, first=first, **options)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(left))
        return paragraph

    def _field(self, block: Field) -> None:
        """The label, then the lines hanging at its width. In a memo the bold label is that of the form, 20 points."""
        size = 20 if self.document.form == "memo" and block.bold_label else word.BODY
        bold = block.bold or block.bold_label
        letters = sum(unicodedata.category(letter) != "Mn" for letter in block.label)
        width = max(1.2, round((letters * _CHARACTER * (1.08 if bold else 1) + 0.35) * size / word.BODY, 2))
        paragraph = self._hanging(block.label, width, first=-width, with_next=block.bold, size=size, bold=bold, before=6)
        word.write(paragraph, "\t" + self.document.say("\n".join(block.lines)), bold=block.bold, hand=self.hand)

    def _clause(self, block: Clause) -> None:
        first = INDENT + LEVEL * (block.level - 1)
        self._paragraph(f"{block.number}  {block.text}", before=6, first=first, bold=block.bold, with_next=block.bold)

    def _people(self, block: People) -> None:
        if block.heading:
            self._paragraph(block.heading, before=12, after=3, bold=True, with_next=True)
        noted = any(one.note for one in block.people)
        columns = (
            Column("", 1, "right"),
            Column("", 5.9),
            Column("", 6 if noted else 9.1),
            *([Column("", 3.1)] if noted else []),
        )
        table = self._grid(columns)
        for one in block.people:
            self._row(table, columns, (f"{one.number} ", one.name, one.position, one.note)[: len(columns)], size=word.BODY)
        word.tight_table(table)
        word.keep_rows(table)
        self._room(4)

    def _signature(self, block: Signature) -> None:
        kept: dict[str, Any] = {"left": SIGNED_FROM, "align": 1, "with_next": True, "together": True}
        if block.closing:
            self._paragraph(block.closing, before=12, **kept)
        name = f"({block.name})" if block.name else f"({'.' * 40})"
        room = FOUR_LINES - 21 if block.closing else FOUR_LINES
        lines = [name, *block.position]
        for number, text in enumerate(lines):
            last = {"with_next": False} if number == len(lines) - 1 else {}
            self._paragraph(text, **{"before": room if number == 0 else 0, **kept, **last})

    def _table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, caption: str = "", total: bool = False
    ) -> None:
        if caption:
            self._paragraph(caption, before=8, after=3, bold=True, with_next=True)
        table = self._grid(columns)
        self._row(table, columns, [column.title for column in columns], bold=True, ground="F1EFE8")
        for number, row in enumerate(rows, 1):
            self._row(table, columns, row, bold=total and number == len(rows))
        word.rule_table(table)
        self._room(8)

    def _grid(self, columns: Sequence[Column]) -> Any:
        """An empty table over the whole line, its columns by their shares."""
        section = self.made.sections[0]
        line = section.page_width - section.left_margin - section.right_margin
        share = line / sum(column.width for column in columns)
        table = self.made.add_table(rows=0, cols=len(columns))
        table.autofit, table.alignment = False, 1  # centred: at its left Word lets it reach into the margin
        for cells, column in zip(table.columns, columns, strict=True):
            cells.width = int(share * column.width)
        return table

    def _row(
        self,
        table: Any,
        columns: Sequence[Column],
        texts: Sequence[str],
        *,
        bold: bool = False,
        ground: str = "",
        size: float = 14,
    ) -> None:
        for cell, column, width, text in zip(table.add_row().cells, columns, table.columns, texts, strict=True):
            cell.width = width.width
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGNMENTS[column.align]
            paragraph.paragraph_format.space_after = 0
            word.write(paragraph, self.document.say(text), size=size, bold=bold, hand=self.hand)
            if ground:
                word.shade(cell, ground)
