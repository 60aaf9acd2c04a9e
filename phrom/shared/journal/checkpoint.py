"""Checkpoints: where each chain ended at a moment, kept outside the database. Copy them off the machine, or print them.

Other rooms keep chains of their own; their ends stand beside those of the journal, under `registers`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from phrom.shared.files.durable import sync_folder
from phrom.shared.journal.models import JournalHead

FORMAT = "phrom-journal-checkpoint-1"
End = tuple[int, str]


@dataclass(frozen=True)
class Checkpoint:
    """The ends of all chains at a moment: chain to (sequence, hash)."""

    at: str
    chains: dict[str, End]
    registers: dict[str, End] = field(default_factory=dict)


def write_checkpoint(folder: Path, at: datetime, registers: Mapping[str, End] | None = None) -> Path | None:
    """Write where all chains end now, durably; returns the file, or None when nothing was added since the last one."""
    rows = JournalHead.objects.exclude(sequence=0).order_by("chain").values_list("chain", "sequence", "hash")
    ends = {"chains": _written({chain: (sequence, hash_) for chain, sequence, hash_ in rows})}
    ends["registers"] = _written(registers or {})
    folder.mkdir(parents=True, exist_ok=True)
    last = max(folder.glob("journal-*.json"), default=None)
    if not any(ends.values()) or (last and _ends(last) == ends):
        return None
    moment = at.astimezone(UTC)
    path = folder / f"journal-{moment:%Y%m%dT%H%M%S%fZ}.json"
    text = json.dumps({"format": FORMAT, "at": moment.isoformat(), **ends}, ensure_ascii=False, indent=1)
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
    return Checkpoint(document["at"], _read(document["chains"]), _read(document.get("registers", {})))


def _written(ends: Mapping[str, End]) -> dict[str, dict[str, object]]:
    return {chain: {"sequence": sequence, "hash": hash_} for chain, (sequence, hash_) in ends.items()}


def _read(ends: Any) -> dict[str, End]:
    return {chain: (int(end["sequence"]), str(end["hash"])) for chain, end in ends.items()}


def _ends(path: Path) -> Any:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return {"chains": document["chains"], "registers": document.get("registers", {})}
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
