"""The chain of a register: one line for each act, each hashed with the hash of the line before.

A line repeats all columns of its entry, so that whoever changes the entry later is found without any other source: every
change of an entry adds a line. The register's own row carries the end of the chain and is the lock: hold it while you add
(numbering.hold_register, hold_again).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from phrom.agencies.models import Person
from phrom.letters.models import Register, RegisterEntry, RegisterLine
from phrom.shared.journal.record import hash_of_fields

TAKEN, RESERVED, USED, SEALED, VOIDED = "taken", "reserved", "used", "sealed", "voided"
IMPORTED, DESTROYED = "imported", "destroyed"
COLUMNS = (
    *("number", "state", "number_text", "dated", "their_number", "their_date", "from_name", "to_name", "subject", "remark"),
    *("taken_by_id", "taken_at", "reserved_for", "voided_by_id", "voided_at", "voided_because", "imported", "destroyed_at"),
)


@dataclass(frozen=True)
class Act:
    """What is done with an entry; `more` are words that stand in the line only, such as the hash of the letter."""

    name: str
    entry: RegisterEntry
    more: dict[str, str] | None = None


def register_key(office_uuid: object, book: str, year: int) -> str:
    """How a register is named outside the database: the same after a restore, and in another installation."""
    return f"{office_uuid}/{book}/{year}"


def key_of(register: Register) -> str:
    """The key of a register, whose office is read with it."""
    return register_key(register.office.uuid, register.book, register.year)


def entry_words(entry: RegisterEntry) -> dict[str, Any]:
    """All columns of an entry as JSON can carry them; times in UTC with microseconds."""
    return {name: _plain(getattr(entry, name)) for name in COLUMNS}


def line_words(key: str, line: RegisterLine) -> dict[str, Any]:
    """What is hashed of a line: everything but the hash itself, and which register it stands in."""
    return {
        "register": key,
        "sequence": line.sequence,
        "number": line.number,
        "act": line.act,
        "at": _plain(line.at),
        "by_name": line.by_name,
        "content": line.content,
        "previous": line.previous,
    }


def add_lines(register: Register, acts: Sequence[Act], *, by: Person, at: datetime) -> None:
    """Append a line for each act and move the register's head. The register must be held by the caller's transaction."""
    key, lines = key_of(register), []
    for act in acts:
        line = RegisterLine(
            register=register,
            sequence=register.line_count + 1,
            number=act.entry.number,
            act=act.name,
            at=at,
            by_name=by.name,
            content=entry_words(act.entry) | (act.more or {}),
            previous=register.head,
        )
        line.hash = hash_of_fields(line_words(key, line))
        register.line_count, register.head = line.sequence, line.hash
        lines.append(line)
    RegisterLine.objects.bulk_create(lines)
    register.save(update_fields=["last_number", "line_count", "head"])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, bool | int) else str(value)
