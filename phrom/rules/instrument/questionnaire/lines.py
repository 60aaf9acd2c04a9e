"""A questionnaire's table as lines, wherever it was copied from: what stands on the left, what on the right, on which line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BLANKS = re.compile(r"[ \u00a0\t\r\f\v]+")


@dataclass(frozen=True)
class Line:
    """One line: its number in the source (from 1), the question's side, the informant's side."""

    number: int
    left: str
    right: str = ""


def lines_of_text(text: str) -> list[Line]:
    """Pasted text: a tab divides the two sides; line numbers are those of the text."""
    return lines_of_rows(line.split("\t") for line in text.replace("\r\n", "\n").split("\n"))


def lines_of_rows(rows: Iterable[Sequence[str]]) -> list[Line]:
    """Rows of cells: the first that says something is the left side, the next the right; empty rows are only counted."""
    found = []
    for number, row in enumerate(rows, 1):
        cells = [cell for cell in (_BLANKS.sub(" ", str(cell).replace("\n", " ")).strip() for cell in row) if cell]
        if cells:
            found.append(Line(number, cells[0], cells[1] if len(cells) > 1 else ""))
    return found
