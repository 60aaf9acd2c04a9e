"""Periodic work as a table: what is done, how often, by which function. Each in its own try; none stops another.

`phrom tick` runs what is due and ends; the server runs it every minute. The rows of `PeriodicRun` are claimed, so that two
ticks at the same moment, on one machine or on several, do nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from phrom.config.digest import send_digests, send_urgent
from phrom.config.models import PeriodicRun
from phrom.letters.actions.delivering import alarm_late, expire_due, send_due
from phrom.letters.actions.ecms_inbox import read_ecms_inbox
from phrom.letters.actions.ecms_outbox import write_ecms_outbox
from phrom.letters.actions.peers import refresh_due
from phrom.letters.actions.printing import make_missing_pdfs
from phrom.letters.actions.pulling import pull_due

log = logging.getLogger(__name__)
MINUTE = timedelta(minutes=1)
EARLY = timedelta(seconds=5)  # a minute that is a breath short is a minute


@dataclass(frozen=True)
class Periodic:
    """A piece of work: the moment is passed in. It must stand being stopped in the middle and begun again."""

    name: str
    every: timedelta
    do: Callable[[datetime], object]


WORK: tuple[Periodic, ...] = (
    Periodic("send", MINUTE, lambda at: send_due(at=at)),
    Periodic("fetch", MINUTE, lambda at: pull_due(at=at)),
    Periodic("ecms_in", MINUTE, lambda at: read_ecms_inbox(at=at)),
    Periodic("ecms_out", MINUTE, lambda at: write_ecms_outbox(at=at)),
    Periodic("expire", MINUTE, lambda at: expire_due(at=at)),
    Periodic("late", MINUTE, lambda at: alarm_late(at=at)),
    Periodic("peers", 60 * MINUTE, lambda at: refresh_due(at=at)),
    Periodic("papers", 5 * MINUTE, lambda at: make_missing_pdfs(at=at)),
    Periodic("urgent", MINUTE, lambda at: send_urgent(at=at)),
    Periodic("digest", MINUTE, lambda at: send_digests(at=at)),
)


def tick(at: datetime, work: Iterable[Periodic] = WORK) -> dict[str, str]:
    """Do what is due; returns by name what went wrong, empty words where nothing did."""
    return {each.name: _run(each, at) for each in work if _claim(each, at)}


def _claim(work: Periodic, at: datetime) -> bool:
    """True for exactly one of those who ask, when the work is due."""
    row, made = PeriodicRun.objects.get_or_create(name=work.name, defaults={"begun_at": at})
    if made:
        return True
    due = PeriodicRun.objects.filter(pk=row.pk, begun_at__lte=at - work.every + EARLY)
    return due.update(begun_at=at, ended_at=None) == 1


def _run(work: Periodic, at: datetime) -> str:
    trouble = ""
    try:
        work.do(at)
    except Exception as problem:  # whatever it is, the other work goes on; the row and the log tell of it
        log.exception("the periodic work %s failed", work.name)
        trouble = f"{type(problem).__name__}: {problem}"[:500]
    PeriodicRun.objects.filter(name=work.name).update(ended_at=at, trouble=trouble)
    return trouble
