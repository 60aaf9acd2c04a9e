"""Walking all chains: does every entry still say what it said, and is none missing?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from phrom.shared.journal.checkpoint import Checkpoint, read_checkpoints
from phrom.shared.journal.models import AuditEvent, JournalHead
from phrom.shared.journal.record import GENESIS, hash_of_fields

BATCH = 2_000
_COLUMNS = ("chain", "sequence", "at", "by_id", "by_name", "event", "about", "details", "previous", "hash")


@dataclass(frozen=True)
class Problem:
    """The first thing that is wrong in one chain. `sequence` is the number of the entry, 0 where it is the chain as a whole."""

    chain: str
    sequence: int
    code: str
    th: str
    en: str


def verify(checkpoints: Path | None = None, using: str = "default") -> list[Problem]:
    """Check all chains, and against the checkpoint files of a folder where one is given. An empty list means: untouched.

    Without checkpoints somebody with all rights on the database could rebuild a whole chain or cut its end unseen.
    """
    kept, problems = read_checkpoints(checkpoints) if checkpoints else ([], [])
    found = [Problem("", 0, "checkpoint-file", *text) for text in problems]
    return found + problems_of(_entries(using), _heads(using), kept)


def problems_of(
    entries: Iterable[Mapping[str, Any]], heads: Mapping[str, tuple[int, str]], checkpoints: Iterable[Checkpoint]
) -> list[Problem]:
    """Walk entries in order of chain and sequence. At most one problem a chain: the first."""
    walks = {chain: Walk(chain) for chain in heads}
    for checkpoint in checkpoints:
        for chain, (sequence, hash_) in checkpoint.chains.items():
            walks.setdefault(chain, Walk(chain)).expect(sequence, hash_)
    for entry in entries:
        walk = walks.get(entry["chain"]) or walks.setdefault(entry["chain"], Walk(entry["chain"]))
        if walk.problem is None:
            walk.step(entry)
    for chain, walk in walks.items():
        walk.finish(heads.get(chain))
    return [walk.problem for walk in walks.values() if walk.problem]


@dataclass
class Walk:
    """One chain being walked: the last good entry, and what checkpoints say must come."""

    chain: str
    sequence: int = 0
    hash: str = GENESIS
    problem: Problem | None = None
    expected: dict[int, str] = field(default_factory=dict)

    def expect(self, sequence: int, hash_: str) -> None:
        """A checkpoint says that entry `sequence` has this hash."""
        if self.expected.setdefault(sequence, hash_) != hash_:
            self._wrong(sequence, "checkpoint", "จุดตรวจสองฉบับไม่ตรงกัน", "two checkpoints differ")

    def step(self, entry: Mapping[str, Any]) -> None:
        """Check the next entry."""
        number = entry["sequence"]
        if number != self.sequence + 1:
            missing = self.sequence + 1
            self._wrong(missing, "gap", f"รายการที่ {missing} หายไปหรือซ้ำ", f"entry {missing} is missing or doubled")
        elif entry["previous"] != self.hash:
            self._wrong(number, "link", f"รายการที่ {number} ไม่ต่อจากรายการก่อน", f"entry {number} does not follow the one before")
        elif _hash(entry) != entry["hash"]:
            self._wrong(number, "changed", f"รายการที่ {number} ถูกแก้ไข", f"entry {number} was changed")
        elif self.expected.get(number, entry["hash"]) != entry["hash"]:
            self._wrong(
                number, "rebuilt", f"รายการที่ {number} ไม่ตรงกับจุดตรวจที่เก็บไว้", f"entry {number} is not that of the checkpoint"
            )
        self.sequence, self.hash = number, entry["hash"]

    def finish(self, head: tuple[int, str] | None) -> None:
        """After the last entry: the head must be it, and nothing that a checkpoint saw may be missing."""
        latest = max(self.expected, default=0)
        if self.problem is None and latest > self.sequence:
            number = self.sequence + 1
            self._wrong(number, "cut", f"รายการตั้งแต่ {number} ถึง {latest} หายไป", f"entries {number} to {latest} are gone")
        if self.problem is None and (head or (0, GENESIS)) != (self.sequence, self.hash):
            self._wrong(
                self.sequence,
                "head",
                f"ปลายสายโซ่ไม่ตรงกับรายการสุดท้าย ({self.sequence})",
                f"the head does not match the last entry ({self.sequence})",
            )

    def _wrong(self, sequence: int, code: str, th: str, en: str) -> None:
        self.problem = self.problem or Problem(self.chain, sequence, code, th, en)


def _hash(entry: Mapping[str, Any]) -> str:
    try:
        return hash_of_fields({name: entry[name] for name in _COLUMNS[:-1]})
    except (TypeError, ValueError):
        return ""


def _entries(using: str = "default") -> Iterator[dict[str, Any]]:
    rows = AuditEvent.objects.using(using).order_by("chain", "sequence", "id").values_list(*_COLUMNS)
    for row in rows.iterator(chunk_size=BATCH):
        entry = dict(zip(_COLUMNS, row, strict=True))
        entry["at"] = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
        yield entry


def entries_as_json() -> Iterator[str]:
    """The whole journal as JSON lines for the stand-alone verifier (`standalone.py`): entries in order, then the heads."""
    for entry in _entries():
        yield json.dumps(entry, ensure_ascii=False, sort_keys=True)
    for chain, (sequence, hash_) in _heads().items():
        yield json.dumps({"head_of": chain, "sequence": sequence, "hash": hash_}, ensure_ascii=False)


def _heads(using: str = "default") -> dict[str, tuple[int, str]]:
    rows = JournalHead.objects.using(using).order_by("chain").values_list("chain", "sequence", "hash")
    return {chain: (sequence, hash_) for chain, sequence, hash_ in rows}
