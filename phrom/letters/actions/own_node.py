"""This installation as a node: its id, its keys, and the document in which it says who it is."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from phrom.agencies.models import Person
from phrom.letters.exchange.client import Line
from phrom.letters.exchange.documents import KeyData, Limits, OfficeData, WellKnown, well_known
from phrom.letters.exchange.keys import SigningKey, fingerprint, load_key, make_key
from phrom.letters.models import DirectoryEntry, OwnKey, OwnNode
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

OVERLAP = timedelta(days=7)  # an old key is believed this much longer: what was signed with it is still on its way


class NoExchange(Refusal):
    """This installation has no address or no key, so it exchanges nothing."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "ระบบนี้ยังไม่เปิดการแลกเปลี่ยนหนังสือ ไม่มีอะไรเปลี่ยน กรุณาให้ผู้ดูแลระบบตั้งที่อยู่ (PHROM_BASE_URL) และสร้างกุญแจก่อน",
            "This installation exchanges no letters yet. Nothing was changed. Set PHROM_BASE_URL and make a key first.",
        )


@transaction.atomic
def ensure_node(*, name: str, at: datetime, by: Person | None = None) -> OwnNode:
    """The node's row and its first key, made when they are first needed. An empty name keeps the one that there is."""
    node, made = OwnNode.objects.select_for_update().get_or_create(one=True, defaults={"name": name or "พร้อม"})
    if not made and name and node.name != name:
        node.name = name
        node.save(update_fields=["name"])
        record("exchange.named", by=by, about="exchange", at=at, details={"name": name})
    if not OwnKey.objects.filter(_in_force(at)).exists():
        _new_key(node, at, by)
    return node


@transaction.atomic
def rotate_key(*, at: datetime, by: Person | None = None) -> OwnKey:
    """A new key signs from now on; those before are believed for another week. Refuses NoExchange where there is no node."""
    node = OwnNode.objects.select_for_update().first()
    if node is None:
        raise NoExchange
    OwnKey.objects.filter(_in_force(at), valid_until=None).update(valid_until=at + OVERLAP)
    return _new_key(node, at, by)


def own_node() -> OwnNode:
    """The node. Refuses NoExchange where there is none."""
    node = OwnNode.objects.first()
    if node is None or not settings.PHROM_BASE_URL:
        raise NoExchange
    return node


def signing_key(at: datetime) -> SigningKey:
    """The newest key in force, with its private half. Refuses NoExchange."""
    newest = OwnKey.objects.filter(_in_force(at)).order_by("-valid_from", "-id").first()
    if newest is None:
        raise NoExchange
    return _loaded(Path(settings.PHROM_EXCHANGE_KEYS), newest.keyid)


def well_known_text(at: datetime) -> str:
    """The signed document that peers read. Refuses NoExchange."""
    node = own_node()
    keys = list(OwnKey.objects.filter(_in_force(at)).order_by("valid_from"))
    if not keys:
        raise NoExchange
    document = WellKnown(
        node_id=node.node_id,
        name=node.name,
        base_url=settings.PHROM_BASE_URL,
        keys=tuple(_said(key) for key in keys),
        limits=Limits(file=settings.PHROM_MAX_UPLOAD, per_minute=settings.PHROM_EXCHANGE_PER_MINUTE),
        offices=tuple(_served(at)),
        issued_at=at,
    )
    return well_known(document, [_loaded(Path(settings.PHROM_EXCHANGE_KEYS), key.keyid) for key in keys])


def line() -> Line:
    """How this installation speaks to peers."""
    return Line(settings.PHROM_EXCHANGE_SECONDS, settings.PHROM_PRIVATE_PEERS)


def _served(at: datetime) -> list[OfficeData]:
    rows = DirectoryEntry.objects.in_force(local_date(at)).filter(peer=None)
    return [
        OfficeData(
            id=row.office_uuid,
            name=row.name,
            ministry_code=row.ministry_code,
            department_code=row.department_code,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    ]


def _said(key: OwnKey) -> KeyData:
    return KeyData(keyid=key.keyid, public=key.public, valid_from=key.valid_from, valid_until=key.valid_until)


def _new_key(node: OwnNode, at: datetime, by: Person | None) -> OwnKey:
    made = make_key(Path(settings.PHROM_EXCHANGE_KEYS), uuid.UUID(str(node.node_id)))
    given = {"public": made.public, "fingerprint": fingerprint(made.public), "valid_from": at}
    row = OwnKey.objects.create(keyid=made.keyid, **given)
    record("exchange.key_made", by=by, about="exchange", at=at, details={"fingerprint": row.fingerprint})
    return row


def _in_force(at: datetime) -> Q:
    return Q(valid_from__lte=at) & (Q(valid_until=None) | Q(valid_until__gt=at))


@lru_cache(maxsize=16)
def _loaded(folder: Path, keyid: str) -> SigningKey:
    return load_key(folder, keyid)
