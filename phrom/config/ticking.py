"""Periodic work as a table: what is done, how often, by which function. Each in its own try; none stops another.

`phrom tick` runs what is due and ends; the server runs it every minute. The rows of `PeriodicRun` are claimed, so that two
ticks at the same moment, on one machine or on several, do nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, connection
from django.db.models import Q

from phrom.config.digest import send_digests, send_urgent
from phrom.config.models import PeriodicRun
from phrom.config.rescanning import rescan_waiting
from phrom.letters.actions.delivering import alarm_late, expire_due, send_due
from phrom.letters.actions.ecms_inbox import read_ecms_inbox
from phrom.letters.actions.ecms_outbox import write_ecms_outbox
from phrom.letters.actions.peers import refresh_due
from phrom.letters.actions.printing import make_missing_pdfs
from phrom.letters.actions.pulling import pull_due
from phrom.shared.files.words import read_waiting

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
    Periodic("scan", MINUTE, lambda at: rescan_waiting(at=at)),
    Periodic("texts", MINUTE, lambda at: read_waiting(at=at)),
    Periodic("urgent", MINUTE, lambda at: send_urgent(at=at)),
    Periodic("digest", MINUTE, lambda at: send_digests(at=at)),
)


def tick(at: datetime, work: Iterable[Periodic] = WORK) -> dict[str, str]:
    """Do what is due; returns by name what went wrong, empty words where nothing did."""
    found = ((each.name, _run(each, at)) for each in work)
    return {name: trouble for name, trouble in found if trouble is not None}


def _run(work: Periodic, at: datetime) -> str | None:
    """None when it is not due. Whatever goes wrong, also in claiming it, the other work goes on; row and log tell of it."""
    if not connection.in_atomic_block:
        close_old_connections()  # a connection that the last work lost is not handed on
    try:
        if not _claim(work, at):
            return None
        trouble = _do(work, at)
        PeriodicRun.objects.filter(name=work.name).update(ended_at=at, trouble=trouble)
    except Exception as problem:
        log.exception("the periodic work %s could not be claimed", work.name)
        trouble = _told(problem)
    return trouble


def _claim(work: Periodic, at: datetime) -> bool:
    """True for exactly one of those who ask, when the work is due; a clock that was set back does not stop it for ever."""
    row, made = PeriodicRun.objects.get_or_create(name=work.name, defaults={"begun_at": at})
    if made:
        return True
    is_due = Q(begun_at__lte=at - work.every + EARLY) | Q(begun_at__gt=at + work.every)
    return PeriodicRun.objects.filter(is_due, pk=row.pk).update(begun_at=at, ended_at=None) == 1


def _do(work: Periodic, at: datetime) -> str:
    try:
        work.do(at)
    except Exception as problem:
        log.exception("the periodic work %s failed", work.name)
        return _told(problem)
    return ""


def _told(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:500]
