"""What the administrator of the exchange sees: our node, the peers, the queue, alarms, and for which offices we receive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.letters.actions.alarms import open_alarms
from phrom.letters.actions.peers import newest_key
from phrom.letters.models import Alarm, DirectoryEntry, Outgoing, OwnKey, OwnNode, Peer, PeerKey, Secrecy
from phrom.letters.scopes import EXCHANGE
from phrom.shared.thai.clock import local_date

MOST = 200


@dataclass(frozen=True)
class Counts:
    """What is to be looked at, for the tabs."""

    waiting: int
    alarms: int


@dataclass(frozen=True)
class NodePage:
    """Our node and the peers. Without `address` or `node` nothing is exchanged yet."""

    counts: Counts
    address: str
    node: OwnNode | None
    keys: tuple[OwnKey, ...]
    peers: tuple[Peer, ...]


@dataclass(frozen=True)
class PeerPage:
    """One peer: its key to compare, how it is exchanged with, which offices it serves."""

    counts: Counts
    peer: Peer
    key: PeerKey | None
    ours: str
    keys: tuple[PeerKey, ...]
    offices: tuple[DirectoryEntry, ...]


@dataclass(frozen=True)
class Waits:
    """One message of the queue. `why` in words: what it waits for."""

    message: Outgoing
    why: str
    may_try: bool


@dataclass(frozen=True)
class QueuePage:
    """What waits, oldest first; nothing of secret letters, and no letter's subject."""

    counts: Counts
    lines: tuple[Waits, ...]
    more: int


@dataclass(frozen=True)
class AlarmPage:
    """What nobody has seen yet, and the last ones that somebody saw."""

    counts: Counts
    alarms: tuple[Alarm, ...]
    seen: tuple[Alarm, ...]


@dataclass(frozen=True)
class OfficesPage:
    """For which offices of the reader's bodies letters are received here."""

    counts: Counts
    hostings: tuple[DirectoryEntry, ...]
    today: date


def node_page(at: datetime) -> NodePage:
    """The first page of the exchange."""
    keys = OwnKey.objects.filter(Q(valid_until=None) | Q(valid_until__gt=at)).order_by("-valid_from", "-pk")
    peers = Peer.objects.annotate(waiting=Count("outgoing", filter=_waits(), distinct=True))
    return NodePage(_counts(), settings.PHROM_BASE_URL, OwnNode.objects.first(), tuple(keys), tuple(peers))


def peer_for(peer_id: int) -> Peer:
    """A peer; 404 else. Peers belong to the installation, not to a body."""
    return get_object_or_404(Peer, pk=peer_id)


def peer_page(peer: Peer, at: datetime) -> PeerPage:
    """One peer."""
    ours = OwnKey.objects.filter(Q(valid_until=None) | Q(valid_until__gt=at)).order_by("-valid_from", "-pk").first()
    offices = peer.offices.in_force(local_date(at))  # type: ignore[attr-defined]
    return PeerPage(
        counts=_counts(),
        peer=peer,
        key=newest_key(peer),
        ours=ours.fingerprint if ours else "",
        keys=tuple(peer.keys.order_by("-valid_from")),
        offices=tuple(offices),
    )


def queue_page(at: datetime) -> QueuePage:
    """What waits and why. Three queries, however much waits."""
    rows = _open_messages().select_related("peer", "office__agency").order_by("made_at")
    lines = tuple(_line(row, at) for row in rows[:MOST])
    return QueuePage(_counts(), lines, max(0, rows.count() - MOST) if len(lines) == MOST else 0)


def message_for(message_id: int) -> Outgoing:
    """A message that waits; 404 else."""
    return get_object_or_404(_open_messages(), pk=message_id)


def alarm_page() -> AlarmPage:
    """Alarms."""
    rows = Alarm.objects.filter(open_alarms()).select_related("peer", "office__agency", "seen_by")
    seen = rows.filter(seen_at__isnull=False).order_by("-seen_at")
    return AlarmPage(_counts(), tuple(rows.filter(seen_at=None)[:MOST]), tuple(seen[:20]))


def alarm_for(alarm_id: int) -> Alarm:
    """An alarm; 404 else."""
    return get_object_or_404(Alarm.objects.filter(open_alarms()), pk=alarm_id)


def offices_page(access: Access, at: datetime) -> OfficesPage:
    """The directory of the reader's bodies."""
    return OfficesPage(_counts(), tuple(_hostings(access)), local_date(at))


def hosting_for(access: Access, hosting_id: int) -> DirectoryEntry:
    """An entry of the reader's bodies; 404 else."""
    return get_object_or_404(_hostings(access), pk=hosting_id)


def agencies_of(access: Access) -> list[Agency]:
    """The agencies for which the reader may say that letters are received here."""
    bodies = access.body_ids(EXCHANGE)
    rows = Agency.objects.filter(Q(body__in=bodies) | Q(pk__in=bodies)).select_related("body")
    return list(rows.order_by("position", "name"))


def _hostings(access: Access) -> QuerySet[DirectoryEntry]:
    bodies = access.body_ids(EXCHANGE)
    own = Q(office__agency__body__in=bodies) | Q(office__agency__in=bodies)
    return DirectoryEntry.objects.filter(own, peer=None).select_related("office__agency__body")


def _waits() -> Q:
    return Q(outgoing__done_at=None, outgoing__given_up_at=None, outgoing__pk__isnull=False) & _open_of("outgoing__")


def _open_messages() -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(_open_of(""), done_at=None, given_up_at=None, peer__isnull=False)


def _open_of(way: str) -> Q:
    """Nothing of secret letters: not even that one waits."""
    letter = Q(**{f"{way}recipient": None}) | Q(**{f"{way}recipient__letter__secrecy": Secrecy.NORMAL})
    incoming = Q(**{f"{way}incoming": None}) | Q(**{f"{way}incoming__secrecy": Secrecy.NORMAL})
    return letter & incoming


def _counts() -> Counts:
    return Counts(_open_messages().count(), Alarm.objects.filter(open_alarms(), seen_at=None).count())


def _line(row: Outgoing, at: datetime) -> Waits:
    peer = row.peer
    if peer is None or not peer.is_trusted:
        return Waits(row, "ระบบปลายทางยังไม่ได้อนุมัติหรือถูกระงับ", may_try=False)
    if peer.they_pull:
        return Waits(row, "รอระบบปลายทางมารับ", may_try=False)
    if row.held_until is not None and row.held_until > at:
        return Waits(row, "กำลังส่ง", may_try=False)
    if peer.rests_until is not None and peer.rests_until > at:
        return Waits(row, "ระบบปลายทางไม่ตอบ พักการส่งไว้ก่อน", may_try=True)
    return Waits(row, "รอส่งครั้งต่อไป" if row.tries else "รอส่งครั้งแรก", may_try=True)
