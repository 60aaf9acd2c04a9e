"""Files too large for their message: fetched by hash from the peer that named them, in pieces, and checked as any upload."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from phrom.letters.actions.own_node import line, signing_key
from phrom.letters.exchange.client import call
from phrom.letters.exchange.signing import signed_headers
from phrom.letters.exchange.trouble import Unreachable
from phrom.letters.models import WantedFile
from phrom.shared.files.store import keep
from phrom.shared.ui.refusals import Refusal

PIECE = 4 * 1024 * 1024


def fetch(*, wanted: WantedFile, at: datetime) -> WantedFile:
    """Get the file and keep it. What went wrong stands in the row; the letter's next try asks for it again."""
    if wanted.file is not None:
        return wanted
    try:
        wanted.file, wanted.trouble = keep(_pieces(wanted, at), name=wanted.name, at=at), ""
    except (Unreachable, Refusal) as problem:
        wanted.trouble = str(problem)[:500]
    wanted.save(update_fields=["file", "trouble"])
    return wanted


def _pieces(wanted: WantedFile, at: datetime) -> Iterator[bytes]:
    """The file piece by piece with HTTP ranges; the whole must have the hash that was named."""
    digest, taken = hashlib.sha256(), 0
    while taken < wanted.size:
        piece = _piece(wanted, taken, at)
        taken += len(piece)
        digest.update(piece)
        if taken >= wanted.size and (taken != wanted.size or digest.hexdigest() != wanted.sha256):
            raise Unreachable("the file is not the one that was named")
        yield piece


def _piece(wanted: WantedFile, start: int, at: datetime) -> bytes:
    url = f"{wanted.peer.base_url}/exchange/files/{wanted.sha256}"
    last = min(start + PIECE, wanted.size) - 1
    headers = signed_headers("GET", url, b"", key=signing_key(at), at=at, headers={"Range": f"bytes={start}-{last}"})
    reply = call("GET", url, line=line(), headers=headers, limit=PIECE + 1)
    if reply.status != 206 or len(reply.body) != last - start + 1:
        raise Unreachable(f"answer {reply.status} for a piece of the file")
    return reply.body
