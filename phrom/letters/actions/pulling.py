"""Fetching: a node that cannot be reached asks for what waits for it, and acknowledges after its own commit.

The same envelopes and receipts as when they are sent; only who opens the connection differs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from phrom.letters.actions.delivering import checked_receipt, settle
from phrom.letters.actions.inbox import Came, take
from phrom.letters.actions.own_node import line, signing_key
from phrom.letters.actions.sealing import seal_envelope
from phrom.letters.exchange.client import LONGEST_ANSWER, Reply, call
from phrom.letters.exchange.documents import INLINE
from phrom.letters.exchange.envelope import Envelope
from phrom.letters.exchange.envelope import read as read_envelope
from phrom.letters.exchange.signed_json import canonical, read
from phrom.letters.exchange.signing import signed_headers
from phrom.letters.exchange.trouble import Unreachable, Unreadable
from phrom.letters.models import Outgoing, Peer, Purpose
from phrom.shared.files.models import StoredFile
from phrom.shared.ui.refusals import Refusal

AT_ONCE = 20


def waiting_for(*, peer: Peer, at: datetime) -> list[Outgoing]:
    """What waits for a peer that fetches, oldest first, sealed. Nothing is marked: only the receipt makes it delivered."""
    rows = Outgoing.objects.filter(peer=peer, done_at=None, given_up_at=None, expires_at__gt=at)
    found = list(rows.select_related("recipient__letter__office__agency__body", "office__agency")[:AT_ONCE])
    Outgoing.objects.filter(pk__in=[row.pk for row in found]).update(tries=F("tries") + 1)
    return [seal_envelope(row) for row in found]


def acknowledged(*, peer: Peer, receipts: Sequence[str], at: datetime) -> int:
    """Keep the receipts of a peer; late ones too. Returns how many were of messages to it. Refuses a receipt that is none."""
    kept = 0
    for text in receipts:
        outgoing = Outgoing.objects.filter(peer=peer, delivery_id=_delivery_of(text))
        row = outgoing.select_related("recipient__letter__office__agency__body", "incoming__office__agency__body").first()
        if row is not None:
            checked_receipt(peer, row, text, at)
            settle(outgoing=row, receipt=text, at=at)
            kept += 1
    return kept


def offered_file(*, peer: Peer, sha256: str) -> StoredFile | None:
    """A file that a letter to this peer names; nothing else of ours is handed out by its hash."""
    letters = Outgoing.objects.filter(peer=peer, given_up_at=None, purpose=Purpose.LETTER, envelope__contains=f'"{sha256}"')
    # A hash may stand anywhere in an envelope, even in words that came from the peer itself: only its list of files counts.
    envelopes = letters.values_list("envelope", flat=True)
    named = any(sha256 == file.sha256 for text in envelopes for file in Envelope.model_validate_json(text).files)
    return StoredFile.objects.filter(sha256=sha256).first() if named else None


def pull_due(*, at: datetime) -> int:
    """Fetch from every trusted peer that is to be fetched from; returns how many messages were taken."""
    peers = Peer.objects.filter(we_pull=True, approved_at__isnull=False, blocked_at=None)
    return sum(_pulled(peer, at) for peer in peers)


def _pulled(peer: Peer, at: datetime) -> int:
    try:
        envelopes = json.loads(_asked(peer, "GET", "/exchange/outgoing", b"", at).body)["envelopes"]
        receipts = [taken for text in envelopes[:AT_ONCE] if (taken := _taken(peer, str(text), at))]
        if receipts:
            _asked(peer, "POST", "/exchange/ack", canonical({"receipts": receipts}).encode(), at)
    except (Unreachable, Refusal, ValueError, KeyError, TypeError, RecursionError):
        return 0  # asked again next time; what was taken stays taken and is acknowledged then
    return len(receipts)


def _taken(peer: Peer, text: str, at: datetime) -> str:
    """The receipt of one message, after our commit; empty when it is refused here (its sender learns by expiry).

    What fits into one message is fetched at once; the rest is fetched in pieces by its job, and the message taken next time.
    """
    try:
        left, parts = INLINE, {}
        for file in read_envelope(text).files:
            if file.size <= left:
                parts[file.sha256] = _asked(peer, "GET", f"/exchange/files/{file.sha256}", b"", at, limit=file.size).body
                left -= file.size
        return take(came=Came(peer, text, parts), at=at)
    except (Refusal, ValueError):
        return ""


def _asked(peer: Peer, method: str, path: str, body: bytes, at: datetime, *, limit: int = LONGEST_ANSWER) -> Reply:
    url = peer.base_url + path
    headers = {"Content-Type": "application/json"} if body else {}
    signed = signed_headers(method, url, body, key=signing_key(at), at=at, headers=headers)
    reply = call(method, url, line=line(), headers=signed, body=body, limit=limit)
    if reply.status != 200:
        raise Unreachable(f"answer {reply.status}")
    return reply


def _delivery_of(text: str) -> UUID:
    try:
        return UUID(str(read(text)[0].get("delivery_id")))
    except ValueError as problem:
        raise Unreadable("no receipt", where="receipts") from problem
