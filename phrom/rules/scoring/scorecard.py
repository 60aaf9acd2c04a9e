"""The scorecard of one sheet: every row's mark, seven pillars, total, and levels under each named assumption.

Total = sum of weight x pillar percent / 100 (agenda 1/2567 prints weights and a total in percent; the formula itself is an
assumption). Sums are exact fractions; only what is shown is rounded, and levels are read from what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from phrom.rules.instrument.model import Band, Edition, LevelAssumption, Pillar, Question, Status
from phrom.rules.scoring.marks import Mark, mark
from phrom.rules.scoring.path import on_path
from phrom.rules.scoring.rounding import two_places
from phrom.rules.scoring.sheet import AnswerSheet


@dataclass(frozen=True)
class PillarScore:
    """One weighted pillar: weight in percent of the total, points (two places) of `out_of`, percent (two places), levels."""

    code: str
    weight: Decimal
    points: Decimal
    out_of: Decimal
    percent: Decimal
    levels: Mapping[str, Band]


@dataclass(frozen=True)
class Scorecard:
    """A scored sheet: marks by row code, weighted pillars in order, total 0 to 100 (two places), levels by assumption."""

    rows: Mapping[str, Mark]
    pillars: tuple[PillarScore, ...]
    total: Decimal
    levels: Mapping[str, Band]
    status: Status

    def pillar(self, code: str) -> PillarScore:
        """One pillar's score; KeyError for a pillar without weight."""
        return {pillar.code: pillar for pillar in self.pillars}[code]


def score(edition: Edition, sheet: AnswerSheet) -> Scorecard:
    """Scores one sheet. Rows off the path and rows not answered earn 0 and still count in what the pillar is out of."""
    path = on_path(edition, sheet)
    rows = {row.code: mark(row, sheet.get(row.code), on_path=row.code in path) for row in edition.asked_rows}
    shares = {pillar.code: _share(rows, edition.rows_of(pillar.code)) for pillar in edition.scored_pillars}
    total = two_places(
        sum((Fraction(pillar.weight or 0) * shares[pillar.code] for pillar in edition.scored_pillars), Fraction(0))
    )
    pillars = tuple(_pillar(edition, pillar, rows, shares[pillar.code]) for pillar in edition.scored_pillars)
    return Scorecard(rows, pillars, total, levels_of(edition.levels, total), status_of(edition.asked_rows))


def _share(rows: Mapping[str, Mark], questions: Iterable[Question]) -> Fraction:
    """Earned part of a pillar, 0 to 1; 0 for a pillar without points."""
    marks = [rows[question.code] for question in questions]
    out_of = sum((Fraction(each.out_of) for each in marks), Fraction(0))
    return sum((each.earned for each in marks), Fraction(0)) / out_of if out_of else Fraction(0)


def _pillar(edition: Edition, pillar: Pillar, rows: Mapping[str, Mark], share: Fraction) -> PillarScore:
    out_of = sum((rows[question.code].out_of for question in edition.rows_of(pillar.code)), Decimal(0))
    percent = two_places(share * 100)
    return PillarScore(
        code=pillar.code,
        weight=pillar.weight or Decimal(0),
        points=two_places(share * Fraction(out_of)),
        out_of=out_of,
        percent=percent,
        levels=levels_of(edition.levels, percent),
    )


def levels_of(assumptions: Iterable[LevelAssumption], percent: Decimal) -> dict[str, Band]:
    """The band in which a shown percent lies, by assumption code."""
    return {assumption.code: band_of(assumption, percent) for assumption in assumptions}


def band_of(assumption: LevelAssumption, percent: Decimal) -> Band:
    """The highest band that starts at or below the percent; the lowest band when none does."""
    bands = sorted(assumption.bands, key=lambda band: band.at_least)
    reached = [band for band in bands if band.at_least <= percent]
    return reached[-1] if reached else bands[0]


def status_of(questions: Iterable[Question]) -> Status:
    """Official only when every row's points are; otherwise every figure is an estimate."""
    official = all(question.points.status is Status.OFFICIAL for question in questions if question.points)
    return Status.OFFICIAL if official else Status.ESTIMATED
