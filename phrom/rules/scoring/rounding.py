"""Rounding, in this one function for every figure that is shown. Nothing is rounded before it is shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)


def two_places(value: Fraction | Decimal | int) -> Decimal:
    """The value with two decimals, halves upward, as an officer rounds by hand."""
    return Decimal(floor(Fraction(value) * 100 + HALF)).scaleb(-2)


def plain(value: Decimal | Fraction | int) -> str:
    """The two-place value without zeros at the end: 10, 8.5, 3.33."""
    text = f"{two_places(value):f}"
    return text.rstrip("0").rstrip(".")
