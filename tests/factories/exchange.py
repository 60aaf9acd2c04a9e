"""A peer with its key, messages to it and from it, alarms, offices received for. The peer is played by the tests themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.test import Client

from phrom.agencies.models import Person
from phrom.letters.actions.hosting import host
from phrom.letters.actions.own_node import ensure_node
from phrom.letters.exchange import multipart
from phrom.letters.exchange.documents import KeyData, Limits, OfficeData, Receipt, WellKnown, receipt, well_known
from phrom.letters.exchange.envelope import digest_of
from phrom.letters.exchange.keys import SigningKey, fingerprint, keyid_of, public_key
from phrom.letters.exchange.signed_json import canonical
from phrom.letters.exchange.signing import signed_headers
from phrom.letters.models import Alarm, DirectoryEntry, Office, Outgoing, OwnKey, Peer, Purpose, Recipient, Via
from tests.factories.agencies import make_member
from tests.factories.letters import make_draft, make_office, make_recipient

AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
HOME, THERE = "https://phrom.example", "https://peer.example"


def new_key(node_id: UUID) -> SigningKey:
    """A key of a node that nobody has approved."""
    private = Ed25519PrivateKey.generate()
    return SigningKey(keyid_of(node_id, private.public_key()), private)


def own_public(keyid: str) -> Ed25519PublicKey | None:
    """The public half of a key of ours."""
    found = OwnKey.objects.filter(keyid=keyid).first()
    return public_key(found.public) if found else None


@dataclass
class Other:
    """The other installation, as the tests play it."""

    node_id: UUID = field(default_factory=uuid4)
    office_id: UUID = field(default_factory=uuid4)
    name: str = "ระบบของจังหวัดลำพูน"
    url: str = THERE
    keys: list[SigningKey] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = self.keys or [new_key(self.node_id)]

    @property
    def key(self) -> SigningKey:
        """The newest."""
        return self.keys[-1]

    def document(self, *, signed_by: list[SigningKey] | None = None, at: datetime = AT, **changes: Any) -> str:
        """Its well-known document."""
        keys = tuple(KeyData(keyid=key.keyid, public=key.public, valid_from=at - timedelta(days=1)) for key in self.keys)
        offices = (OfficeData(id=self.office_id, name="สำนักงานจังหวัดลำพูน", starts_on=date(2024, 1, 1)),)
        given: dict[str, Any] = {"keys": keys, "offices": offices, "limits": Limits(file=1000, per_minute=10)}
        document = WellKnown(node_id=self.node_id, name=self.name, base_url=self.url, issued_at=at, **{**given, **changes})
        return well_known(document, signed_by or self.keys)

    def message(self, office: Office, *, at: datetime = AT, **changes: Any) -> dict[str, Any]:
        """A letter to an office of ours."""
        letter = {"number": "ลพ 0017.2/45", "dated": "2024-06-10", "subject": "ขอความอนุเคราะห์ข้อมูล", "to": "ผู้ว่าราชการจังหวัด"}
        given: dict[str, Any] = {
            "version": 1,
            "delivery_id": str(uuid4()),
            "purpose": "letter",
            "made_at": at.isoformat(),
            "expires": (at + timedelta(days=3)).isoformat(),
            "sender": {"id": str(self.office_id), "name": "สำนักงานจังหวัดลำพูน"},
            "receiver": {"id": str(office.uuid), "name": office.agency.name},
            "letter": letter,
            "files": [],
        }
        return {key: value for key, value in {**given, **changes}.items() if value is not None}

    def notice(self, office: Office, purpose: str, about: UUID, **words: Any) -> dict[str, Any]:
        """A notice about a letter of ours (or, recalled, of its own)."""
        return self.message(office, purpose=purpose, letter=None, about={"delivery_id": str(about), **words})

    def post(self, client: Client, message: dict[str, Any], files: dict[str, bytes] | None = None, *, at: datetime = AT) -> Any:
        """Send it to our inbox, signed."""
        body, kind = multipart.written(canonical(message), files or {})
        headers = {"Content-Type": kind, "Idempotency-Key": message["delivery_id"]}
        headers = signed_headers("POST", f"{HOME}/exchange/inbox", body, key=self.key, at=at, headers=headers)
        headers.pop("Content-Type")
        return client.generic("POST", "/exchange/inbox", body, content_type=kind, headers=headers)

    def ask(self, client: Client, method: str, path: str, body: bytes = b"", *, at: datetime = AT, **more: str) -> Any:
        """Any other signed request."""
        headers = signed_headers(method, HOME + path, body, key=self.key, at=at)
        return client.generic(method, path, body, content_type="application/json", headers={**headers, **more})

    def receipt(self, envelope: str, sender: UUID, *, at: datetime = AT, key: SigningKey | None = None) -> str:
        """Its receipt for a message of ours."""
        delivery_id = UUID(json.loads(envelope)["delivery_id"])
        given = {"digest": digest_of(envelope), "received_at": at, "node_id": self.node_id, "sender_node_id": sender}
        return receipt(Receipt(delivery_id=delivery_id, **given), key or self.key)


def make_peer(other: Other | None = None, *, by: Person | None = None, at: datetime = AT, **more: Any) -> Peer:
    """A peer with its key and office; approved when somebody is named."""
    other = other or Other()
    approved = {"approved_by": by, "approved_at": at if by else None}
    given = {"name": other.name, "base_url": other.url, "known_at": at, "looked_up_at": at, "versions": [1, 0]}
    peer = Peer.objects.create(node_id=other.node_id, **{**given, **approved, **more})
    for key in other.keys:
        words = {"public": key.public, "fingerprint": fingerprint(key.public), "valid_from": at - timedelta(days=1)}
        peer.keys.create(keyid=key.keyid, **words, **approved)
    words = {"office_uuid": other.office_id, "name": "สำนักงานจังหวัดลำพูน", "starts_on": date(2024, 1, 1)}
    DirectoryEntry.objects.create(peer=peer, **words)
    return peer


def make_trusted(other: Other, **more: Any) -> tuple[Peer, Office]:
    """An approved peer, and an office of ours that is in the directory."""
    office = make_office()
    administrator = make_member(office.agency.own_body, "administrator")
    ensure_node(name="ระบบของเรา", at=AT - timedelta(days=1))
    make_hosting(office, administrator)
    return make_peer(other, by=administrator, **more), office


def make_hosting(office: Office, by: Person | None = None) -> DirectoryEntry:
    """An office that letters are received for here."""
    return host(office=office, starts_on=date(2024, 1, 1), by=by, at=AT)


def make_letter_to(peer: Peer, office: Office, **more: Any) -> Recipient:
    """A draft to the office at a peer."""
    entry = peer.offices.get()  # type: ignore[attr-defined]
    return make_recipient(make_draft(office, **more), None, entry.name, via=Via.PEER, entry=entry)


def make_message(peer: Peer, office: Office, at: datetime = AT) -> Outgoing:
    """A message that waits."""
    given = {"made_at": at, "next_try_at": at, "expires_at": at + timedelta(days=3), "envelope": "{}", "digest": "0" * 64}
    return Outgoing.objects.create(peer=peer, office=office, purpose=Purpose.ACCEPTED, **given)


def make_alarm(peer: Peer | None = None, office: Office | None = None, at: datetime = AT) -> Alarm:
    """Something that nobody has looked at."""
    words = {"kind": "away", "about": f"peer:{peer.pk if peer else 0}", "th": "ระบบปลายทางไม่ตอบ", "en": "The peer is away."}
    return Alarm.objects.create(peer=peer, office=office, raised_at=at, **words)
