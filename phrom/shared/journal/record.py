"""Writing the journal. Called inside the transaction of the change itself, last."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Protocol

from django.db import connection, transaction

from phrom.shared.journal.models import AuditEvent, JournalHead

GENESIS = "0" * 64
SYSTEM = "system"


class Actor(Protocol):
    """Whoever does something: has an id and a name."""

    pk: int
    name: str


def record(
    event: str, *, by: Actor | None, about: str, at: datetime, chain: str = SYSTEM, details: dict[str, object] | None = None
) -> AuditEvent:
    """Append one entry to a chain (one for each body, by its code) and return it.

    Refuses to run outside a transaction: the entry and the change it tells of commit or roll back together.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("journal.record needs the transaction of the change it records")
    head = _locked_head(chain)
    entry = AuditEvent(
        chain=chain,
        sequence=head.sequence + 1,
        at=at.astimezone(UTC),
        by_id=by.pk if by else None,
        by_name=by.name if by else "",
        event=event,
        about=about,
        details=details or {},
        previous=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    JournalHead.objects.filter(pk=head.pk).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def hash_of(entry: AuditEvent) -> str:
    """SHA-256 over the entry's canonical JSON, which contains the previous entry's hash."""
    fields = {
        "chain": entry.chain,
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by_id": entry.by_id,
        "by_name": entry.by_name,
        "event": entry.event,
        "about": entry.about,
        "details": entry.details,
        "previous": entry.previous,
    }
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _locked_head(chain: str) -> JournalHead:
    head = JournalHead.objects.select_for_update().filter(chain=chain).first()
    if head is None:
        JournalHead.objects.get_or_create(chain=chain)
        head = JournalHead.objects.select_for_update().get(chain=chain)
    return head
