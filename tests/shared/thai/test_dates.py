"""Days are written and read in the Buddhist era, both ways, and a deadline lasts until midnight in Thailand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from phrom.shared.thai import dates
from phrom.shared.thai.dates import BadDate, parse_date, thai_date, thai_when
from phrom.shared.thai.digits import to_arabic, to_thai

FIRST, LAST = date(1857, 1, 1), date(2157, 12, 31)
TABLE = YAML(typ="safe", pure=True).load(Path(__file__).with_name("dates.yaml").read_text(encoding="utf-8"))
DEADLINE = date(2024, 6, 21)


def every_day() -> list[date]:
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


STYLES: tuple[dates.Style, ...] = ("short", "long", "full")


def test_every_day_of_three_hundred_years_comes_back() -> None:
    """The styles take turns: a year is no multiple of three days, so every day of the year meets each style."""
    turns = zip(every_day(), cycle(STYLES))
    assert [day for day, style in turns if parse_date(thai_date(day, style)) != day] == []


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_every_day_comes_back_in_every_style(style: dates.Style) -> None:
    assert [day for day in every_day() if parse_date(thai_date(day, style)) != day] == []


@given(st.dates(FIRST, LAST), st.sampled_from(STYLES), st.booleans())
def test_a_day_comes_back_in_thai_digits_too(day: date, style: dates.Style, thai: bool) -> None:
    written = thai_date(day, style)
    assert parse_date(to_thai(written) if thai else written) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year + 543}") == parse_date(day.isoformat()) == day


@given(st.text(max_size=120))
def test_any_text_is_a_day_or_a_reason(text: str) -> None:
    try:
        assert FIRST <= parse_date(text) <= LAST
    except BadDate as refused:
        assert refused.th and refused.en


@pytest.mark.parametrize(("text", "day"), [(str(text), day) for text, day in TABLE["accepted"].items()])
def test_accepted(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(("text", "reasons"), TABLE["refused"].items())
def test_refused_with_the_reason(text: str, reasons: list[str]) -> None:
    with pytest.raises(BadDate) as refused:
        parse_date(text)
    assert reasons[0] in refused.value.th
    assert reasons[1] in refused.value.en


def test_three_styles() -> None:
    day = date(2024, 6, 11)
    assert thai_date(day) == "11 มิ.ย. 2567"
    assert thai_date(day, "long") == "11 มิถุนายน 2567"
    assert thai_date(day, "full") == "วันอังคารที่ 11 มิถุนายน 2567"


def test_a_moment_is_shown_on_the_clock_of_thailand() -> None:
    assert thai_when(datetime(2024, 6, 11, 6, 30, tzinfo=UTC)) == "11 มิ.ย. 2567 13.30 น."
    assert thai_when(datetime(2024, 12, 31, 17, 5, tzinfo=UTC), "long") == "1 มกราคม 2568 00.05 น."
    assert thai_date(datetime(2024, 6, 20, 17, 0, tzinfo=UTC)) == "21 มิ.ย. 2567"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        thai_when(datetime(2024, 6, 11, 13, 30))  # noqa: DTZ001 - the fault is planted


@pytest.mark.parametrize(("today", "left"), [(date(2024, 6, 18), 3), (date(2024, 6, 21), 0), (date(2024, 6, 23), -2)])
def test_days_left(today: date, left: int) -> None:
    assert dates.days_left(DEADLINE, today) == left


@given(st.text())
def test_digits_there_and_back_change_nothing_else(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert len(to_thai(text)) == len(text)
