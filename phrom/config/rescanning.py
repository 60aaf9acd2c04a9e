"""The scanner's second chance: what waits is looked at by the tick, every minute, as soon as the scanner answers again."""

from __future__ import annotations

import time
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from phrom.shared.files.models import Scan, StoredFile
from phrom.shared.files.scanning import Verdict, look_again, scanner_trouble
from phrom.shared.files.store import path_of
from phrom.shared.journal.record import record

TURN = 20  # seconds that one tick looks


def rescan_waiting(*, at: datetime) -> int:
    """Look at what waits, for at most one turn; returns how many got their verdict. What was tried last comes last."""
    if not settings.PHROM_CLAMD or not StoredFile.objects.filter(scan=Scan.WAITING).exists() or scanner_trouble():
        return 0
    until, told = time.monotonic() + TURN, 0
    waiting = StoredFile.objects.filter(scan=Scan.WAITING).order_by(F("scanned_at").asc(nulls_first=True), "pk")
    for stored in waiting[:500]:
        if time.monotonic() > until:
            break
        try:
            with path_of(stored).open("rb") as file:
                verdict = look_again(file)
        except OSError:
            continue  # gone or damaged: `phrom verify` names it
        told += _told(stored, verdict, at)
    return told


@transaction.atomic
def _told(stored: StoredFile, verdict: Verdict, at: datetime) -> bool:
    waits = StoredFile.objects.filter(pk=stored.pk, scan=Scan.WAITING)
    if waits.update(scan=verdict.scan, scanned_at=at) and verdict.scan is Scan.INFECTED:
        details = {"sha256": stored.sha256, "found": verdict.name}
        record("file.infected", by=None, about=f"file:{stored.pk}", at=at, details=details)
    return verdict.scan is not Scan.WAITING
