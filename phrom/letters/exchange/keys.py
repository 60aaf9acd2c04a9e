"""Signing keys (Ed25519): made, kept as files that only their owner may read, shown so that a person can read them out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import uuid
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from phrom.letters.exchange.trouble import Unreadable
from phrom.shared.files.durable import sync_folder

GROUP = 4


@dataclass(frozen=True)
class SigningKey:
    """A key with its private half."""

    keyid: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public half, base64 of its 32 bytes."""
        return base64.b64encode(self.private.public_key().public_bytes_raw()).decode()


def make_key(folder: Path, node_id: uuid.UUID) -> SigningKey:
    """A new key, its private half durable in the folder (mode 0600) before anybody hears of it."""
    private = Ed25519PrivateKey.generate()
    keyid = keyid_of(node_id, private.public_key())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(_place(folder, keyid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(private.private_bytes_raw()))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    return SigningKey(keyid, private)


def load_key(folder: Path, keyid: str) -> SigningKey:
    """A key from its file. Raises OSError when it is gone."""
    return SigningKey(keyid, Ed25519PrivateKey.from_private_bytes(base64.b64decode(_place(folder, keyid).read_bytes())))


def keyid_of(node_id: uuid.UUID, public: Ed25519PublicKey) -> str:
    """A key's name: its node, then the first 16 digits of its hash."""
    return f"{node_id}.{hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]}"


def node_of(keyid: str) -> uuid.UUID | None:
    """The node that a key says it is of."""
    try:
        return uuid.UUID(keyid.partition(".")[0])
    except ValueError:
        return None


def public_key(public: str) -> Ed25519PublicKey:
    """The public half from its text. Refuses Unreadable."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
    except (binascii.Error, ValueError) as problem:
        raise Unreadable("not an Ed25519 public key", where="keys") from problem


def fingerprint(public: str) -> str:
    """80 bits of the key's hash in five groups of four, without letters that sound or look alike: read over the telephone."""
    letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs: no 0 O 1 I L
    number, signs = int.from_bytes(hashlib.sha256(public_key(public).public_bytes_raw()).digest(), "big"), ""
    for _ in range(5 * GROUP):
        number, digit = divmod(number, len(letters))
        signs += letters[digit]
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they were typed."""
    plain = [re.sub(r"[^0-9A-Z]", "", text.upper()) for text in (one, other)]
    return plain[0] == plain[1] != ""


def _place(folder: Path, keyid: str) -> Path:
    return folder / f"{keyid}.key"
