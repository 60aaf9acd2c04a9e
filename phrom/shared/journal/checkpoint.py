"""Checkpoints: where each chain ended at a moment, kept outside the database. Copy them off the machine, or print them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from phrom.shared.files.durable import sync_folder
from phrom.shared.journal.models import JournalHead

FORMAT = "phrom-journal-checkpoint-1"


@dataclass(frozen=True)
class Checkpoint:
    """The ends of all chains at a moment: chain to (sequence, hash)."""

    at: str
    chains: dict[str, tuple[int, str]]


def write_checkpoint(folder: Path, at: datetime) -> Path | None:
    """Write where all chains end now, durably; returns the file, or None when nothing was added since the last one."""
    rows = JournalHead.objects.exclude(sequence=0).order_by("chain").values_list("chain", "sequence", "hash")
    chains = {chain: {"sequence": sequence, "hash": hash_} for chain, sequence, hash_ in rows}
    folder.mkdir(parents=True, exist_ok=True)
    last = max(folder.glob("journal-*.json"), default=None)
    if not chains or (last and _chains(last) == chains):
        return None
    moment = at.astimezone(UTC)
    path = folder / f"journal-{moment:%Y%m%dT%H%M%S%fZ}.json"
    text = json.dumps({"format": FORMAT, "at": moment.isoformat(), "chains": chains}, ensure_ascii=False, indent=1)
    _write(path, text)
    return path


def read_checkpoints(folder: Path) -> tuple[list[Checkpoint], list[tuple[str, str]]]:
    """All checkpoints of a folder, and a Thai and English line for each file that cannot be read."""
    checkpoints, problems = [], []
    for path in sorted(folder.glob("journal-*.json")):
        try:
            checkpoints.append(read_checkpoint(path))
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            problems.append((f"อ่านจุดตรวจไม่ได้: {path.name}", f"the checkpoint cannot be read: {path.name}"))
    return checkpoints, problems


def read_checkpoint(path: Path) -> Checkpoint:
    """One checkpoint. Refuses with ValueError, KeyError or TypeError what is none."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if document["format"] != FORMAT:
        raise ValueError(path.name)
    ends = {chain: (int(end["sequence"]), str(end["hash"])) for chain, end in document["chains"].items()}
    return Checkpoint(document["at"], ends)


def _chains(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))["chains"]
    except (ValueError, KeyError, TypeError, OSError):
        return None


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(".part")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)
