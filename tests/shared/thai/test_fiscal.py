"""The fiscal year runs from 1 October to 30 September."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from phrom.shared.thai import fiscal


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2023, 9, 30), 2566), (date(2023, 10, 1), 2567), (date(2024, 6, 11), 2567), (date(2024, 10, 1), 2568)],
)
def test_the_year_begins_on_the_first_of_october(day: date, year: int) -> None:
    assert fiscal.fiscal_year(day) == year


@pytest.mark.parametrize("year", range(2400, 2701))
def test_first_and_last_day_belong_to_the_year_and_their_neighbours_do_not(year: int) -> None:
    first, last = fiscal.first_day(year), fiscal.last_day(year)
    assert fiscal.fiscal_year(first) == fiscal.fiscal_year(last) == year
    assert fiscal.fiscal_year(first - timedelta(days=1)) == year - 1
    assert fiscal.fiscal_year(last + timedelta(days=1)) == year + 1
