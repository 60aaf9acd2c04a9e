"""Peers: learned from their address, trusted when a person compared the fingerprint, looked up again, blocked.

Discovery is not trust. After the approval, keys that are announced in a document signed with a trusted key are taken; a
document signed by an unknown key alone changes nothing and raises an alarm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from phrom.agencies.models import Person
from phrom.letters.actions.alarms import Wrong, raise_alarm
from phrom.letters.actions.own_node import line
from phrom.letters.exchange.client import call
from phrom.letters.exchange.documents import PATH, OfficeData, WellKnown, read_well_known
from phrom.letters.exchange.keys import fingerprint, public_key, same_fingerprint
from phrom.letters.exchange.signing import SKEW
from phrom.letters.exchange.trouble import NotSigned, Unreachable, Unreadable
from phrom.letters.models import DirectoryEntry, Office, OwnNode, Peer, PeerKey
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

LOOKED_UP_EVERY = timedelta(hours=6)
ASKED_AGAIN_AFTER = timedelta(minutes=1)
LONGEST_DOCUMENT = 8 * 1024 * 1024


class NotReached(Refusal):
    """The address did not answer with a node's document."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"ติดต่อระบบปลายทางไม่ได้ หรือที่อยู่นี้ไม่ใช่ระบบแลกเปลี่ยนหนังสือ ({why}) ยังไม่มีอะไรถูกบันทึก กรุณาตรวจที่อยู่แล้วลองใหม่",
            f"The address does not answer as a node ({why}). Nothing was saved. Please check it and try again.",
            where="base_url",
        )


class OtherFingerprint(Refusal):
    """The fingerprint that was compared is not that of the peer's key."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "ลายนิ้วมือกุญแจไม่ตรงกับกุญแจของระบบปลายทาง ยังไม่ได้อนุมัติ กรุณาอ่านทวนกับผู้ดูแลระบบปลายทางทางโทรศัพท์อีกครั้ง",
            "The fingerprint is not that of the peer's key. It was not approved. Please compare again by telephone.",
            where="fingerprint",
        )


@dataclass(frozen=True)
class Ways:
    """How a peer and we exchange: who fetches from whom, and whether letters graded secret may go."""

    we_pull: bool = False
    they_pull: bool = False
    takes_secrets: bool = False


def learn(*, url: str, at: datetime, by: Person | None = None) -> Peer:
    """Read a node's document and know it from now on; it is not trusted yet. Refuses NotReached, and our own address.

    A peer that is trusted already is looked up again.
    """
    document, text = _fetched(url.rstrip("/"))
    if OwnNode.objects.filter(node_id=document.node_id).exists():
        raise NotReached("that is this installation itself")
    known = Peer.objects.filter(node_id=document.node_id).first()
    if known is not None and known.approved_at is not None:
        return _believed(known, text, at)
    return _known(document, url.rstrip("/"), at, by)


@transaction.atomic
def approve(*, peer: Peer, compared: str, at: datetime, by: Person) -> Peer:
    """Trust a peer: the person compared its fingerprint with its administrator. Refuses OtherFingerprint.

    Only the key that was compared is trusted: others in the same document may be somebody else's. Those that are the peer's
    own come with the next document that the trusted one signed.
    """
    held = Peer.objects.select_for_update().get(pk=peer.pk)
    newest = newest_key(held)
    if newest is None or not same_fingerprint(compared, newest.fingerprint):
        raise OtherFingerprint
    if held.approved_at is None:
        held.approved_by, held.approved_at = by, at
        held.keys.exclude(pk=newest.pk).delete()
        held.keys.update(approved_by=by, approved_at=at)
    held.blocked_at = None
    held.save(update_fields=["approved_by", "approved_at", "blocked_at"])
    record("peer.approved", by=by, about=f"peer:{held.pk}", at=at, details={"peer": held.name, "fingerprint": compared[:60]})
    return held


@transaction.atomic
def block(*, peer: Peer, at: datetime, by: Person) -> Peer:
    """Take and send nothing any more; what waits stays queued until it expires. Undone by approving again."""
    held = Peer.objects.select_for_update().get(pk=peer.pk)
    if held.blocked_at is None:
        held.blocked_at = at
        held.save(update_fields=["blocked_at"])
        record("peer.blocked", by=by, about=f"peer:{held.pk}", at=at, details={"peer": held.name})
    return held


@transaction.atomic
def set_ways(*, peer: Peer, ways: Ways, at: datetime, by: Person) -> Peer:
    """How we exchange with this peer. Secret letters go only where the other side allows them too."""
    held = Peer.objects.select_for_update().get(pk=peer.pk)
    held.we_pull, held.they_pull, held.takes_secrets = ways.we_pull, ways.they_pull, ways.takes_secrets
    held.save(update_fields=["we_pull", "they_pull", "takes_secrets"])
    details = {"peer": held.name, "we_pull": ways.we_pull, "they_pull": ways.they_pull, "secrets": ways.takes_secrets}
    record("peer.ways", by=by, about=f"peer:{held.pk}", at=at, details=details)
    return held


def look_up(*, peer: Peer, at: datetime) -> Peer:
    """Read a trusted peer's document again: new keys, versions, offices. Refuses NotReached and NotSigned."""
    Peer.objects.filter(pk=peer.pk).update(looked_up_at=at)
    document, text = _fetched(peer.base_url)
    if document.node_id != peer.node_id:
        raise NotReached("another node answers at this address")
    return _believed(peer, text, at)


def refresh_due(*, at: datetime) -> int:
    """Look up every trusted peer that was not looked up for six hours; returns how many answered."""
    before, answered = at - LOOKED_UP_EVERY * settings.PHROM_EXCHANGE_PACE, 0
    for peer in Peer.objects.filter(approved_at__isnull=False, blocked_at=None).exclude(looked_up_at__gt=before):
        try:
            look_up(peer=peer, at=at)
            answered += 1
        except Refusal:
            continue  # a peer that is away is tried again; a wrong signature has raised its alarm
    return answered


def key_of(peer: Peer, keyid: str, at: datetime) -> Ed25519PublicKey | None:
    """A key of a trusted peer that is in force, give or take five minutes of clock."""
    if not peer.is_trusted:
        return None
    key = peer.keys.filter(keyid=keyid, valid_from__lte=at + SKEW).first()
    if key is None or (key.valid_until is not None and key.valid_until <= at - SKEW):
        return None
    return public_key(key.public)


def newest_key(peer: Peer) -> PeerKey | None:
    """The key whose fingerprint is compared; None for a peer whose document was never read."""
    return peer.keys.order_by("valid_from", "pk").last()


def may_look_up(peer: Peer, at: datetime) -> bool:
    """Whether enough time went by since the last time: nobody makes us ask a peer all day by naming keys that do not exist."""
    after = ASKED_AGAIN_AFTER * settings.PHROM_EXCHANGE_PACE
    return peer.looked_up_at is None or at - peer.looked_up_at >= after


def _fetched(url: str) -> tuple[WellKnown, str]:
    try:
        reply = call("GET", url + PATH, line=line(), limit=LONGEST_DOCUMENT)
        if reply.status != 200:
            raise NotReached(f"answer {reply.status}")
        text = reply.body.decode()
        return read_well_known(text)[0], text
    except (Unreachable, Unreadable, NotSigned, UnicodeDecodeError) as problem:
        raise NotReached(problem.en if isinstance(problem, Refusal) else str(problem)) from problem


@transaction.atomic
def _known(document: WellKnown, url: str, at: datetime, by: Person | None) -> Peer:
    given = {"name": document.name, "base_url": url, "versions": list(document.versions), "known_at": at}
    peer, _ = Peer.objects.update_or_create(node_id=document.node_id, defaults=given)
    peer.keys.all().delete()
    _take_keys(peer, document, at)
    record("peer.learned", by=by, about=f"peer:{peer.pk}", at=at, details={"peer": peer.name, "address": url})
    _take_offices(peer, document.offices, at)
    return peer


def _believed(peer: Peer, text: str, at: datetime) -> Peer:
    """What a trusted peer says of itself now. Refuses NotSigned, after an alarm, when no key that we trust signed it."""
    try:
        document, _ = read_well_known(text, lambda keyid: key_of(peer, keyid, at))
    except NotSigned:
        raise_alarm(
            Wrong(
                "unknown_key",
                f"peer:{peer.pk}",
                f"เอกสารของ{peer.name}ไม่ได้ลงลายมือชื่อด้วยกุญแจที่อนุมัติไว้ ระบบไม่รับข้อมูลใหม่ กรุณาโทรถามผู้ดูแลระบบปลายทางว่าเปลี่ยนกุญแจหรือไม่",
                f"The document of {peer.name} is signed by no key that was approved. Nothing new was taken.",
            ),
            at=at,
            peer=peer,
        )
        raise
    with transaction.atomic():
        held = Peer.objects.select_for_update().get(pk=peer.pk)
        if held.name != document.name:
            _tell_renamed(held, document.name, at)
        held.name, held.versions, held.looked_up_at = document.name, list(document.versions), at
        held.save(update_fields=["name", "versions", "looked_up_at"])
        added = _take_keys(held, document, at)
        _take_offices(held, document.offices, at)
        if added:
            record("peer.keys", by=None, about=f"peer:{held.pk}", at=at, details={"peer": held.name, "fingerprints": added})
    return held


def _tell_renamed(peer: Peer, name: str, at: datetime) -> None:
    """Its name stands beside every letter from it: a person looks whether it may be called so."""
    raise_alarm(
        Wrong(
            "renamed",
            f"peer:{peer.pk}",
            f"ระบบที่อนุมัติไว้ในชื่อ {peer.name[:150]} เปลี่ยนชื่อเป็น {name[:150]} กรุณาโทรถามผู้ดูแลระบบปลายทาง หากไม่ใช่ให้ระงับ",
            f"{peer.name[:150]}, which was approved, calls itself {name[:150]} now. Please telephone, or block it.",
        ),
        at=at,
        peer=peer,
    )


def _take_keys(peer: Peer, document: WellKnown, at: datetime) -> list[str]:
    """Keep the keys of the document; one that is no longer in it ends. Returns the fingerprints that are new."""
    added = []
    for key in document.keys:
        given = {"public": key.public, "valid_from": key.valid_from, "valid_until": key.valid_until}
        given["fingerprint"] = fingerprint(key.public)
        _, made = PeerKey.objects.update_or_create(peer=peer, keyid=key.keyid, defaults=given)
        added += [str(given["fingerprint"])] if made else []
    gone = peer.keys.exclude(keyid__in=[key.keyid for key in document.keys])
    gone.filter(Q(valid_until=None) | Q(valid_until__gt=at)).update(valid_until=at)
    return added


def _take_offices(peer: Peer, offices: tuple[OfficeData, ...], at: datetime) -> None:
    """The peer's part of the directory: what it serves now, with dates; what it left out ends yesterday or never began.

    An office of ours is ours, whatever a peer says.
    """
    ours = {str(each) for each in Office.objects.values_list("uuid", flat=True)}
    said = {(str(office.id), office.starts_on): office for office in offices if str(office.id) not in ours}
    kept = {(str(row.office_uuid), row.starts_on): row for row in peer.offices.all()}
    today = local_date(at)
    for place, office in said.items():
        words = {"name": office.name, "ministry_code": office.ministry_code, "department_code": office.department_code}
        given = {**words, "ends_on": office.ends_on}
        row = kept.get(place) or DirectoryEntry(peer=peer, office_uuid=office.id, starts_on=office.starts_on)
        if row.pk is None or any(getattr(row, name) != value for name, value in given.items()):
            for name, value in given.items():
                setattr(row, name, value)
            row.save()
    for place, row in kept.items():
        if place not in said and (row.ends_on is None or row.ends_on >= today):
            row.ends_on = max(row.starts_on, today - timedelta(days=1))
            row.save(update_fields=["ends_on"])
