"""Sending what waits: each message held by one sender at a time, tried again with growing pauses, until a signed receipt.

A try that was cut off may have arrived. It is the same message every time, so the receiver answers a repeat with the receipt
that it stored. Who is killed while trying holds the message until its lease ends; nothing is lost and nothing doubled.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from phrom.letters.actions.alarms import Wrong, raise_alarm
from phrom.letters.actions.own_node import line, own_node, signing_key
from phrom.letters.actions.peers import key_of, look_up, may_look_up
from phrom.letters.actions.sealing import files_of, seal_envelope
from phrom.letters.actions.statuses import Said, mark
from phrom.letters.exchange import multipart, pacing
from phrom.letters.exchange.client import Reply, call
from phrom.letters.exchange.documents import INLINE, Receipt, proves, read_receipt
from phrom.letters.exchange.signing import signed_headers
from phrom.letters.exchange.trouble import NotSigned, Unreachable, Unreadable
from phrom.letters.models import Outgoing, Peer, Purpose, Recipient, RecipientState, Secrecy, Speed
from phrom.letters.telling import tell_incoming, tell_letter
from phrom.shared.files.store import read
from phrom.shared.ui.refusals import Refusal

S = RecipientState
NOT_THERE_YET = (S.WAITING, S.QUEUED, S.SENDING, S.EXPIRED)
AT_ONCE = 50


@dataclass(frozen=True)
class Tried:
    """What came of one try: the receipt, or the status (0: no answer) and the reason."""

    receipt: str = ""
    status: int = 0
    why: str = ""


def send_due(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Try what is due, one after the other; returns how many were delivered."""
    began, delivered = time.monotonic(), 0
    for _ in range(limit):
        now = at + timedelta(seconds=time.monotonic() - began)
        held = _take_one(now)
        if held is None:
            break
        delivered += bool(deliver_one(held, now).receipt)
    return delivered


def expire_due(*, at: datetime, limit: int = 1000) -> int:
    """Give up what could not be delivered in three days, and tell the clerk. A late receipt still makes it delivered."""
    over = _waiting().filter(expires_at__lte=at).filter(Q(held_until=None) | Q(held_until__lte=at))
    given_up = 0
    for outgoing in list(over.select_related(*_WITH)[:limit]):
        with transaction.atomic():
            if _waiting().filter(pk=outgoing.id).update(given_up_at=at):
                given_up += 1
                _stopped(outgoing, S.EXPIRED, outgoing.last_trouble or "no answer", at)
    return given_up


def alarm_late(*, at: datetime, limit: int = 1000) -> int:
    """Tell the clerk of urgent letters that have not arrived after half an hour; returns how many wait."""
    since = at - pacing.URGENT * settings.PHROM_EXCHANGE_PACE
    urgent = _waiting().filter(purpose=Purpose.LETTER, made_at__lte=since).exclude(recipient__letter__speed=Speed.NORMAL)
    late = list(urgent.select_related(*_WITH)[:limit])
    for outgoing in late:
        _alarm(
            outgoing,
            "late",
            "หนังสือด่วนยังไม่ถึงปลายทางเกิน 30 นาที ระบบยังส่งต่อเนื่อง กรุณาโทรแจ้งปลายทางหรือส่งทางอื่นด้วย",
            "An urgent letter has not arrived for 30 minutes. It is still being sent; please telephone.",
            at,
        )
    return len(late)


def deliver_one(outgoing: Outgoing, at: datetime) -> Tried:
    """One try of a message that the caller holds, and what came of it in one transaction."""
    try:
        seal_envelope(outgoing)
        _begin(outgoing, at)
        tried = _tried(outgoing, at)
    except Refusal as problem:
        tried = Tried(why=problem.en)  # our own trouble (a damaged file, no key): tried again, never given up for it
    except Unreachable as problem:
        tried = Tried(why=str(problem))
    if tried.receipt:
        settle(outgoing=outgoing, receipt=tried.receipt, at=at)
    else:
        _failed(outgoing, tried, at)
    return tried


@transaction.atomic
def settle(*, outgoing: Outgoing, receipt: str, at: datetime) -> None:
    """Keep the receipt that was checked: the message is delivered, however late. The second receipt changes nothing."""
    if not Outgoing.objects.filter(pk=outgoing.pk, done_at=None).update(
        receipt=receipt, done_at=at, held_until=None, last_trouble="", given_up_at=None
    ):
        return
    if outgoing.peer is not None:
        Peer.objects.filter(pk=outgoing.peer.pk).update(failures=0, rests_until=None)
    arrived(outgoing.recipient, outgoing.purpose, at)
    _tell("exchange.delivered", outgoing, at, {"digest": outgoing.digest})


def arrived(recipient: Recipient | None, purpose: str, at: datetime) -> None:
    """A letter is there: mark it delivered, unless more than that is known already."""
    if recipient is None or purpose != Purpose.LETTER:
        return
    now = Recipient.objects.select_for_update().get(pk=recipient.pk)
    if now.state in NOT_THERE_YET:
        mark(recipient=now, state=S.DELIVERED, at=at)


def checked_receipt(peer: Peer, outgoing: Outgoing, text: str, at: datetime) -> Receipt:
    """A receipt of this peer for this message. Refuses NotSigned and Unreadable."""
    found = read_receipt(text, lambda keyid: key_of(peer, keyid, at))
    node = own_node()
    proves(found, delivery_id=outgoing.delivery_id, digest=outgoing.digest, receiver=peer.node_id, sender=node.node_id)
    return found


def _waiting() -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(done_at=None, given_up_at=None, peer__isnull=False)


_WITH = ("peer", "office__agency__body", "recipient__letter__office__agency__body", "incoming__office__agency__body")


def _take_one(at: datetime) -> Outgoing | None:
    """Hold the message that has waited longest; nobody else tries it until the lease ends."""
    due = _waiting().filter(Q(held_until=None) | Q(held_until__lte=at), next_try_at__lte=at, peer__they_pull=False)
    due = due.filter(Q(peer__rests_until=None) | Q(peer__rests_until__lte=at))
    due = due.filter(peer__approved_at__isnull=False, peer__blocked_at=None)
    for pk in list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:10]):
        free = Outgoing.objects.filter(Q(held_until=None) | Q(held_until__lte=at), pk=pk, done_at=None, given_up_at=None)
        lease = max(pacing.LEASE * settings.PHROM_EXCHANGE_PACE, timedelta(seconds=settings.PHROM_EXCHANGE_SECONDS * 1.5))
        if free.update(held_until=at + lease, tries=F("tries") + 1):
            return Outgoing.objects.select_related(*_WITH).get(pk=pk)
    return None


def _begin(outgoing: Outgoing, at: datetime) -> None:
    """The first try is seen by the clerk; the later ones are told in the queue."""
    if outgoing.recipient is not None and outgoing.purpose == Purpose.LETTER and outgoing.recipient.state == S.QUEUED:
        with transaction.atomic():
            now = Recipient.objects.select_for_update().get(pk=outgoing.recipient.pk)
            if now.state == S.QUEUED:
                mark(recipient=now, state=S.SENDING, at=at)


def _tried(outgoing: Outgoing, at: datetime) -> Tried:
    peer = outgoing.peer
    assert peer is not None  # noqa: S101  only messages to peers are taken
    reply = _posted(peer, outgoing, at)
    if reply.status != 200:
        return Tried(status=reply.status, why=_reason(reply))
    text = reply.body.decode("utf-8", "replace")
    try:
        checked_receipt(peer, outgoing, text, at)
    except (NotSigned, Unreadable) as problem:
        if not may_look_up(peer, at):
            return Tried(why=problem.en)
        checked_receipt(look_up(peer=peer, at=at), outgoing, text, at)  # signed with a key that is new to us
    return Tried(receipt=text)


def _posted(peer: Peer, outgoing: Outgoing, at: datetime) -> Reply:
    inline, room = {}, INLINE
    for stored in files_of(outgoing):
        if stored.size <= room:
            inline[stored.sha256] = b"".join(read(stored))
            room -= stored.size
    body, kind = multipart.written(outgoing.envelope, inline)
    url = f"{peer.base_url}/exchange/inbox"
    headers = {"Content-Type": kind, "Idempotency-Key": str(outgoing.delivery_id)}
    headers = signed_headers("POST", url, body, key=signing_key(at), at=at, headers=headers)
    return call("POST", url, line=line(), headers=headers, body=body, limit=1024 * 1024)


def _failed(outgoing: Outgoing, tried: Tried, at: datetime) -> None:
    peer = outgoing.peer
    assert peer is not None  # noqa: S101  only messages to peers are taken
    stops = tried.status != 0 and not pacing.tried_again(tried.status)
    wait = pacing.pause(outgoing.tries, luck=random.random, pace=settings.PHROM_EXCHANGE_PACE)
    with transaction.atomic():
        said: dict[str, object] = {"held_until": None, "last_trouble": f"{tried.status or '-'}: {tried.why}"[:500]}
        said["given_up_at" if stops else "next_try_at"] = at if stops else at + wait
        if not Outgoing.objects.filter(pk=outgoing.pk, done_at=None).update(**said):
            return
        _break(peer, tried, at)
        if tried.status == 409:
            _other_content(outgoing, peer, at)
        if stops:
            _stopped(outgoing, S.REJECTED, tried.why, at)
        _tell("exchange.failed", outgoing, at, {"status": tried.status, "why": tried.why[:200], "try": outgoing.tries})


def _break(peer: Peer, tried: Tried, at: datetime) -> None:
    """Five tries in a row without an answer: leave the peer in peace for a while, and tell the administrator."""
    if 0 < tried.status < 500:
        Peer.objects.filter(pk=peer.pk).update(failures=0, rests_until=None)
        return
    Peer.objects.filter(pk=peer.pk).update(failures=F("failures") + 1)
    failures = Peer.objects.values_list("failures", flat=True).get(pk=peer.pk)
    rest = pacing.rest(failures, pace=settings.PHROM_EXCHANGE_PACE)
    if rest is not None:
        Peer.objects.filter(pk=peer.pk).update(rests_until=at + rest)
        raise_alarm(
            Wrong(
                "away",
                f"peer:{peer.pk}",
                f"{peer.name}ไม่ตอบติดต่อกัน {pacing.BREAKS_AT} ครั้ง หนังสือที่รอส่งยังอยู่ครบและระบบจะลองใหม่เอง กรุณาสอบถามผู้ดูแลระบบปลายทาง",
                f"{peer.name} does not answer. What waits is safe and is tried again.",
            ),
            at=at,
            peer=peer,
        )


def _other_content(outgoing: Outgoing, peer: Peer, at: datetime) -> None:
    raise_alarm(
        Wrong(
            "other_content",
            f"delivery:{outgoing.delivery_id}",
            f"{peer.name}แจ้งว่าเคยได้รับข้อความหมายเลขเดียวกันแต่เนื้อหาต่างกัน อาจมีผู้แก้ไขข้อมูล กรุณาตรวจสอบกับปลายทางโดยด่วน",
            f"{peer.name} says that the same delivery id came before with another content. Please check at once.",
        ),
        at=at,
        peer=peer,
        office=None if outgoing.incoming is not None and outgoing.incoming.is_secret else outgoing.office,
        letter=outgoing.recipient.letter if outgoing.recipient else None,
    )


def _stopped(outgoing: Outgoing, state: RecipientState, why: str, at: datetime) -> None:
    """It will not be tried again: the recipient's row says so, and the clerk is told."""
    if outgoing.purpose == Purpose.LETTER and outgoing.recipient is not None:
        now = Recipient.objects.select_for_update().get(pk=outgoing.recipient.pk)
        if now.state in (S.QUEUED, S.SENDING):
            mark(recipient=now, state=state, at=at, said=Said(reason=f"ระบบปลายทางไม่รับหรือไม่ตอบ: {why}"[:500]))
    _alarm(
        outgoing,
        "stopped",
        f"ส่งไม่สำเร็จและระบบหยุดส่งแล้ว ({why}) กรุณาส่งใหม่หรือส่งทางอื่น",
        f"It could not be sent and is not tried again ({why}). Please send it again or another way.",
        at,
    )


def _alarm(outgoing: Outgoing, kind: str, th: str, en: str, at: datetime) -> None:
    about = Wrong(kind, f"delivery:{outgoing.delivery_id}", th, en)
    letter = outgoing.recipient.letter if outgoing.recipient else None
    if letter is None and outgoing.incoming is not None and outgoing.incoming.secrecy != Secrecy.NORMAL:
        raise_alarm(about, at=at, peer=outgoing.peer)
        return
    raise_alarm(about, at=at, peer=outgoing.peer, office=outgoing.office, letter=letter)


def _reason(reply: Reply) -> str:
    return " ".join(reply.body.decode("utf-8", "replace").split())[:300]


def _tell(event: str, outgoing: Outgoing, at: datetime, details: dict[str, object]) -> None:
    told = {"delivery": str(outgoing.delivery_id), "purpose": outgoing.purpose, **details}
    if outgoing.recipient is not None:
        tell_letter(event, outgoing.recipient.letter, by=None, at=at, details={**told, "to": outgoing.recipient.name})
    elif outgoing.incoming is not None:
        tell_incoming(event, outgoing.incoming, by=None, at=at, details=told)
