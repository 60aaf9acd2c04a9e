"""How the rows of one edition belong to those of another: a file beside the editions, checked with file and line.

`editions/crosswalks/<from>--<to>.yaml` names every asked row of both editions exactly once. The words:
equal (asks the same), subset (the later row asks for a part of what the earlier one asked), superset (the later row asks for
more), changed (asks otherwise about the same matter), new, removed. `options` maps ticks of the earlier row to the later one's;
an empty one was dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field

from phrom.rules.instrument.load import EditionProblems, Problem, read
from phrom.rules.instrument.model import Edition, Frozen, Kind, Question
from phrom.rules.instrument.shape import Piece, shape
from phrom.rules.instrument.tree import Document, Place

FOLDER = "crosswalks"


class Relation(StrEnum):
    """How a later row stands to an earlier one."""

    EQUAL = "equal"
    SUBSET = "subset"
    SUPERSET = "superset"
    CHANGED = "changed"
    NEW = "new"
    REMOVED = "removed"


WORDS = {
    Relation.EQUAL: "เหมือนเดิม",
    Relation.SUBSET: "ถามแคบลง",
    Relation.SUPERSET: "ถามกว้างขึ้น",
    Relation.CHANGED: "เปลี่ยนไป",
    Relation.NEW: "ข้อใหม่",
    Relation.REMOVED: "ตัดออก",
}
SAME_KIND = (Relation.EQUAL, Relation.SUBSET, Relation.SUPERSET)


class Match(Frozen):
    """One line: a row of the earlier edition, a row of the later one, and how they belong together."""

    before: str = Field("", alias="from")
    after: str = Field("", alias="to")
    relation: Relation
    options: dict[str, str] = {}
    note: str = ""

    def option(self, code: str) -> str:
        """The later row's choice for a tick of the earlier one; empty where it was dropped."""
        return self.options.get(code, code)


class CrosswalkHead(Frozen):
    """The top of the file; rows are shaped one by one."""

    before: str = Field(alias="from")
    after: str = Field(alias="to")
    note: str = ""
    rows: list[Any]


class Crosswalk(Frozen):
    """Every asked row of two editions, matched."""

    before: str
    after: str
    note: str
    rows: tuple[Match, ...]

    @cached_property
    def by_later(self) -> Mapping[str, Match]:
        """The line of each row of the later edition."""
        return {match.after: match for match in self.rows if match.after}


def crosswalk_file(editions: Path, before: str, after: str) -> Path:
    """Where the crosswalk between two editions lies."""
    return editions / FOLDER / f"{before}--{after}.yaml"


def load_crosswalk(file: Path, before: Edition, after: Edition) -> Crosswalk:
    """The crosswalk of the file. Raises EditionProblems with every defect, each with its line."""
    document = read(file.parent, file.name)
    head = shape(document, (), document.data, CrosswalkHead, {"from": "", "to": "", "rows": []}) if document.data else None
    raw = head.value.rows if head and head.value else []
    pieces = [shape(document, ("rows", number), row, Match) for number, row in enumerate(raw)]
    problems = [*document.problems, *(head.problems if head else ()), *(each for piece in pieces for each in piece.problems)]
    if head and head.value:
        problems += _ends(document, head.value, before, after)
        problems += _rows(document, pieces, before, after)
    if problems or head is None or head.value is None:
        raise EditionProblems(problems)
    rows = tuple(piece.value for piece in pieces if piece.value)
    return Crosswalk(before=before.id, after=after.id, note=head.value.note, rows=rows)


def _ends(document: Document, head: CrosswalkHead, before: Edition, after: Edition) -> Iterator[Problem]:
    for key, named, edition in (("from", head.before, before), ("to", head.after, after)):
        if named != edition.id:
            yield document.problem((key,), "crosswalk_other_edition", named=named, edition=edition.id)


def _rows(document: Document, pieces: list[Piece[Match]], before: Edition, after: Edition) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for piece in pieces:
        if piece.value is None:
            continue
        for side, code, edition in (("from", piece.value.before, before), ("to", piece.value.after, after)):
            if code and (code not in edition.by_code or not edition.by_code[code].asked):
                yield document.problem((*piece.place, side), "crosswalk_unknown_row", row=code, edition=edition.id)
            if code and (side, code) in seen:
                yield document.problem((*piece.place, side), "crosswalk_row_twice", row=code, first=seen[side, code])
            seen.setdefault((side, code), document.line(piece.place))
        yield from _sides(document, piece.place, piece.value)
        yield from _fit(document, piece.place, piece.value, before.by_code.get(piece.value.before), after)
    for side, edition in (("from", before), ("to", after)):
        for row in edition.asked_rows:
            if (side, row.code) not in seen:
                yield document.problem(("rows",), "crosswalk_row_missing", row=row.code, edition=edition.id)


def _sides(document: Document, place: Place, match: Match) -> Iterator[Problem]:
    """New has no earlier row, removed no later one, every other word has both."""
    wanted = (match.relation is not Relation.NEW, match.relation is not Relation.REMOVED)
    if wanted != (bool(match.before), bool(match.after)):
        row = match.after or match.before
        yield document.problem(place, "crosswalk_sides", row=row, relation=match.relation.value)


def _fit(document: Document, place: Place, match: Match, earlier: Question | None, after: Edition) -> Iterator[Problem]:
    """What is carried must fit: the same kind unless changed, and every tick leads to a choice that there is."""
    later = after.by_code.get(match.after)
    if earlier is None or later is None or match.relation not in SAME_KIND:
        return
    if earlier.kind is not later.kind:
        words = {"row": later.code, "before": earlier.kind.value, "after": later.kind.value, "relation": match.relation.value}
        yield document.problem(place, "crosswalk_kinds", **words)
    elif later.kind is Kind.MANY:
        known = {choice.code for choice in later.choices}
        for choice in earlier.choices:
            if (target := match.option(choice.code)) and target not in known:
                yield document.problem((*place, "options"), "crosswalk_option", row=later.code, choice=choice.code)
