"""A paper's blocks as a page shows them: texts, and tables that become cards on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phrom.shared.documents.content import Block, Column, Paragraph, Table
from phrom.shared.thai.digits import to_arabic


@dataclass(frozen=True)
class Part:
    """One block for the screen, in Arabic digits: a text, or a table whose cells know their columns."""

    text: str = ""
    small: bool = False
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[tuple[Column, str], ...], ...] = ()


def parts_of(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The parts of a generated paper; TypeError for a block that no source makes."""
    return tuple(_part(block) for block in blocks)


def _part(block: Block) -> Part:
    if isinstance(block, Table):
        rows = tuple(tuple(zip(block.columns, map(to_arabic, row), strict=True)) for row in block.rows)
        return Part(columns=block.columns, rows=rows)
    if isinstance(block, Paragraph):
        return Part(text=to_arabic(block.text), small=block.small)
    raise TypeError(f"a source made a {type(block).__name__}, which a page cannot show")
