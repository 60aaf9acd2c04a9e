"""What rows are worth: how many of the province's hundred points hang on them at most. Exact; an estimate where points are.

A row's stake is its share of its pillar times the pillar's weight, so that all asked rows together are the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm

from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.rounding import two_places


def stakes_of(edition: Edition) -> dict[str, Fraction]:
    """By row code, the points of the total's hundred; rows without points and pillars without weight are left out."""
    stakes: dict[str, Fraction] = {}
    for pillar in edition.scored_pillars:
        points = {row.code: Fraction(row.points.out_of) for row in edition.rows_of(pillar.code) if row.points}
        whole = sum(points.values(), Fraction(0))
        if whole:
            stakes |= {code: Fraction(pillar.weight or 0) * out_of / whole for code, out_of in points.items()}
    return stakes


def at_stake(edition: Edition, codes: Iterable[str]) -> Decimal:
    """What these rows can bring at most, in percent of the total, with two decimals; a code named twice counts once."""
    stakes = stakes_of(edition)
    return two_places(sum((stakes.get(code, Fraction(0)) for code in set(codes)), Fraction(0)))


def whole_parts(edition: Edition) -> tuple[dict[str, int], int]:
    """The stakes as whole numbers and how many of them make one point: what a database adds up without rounding."""
    stakes = stakes_of(edition)
    part = lcm(*(stake.denominator for stake in stakes.values()))
    return {code: int(stake * part) for code, stake in stakes.items()}, part
