"""The scorecard of many bodies at once, equal to `scorecard.py` to the last digit.

Every answer becomes one whole number, its *cell*: steps earned, and two bits that conditions look at. Cells live in a
compact matrix (bodies x rows) that may be kept. Points are whole numbers of a common unit; while their sums stay below 2**53
float64 adds them exactly, so the processor's fast matrix product does it; an edition with finer points is added up in Python's
unlimited whole numbers. Percents, total and levels are found with whole numbers too and rounded halves upward once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phrom.rules.instrument.model import Band, Condition, Edition, Kind, Question, Status
from phrom.rules.scoring.claims import answered, meter, positive, steps
from phrom.rules.scoring.path import codes_of
from phrom.rules.scoring.scorecard import status_of
from phrom.rules.scoring.sheet import Answer, AnswerSheet, Provider, Stance, Value

Cells = NDArray[np.int32]
Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]
Exact = NDArray[Any]
"""Whole numbers: int64, float64 below 2**53, or Python's own without limit."""
GIVEN, POSITIVE, ONE_STEP, SHIFT = 1, 2, 4, 2
SETTLED = GIVEN | POSITIVE  # who confirms the owner's answer fulfils every condition about it, and earns nothing by it
Encoder = Callable[[Answer], int]
CHUNK = 4096
# Hundredths of percents, twice, must stay inside int64; sums below this are exact in float64 too (2**53 is far above).
LARGEST = 2**63 // 20_000


@dataclass(frozen=True)
class Matrix:
    """Cells of many bodies: one line a body in the order of `bodies`, one column an asked row in printed order."""

    bodies: tuple[str, ...]
    cells: Cells


@dataclass(frozen=True)
class ManyScores:
    """Scores of many bodies in hundredths: `totals` (bodies), `percents` (bodies x weighted pillars), levels by assumption."""

    bodies: tuple[str, ...]
    pillars: tuple[str, ...]
    totals: Numbers
    percents: Numbers
    levels: Mapping[str, Numbers]
    pillar_levels: Mapping[str, Numbers]
    bands: Mapping[str, tuple[Band, ...]]
    status: Status

    def total(self, place: int) -> Decimal:
        """The total of the body at a place, two decimals."""
        return Decimal(int(self.totals[place])).scaleb(-2)

    def percent(self, place: int, pillar: str) -> Decimal:
        """A pillar's percent of the body at a place, two decimals."""
        return Decimal(int(self.percents[place, self.pillars.index(pillar)])).scaleb(-2)

    def level(self, place: int, assumption: str) -> Band:
        """The level of the body at a place under an assumption."""
        return self.bands[assumption][int(self.levels[assumption][place])]

    def pillar_level(self, place: int, pillar: str, assumption: str) -> Band:
        """A pillar's level of the body at a place under an assumption."""
        return self.bands[assumption][int(self.pillar_levels[assumption][place, self.pillars.index(pillar)])]


@dataclass(frozen=True)
class Plan:
    """An edition made ready: where each row's cell stands, what a step of it is worth, how pillars become the total.

    `units` (rows x pillars) and `out_of` (pillars) are in one common small unit of points; `parts` (pillars) over `whole` is
    what that unit is worth in the total.
    """

    edition: Edition
    column: Mapping[str, int]
    encoders: Mapping[str, Encoder]
    conditions: tuple[tuple[int, Condition], ...]
    units: Exact
    out_of: Exact
    parts: Exact
    whole: int


def encode(question: Question, answer: Answer) -> int:
    """One answer's cell. It holds no text and no evidence, only what scoring needs; it may be kept beside the answer."""
    return encoder(question)(answer)


def encoder(question: Question) -> Encoder:
    """`encode` for one row, made once and used for many answers."""
    code = _coder(question)
    return lambda answer: code(answer.value, answer.provider) | (SETTLED if answer.stance is Stance.CONFIRMS else 0)


def _coder(question: Question) -> Callable[[Value, str], int]:
    measure, beyond = meter(question), question.beyond_parent_department

    def cell(value: Value, provider: str) -> int:
        if value is None:
            return 0
        flags = (GIVEN if answered(value) else 0) | (POSITIVE if positive(value) else 0)
        return flags if beyond and provider == Provider.PARENT else measure(value) << SHIFT | flags

    def yes_no(value: Value, provider: str) -> int:
        """The same, quicker: most rows are of this kind."""
        if value is True:
            return GIVEN | POSITIVE if beyond and provider == Provider.PARENT else ONE_STEP | GIVEN | POSITIVE
        return GIVEN if value is False else cell(value, provider)

    return yes_no if question.kind is Kind.YES_NO else cell


class _Same:
    """An edition as a cache key by identity: comparing whole editions would cost more than the plan."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __hash__(self) -> int:
        return id(self.edition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.edition is other.edition


def plan(edition: Edition) -> Plan:
    """The edition made ready, kept for the next call."""
    return _plan(_Same(edition))


@lru_cache(maxsize=16)
def _plan(same: _Same) -> Plan:
    edition = same.edition
    rows, pillars = edition.asked_rows, edition.scored_pillars
    _refuse_forward(rows)
    worth = [Fraction(row.points.out_of) / steps(row) if row.points else Fraction(0) for row in rows]
    unit = lcm(*(each.denominator for each in worth))
    units = [
        [int(each * unit) if row.pillar == pillar.code else 0 for pillar in pillars]
        for row, each in zip(rows, worth, strict=True)
    ]
    full = [sum(line[place] * steps(row) for row, line in zip(rows, units, strict=True)) for place in range(len(pillars))]
    shares = [Fraction(pillar.weight or 0) / most if most else Fraction(0) for pillar, most in zip(pillars, full, strict=True)]
    whole = lcm(*(share.denominator for share in shares))
    parts = [int(share * whole) for share in shares]
    fine = max(full, default=0) >= LARGEST
    finer = fine or max(whole, sum(part * most for part, most in zip(parts, full, strict=True))) >= LARGEST
    return Plan(
        edition=edition,
        column={row.code: place for place, row in enumerate(rows)},
        encoders={row.code: encoder(row) for row in rows},
        conditions=tuple((place, row.asked_when) for place, row in enumerate(rows) if row.asked_when),
        units=np.array(units, dtype=object if fine else np.float64).reshape(len(rows), len(pillars)),
        out_of=np.array(full, dtype=object if fine else np.int64),
        parts=np.array(parts, dtype=object if finer else np.int64),
        whole=whole,
    )


def _refuse_forward(rows: Sequence[Question]) -> None:
    """Conditions look at earlier asked rows only; the loader sees to it, and the columns are worked through in that order."""
    earlier: set[str] = set()
    for row in rows:
        if not codes_of(row.asked_when) <= earlier:
            raise ValueError(f"the condition of {row.code} does not point backward")
        earlier.add(row.code)


def matrix_of_sheets(edition: Edition, sheets: Mapping[str, AnswerSheet]) -> Matrix:
    """The cells of many provincial sheets, by body code."""
    return matrix_of_answers(
        edition, sheets, ((body, code, answer) for body, sheet in sheets.items() for code, answer in sheet.answers.items())
    )


def matrix_of_answers(edition: Edition, bodies: Iterable[str], answers: Iterable[tuple[str, str, Answer]]) -> Matrix:
    """The cells of answers that come one by one as (body, row code, answer), in any order. Rows not asked are left out."""
    ready = plan(edition)
    encoders = ready.encoders
    return matrix_of_cells(
        edition, bodies, ((body, code, encoders[code](answer)) for body, code, answer in answers if code in encoders)
    )


def matrix_of_cells(edition: Edition, bodies: Iterable[str], cells: Iterable[tuple[str, str, int]]) -> Matrix:
    """The matrix of cells that were made by `encode` and kept, as (body, row code, cell) in any order."""
    ready = plan(edition)
    names = tuple(bodies)
    width, column = len(ready.column), ready.column
    line = {body: place * width for place, body in enumerate(names)}
    flat = np.zeros(len(names) * width, dtype=np.int32)
    # Place and cell travel in one number: a matrix of a million answers is read once, without a list of pairs.
    packed = np.fromiter(((line[body] + column[code]) << 32 | cell for body, code, cell in cells), dtype=np.int64)
    flat[packed >> 32] = packed & 0xFFFFFFFF
    return Matrix(names, flat.reshape(len(names), width))


def score_matrix(edition: Edition, matrix: Matrix) -> ManyScores:
    """The scores of every body of the matrix. A matrix of another edition's width is refused (ValueError)."""
    ready = plan(edition)
    if matrix.cells.shape != (len(matrix.bodies), len(ready.column)):
        raise ValueError("the matrix was not made with this edition")
    earned = np.empty((len(matrix.bodies), len(ready.out_of)), dtype=ready.out_of.dtype)
    for start in range(0, len(matrix.bodies), CHUNK):
        part = matrix.cells[start : start + CHUNK]
        earned[start : start + CHUNK] = _amounts(ready, part) @ ready.units
    percents = _halves_up(earned * 10_000, np.maximum(ready.out_of, 1))
    totals = _halves_up(earned.astype(ready.parts.dtype) @ ready.parts * 100, np.array(ready.whole, dtype=ready.parts.dtype))
    bands = {each.code: tuple(sorted(each.bands, key=lambda band: band.at_least)) for each in edition.levels}
    return ManyScores(
        bodies=matrix.bodies,
        pillars=tuple(pillar.code for pillar in edition.scored_pillars),
        totals=totals,
        percents=percents,
        levels={code: _levels(each, totals) for code, each in bands.items()},
        pillar_levels={code: _levels(each, percents) for code, each in bands.items()},
        bands=bands,
        status=status_of(edition.asked_rows),
    )


def score_sheets(edition: Edition, sheets: Mapping[str, AnswerSheet]) -> ManyScores:
    """The scores of many provincial sheets, by body code."""
    return score_matrix(edition, matrix_of_sheets(edition, sheets))


def _amounts(ready: Plan, cells: Cells) -> Exact:
    """Steps earned by each cell, 0 where the row is off the body's path."""
    amounts = (cells >> SHIFT).astype(ready.units.dtype)
    paths: dict[int, Truths] = {}
    for place, condition in ready.conditions:
        paths[place] = _holds(ready, condition, cells, paths)
        amounts[:, place] *= paths[place]
    return amounts


def _holds(ready: Plan, condition: Condition, cells: Cells, paths: Mapping[int, Truths]) -> Truths:
    if condition.code:
        place = ready.column[condition.code]
        told: Truths = (cells[:, place] & (GIVEN if condition.test == "given" else POSITIVE)) != 0
        return told & paths[place] if place in paths else told
    parts = [_holds(ready, part, cells, paths) for part in (condition.any_of or condition.all_of)]
    together: Truths = np.logical_or.reduce(parts) if condition.any_of else np.logical_and.reduce(parts)
    return together


def _halves_up(top: Exact, bottom: Exact) -> Numbers:
    """top / bottom as a whole number, halves upward; neither is negative."""
    rounded: Exact = (2 * top + bottom) // (2 * bottom)
    return rounded.astype(np.int64)


def _levels(bands: Sequence[Band], hundredths: Numbers) -> Numbers:
    """The place of the highest band that starts at or below each figure; 0 when none does."""
    starts = [ceil(band.at_least * 100) for band in bands]
    return np.maximum(np.searchsorted(np.array(starts), hundredths, side="right") - 1, 0)
