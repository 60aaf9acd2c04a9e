"""The clock of the installation. A demo may stand in another year: its offset is a setting, fixed when the demo is loaded."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The current time in UTC, shifted by the demo's offset. Only views and commands ask; below them time is passed in."""
    return timezone.now() + settings.PHROM_CLOCK_OFFSET


def local_date(at: datetime) -> date:
    """The calendar day in Thailand at this moment."""
    return timezone.localtime(at).date()
