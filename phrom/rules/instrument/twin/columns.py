"""The twin's sheets and columns, and the place in the edition's files that each column stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import get_args, get_origin

from phrom.rules.instrument.model import (
    Band,
    Choice,
    Condition,
    Correction,
    Edition,
    EvidenceSlot,
    Frozen,
    Kpi,
    KpiStep,
    LevelAssumption,
    Pillar,
    Question,
    SubIndicator,
)

TEXT, NUMBER, BOOL, DAY, CONDITION, NULL = "text", "number", "bool", "day", "condition", "null"


@dataclass(frozen=True)
class Column:
    """A column: its title, the key (or keys) of its value in a piece, how a cell is read. NULL: a number that may be none.

    `said`: a text that is always there, be it empty.
    """

    title: str
    path: tuple[str, ...]
    kind: str = TEXT
    said: bool = False


def _columns(model: type[Frozen], without: tuple[str, ...] = (), within: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """A column for each plain field of a model, in its order; a group gives one for each of its own. Lists have sheets."""
    found: list[Column] = []
    for name, about in model.model_fields.items():
        path = (*within, name)
        types = get_args(about.annotation) or (about.annotation,)
        plain = types[0]
        if name in without or get_origin(about.annotation) is tuple:
            continue
        if plain is not Condition and isinstance(plain, type) and issubclass(plain, Frozen):
            found += _columns(plain, (), path)
        else:
            none = about.is_required() and NoneType in types
            said = plain is str and about.is_required()
            found.append(Column(".".join(path), path, NULL if none else _KINDS.get(plain, TEXT), said))
    return tuple(found)


_KINDS: Mapping[object, str] = {bool: BOOL, int: NUMBER, Decimal: NUMBER, date: DAY, Condition: CONDITION}
EDITION = _columns(Edition, ("kpi", "hash"))
KPI = _columns(Kpi)


@dataclass(frozen=True)
class Kept:
    """A sheet that holds a list: of which document, under which key; or within a piece of another sheet, named by `parent`."""

    sheet: str
    document: str
    key: str
    columns: tuple[Column, ...]
    parent: str = ""
    within: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """The header row."""
        return ((self.parent,) if self.parent else ()) + tuple(column.title for column in self.columns)


LISTS = (
    Kept("pillars", "edition", "pillars", _columns(Pillar)),
    Kept("rows", "edition", "rows", _columns(Question)),
    Kept("choices", "edition", "choices", _columns(Choice), "row", "rows"),
    Kept("evidence", "edition", "evidence", _columns(EvidenceSlot), "row", "rows"),
    Kept("corrections", "edition", "corrections", _columns(Correction)),
    Kept("levels", "levels", "assumptions", _columns(LevelAssumption)),
    Kept("bands", "levels", "bands", _columns(Band), "assumption", "levels"),
    Kept("sub_indicators", "kpi", "sub_indicators", _columns(SubIndicator)),
    Kept("steps", "kpi", "steps", _columns(KpiStep), "sub_indicator", "sub_indicators"),
)
HEADS = (("edition", EDITION), ("kpi", KPI))
NOTE = "note"
