"""Numbers of meetings: from 1 in each calendar year of the Buddhist era, none twice, none left out."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from phrom.agencies.models import Agency
from phrom.meetings.models import Meeting
from phrom.shared.thai.calendar import ERA


def year_of(day: date) -> int:
    """The year that a meeting of this day is counted in."""
    return day.year + ERA


def next_number(body: Agency, year: int) -> int:
    """The number that the next meeting of the year gets; cancelled ones keep theirs. Hold the body while it is used."""
    last: int | None = Meeting.objects.filter(body=body, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
