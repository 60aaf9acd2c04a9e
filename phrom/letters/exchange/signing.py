"""Signed requests: RFC 9421 with Ed25519 over method, target and digest (RFC 9530), by which key and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature
from http_message_signatures.algorithms import ED25519
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from phrom.letters.exchange.keys import SigningKey
from phrom.letters.exchange.trouble import NotSigned

SKEW = timedelta(minutes=5)
COVERED = ("@method", "@target-uri", "content-digest", "idempotency-key")
TAG = "phrom-exchange"


@dataclass
class Message:
    """A request as the library reads it."""

    method: str
    url: str
    headers: dict[str, str]


class _One(HTTPSignatureKeyResolver):  # type: ignore[misc]
    """The one key that we sign with."""

    def __init__(self, key: SigningKey) -> None:
        self.key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        """Our private half."""
        return self.key.private


class _Known(HTTPSignatureKeyResolver):  # type: ignore[misc]
    """The keys that a receiver believes at this moment."""

    def __init__(self, key_of: Callable[[str], Ed25519PublicKey | None]) -> None:
        self.key_of = key_of

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """The peer's public half; None refuses."""
        return self.key_of(key_id)


class _AtThisMoment(HTTPMessageVerifier):  # type: ignore[misc]
    """Judges the time of signing by the time that it is given, not by the machine's."""

    at: datetime

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        """Both clocks may differ by five minutes either way."""
        created = sig_input.params.get("created")
        if type(created) is not int:
            raise InvalidSignature("no time of signing")
        if abs(created - self.at.timestamp()) > SKEW.total_seconds():
            there = datetime.fromtimestamp(created, UTC) if 0 <= created < 2**33 else created
            raise InvalidSignature(f"signed at {there}, here it is {self.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}+00:00")


def signed_headers(
    method: str, url: str, body: bytes, *, key: SigningKey, at: datetime, headers: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The headers of a signed request; `headers` are those that it has already (an Idempotency-Key is signed along)."""
    message = Message(method, url, dict(headers or {}))
    covered = [name for name in COVERED if name.startswith("@") or name in {given.lower() for given in message.headers}]
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_One(key)).sign(
        message, key_id=key.keyid, created=at, tag=TAG, label="phrom", body=body, covered_component_ids=covered
    )
    return message.headers


def verified_key(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    key_of: Callable[[str], Ed25519PublicKey | None],
    at: datetime,
) -> str:
    """The name of the key that signed this request, whole and now. Refuses NotSigned with the reason."""
    message = Message(method, url, dict(headers))
    verifier = _AtThisMoment(signature_algorithm=ED25519, key_resolver=_Known(key_of))
    verifier.at = at
    given = {name.lower() for name in message.headers}
    required = [name for name in COVERED if name != "idempotency-key" or name in given]
    try:
        results = verifier.verify(message, max_age=None, expect_tag=TAG, require_components=required, body=body)
    except HTTPMessageSignaturesException as problem:
        raise NotSigned(str(problem)[:200]) from problem
    return str(results[0].parameters["keyid"])


def claimed_key(headers: Mapping[str, str]) -> str:
    """The key by which a request says that it is signed; nothing is believed yet."""
    start = headers.get("Signature-Input", "").partition('keyid="')[2]
    return start.partition('"')[0][:100]
