"""How each block of the content is drawn in Word; the names are those of `content.py`, the measures those of `blocks.typ`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from phrom.shared.documents import word
from phrom.shared.documents.content import (
    Bars,
    Blanks,
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
    Stamp,
    Table,
)
from phrom.shared.documents.measures import LINE, LONG_LINE, people_columns, width_of
from phrom.shared.thai.digits import to_thai

HEADING_SIZES = {1: 18, 2: 17, 3: 16}  # points by level
ALIGNMENTS = {"left": 0, "center": 1, "right": 2}  # Word's own numbers (WD_ALIGN_PARAGRAPH)
INDENT = 2.5  # cm: the first line of a paragraph of an official paper
LEVEL = 0.75  # cm: how much deeper each level of clauses begins
SIGNED_FROM = 7.5  # cm from the left margin: signatures are centred between here and the right margin
STAMP_ROOM = 50.0  # points above and below the words on a stamp's place: 4.5 cm with them
FOUR_LINES = 84.0  # points: the room for a signature, four lines of 21


@dataclass(frozen=True)
class Pen:
    """Draws one paper's blocks at the end of the open Word file `made`."""

    made: Any
    document: Document
    hand: word.Hand

    def block(self, block: Block, *, kept: bool = False) -> None:  # noqa: C901 - one line a kind
        """Draw one block, on the page of the next one when `kept`."""
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._running_text(block, kept=kept)
            case Bullets():
                self._bullets(block, kept=kept)
            case Table():
                self._table(block)
            case Bars():
                columns = (Column("รายการ", 3), Column("ค่า", 1, "right"))
                self._table(Table(columns, tuple((bar.label, bar.shown) for bar in block.bars), block.caption))
            case PageBreak():
                raise AssertionError("a page break is a property of the block after it: see docx.py")
            case Field():
                self._field(block, kept=kept)
            case Clause():
                self._clause(block, kept=kept)
            case People():
                self._people(block)
            case DateLine():
                self._paragraph(block.text, before=12, left=5, with_next=kept)
            case Signature():
                self._signature(block, kept=kept)
            case Stamp():
                self._stamp(block, kept=kept)
            case OfficeLines():
                self._paragraph("\n".join(block.lines), before=24, together=True, with_next=kept)
            case Blanks():
                self._blanks(block, kept=kept)
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

    def _room(self, points: float, *, with_next: bool = False) -> None:
        """An empty paragraph of this height; without one two tables would grow together."""
        from docx.shared import Pt  # noqa: PLC0415

        self._paragraph("", with_next=with_next).paragraph_format.line_spacing = Pt(points)

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

    def _running_text(self, block: Paragraph, *, kept: bool) -> None:
        size = word.SMALL if block.small else word.BODY
        first = INDENT if block.indent else 0
        align = ALIGNMENTS[block.align]
        form: dict[str, Any] = {"first": first, "align": align, "with_next": kept, **self._gap}
        self._paragraph(block.text, size=size, bold=block.bold, grey=block.small, **form)

    def _bullets(self, block: Bullets, *, kept: bool) -> None:
        """Items with their mark typed in: Word's own numbering would run on from one list into the next."""
        for number, item in enumerate(block.items, 1):
            mark = f"{to_thai(number) if self.document.in_thai else number}." if block.numbered else "–"
            self._hanging(f"{mark}\t{item}", 1, first=-0.7, after=2, with_next=kept and number == len(block.items))

    def _hanging(self, text: str, left: float, *, first: float, **options: Any) -> Any:
        from docx.shared import Cm  # noqa: PLC0415

        paragraph = self._paragraph(text, left=left, first=first, **options)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(left))
        return paragraph

    def _field(self, block: Field, *, kept: bool) -> None:
        """The label, then the lines hanging at its width. In a memo the bold label is that of the form, 20 points."""
        size = 20 if self.document.form == "memo" and block.bold_label else word.BODY
        bold = block.bold or block.bold_label
        width = max(1.2, round((width_of(block.label) * (1.08 if bold else 1) + 0.35) * size / word.BODY, 2))
        with_next = block.bold or kept
        paragraph = self._hanging(block.label, width, first=-width, with_next=with_next, size=size, bold=bold, before=6)
        word.write(paragraph, "\t" + self.document.say("\n".join(block.lines)), bold=block.bold, hand=self.hand)

    def _clause(self, block: Clause, *, kept: bool) -> None:
        first = INDENT + LEVEL * (block.level - 1)
        with_next = block.bold or kept
        self._paragraph(f"{block.number}  {block.text}", before=6, first=first, bold=block.bold, with_next=with_next)

    def _blanks(self, block: Blanks, *, kept: bool) -> None:
        """Every label with dots to its tab stop, the stops at equal distances."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER  # noqa: PLC0415 - lxml is loaded only where papers are made
        from docx.shared import Cm  # noqa: PLC0415

        text = " ".join(f"{label} \t" for label in block.labels)
        paragraph = self._paragraph(text, before=6, left=block.indent, with_next=kept)
        line = self._line / Cm(1)
        for place in range(1, len(block.labels) + 1):
            stop = block.indent + (line - block.indent) * place / len(block.labels)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(stop), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)

    def _people(self, block: People) -> None:
        if block.heading:
            self._paragraph(block.heading, before=12, after=3, bold=True, with_next=True)
        widths = people_columns(block, LONG_LINE if self.document.landscape else LINE)
        columns = tuple(Column("", width, "left" if place else "right") for place, width in enumerate(widths))
        table = self._grid(columns)
        for one in block.people:
            self._row(table, columns, (f"{one.number} ", one.name, one.position, one.note)[: len(columns)], size=word.BODY)
        word.tight_table(table)
        word.keep_rows(table)
        self._room(4)

    def _signature(self, block: Signature, *, kept: bool) -> None:
        form: dict[str, Any] = {"left": SIGNED_FROM, "align": 1, "with_next": True, "together": True}
        if block.closing:
            self._paragraph(block.closing, before=12, **form)
        name = f"({block.name})" if block.name else f"({'.' * 40})"
        room = FOUR_LINES - 21 if block.closing else FOUR_LINES
        lines = [name, *block.position]
        for number, text in enumerate(lines):
            last = {"with_next": kept} if number == len(lines) - 1 else {}
            self._paragraph(text, **{"before": room if number == 0 else 0, **form, **last})

    def _stamp(self, block: Stamp, *, kept: bool) -> None:
        """Office, room for a stamp of 4.5 cm with the word where it goes, date."""
        form: dict[str, Any] = {"left": SIGNED_FROM, "align": 1, "with_next": True, "together": True}
        self._paragraph(block.office, before=12, **form)
        self._paragraph("ประทับตรา\nลงชื่อย่อกำกับตรา", before=STAMP_ROOM, after=STAMP_ROOM, size=12, grey=True, **form)
        self._paragraph(block.date, **{**form, "with_next": kept})

    def _table(self, block: Table) -> None:
        if block.caption:
            self._paragraph(block.caption, before=8, after=3, bold=True, with_next=True)
        else:
            self._room(6, with_next=True)
        columns = block.columns
        table = self._grid(columns)
        self._row(table, columns, [column.title for column in columns], bold=True, ground="F1EFE8", with_next=True)
        for place, row in enumerate(block.rows):
            heads = place in block.sections
            self._row(table, columns, row, bold=heads or (block.total and place == len(block.rows) - 1), with_next=heads)
            if heads:
                word.span_row(table.rows[-1])
        word.rule_table(table)
        self._room(8)

    @property
    def _line(self) -> int:
        """The width between the margins, in Word's own measure."""
        section = self.made.sections[0]
        return int(section.page_width - section.left_margin - section.right_margin)

    def _grid(self, columns: Sequence[Column]) -> Any:
        """An empty table over the whole line, its columns by their shares."""
        share = self._line / sum(column.width for column in columns)
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
        with_next: bool = False,
    ) -> None:
        for cell, column, width, text in zip(table.add_row().cells, columns, table.columns, texts, strict=True):
            cell.width = width.width
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGNMENTS[column.align]
            paragraph.paragraph_format.space_after = 0
            paragraph.paragraph_format.keep_with_next = with_next or None
            word.write(paragraph, self.document.say(text), size=size, bold=bold, hand=self.hand)
            if ground:
                word.shade(cell, ground)
