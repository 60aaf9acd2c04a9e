#!/usr/bin/env python3
"""Check an exported register without Phrom: needs nothing but Python 3.11 or newer and this file.

    python standalone.py register.json [--checkpoint FILE]...

--checkpoint FILE  a checkpoint file kept elsewhere; the register must still contain what it saw

An export is one JSON object: `register` (key "office/book/year", names, last_number, line_count, head), `entries` (the
numbers with their columns), `lines` (one for each act) and `letters` (by number, the hash that the letter carries and the hash
of its document as it is today). A line's hash is the SHA-256 of its other fields and the register's key as JSON with sorted
keys, without blanks, in UTF-8; `previous` is the hash of the line before, 64 zeros for the first. A line's content repeats all
columns of its entry as they were after the act.
Exit code 0: untouched; 1: something is wrong, each line says what; 2: the export cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT = "phrom-register-1"
NOTHING_BEFORE = "0" * 64
FAR = 10_000  # a number that somebody changed to a billion is one problem, not a billion
LINE = ("sequence", "number", "act", "at", "by_name", "content", "previous")
End = tuple[int, str]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: of which number (0: the register as a whole), and a Thai and English sentence."""

    number: int
    th: str
    en: str


def check(document: dict[str, Any], expected: Iterable[End] = ()) -> list[Problem]:
    """All problems of a register; an empty list means untouched. `expected`: what checkpoints saw, (line, hash)."""
    lines, entries = document["lines"], document["entries"]
    head = (document["register"]["line_count"], document["register"]["head"])
    chain = next(_chain(document["register"]["key"], lines, head, dict(expected)), None)
    problems = [chain] if chain else []
    problems += _numbers(entries, lines, document["register"]["last_number"])
    problems += _entries(entries, lines)
    problems += _letters(document["letters"], lines)
    return problems


def hash_of(key: str, line: dict[str, Any]) -> str:
    """The hash that a line of this register should have."""
    fields = {name: line[name] for name in LINE} | {"register": key}
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _content(line: dict[str, Any]) -> dict[str, Any]:
    """The columns that a line repeats; none where somebody put something else there."""
    return line["content"] if isinstance(line["content"], dict) else {}


def _chain(key: str, lines: Sequence[dict[str, Any]], head: End, expected: dict[int, str]) -> Iterator[Problem]:
    """What is wrong with the lines, in their order; the first is the one that counts."""
    end: End = (0, NOTHING_BEFORE)
    for line in lines:
        place, number = end[0] + 1, line["number"]
        if line["sequence"] != place:
            yield Problem(number, f"บรรทัดที่ {place} ของสายโซ่หายไปหรือซ้ำ", f"line {place} is missing or doubled")
        if line["previous"] != end[1]:
            yield Problem(number, f"บรรทัดที่ {place} ไม่ต่อจากบรรทัดก่อน", f"line {place} does not follow the one before")
        if hash_of(key, line) != line["hash"]:
            yield Problem(number, f"บรรทัดที่ {place} ถูกแก้ไข", f"line {place} was changed")
        if _content(line).get("number") != number:
            yield Problem(number, f"บรรทัดที่ {place} เป็นของเลขอื่น", f"line {place} speaks of another number")
        if expected.get(place, line["hash"]) != line["hash"]:
            yield Problem(number, f"บรรทัดที่ {place} ไม่ตรงกับจุดตรวจที่เก็บไว้", f"line {place} is not that of the checkpoint")
        end = (place, line["hash"])
    latest = max(expected, default=0)
    if latest > end[0]:
        yield Problem(0, f"บรรทัดที่ {end[0] + 1} ถึง {latest} หายไป", f"lines {end[0] + 1} to {latest} are gone")
    if head != end:
        yield Problem(0, f"ปลายสายโซ่ไม่ตรงกับบรรทัดสุดท้าย ({end[0]})", f"the head is not the last line ({end[0]})")


def _numbers(entries: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]], counter: int) -> Iterator[Problem]:
    """Every number from one to the counter stands there once, and none beyond it."""
    standing = [entry["number"] for entry in entries]
    for number in sorted(number for number, times in Counter(standing).items() if times > 1):
        yield Problem(number, f"เลข {number} ซ้ำ", f"number {number} is doubled")
    last = max([*standing, *(line["number"] for line in lines)], default=0)
    for number in sorted(set(range(1, min(last, len(standing) + FAR) + 1)) - set(standing)):
        yield Problem(number, f"เลข {number} หายไปจากทะเบียน", f"number {number} is missing")
    if last != counter:
        yield Problem(0, f"ตัวนับอยู่ที่ {counter} แต่เลขสุดท้ายคือ {last}", f"the counter says {counter}, the last number is {last}")


def _entries(entries: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    """Every entry says what the last line of its number says."""
    last = {line["number"]: _content(line) for line in lines}
    for entry in entries:
        number = entry["number"]
        said = last.get(number)
        if said is None:
            yield Problem(number, f"เลข {number} ไม่มีในสายโซ่", f"number {number} is not in the chain")
            continue
        changed = [name for name, value in entry.items() if name not in said or said[name] != value]
        if changed:
            columns = ", ".join(changed)
            yield Problem(number, f"เลข {number} ถูกแก้ไข: {columns}", f"number {number} was changed: {columns}")


def _letters(letters: dict[str, Sequence[str]], lines: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    """Every sealed number has its letter, and every letter is the one that was sealed, unless it was destroyed by the rules."""
    sealed = {line["number"]: _content(line).get("sha256", "") for line in lines if line["act"] == "sealed"}
    destroyed = {line["number"] for line in lines if line["act"] == "destroyed"}
    carried = {int(number): hashes for number, hashes in letters.items()}
    for number in sorted(sealed.keys() | carried.keys()):
        if number not in carried:
            yield Problem(number, f"หนังสือเลข {number} หายไป", f"the letter of number {number} is gone")
        elif number not in sealed:
            yield Problem(number, f"หนังสือเลข {number} ไม่ได้ผนึกในทะเบียน", f"the letter of number {number} was never sealed")
        elif carried[number][0] != sealed[number] or (carried[number][1] != sealed[number] and number not in destroyed):
            yield Problem(number, f"เนื้อหาหนังสือเลข {number} ถูกเปลี่ยน", f"the letter of number {number} was changed")


def no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse objects that name a key twice: two readers could see two things."""
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def main(arguments: list[str]) -> int:
    """Check one file; prints and returns the exit code."""
    parser = argparse.ArgumentParser(description="Check an exported register.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--checkpoint", action="append", default=[], type=Path)
    options = parser.parse_args(arguments)
    try:
        document = json.loads(options.export.read_text(encoding="utf-8"), object_pairs_hook=no_doubles)
        if document["format"] != FORMAT:
            raise ValueError("not an exported register")
        ends = [json.loads(path.read_text(encoding="utf-8")).get("registers", {}) for path in options.checkpoint]
        seen = [end[document["register"]["key"]] for end in ends if document["register"]["key"] in end]
        problems = check(document, [(end["sequence"], end["hash"]) for end in seen])
        register = document["register"]
        where = f"{register['office']} · {register['book_name']} {register['year']}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        print(f"unreadable: {error}")
        return 2
    for problem in problems:
        print(f"{where} · {problem.number or '-'}: {problem.th} / {problem.en}")
    counts = f"{len(document['entries'])} numbers, {len(document['lines'])} lines"
    print(f"{where}: {'wrong' if problems else 'untouched'} ({counts})")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
