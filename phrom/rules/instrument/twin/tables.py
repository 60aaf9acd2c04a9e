"""An edition to tables of plain values: text, numbers, true and false."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from phrom.rules.instrument.model import Condition, Edition
from phrom.rules.instrument.twin.columns import EDITION, HEADS, KPI, LISTS, NOTE, Column, Kept

Cell = str | int | Decimal | bool | None


@dataclass(frozen=True)
class Table:
    """A sheet: its name and its rows, the header first."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(edition: Edition) -> tuple[Table, ...]:
    """The sheets of an edition, in the order in which they are read."""
    data = edition.model_dump(mode="python")
    heads: dict[str, list[tuple[Cell, ...]]] = {"edition": [], "kpi": []}
    for sheet, columns in ((HEADS[0][0], EDITION), (HEADS[1][0], KPI)):
        piece = data if sheet == "edition" else data["kpi"]
        heads[sheet] = [(column.title, _cell(column, piece)) for column in columns]
    heads["edition"] += [(NOTE, text) for text in data["notes"]]
    found = [Table("edition", (("key", "value"), *heads["edition"])), Table("kpi", (("key", "value"), *heads["kpi"]))]
    of = {"edition": data, "levels": {"assumptions": data["levels"]}, "kpi": data["kpi"]}
    return (*found, *(Table(kept.sheet, (kept.titles, *_rows(kept, of))) for kept in LISTS))


def condition_text(condition: Condition) -> str:
    """ "P5.2", "P4.1 above_zero", "all(P1.1, any(P2.1 given, P2.2))"."""
    if condition.code:
        return condition.code if condition.test == "yes" else f"{condition.code} {condition.test}"
    word, parts = ("any", condition.any_of) if condition.any_of else ("all", condition.all_of)
    return f"{word}({', '.join(condition_text(part) for part in parts)})"


def _rows(kept: Kept, of: dict[str, Any]) -> list[tuple[Cell, ...]]:
    if not kept.parent:
        return [tuple(_cell(column, piece) for column in kept.columns) for piece in of[kept.document][kept.key]]
    outer = next(each for each in LISTS if each.sheet == kept.within)
    return [
        (piece["code"], *(_cell(column, inner) for column in kept.columns))
        for piece in of[outer.document][outer.key]
        for inner in piece[kept.key]
    ]


def _cell(column: Column, piece: dict[str, Any]) -> Cell:
    value: Any = piece
    for key in column.path:
        value = value.get(key) if isinstance(value, dict) else None
    if column.path == ("asked_when",) and value is not None:
        return condition_text(Condition.model_validate(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int | Decimal) or value is None:
        return value
    return str(value)
