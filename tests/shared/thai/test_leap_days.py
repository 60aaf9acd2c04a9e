"""The leap day in the Buddhist era: 2567 has one and 2566 has none, however the day is written."""

from __future__ import annotations

from calendar import isleap
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from phrom.shared.thai.calendar import ENGLISH_MONTHS, ERA, FIRST_YEAR, LAST_YEAR, MONTHS, SHORT_MONTHS, WEEKDAYS
from phrom.shared.thai.dates import BadDate, bangkok, days_left, parse_date, thai_date, thai_when
from phrom.shared.thai.digits import to_arabic, to_thai

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
DAYS = st.dates(date(FIRST_YEAR - ERA, 1, 1), date(LAST_YEAR - ERA, 12, 31))
CENTURY = st.dates(date(1957, 1, 1), date(2056, 12, 31))  # 2500 to 2599, which two digits can name
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given
WAYS = (
    "{d} {short} {y}",
    "{d} {long} {y}",
    "{d}/{m}/{y}",
    "{d}-{m}-{y}",
    "{d}.{m}.{y}",
    "วันที่ {d} {long} พ.ศ. {y}",
    "{d} เดือน{long} {y}",
)
SHORT_WAYS = ("{d} {short} {y}", "{d}/{m}/{y}", "{d} {long} {y}", "{d}.{m}.{y}", "{d}{short}{y}")


def written(day: date, way: str, year: object = "") -> str:
    return way.format(
        d=day.day,
        m=day.month,
        short=SHORT_MONTHS[day.month - 1],
        long=MONTHS[day.month - 1],
        y=year or day.year + ERA,
    )


@pytest.mark.parametrize("text", ["๒๙ ก.พ. ๒๕๖๗", "29 ก.พ. 67", "๒๙/๒/๖๗", "29 กุมภาพันธ์ พ.ศ. 2567", "2024-02-29", "2567-02-29"])
def test_the_leap_day_of_2567(text: str) -> None:
    assert parse_date(text) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["๒๙ ก.พ. ๒๕๖๖", "29 ก.พ. 66", "29/2/2568", "2023-02-29", "29 February 2023", "29 ก.พ. 2443", "29/2/1900"]
)
def test_a_year_without_a_leap_day_says_how_long_its_february_is(text: str) -> None:
    with pytest.raises(BadDate, match="28") as refused:
        parse_date(text)
    assert "กุมภาพันธ์" in refused.value.th


@given(YEARS, st.sampled_from(WAYS), st.booleans())
def test_the_29th_of_february_is_a_day_exactly_in_leap_years(year: int, way: str, thai: bool) -> None:
    text = way.format(d=29, m=2, short="ก.พ.", long="กุมภาพันธ์", y=year)
    if isleap(year - ERA):
        assert parse_date(to_thai(text) if thai else text) == date(year - ERA, 2, 29)
    else:
        with pytest.raises(BadDate, match="28"):
            parse_date(to_thai(text) if thai else text)


@pytest.mark.parametrize(("year", "leap"), [(2543, True), (2443, False), (2643, False), (2400, False), (2403, True)])
def test_centuries_count_by_the_common_era(year: int, leap: bool) -> None:
    """2543 is 2000 and has the day; 2443 is 1900 and 2643 is 2100, which have none, though 2400 looks divisible."""
    assert isleap(year - ERA) is leap
    if leap:
        assert parse_date(f"29/2/{year}").day == 29
    else:
        with pytest.raises(BadDate):
            parse_date(f"29/2/{year}")


@given(DAYS, st.sampled_from(WAYS), st.booleans())
def test_every_way_of_writing_is_the_same_day(day: date, way: str, thai: bool) -> None:
    text = written(day, way)
    assert parse_date(to_thai(text) if thai else text) == day


@given(CENTURY, st.sampled_from(SHORT_WAYS), st.booleans())
def test_two_digits_are_the_buddhist_year_of_this_century(day: date, way: str, thai: bool) -> None:
    text = written(day, way, f"{(day.year + ERA) % 100:02}")
    assert parse_date(to_thai(text) if thai else text) == day


@given(DAYS, st.text(alphabet=" \u00a0\u200b\u200c\u200d\ufeff", min_size=0, max_size=3))
def test_blanks_that_word_processors_put_in_do_not_matter(day: date, blank: str) -> None:
    text = f"{blank}{day.day} {blank}{MONTHS[day.month - 1]} {blank}{day.year + ERA}{blank}"
    assert parse_date(text) == day


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_must_be_the_true_one(day: date, weekday: str) -> None:
    text = f"วัน{weekday}ที่ {thai_date(day, 'long')}"
    if weekday == WEEKDAYS[day.weekday()]:
        assert parse_date(text) == day
    else:
        with pytest.raises(BadDate, match="weekday"):
            parse_date(text)


@given(DAYS, st.sampled_from([str.lower, str.upper, str.title]))
def test_english_months_however_they_are_written(day: date, case: object) -> None:
    month = ENGLISH_MONTHS[day.month - 1]
    for name in (month, month[:3]):
        assert parse_date(f"{day.day} {case(name)} {day.year}") == day  # type: ignore[operator]


@given(st.integers(13, 99), YEARS)
def test_a_month_beyond_december_is_named(month: int, year: int) -> None:
    with pytest.raises(BadDate, match=f"no month {month}"):
        parse_date(f"1/{month}/{year}")


@given(YEARS, st.integers(1, 12))
def test_the_day_after_the_last_of_a_month_is_none(year: int, month: int) -> None:
    first_of_next = date(year - ERA + month // 12, month % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    assert parse_date(f"{last}/{month}/{year}").day == last
    with pytest.raises(BadDate, match=f"{last} days"):
        parse_date(f"{last + 1}/{month}/{year}")


@given(st.integers(0, 99_999))
def test_a_year_is_buddhist_common_or_refused_and_never_guessed(year: int) -> None:
    assume(len(str(year)) != 2)
    buddhist = FIRST_YEAR <= year <= LAST_YEAR
    common = FIRST_YEAR - ERA <= year <= LAST_YEAR - ERA
    if buddhist or common:
        assert parse_date(f"1/1/{year}").year == (year - ERA if buddhist else year)
    else:
        with pytest.raises(BadDate, match=f"year {year} cannot be read"):
            parse_date(f"1/1/{year}")


@given(st.text(alphabet="๐๑๒๓๔๕๖๗๘๙0123456789/-. กมพศ.ค", max_size=20))
def test_what_looks_like_a_date_is_one_or_a_reason_in_two_tongues(text: str) -> None:
    try:
        day = parse_date(text)
    except BadDate as refused:
        assert refused.th and refused.en
    else:
        assert parse_date(thai_date(day)) == day


@given(DAYS)
def test_thai_digits_say_the_same_and_come_back(day: date) -> None:
    text = to_thai(thai_date(day, "full"))
    assert not set("0123456789") & set(text)
    assert to_arabic(text) == thai_date(day, "full")


@given(MOMENTS)
def test_a_moment_is_seven_hours_later_in_thailand(moment: datetime) -> None:
    assert bangkok(moment) == moment
    assert bangkok(moment).replace(tzinfo=None) == moment.replace(tzinfo=None) + timedelta(hours=7)
    assert thai_when(moment).startswith(thai_date(moment))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 2, 28, 16, 59, 59, tzinfo=UTC), "28 ก.พ. 2567"),
        (datetime(2024, 2, 28, 17, 0, tzinfo=UTC), "29 ก.พ. 2567"),
        (datetime(2024, 2, 29, 17, 0, tzinfo=UTC), "1 มี.ค. 2567"),
        (datetime(2023, 2, 28, 17, 0, tzinfo=UTC), "1 มี.ค. 2566"),
    ],
)
def test_the_leap_day_begins_and_ends_at_midnight_in_thailand(moment: datetime, day: str) -> None:
    assert thai_date(moment) == day


@given(DAYS, st.integers(-400, 400))
def test_days_left_are_counted_over_leap_days(today: date, ahead: int) -> None:
    assume(date.min + timedelta(days=500) < today < date.max - timedelta(days=500))
    assert days_left(today + timedelta(days=ahead), today) == ahead


def test_a_year_from_the_leap_day_is_366_days_away() -> None:
    assert days_left(parse_date("1 มี.ค. 2567"), parse_date("1 มี.ค. 2566")) == 366
    assert days_left(parse_date("1 มี.ค. 2568"), parse_date("1 มี.ค. 2567")) == 365
