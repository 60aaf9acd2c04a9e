"""Support cases in figures: what waits for a first answer, and how long answers took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from phrom.rollout.models import SupportCase


@dataclass(frozen=True)
class Waiting:
    """Cases of a programme: all, open ones, those without answer; the median time to a first answer, the longest wait."""

    all: int
    open: int
    unanswered: int
    usual: str
    longest: str


def waiting(cases: Iterable[SupportCase], at: datetime) -> Waiting:
    """The figures at this moment."""
    rows = list(cases)
    took = [(case.answered_at - case.opened_at).total_seconds() for case in rows if case.answered_at]
    waits = [at - case.opened_at for case in rows if case.is_open and case.answered_at is None]
    return Waiting(
        all=len(rows),
        open=sum(case.is_open for case in rows),
        unanswered=len(waits),
        usual=spoken(timedelta(seconds=median(took))) if took else "",
        longest=spoken(max(waits)) if waits else "",
    )


def spoken(time: timedelta) -> str:
    """How long, in words: minutes under an hour, hours under two days, then days."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} นาที"
    return f"{minutes // 60} ชั่วโมง" if minutes < 48 * 60 else f"{minutes // 1440} วัน"
