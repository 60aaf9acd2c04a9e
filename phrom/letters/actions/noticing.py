"""Heeding a notice: what the other side did with a letter of ours, or that it takes one of its own back.

Notices may come before the receipt, twice, or crossed by an act of ours. Whoever tells of a letter's fate has the letter, so it
counts as delivered. What may not follow is not forced: the clerk is told.
"""

from __future__ import annotations

from datetime import datetime

from phrom.letters.actions.alarms import Wrong, raise_alarm
from phrom.letters.actions.answering import mark_answered
from phrom.letters.actions.delivering import arrived
from phrom.letters.actions.receiving import take_back
from phrom.letters.actions.statuses import RecipientMovedOn, Said, mark
from phrom.letters.exchange.envelope import Envelope
from phrom.letters.models import Arrival, Outgoing, Peer, Purpose, Recipient, RecipientState

STATES: dict[str, RecipientState] = {
    Purpose.ACCEPTED: RecipientState.ACCEPTED,
    Purpose.REJECTED: RecipientState.REJECTED,
    Purpose.INVALID: RecipientState.INVALID,
}


def heed(*, peer: Peer, message: Envelope, at: datetime) -> None:
    """Do what a notice (or an answer) says, inside the transaction in which it is taken."""
    if message.purpose == "recalled":
        _recalled(peer, message, at)
        return
    about = message.about.delivery_id if message.about else message.answers
    if about is None:
        return
    sent = Outgoing.objects.filter(peer=peer, delivery_id=about, purpose=Purpose.LETTER)
    outgoing = sent.select_related("office__agency", "recipient__letter__office__agency__body").first()
    if outgoing is None or outgoing.recipient is None:
        _unknown(peer, at)
        return
    arrived(outgoing.recipient, Purpose.LETTER, at)
    if message.letter is not None:
        # A secret letter that answers an open one is not quoted where others read.
        hidden = message.letter.secrecy != "001" and not outgoing.recipient.letter.is_secret
        number, words = ("", "") if hidden else (message.letter.number, message.letter.subject)
        mark_answered(recipient=outgoing.recipient, number=number, at=at, words=words)
    elif message.purpose == "answered" and message.about is not None:
        mark_answered(recipient=outgoing.recipient, number=message.about.number, at=at)
    else:
        _marked(peer, outgoing, outgoing.recipient, message, at)


def _marked(peer: Peer, outgoing: Outgoing, recipient: Recipient, message: Envelope, at: datetime) -> None:
    about = message.about
    assert about is not None  # noqa: S101  a notice
    said = Said(about.official, about.reason, about.number, about.dated)
    try:
        mark(recipient=recipient, state=STATES[message.purpose], at=at, said=said)
    except RecipientMovedOn:
        raise_alarm(
            Wrong(
                "crossed",
                f"delivery:{outgoing.delivery_id}",
                f"ปลายทางแจ้ง “{Purpose(message.purpose).label}” แต่ที่นี่หนังสืออยู่ในสถานะอื่นแล้ว กรุณาโทรสอบถามปลายทาง",
                f"The other side tells {message.purpose}, and the letter is in another state here. Please telephone.",
            ),
            at=at,
            peer=peer,
            office=outgoing.office,
            letter=recipient.letter,
        )


def _recalled(peer: Peer, message: Envelope, at: datetime) -> None:
    """The sender takes a letter back. One that has not come yet is taken back when it does."""
    if message.about is None:
        return
    came = Arrival.objects.filter(peer=peer, delivery_id=str(message.about.delivery_id), purpose=Purpose.LETTER)
    arrival = came.select_related("incoming").first()
    if arrival is not None and arrival.incoming is not None:
        take_back(incoming=arrival.incoming, because=message.about.reason or "ผู้ส่งขอคืน", at=at)


def _unknown(peer: Peer, at: datetime) -> None:
    raise_alarm(
        Wrong(
            "unknown_letter",
            f"peer:{peer.pk}",  # one alarm, however many a hostile peer makes up
            f"{peer.name}แจ้งเรื่องหนังสือที่ระบบนี้ไม่เคยส่งไป กรุณาตรวจสอบกับผู้ดูแลระบบปลายทาง",
            f"{peer.name} tells of a letter that was never sent from here.",
        ),
        at=at,
        peer=peer,
    )
