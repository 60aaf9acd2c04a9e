"""The order and the lengths in which the surveyor's own portal takes answers: a file beside the edition, checked with lines.

DGA does not publish its portal's form, so the file's status says how far it may be trusted, and a text over a limit is named,
never cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from phrom.rules.instrument.load import EditionProblems, Problem, read
from phrom.rules.instrument.model import Edition, Frozen, Kind, Status
from phrom.rules.instrument.shape import Piece, shape
from phrom.rules.instrument.tree import Document

FILE = "portal.yaml"
Length = Annotated[int, Field(ge=1)]


class PortalRow(Frozen):
    """One line of the portal: a row of the edition, and how many characters its box takes where that differs."""

    code: str
    limit: Length | None = None


class PortalHead(Frozen):
    """The top of the file; rows are shaped one by one. Without rows the portal asks in printed order."""

    status: Status
    source: str
    limits: dict[str, Length] = {}
    rows: list[Any] = []


class Portal(Frozen):
    """How the portal asks. `limits` are by kind of row; `rows` name every asked row once, in the portal's order."""

    status: Status
    source: str
    limits: dict[str, int]
    rows: tuple[PortalRow, ...]

    def limit_of(self, row: PortalRow, kind: Kind) -> int | None:
        """How many characters the row's box takes; None where nobody knows."""
        return row.limit or self.limits.get(kind.value)


def load_portal(folder: Path, edition: Edition) -> Portal:
    """The edition's portal. Without a file: printed order, no limits. Raises EditionProblems with every defect and its line."""
    printed = tuple(PortalRow(code=row.code) for row in edition.asked_rows)
    if not (folder / FILE).is_file():
        return Portal(status=Status.PROVISIONAL, source="", limits={}, rows=printed)
    document = read(folder, FILE)
    head = shape(document, (), document.data, PortalHead, {"status": Status.PROVISIONAL, "source": ""})
    raw = head.value.rows if head.value else []
    pieces = [shape(document, ("rows", number), row, PortalRow) for number, row in enumerate(raw)]
    problems = [*document.problems, *head.problems, *(each for piece in pieces for each in piece.problems)]
    problems += _kinds(document, head.value.limits if head.value else {})
    problems += _rows(document, pieces, edition) if raw else []
    if problems or head.value is None:
        raise EditionProblems(problems)
    rows = tuple(piece.value for piece in pieces if piece.value) or printed
    return Portal(status=head.value.status, source=head.value.source, limits=head.value.limits, rows=rows)


def _kinds(document: Document, limits: dict[str, int]) -> Iterator[Problem]:
    for kind in limits:
        if kind not in Kind._value2member_map_:
            yield document.problem(("limits", kind), "portal_unknown_kind", kind=kind)


def _rows(document: Document, pieces: list[Piece[PortalRow]], edition: Edition) -> Iterator[Problem]:
    asked = {row.code for row in edition.asked_rows}
    seen: dict[str, int] = {}
    for piece in (piece for piece in pieces if piece.value):
        code = piece.value.code if piece.value else ""
        if code not in asked:
            yield document.problem((*piece.place, "code"), "crosswalk_unknown_row", row=code, edition=edition.id)
        if code in seen:
            yield document.problem((*piece.place, "code"), "portal_row_twice", row=code, first=seen[code])
        seen.setdefault(code, document.line(piece.place))
    for code in (row.code for row in edition.asked_rows if row.code not in seen):
        yield document.problem(("rows",), "portal_row_missing", row=code)
