"""Dates as Thai offices write and read them: Buddhist era on the paper, `date` and UTC inside.

The Buddhist year is the Common Era year plus 543. Before 1 January 2484 the Thai year began on 1 April
(พ.ร.บ. ปีปฏิทิน พุทธศักราช 2483); days before that are counted here as if it always began in January.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Literal

from phrom.shared.thai.calendar import ERA, MONTHS, SHORT_MONTHS, WEEKDAYS
from phrom.shared.thai.reading import BadDate, parse_date

__all__ = [
    "BANGKOK",
    "BadDate",
    "Style",
    "bangkok",
    "days_left",
    "parse_date",
    "thai_date",
    "thai_when",
]

Style = Literal["short", "long", "full"]

# Thailand has kept UTC+7 without summer time since 1920: a fixed offset needs no time zone files on the machine.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")


def thai_date(day: date, style: Style = "short") -> str:
    """The day as "11 มิ.ย. 2567", "11 มิถุนายน 2567" or "วันอังคารที่ 11 มิถุนายน 2567"; a moment is taken as the day in Thailand."""
    if isinstance(day, datetime):
        day = bangkok(day).date()
    months = SHORT_MONTHS if style == "short" else MONTHS
    text = f"{day.day} {months[day.month - 1]} {day.year + ERA}"
    return f"วัน{WEEKDAYS[day.weekday()]}ที่ {text}" if style == "full" else text


def thai_when(moment: datetime, style: Style = "short") -> str:
    """The moment on Thailand's clock: "11 มิ.ย. 2567 13.30 น."."""
    local = bangkok(moment)
    return f"{thai_date(local.date(), style)} {local:%H.%M} น."


def bangkok(moment: datetime) -> datetime:
    """The same moment on Thailand's clock. A moment without a zone is refused: nobody can tell when it was."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(BANGKOK)


def days_left(deadline: date, today: date) -> int:
    """Whole days from today to the deadline: 0 on the day itself, negative when it has passed."""
    return (deadline - today).days
