#!/usr/bin/env python3
"""Check an exported journal without Phrom: needs nothing but Python 3.11 or newer and this file.

    python standalone.py export.jsonl [--head HASH]... [--checkpoint FILE]...

--head HASH        a head written down earlier (on paper, in a mail); the export must still contain that entry
--checkpoint FILE  a checkpoint file kept elsewhere; every chain in it must still contain its entry

An export is one JSON object a line: the entries ordered by chain and sequence, then for each chain one line
{"head_of": chain, "sequence": number, "hash": hash}. An entry's hash is the SHA-256 of its other fields as JSON with
sorted keys, without blanks, in UTF-8; `previous` is the hash of the entry before it, 64 zeros for the first.
Exit code 0: untouched; 1: something is wrong, each line says what; 2: the export cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START = (0, "0" * 64)
FIELDS = {"chain", "sequence", "at", "by_id", "by_name", "event", "about", "details", "previous", "hash"}
End = tuple[int, str]


def no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse objects that name a key twice: two readers could see two things."""
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def hash_of(entry: dict[str, Any]) -> str:
    """The hash an entry should have."""
    fields = {name: value for name, value in entry.items() if name != "hash"}
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass
class Chain:
    """One chain being read: its last good entry, its head, what checkpoints expect, and the first thing that is wrong."""

    end: End = START
    head: End = START
    expected: list[End] = field(default_factory=list)
    problem: str = ""

    def read(self, entry: dict[str, Any]) -> None:
        """Take the next entry."""
        if not self.problem:
            self.problem = self._check(entry)
        if not self.problem:
            self.end = (entry["sequence"], entry["hash"])

    def _check(self, entry: dict[str, Any]) -> str:
        number = self.end[0] + 1
        if set(entry) != FIELDS:
            return f"entry {number}: fields are missing or added"
        if entry["sequence"] != number:
            return f"entry {number} is missing or doubled"
        if entry["previous"] != self.end[1]:
            return f"entry {number} does not follow the one before"
        if hash_of(entry) != entry["hash"]:
            return f"entry {number} was changed"
        if any(sequence == number and hash_ != entry["hash"] for sequence, hash_ in self.expected):
            return f"entry {number} is not that of the checkpoint"
        return ""

    def close(self) -> str:
        """What is wrong with the chain as a whole; an empty text when nothing is."""
        latest = max((sequence for sequence, _ in self.expected), default=0)
        if self.problem:
            return self.problem
        if latest > self.end[0]:
            return f"entries {self.end[0] + 1} to {latest} are gone"
        return "" if self.head == self.end else f"the head does not match the last entry ({self.end[0]})"


def check(lines: Iterable[str], heads: Iterable[str] = (), checkpoints: Iterable[dict[str, Any]] = ()) -> list[str]:
    """All problems of an export as sentences, at most one a chain; an empty list means untouched."""
    chains: dict[str, Chain] = {}
    seen = set()
    for checkpoint in checkpoints:
        for name, end in checkpoint["chains"].items():
            chains.setdefault(name, Chain()).expected.append((end["sequence"], end["hash"]))
    for line in lines:
        entry = json.loads(line, object_pairs_hook=no_doubles)
        if "head_of" in entry:
            chains.setdefault(entry["head_of"], Chain()).head = (entry["sequence"], entry["hash"])
        else:
            chain = chains.setdefault(entry["chain"], Chain())
            chain.read(entry)
            seen.add(chain.end[1])
    problems = [f"{name}: {problem}" for name, chain in sorted(chains.items()) if (problem := chain.close())]
    return problems + [f"no good entry has the hash {head}" for head in heads if head not in seen]


def main(arguments: list[str]) -> int:
    """Check one file; prints and returns the exit code."""
    parser = argparse.ArgumentParser(description="Check an exported journal.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--head", action="append", default=[])
    parser.add_argument("--checkpoint", action="append", default=[], type=Path)
    options = parser.parse_args(arguments)
    try:
        checkpoints = [json.loads(path.read_text(encoding="utf-8")) for path in options.checkpoint]
        with options.export.open(encoding="utf-8") as file:
            problems = check(file, options.head, checkpoints)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        print(f"unreadable: {error}")
        return 2
    print("\n".join(problems) or "untouched")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
