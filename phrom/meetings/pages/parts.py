"""A paper's blocks as a page shows them: texts, and tables that become cards on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phrom.shared.documents.content import Block, Column, Paragraph, Table
from phrom.shared.thai.digits import to_arabic


@dataclass(frozen=True)
class Row:
    """A row of cells that know their columns; a section heads the rows after it with its first cell alone."""

    cells: tuple[tuple[Column, str], ...]
    is_section: bool = False

    @property
    def heading(self) -> str:
        """The text of a section."""
        return self.cells[0][1]


@dataclass(frozen=True)
class Part:
    """One block for the screen, in Arabic digits: a text, or a table whose cells know their columns."""

    text: str = ""
    small: bool = False
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def has_sections(self) -> bool:
        """True where bold rows head the others, which are then not bold."""
        return any(row.is_section for row in self.rows)


def parts_of(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The parts of a generated paper; TypeError for a block that no source makes."""
    return tuple(_part(block) for block in blocks)


def _part(block: Block) -> Part:
    if isinstance(block, Table):
        return Part(columns=block.columns, rows=tuple(_row(block, place) for place in range(len(block.rows))))
    if isinstance(block, Paragraph):
        return Part(text=to_arabic(block.text), small=block.small)
    raise TypeError(f"a source made a {type(block).__name__}, which a page cannot show")


def _row(table: Table, place: int) -> Row:
    cells = tuple(zip(table.columns, map(to_arabic, table.rows[place]), strict=True))
    return Row(cells, place in table.sections)
