"""JSON that carries its own signature: the well-known document and the receipts. Ed25519 over the canonical form.

`{"payload": {...}, "signatures": [{"keyid": ..., "alg": "ed25519", "value": base64}]}`. Members that a reader does not know
are part of what was signed and are otherwise ignored. Canonical: sorted keys, no blanks, UTF-8 as it is, no fractions.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from phrom.letters.exchange.keys import SigningKey
from phrom.letters.exchange.trouble import NotSigned, Unreadable

KeyOf = Callable[[str], Ed25519PublicKey | None]
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def sign(payload: dict[str, Any], keys: Sequence[SigningKey]) -> str:
    """The payload with a signature by each key, as text."""
    words = canonical(payload).encode()
    signatures = [
        {"keyid": key.keyid, "alg": "ed25519", "value": base64.b64encode(key.private.sign(words)).decode()} for key in keys
    ]
    return canonical({"payload": payload, "signatures": signatures})


def read(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Payload and signatures, not yet believed. Refuses Unreadable."""
    try:
        found = json.loads(text)
        payload, signatures = found["payload"], found["signatures"]
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise Unreadable("no signed JSON") from problem
    if not isinstance(payload, dict) or not isinstance(signatures, list) or not all(isinstance(s, dict) for s in signatures):
        raise Unreadable("no signed JSON")
    return payload, signatures


def verified(text: str, key_of: KeyOf) -> tuple[dict[str, Any], str]:
    """The payload and the key by which it is believed: the first signature whose key is known here. Refuses NotSigned."""
    payload, signatures = read(text)
    for signature in signatures[:10]:
        keyid = str(signature.get("keyid", ""))
        public = key_of(keyid)
        if public is not None and signature.get("alg") == "ed25519" and _holds(public, payload, signature.get("value")):
            return payload, keyid
    raise NotSigned("no signature by a key that is known here")


def _holds(public: Ed25519PublicKey, payload: dict[str, Any], value: object) -> bool:
    try:
        public.verify(base64.b64decode(str(value), validate=True), canonical(payload).encode())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
