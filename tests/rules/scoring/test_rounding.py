"""Figures are rounded once, halves upward, as by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from phrom.rules.scoring.rounding import plain, two_places


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Decimal("2.345"), "2.35"),
        (Decimal("2.344999"), "2.34"),
        (100, "100.00"),
    ],
)
def test_two_places(exact: Fraction | Decimal | int, shown: str) -> None:
    assert str(two_places(exact)) == shown


@pytest.mark.parametrize(("exact", "shown"), [(10, "10"), (Decimal("8.50"), "8.5"), (0, "0"), (Fraction(1, 3), "0.33")])
def test_plain(exact: Fraction | Decimal | int, shown: str) -> None:
    assert plain(exact) == shown
