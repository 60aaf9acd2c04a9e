"""The Thai fiscal year: 1 October to 30 September, named by the year in which it ends.

Source: พ.ร.บ. วิธีการงบประมาณ พ.ศ. 2561 มาตรา 4.
"""

from __future__ import annotations

from datetime import date

FIRST_MONTH = 10


def fiscal_year(day: date) -> int:
    """The fiscal year of a day in the Buddhist era: 1 October 2566 is already 2567."""
    return day.year + 543 + (day.month >= FIRST_MONTH)


def first_day(fiscal_year_be: int) -> date:
    """1 October before the named year: `first_day(2567)` is 1 October 2566."""
    return date(fiscal_year_be - 544, FIRST_MONTH, 1)


def last_day(fiscal_year_be: int) -> date:
    """30 September of the named year."""
    return date(fiscal_year_be - 543, FIRST_MONTH - 1, 30)
