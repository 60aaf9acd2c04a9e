"""Tables back to an edition, through the same checks as the YAML files; every problem says sheet, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from phrom.rules.instrument.load import EditionProblems, edition_of
from phrom.rules.instrument.model import Edition
from phrom.rules.instrument.problems import Problem
from phrom.rules.instrument.tree import Document, Place
from phrom.rules.instrument.twin.columns import BOOL, CONDITION, EDITION, KPI, LISTS, NOTE, NULL, NUMBER, Column, Kept
from phrom.rules.instrument.twin.tables import Table

MOST_DIGITS = 15
_TRUE, _FALSE = ("ใช่", "true", "yes", "1"), ("ไม่ใช่", "false", "no", "0")
_LEAF = re.compile(r"\s*([A-Z]{1,3}[0-9.]*)(?:\s+([a-z_]+))?\s*")
_BRANCH = re.compile(r"\s*(all|any)\s*\(")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
SENTENCES = {
    "sheet": ("ไม่มีแผ่นงาน {name}", "the sheet {name} is missing"),
    "column": ("ไม่มีคอลัมน์ {name}", "the column {name} is missing"),
    "unknown_column": ("ไม่รู้จักคอลัมน์ {name}", "unknown column {name}"),
    "unknown_key": ("ไม่รู้จักคีย์ {name}", "unknown key {name}"),
    "twice": ("คีย์ {name} มีสองแถว", "the key {name} is there twice"),
    "parent": ("ไม่มี {name} ในแผ่นงาน {within}", "there is no {name} on the sheet {within}"),
    "condition": ("อ่านเงื่อนไข “{name}” ไม่ได้ เขียนเช่น P5.2 หรือ all(P1.1, P4.1 above_zero)", "cannot read the condition '{name}'"),
    "bool": ("“{name}” ต้องเป็น ใช่ หรือ ไม่ใช่", "'{name}' must be ใช่ or ไม่ใช่ (true or false)"),
    "control": ("มีอักขระควบคุมในข้อความ", "the text holds a control character"),
}


@dataclass(frozen=True, order=True)
class TwinProblem:
    """One defect: sheet, row as Excel numbers it, the column's title, and why in both languages."""

    sheet: str
    row: int
    column: str
    th: str
    en: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row} {self.column}: {self.th} | {self.en}"


@dataclass(frozen=True)
class _Sheets(Document):
    """A document that was made of sheets: its problems name sheet, row and column in place of file and line."""

    cells: Mapping[Place, tuple[str, int, str]] = field(default_factory=dict)

    def problem(self, place: Place, code: str, **words: object) -> Problem:
        told = super().problem(place, code, **words)
        while place and place not in self.cells:
            place = place[:-1]
        sheet, row, column = self.cells.get(place, (self.file, 1, ""))
        return Problem(f"{sheet}\t{column}", row, told.code, told.th, told.en)


def edition_of_tables(tables: Sequence[Table]) -> Edition:
    """The edition that the tables make. Raises EditionProblems with all defects; `twin_problems` says where they are."""
    reader = _Reader({table.name: table for table in tables})
    documents = reader.documents()
    if reader.problems:
        try:
            edition_of(*documents)
            found: Sequence[Problem] = ()
        except EditionProblems as more:
            found = more.problems
        raise EditionProblems([*reader.problems, *found])
    return edition_of(*documents)


def unchecked(tables: Sequence[Table]) -> Mapping[str, Any]:
    """What the edition's own file would hold, sound or not: a draft that is gone on with in an editor."""
    made, _, _ = _Reader({table.name: table for table in tables}).documents()
    return made.data if isinstance(made.data, dict) else {}


def twin_problems(problems: EditionProblems) -> list[TwinProblem]:
    """The defects with sheet, row and column."""
    said = [(*problem.file.partition("\t")[::2], problem) for problem in problems.problems]
    return sorted({TwinProblem(sheet, each.line, column, each.th, each.en) for sheet, column, each in said})


class _Reader:
    """The tables while they become documents."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.problems: list[Problem] = []
        self.data: dict[str, dict[str, Any]] = {"edition": {}, "levels": {}, "kpi": {}}
        self.cells: dict[str, dict[Place, tuple[str, int, str]]] = {"edition": {}, "levels": {}, "kpi": {}}
        self.known: dict[str, dict[str, int]] = {}

    def documents(self) -> tuple[Document, Document, Document]:
        self.head("edition", EDITION)
        self.head("kpi", KPI)
        for kept in LISTS:
            if kept.parent:
                self.inner(kept)
            else:
                self.outer(kept)
        made = (self.document(name) for name in ("edition", "levels", "kpi"))
        return (next(made), next(made), next(made))

    def document(self, name: str) -> Document:
        lines = {place: row for place, (_, row, _) in self.cells[name].items()}
        return _Sheets(name, self.data[name], lines, (), self.cells[name])

    def tell(self, sheet: str, row: int, column: str, code: str, **words: object) -> None:
        th, en = SENTENCES[code]
        said = {name: str(word)[:80] for name, word in words.items()}
        self.problems.append(Problem(f"{sheet}\t{column}", row, code, th.format(**said), en.format(**said)))

    def head(self, sheet: str, columns: tuple[Column, ...]) -> None:
        """The sheet of keys and values."""
        by_title = {column.title: column for column in columns}
        notes: list[str] = []
        for number, row in self.rows(sheet):
            title, cell = _text(row[0]), row[1] if len(row) > 1 else ""
            if title == NOTE and sheet == "edition":
                self.cells[sheet][("notes", len(notes))] = (sheet, number, NOTE)
                notes.append(self.text(sheet, number, NOTE, cell))
            elif title not in by_title:
                self.tell(sheet, number, title, "unknown_key", name=title)
            elif title in self.data[sheet]:
                self.tell(sheet, number, title, "twice", name=title)
            else:
                self.put(self.data[sheet], (), by_title[title], cell, sheet, sheet, number)
        _say_nothing(self.data[sheet], columns)
        if notes:
            self.data[sheet]["notes"] = notes

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Any]]]:
        """The rows below the header that say anything, as Excel numbers them."""
        if sheet not in self.tables:
            self.tell(sheet, 0, "", "sheet", name=sheet)
            return
        for number, row in enumerate(self.tables[sheet].rows[1:], 2):
            if any(_text(cell) for cell in row):
                yield number, row

    def places(self, kept: Kept) -> dict[str, int] | None:
        header = [_text(cell) for cell in self.tables[kept.sheet].rows[0]] if self.tables[kept.sheet].rows else []
        for title in kept.titles:
            if title not in header:
                self.tell(kept.sheet, 1, title, "column", name=title)
        for title in header:
            if title and title not in kept.titles:
                self.tell(kept.sheet, 1, title, "unknown_column", name=title)
        return {title: header.index(title) for title in kept.titles if title in header}

    def pieces(self, kept: Kept) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row as its cells by title."""
        found = list(self.rows(kept.sheet))
        if kept.sheet not in self.tables:
            return
        places = self.places(kept) or {}
        for number, row in found:
            yield number, {title: row[at] if at < len(row) else "" for title, at in places.items()}

    def outer(self, kept: Kept) -> None:
        made: list[dict[str, Any]] = []
        self.data[kept.document][kept.key] = made
        self.cells[kept.document][(kept.key,)] = (kept.sheet, 1, "")
        self.known[kept.sheet] = {}
        for number, cells in self.pieces(kept):
            place: Place = (kept.key, len(made))
            made.append(self.piece(kept, place, number, cells))
            self.known[kept.sheet].setdefault(_text(cells.get("code", "")), len(made) - 1)

    def inner(self, kept: Kept) -> None:
        outer = next(each for each in LISTS if each.sheet == kept.within)
        pieces = self.data[kept.document][outer.key]
        if kept.sheet in ("bands", "steps"):
            for piece in pieces:
                piece[kept.key] = []
        for number, cells in self.pieces(kept):
            parent = _text(cells.get(kept.parent, ""))
            if parent not in self.known[kept.within]:
                self.tell(kept.sheet, number, kept.parent, "parent", name=parent or kept.parent, within=kept.within)
                continue
            at = self.known[kept.within][parent]
            siblings = pieces[at].setdefault(kept.key, [])
            siblings.append(self.piece(kept, (outer.key, at, kept.key, len(siblings)), number, cells))

    def piece(self, kept: Kept, place: Place, number: int, cells: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        self.cells[kept.document][place] = (kept.sheet, number, kept.titles[0])
        for column in kept.columns:
            self.put(made, place, column, cells.get(column.title, ""), kept.document, kept.sheet, number)
        _say_nothing(made, kept.columns)
        return made

    def put(
        self, made: dict[str, Any], place: Place, column: Column, cell: Any, document: str, sheet: str, number: int
    ) -> None:
        """One cell into its piece; an empty one is left out."""
        for depth in range(1, len(column.path) + 1):
            self.cells[document].setdefault((*place, *column.path[:depth]), (sheet, number, column.title))
        self.cells[document][(*place, *column.path)] = (sheet, number, column.title)
        if _text(cell) == "" and not (isinstance(cell, str) and cell):
            if column.kind == NULL:
                made[column.path[-1]] = None
            return
        into = made
        for key in column.path[:-1]:
            into = into.setdefault(key, {})
        into[column.path[-1]] = self.value(column, cell, sheet, number)

    def value(self, column: Column, cell: Any, sheet: str, number: int) -> Any:
        if column.kind in (NUMBER, NULL):
            return _number(cell)
        if column.kind == BOOL:
            return self.bool(column, cell, sheet, number)
        if column.kind == CONDITION:
            return self.condition(column, _text(cell), sheet, number)
        return self.text(sheet, number, column.title, cell)

    def text(self, sheet: str, number: int, column: str, cell: Any) -> str:
        text = cell if isinstance(cell, str) else _text(cell)
        if _CONTROL.search(text):
            self.tell(sheet, number, column, "control")
        return text

    def bool(self, column: Column, cell: Any, sheet: str, number: int) -> Any:
        if isinstance(cell, bool):
            return cell
        text = _text(cell).lower()
        if text in (*_TRUE, *_FALSE):
            return text in _TRUE
        self.tell(sheet, number, column.title, "bool", name=text)
        return False

    def condition(self, column: Column, text: str, sheet: str, number: int) -> Any:
        try:
            made, rest = _condition(text, 0)
        except (ValueError, RecursionError):
            made, rest = {}, "?"
        if rest.strip():
            self.tell(sheet, number, column.title, "condition", name=text)
            return None
        return made


def _condition(text: str, depth: int) -> tuple[dict[str, Any], str]:
    """The condition that the text begins with, and the rest. Raises ValueError."""
    if depth > 20:
        raise ValueError(text)
    if not (branch := _BRANCH.match(text)):
        leaf = _LEAF.match(text)
        if leaf is None:
            raise ValueError(text)
        return ({"code": leaf[1], "test": leaf[2]} if leaf[2] else {"code": leaf[1]}), text[leaf.end() :]
    parts, rest = [], text[branch.end() :]
    while True:
        part, rest = _condition(rest, depth + 1)
        parts.append(part)
        if rest.startswith(")"):
            return {f"{branch[1]}_of": parts}, rest[1:].lstrip()
        if not rest.startswith(","):
            raise ValueError(text)
        rest = rest[1:]


def _say_nothing(made: dict[str, Any], columns: Sequence[Column]) -> None:
    """A text that must be there and was left empty is an empty text, in a group only where the group says something."""
    for column in columns:
        into = made
        for key in column.path[:-1]:
            into = into.get(key, {})
        if column.said and (into or len(column.path) == 1):
            into.setdefault(column.path[-1], "")


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _number(cell: Any) -> Any:
    """A number as YAML would read it; what is none stays text, for the checks to say so."""
    text = _text(cell)
    if len(re.sub("[^0-9]", "", text)) > MOST_DIGITS:
        return text
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text
