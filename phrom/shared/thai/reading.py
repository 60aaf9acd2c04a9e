"""Reading a date that a person typed: 11/6/2567, ๑๑ มิ.ย. ๖๗, 11 มิถุนายน 2567, 2024-06-11.

A year of two digits is the Buddhist era of this century (๖๗ is 2567). Of four digits it is the Buddhist era from 2400 on and
the Common Era below. What cannot be a day is refused with the reason; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from phrom.shared.thai.calendar import ENGLISH_MONTHS, ERA, FIRST_YEAR, LAST_YEAR, MONTHS, SHORT_MONTHS, WEEKDAYS
from phrom.shared.thai.digits import to_arabic


class BadDate(ValueError):
    """A text that is no date; `th` and `en` say why."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} / {en}")
        self.th = th
        self.en = en


LONGEST = 100
_MONTH_NUMBERS = {
    name.replace(".", "").lower(): number
    for names in (MONTHS, SHORT_MONTHS, ENGLISH_MONTHS, [name[:3] for name in ENGLISH_MONTHS])
    for number, name in enumerate(names, 1)
}
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:\s*[-/.]\s*|\s+)(?P<month>\d{1,2})(?:\s*[-/.]\s*|\s+)(?P<year>\d+)")
_WITH_NAME = re.compile(r"(?P<day>\d{1,2})(?P<month>\D+)(?P<year>\d+)")
_ERA = re.compile(r"(?P<era>[พค])\s?\.?\s?ศ\s?\.?\s?(?=\d+$)")
_WEEKDAY = re.compile(rf"(?:วัน)?(?P<weekday>{'|'.join(WEEKDAYS)})(?:ที่)?\s*")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")


def parse_date(text: str) -> date:
    """The day that the text names.

    Raises `BadDate`: unreadable, no such month or day, a year out of range, a weekday that does not fit.
    """
    if len(text) > LONGEST:
        raise _unreadable(text)
    rest = " ".join(_ZERO_WIDTH.sub("", unicodedata.normalize("NFC", to_arabic(text))).split())
    weekday, rest = _weekday(rest)
    rest = rest.removeprefix("วันที่").removeprefix("ที่").strip()
    era = _ERA.search(rest)
    rest = _ERA.sub(" ", rest)
    found = _YEAR_FIRST.fullmatch(rest) or _DAY_FIRST.fullmatch(rest) or _WITH_NAME.fullmatch(rest)
    if not found:
        raise _unreadable(text)
    year = _year(found["year"], era["era"] if era else "")
    month = _month(found["month"], text)
    day = _day(int(found["day"]), month, year, text)
    _fits(day, weekday)
    return day


def _weekday(text: str) -> tuple[str, str]:
    found = _WEEKDAY.match(text)
    return (found["weekday"], text[found.end() :]) if found else ("", text)


def _year(digits: str, era: str) -> int:
    """The Common Era year of what was typed; `era` is พ, ค or nothing."""
    number = int(digits[:9])
    buddhist = number + 2500 if len(digits) == 2 else number if number >= FIRST_YEAR else number + ERA
    wrong_era = (era == "พ" and len(digits) != 2 and number < FIRST_YEAR) or (
        era == "ค" and (len(digits) == 2 or number >= FIRST_YEAR)
    )
    if len(digits) not in (2, 4) or wrong_era or not FIRST_YEAR <= buddhist <= LAST_YEAR:
        raise BadDate(
            f"ปี {digits} อ่านไม่ได้ ใช้ พ.ศ. {FIRST_YEAR}–{LAST_YEAR} (สองหลักก็ได้ เช่น 67 คือ 2567)"
            f" หรือ ค.ศ. {FIRST_YEAR - ERA}–{LAST_YEAR - ERA}",
            f"The year {digits} cannot be read: write a Buddhist year {FIRST_YEAR}-{LAST_YEAR} (two digits will do: 67 is 2567)"
            f" or a Common Era year {FIRST_YEAR - ERA}-{LAST_YEAR - ERA}",
        )
    return buddhist - ERA


def _month(written: str, text: str) -> int:
    if written.isdigit():
        number = int(written)
        if not 1 <= number <= 12:
            raise BadDate(
                f"เดือนที่ {number} ไม่มี เดือนมี 1 ถึง 12 (เขียน วัน/เดือน/ปี)", f"There is no month {number}: write day/month/year"
            )
        return number
    name = re.sub(r"[\s./,-]", "", written).removeprefix("เดือน").lower()
    if name not in _MONTH_NUMBERS:
        raise _unreadable(text)
    return _MONTH_NUMBERS[name]


def _day(number: int, month: int, year: int, text: str) -> date:
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise BadDate(
            f"{text.strip()[:40]} ไม่มีในปฏิทิน เดือน{MONTHS[month - 1]} {year + ERA} มี {last} วัน",
            f"{number} {ENGLISH_MONTHS[month - 1]} {year} is not in the calendar: that month has {last} days",
        )
    return date(year, month, number)


def _fits(day: date, weekday: str) -> None:
    if weekday and WEEKDAYS[day.weekday()] != weekday:
        true = WEEKDAYS[day.weekday()]
        written = f"{day.day} {MONTHS[day.month - 1]} {day.year + ERA}"
        raise BadDate(
            f"{written} เป็นวัน{true} ไม่ใช่วัน{weekday}", f"{day.isoformat()} is not the weekday that was written ({weekday})"
        )


def _unreadable(text: str) -> BadDate:
    shown = text.strip()[:40]
    return BadDate(
        f"อ่านวันที่ “{shown}” ไม่ได้ ตัวอย่างที่ใช้ได้: 11/6/2567, 11 มิ.ย. 67, 11 มิถุนายน 2567, 2024-06-11",
        f"“{shown}” cannot be read as a date; these can: 11/6/2567, 11 มิ.ย. 67, 11 มิถุนายน 2567, 2024-06-11",
    )
