"""Filters for Thai dates: {{ day|thai_date:"long" }}, {{ moment|thai_when }}."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from django import template

from phrom.shared.thai import dates

register = template.Library()


@register.filter
def thai_date(day: date | None, style: str = "short") -> str:
    """The day in the Buddhist era; nothing for no day. A moment is shown as the day in Thailand."""
    return dates.thai_date(day, cast(dates.Style, style)) if day else ""


@register.filter(expects_localtime=False)
def thai_when(moment: datetime | None, style: str = "short") -> str:
    """The moment on Thailand's clock, whatever the server's zone; nothing for no moment."""
    return dates.thai_when(moment, cast(dates.Style, style)) if moment else ""
