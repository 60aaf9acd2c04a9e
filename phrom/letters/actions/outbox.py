"""What waits to go to peers: put there in the transaction of the act that it belongs to, so that both happen or neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.jobs import deliver
from phrom.letters.actions.outgoing_words import address_of, one_line
from phrom.letters.exchange import envelope as said
from phrom.letters.exchange.envelope import About, Address, Envelope, digest_of, written
from phrom.letters.exchange.pacing import EXPIRY
from phrom.letters.exchange.trouble import SecretsNotTaken
from phrom.letters.models import Incoming, Outgoing, Peer, Purpose, Recipient
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal


class NotTrusted(Refusal):
    """The other installation was never approved, or is blocked."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}อยู่กับระบบที่ยังไม่ได้อนุมัติหรือถูกระงับ จึงส่งทางนี้ไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาส่งทางอื่นหรือแจ้งผู้ดูแลระบบ",
            f"{name} is at an installation that is not approved, or blocked. Nothing was changed.",
            where="recipients",
        )


@dataclass(frozen=True)
class Told:
    """What a notice says in the receiver's or sender's own words."""

    number: str = ""
    dated: date | None = None
    official: str = ""
    reason: str = ""


def queue_letter(*, recipient: Recipient, at: datetime) -> Outgoing:
    """A letter to one recipient at a peer. Its envelope is sealed before the first try, once the PDF is made.

    Refuses NotTrusted and SecretsNotTaken.
    """
    entry = recipient.entry
    if entry is None or entry.peer is None or not entry.peer.is_trusted:
        raise NotTrusted(recipient.name)
    if recipient.letter.is_secret and not entry.peer.takes_secrets:
        raise SecretsNotTaken
    row = Outgoing(peer=entry.peer, office=recipient.letter.office, purpose=Purpose.LETTER, recipient=recipient)
    return _queued(row, at)


def queue_notice(*, incoming: Incoming, purpose: Purpose, told: Told, at: datetime) -> Outgoing | None:
    """Tell the sender of a letter that came from a peer; None when it came without one."""
    arrival = incoming.arrivals.filter(purpose=Purpose.LETTER, peer__isnull=False).select_related("peer").last()
    if arrival is None or arrival.peer is None:
        return None
    sender = Envelope.model_validate_json(arrival.envelope).sender
    row = Outgoing(peer=arrival.peer, office=incoming.office, purpose=purpose, incoming=incoming)
    return _noticed(row, UUID(arrival.delivery_id), sender, told, at)


@transaction.atomic
def try_now(*, outgoing: Outgoing, by: Person, at: datetime) -> None:
    """An administrator asks for a try at once: the pause, and the rest of a peer that did not answer, end."""
    if Outgoing.objects.filter(pk=outgoing.pk, done_at=None, given_up_at=None).update(next_try_at=at) and outgoing.peer:
        Peer.objects.filter(pk=outgoing.peer.pk).update(rests_until=None)
        record("exchange.try_now", by=by, about=f"delivery:{outgoing.delivery_id}", at=at, details={"peer": outgoing.peer.name})
        deliver.enqueue()


def queue_recall(*, recipient: Recipient, because: str, at: datetime) -> None:
    """Stop sending it; where a try was made already, ask for it back too, since nobody knows whether it arrived."""
    for sent in recipient.messages.filter(purpose=Purpose.LETTER).select_related("peer", "office__agency"):
        if sent.done_at is None and sent.given_up_at is None:
            Outgoing.objects.filter(pk=sent.pk, done_at=None).update(given_up_at=at, last_trouble="recalled")
        if sent.tries and sent.peer is not None and sent.envelope:
            receiver = Envelope.model_validate_json(sent.envelope).receiver
            row = Outgoing(peer=sent.peer, office=sent.office, purpose=Purpose.RECALLED, recipient=recipient)
            _noticed(row, sent.delivery_id, receiver, Told(reason=because), at)


def _noticed(row: Outgoing, about: UUID, to: Address, told: Told, at: datetime) -> Outgoing:
    row.delivery_id = uuid4()
    envelope = Envelope(
        delivery_id=row.delivery_id,
        purpose=row.purpose,
        made_at=at,
        expires=at + EXPIRY,
        sender=address_of(row.office).model_copy(update={"person": said.Person(name=one_line(told.official, 200))}),
        receiver=to,
        about=About(
            delivery_id=about,
            number=one_line(told.number, 80),
            dated=told.dated,
            official=one_line(told.official, 200),
            reason=told.reason[:500],
        ),
    )
    row.envelope = written(envelope)
    row.digest = digest_of(row.envelope)
    return _queued(row, at)


def _queued(row: Outgoing, at: datetime) -> Outgoing:
    row.made_at, row.next_try_at, row.expires_at = at, at, at + EXPIRY
    row.save(force_insert=True)
    deliver.enqueue()
    return row
