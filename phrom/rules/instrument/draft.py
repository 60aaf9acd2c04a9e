"""An edition as it was read, before it is known to be sound: the pieces that could be made, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from phrom.rules.instrument.model import (
    Correction,
    Frozen,
    Informants,
    Kind,
    LevelAssumption,
    Pillar,
    Question,
    Status,
    SubIndicator,
)
from phrom.rules.instrument.problems import Problem
from phrom.rules.instrument.shape import Model, Piece, shape
from phrom.rules.instrument.tree import Document, Place


class EditionHead(Frozen):
    """The top of edition.yaml; pillars, rows and corrections are shaped one by one."""

    id: str
    fiscal_year: int
    title: str
    issuer: str
    source: str
    status: Status
    notes: tuple[str, ...] = ()
    invented: bool = False
    pillars: list[Any]
    rows: list[Any]
    corrections: list[Any] = []


class LevelsHead(Frozen):
    """The top of levels.yaml."""

    assumptions: list[Any]


class KpiHead(Frozen):
    """The top of kpi.yaml."""

    title: str
    weight: Decimal
    source: str
    interpolation: str
    interpolation_status: Status
    sub_indicators: list[Any]


ROW_STAND_INS: dict[str, Any] = {
    "code": "",
    "pillar": "",
    "section": "",
    "text": "?",
    "kind": Kind.YES_NO,
    "informants": Informants.ALL_AGENCIES,
}


@dataclass(frozen=True)
class Draft:
    """Pieces of the three files. A piece without a value, or a dropped key, is already among the problems."""

    edition: Document
    levels: Document
    kpi: Document
    head: Piece[EditionHead]
    levels_head: Piece[LevelsHead]
    kpi_head: Piece[KpiHead]
    pillars: tuple[Piece[Pillar], ...]
    rows: tuple[Piece[Question], ...]
    corrections: tuple[Piece[Correction], ...]
    assumptions: tuple[Piece[LevelAssumption], ...]
    sub_indicators: tuple[Piece[SubIndicator], ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What reading and shaping found."""
        heads: tuple[Piece[Any], ...] = (self.head, self.levels_head, self.kpi_head)
        many: tuple[Piece[Any], ...] = (*self.pillars, *self.rows, *self.corrections, *self.assumptions, *self.sub_indicators)
        read = (*self.edition.problems, *self.levels.problems, *self.kpi.problems)
        return (*read, *(problem for piece in (*heads, *many) for problem in piece.problems))

    @cached_property
    def sound_rows(self) -> tuple[tuple[Piece[Question], Question], ...]:
        """Rows that became a model, with their piece, in the order of the file."""
        return tuple((piece, piece.value) for piece in self.rows if piece.value is not None)

    @cached_property
    def first_place(self) -> dict[str, int]:
        """Row codes to their first position in the file, also of rows that did not become a model."""
        places: dict[str, int] = {}
        for position, piece in enumerate(self.rows):
            code = self.raw_code(piece.place)
            if code:
                places.setdefault(code, position)
        return places

    @cached_property
    def weights(self) -> dict[str, Decimal | None]:
        """Pillar codes to weights."""
        return {piece.value.code: piece.value.weight for piece in self.pillars if piece.value is not None}

    @property
    def pillars_known(self) -> bool:
        """False when a pillar was refused: then it cannot be said which pillars there are."""
        return self.head.value is not None and "pillars" not in self.head.dropped and all(each.value for each in self.pillars)

    def raw_code(self, place: Place) -> str:
        """Return the code written at a row's place, or an empty text."""
        data = self.edition.data or {}
        row = data["rows"][place[1]]
        code = row.get("code") if isinstance(row, dict) else None
        return code if isinstance(code, str) else ""


def draft(edition: Document, levels: Document, kpi: Document) -> Draft:
    """Shape the three documents. Nothing is refused here; the problems are in the pieces."""
    return Draft(
        edition=edition,
        levels=levels,
        kpi=kpi,
        head=_head(edition, EditionHead, {"rows": [], "pillars": [], "title": "", "issuer": "", "source": ""}),
        levels_head=_head(levels, LevelsHead, {"assumptions": []}),
        kpi_head=_head(kpi, KpiHead, {"sub_indicators": [], "title": "", "source": ""}),
        pillars=_pieces(edition, "pillars", Pillar, {}),
        rows=_pieces(edition, "rows", Question, ROW_STAND_INS),
        corrections=_pieces(edition, "corrections", Correction, {}),
        assumptions=_pieces(levels, "assumptions", LevelAssumption, {"name": "", "source": "?", "status": Status.EXPECTED}),
        sub_indicators=_pieces(kpi, "sub_indicators", SubIndicator, {"title": ""}),
    )


def _head(document: Document, model: type[Model], stand_ins: dict[str, Any]) -> Piece[Model]:
    if document.data is None:
        return Piece((), None, frozenset(), ())
    return shape(document, (), document.data, model, stand_ins)


def _pieces(document: Document, key: str, model: type[Model], stand_ins: dict[str, Any]) -> tuple[Piece[Model], ...]:
    items = (document.data or {}).get(key)
    if not isinstance(items, list):
        return ()
    return tuple(shape(document, (key, index), item, model, stand_ins) for index, item in enumerate(items))
