"""Is every register still what it was? Rows as the document that `standalone.py` checks, and what it finds, named.

Both ways, inside the program and without it, run the same rules over the same document; only the reading differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import transaction

from phrom.letters.chain import entry_words, key_of
from phrom.letters.models import Letter, Register
from phrom.letters.standalone import FORMAT, LINE, check
from phrom.shared.documents.canonical import sha256_of_json

End = tuple[int, str]


@dataclass(frozen=True)
class Damage:
    """One thing that is wrong. `which` is "office book year number" in words that a registrar knows."""

    which: str
    th: str
    en: str


@dataclass
class Looked:
    """How much was looked at, and what is wrong."""

    registers: int = 0
    numbers: int = 0
    damages: tuple[Damage, ...] = ()


def verify_registers(kept: Iterable[Mapping[str, End]] = (), using: str = "default") -> Looked:
    """Look at every register of a database. `kept`: by checkpoint, where each register ended then.

    Without checkpoints somebody with all rights on the database could rebuild a whole chain or cut its end unseen.
    """
    expected: dict[str, list[End]] = {}
    for checkpoint in kept:
        for key, end in checkpoint.items():
            expected.setdefault(key, []).append(end)
    damages: list[Damage] = []
    looked, seen = Looked(), set()
    for pk in Register.objects.using(using).order_by("pk").values_list("pk", flat=True):
        looked.registers += 1
        try:
            document = export_register(pk, using)
            key = document["register"]["key"]
            damages += _found(document, expected.get(key, []))
        except (ValueError, TypeError, AttributeError) as unreadable:
            damages.append(Damage(f"register {pk}", "อ่านทะเบียนไม่ได้", f"the register cannot be read: {unreadable}"))
            continue
        seen.add(key)
        looked.numbers += len(document["entries"])
    gone = sorted(expected.keys() - seen)
    looked.damages = (*damages, *(Damage(key, "ทะเบียนหายไปทั้งเล่ม", "the whole register is gone") for key in gone))
    return looked


def export_register(pk: int, using: str = "default") -> dict[str, Any]:
    """A register with all its numbers and its chain, as one document that can be checked without Phrom."""
    with transaction.atomic(using=using):
        rows = Register.objects.using(using).select_related("office__agency")
        register = rows.select_for_update(of=("self",)).get(pk=pk)
        entries = [entry_words(entry) for entry in register.entries.order_by("number", "pk")]
        lines = [_line(line) for line in register.lines.order_by("sequence", "pk").values(*LINE, "hash")]
        letters = {str(number): hashes for number, hashes in _letters(register, using)}
    named: dict[str, object] = {"key": key_of(register), "office": register.office.agency.name, "book": register.book}
    named |= {"book_name": register.get_book_display(), "year": register.year}
    named |= {"last_number": register.last_number, "line_count": register.line_count, "head": register.head}
    return {"format": FORMAT, "register": named, "entries": entries, "lines": lines, "letters": letters}


def register_ends() -> dict[str, End]:
    """Where every register ends now, for the checkpoint outside the database."""
    registers = Register.objects.exclude(line_count=0).select_related("office").order_by("pk")
    return {key_of(each): (each.line_count, each.head) for each in registers}


def _found(document: dict[str, Any], expected: Iterable[End]) -> Iterator[Damage]:
    register = document["register"]
    where = f"{register['office']} · {register['book_name']} {register['year']}"
    ends: dict[int, str] = {}
    for sequence, hash_ in expected:
        if ends.setdefault(sequence, hash_) != hash_:
            yield Damage(where, "จุดตรวจสองฉบับไม่ตรงกัน", "two checkpoints differ")
    for problem in check(document, ends.items()):
        yield Damage(f"{where} · เลข {problem.number}" if problem.number else where, problem.th, problem.en)


def _line(line: dict[str, Any]) -> dict[str, Any]:
    return line | {"at": line["at"].astimezone(UTC).isoformat(timespec="microseconds")}


def _letters(register: Register, using: str) -> Iterator[tuple[int, list[str]]]:
    rows = Letter.objects.using(using).filter(entry__register=register).values_list("entry__number", "sha256", "content")
    for number, sha256, content in rows.iterator():
        yield number, [sha256, "" if content is None else sha256_of_json(content)]
