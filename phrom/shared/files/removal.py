"""Letting a content go when what referred to it was destroyed by the rules: its row, then its bytes."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from phrom.shared.files.durable import sync_folder
from phrom.shared.files.models import FileText, StoredFile
from phrom.shared.files.store import place_of

JUST_KEPT = 60 * 60  # seconds


def let_go(files: Iterable[StoredFile]) -> list[str]:
    """Remove the rows of contents that nothing refers to any more, and their bytes once this commits; returns their hashes.

    What was read in them and the index of it go too. What somebody else still refers to stays as it is.
    """
    gone = []
    for stored in files:
        sha256 = stored.sha256
        try:
            with transaction.atomic():
                FileText.objects.filter(file=stored).delete()
                stored.delete()
        except ProtectedError:
            continue
        gone.append(sha256)
        transaction.on_commit(partial(_remove, sha256))
    return gone


def _remove(sha256: str) -> None:
    """Take the bytes away, then look: who keeps the same content at this moment puts its file there before its row.

    A file that was put there within the hour goes back; without a row the daily sweep finds it.
    """
    place = place_of(sha256)
    handle, name = tempfile.mkstemp(prefix="gone-", dir=_incoming())
    os.close(handle)
    aside = Path(name)
    try:
        os.replace(place, aside)
    except FileNotFoundError:
        aside.unlink()
        return
    if StoredFile.objects.filter(sha256=sha256).exists() or time.time() - aside.stat().st_mtime < JUST_KEPT:
        os.replace(aside, place)
    else:
        aside.unlink()
    sync_folder(place.parent)


def _incoming() -> Path:
    folder = Path(settings.PHROM_FILES) / "incoming"
    folder.mkdir(exist_ok=True)
    return folder
