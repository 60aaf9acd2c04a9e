"""Its sender wants a letter back that has our number: a clerk decides. A number that its sender disputes is told again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.ecms_sending import queue_dispute
from phrom.letters.actions.incoming_standing import IncomingStands, hold_incoming, refuse_unless_accepted
from phrom.letters.actions.receiving import accepted_notice, tell_sender
from phrom.letters.actions.standing import with_reason
from phrom.letters.actions.statuses import RecipientMovedOn, Said, mark
from phrom.letters.actions.transports import Notice
from phrom.letters.models import Incoming, Recipient, RecipientState, Via
from phrom.letters.telling import tell_incoming


@transaction.atomic
def give_back(*, incoming: Incoming, by: Person, at: datetime) -> Incoming:
    """Do as the sender asks: recalled and closed here; the number stays in the register. Refuses without a request."""
    held = _asked(incoming)
    held.recall_decided_by, held.recall_decided_at = by, at
    held.recalled_at, held.recalled_because = at, held.recall_asked_because
    if held.closed_at is None:
        held.closed_by, held.closed_at, held.closed_because = by, at, "คืนผู้ส่งตามที่ผู้ส่งขอเรียกคืน"
    held.save()
    tell_sender(held, Notice(RecipientState.RECALLED, by_name=by.name, reason="ผู้รับคืนหนังสือตามที่ขอ"), at)
    tell_incoming("incoming.given_back", held, by=by, at=at, details={})
    return held


@transaction.atomic
def keep(*, incoming: Incoming, by: Person, at: datetime) -> Incoming:
    """Keep it: work on it has begun. The sender sees that it stays accepted. Refuses without a request."""
    held = _asked(incoming)
    held.recall_decided_by, held.recall_decided_at = by, at
    held.save(update_fields=["recall_decided_by", "recall_decided_at"])
    tell_incoming("incoming.kept", held, by=by, at=at, details={})
    return held


@transaction.atomic
def dispute_number(*, recipient: Recipient, because: str, by: Person, at: datetime) -> Recipient:
    """The number that the receiver told cannot be theirs (เลขรับผิด): the letter stands as delivered until they tell it again.

    Refuses RecipientMovedOn for what was not accepted, and no reason.
    """
    because = with_reason(because)
    _refuse_unless_told(recipient)
    held = mark(recipient=recipient, state=RecipientState.DELIVERED, at=at, by=by, said=Said(by_name=by.name, reason=because))
    if held.via == Via.HERE:
        number_disputed(incoming=held.incoming, because=because, at=at)
    if held.via == Via.ECMS:
        queue_dispute(recipient=held, at=at)
    return held


@transaction.atomic
def number_disputed(*, incoming: Incoming, because: str, at: datetime) -> Incoming:
    """The sender says that our number is wrong: a clerk compares and tells it again. Refuses what is not accepted."""
    held = hold_incoming(incoming)
    refuse_unless_accepted(held)
    held.disputed_at, held.disputed_because = at, because
    held.save(update_fields=["disputed_at", "disputed_because"])
    tell_incoming("incoming.disputed", held, by=None, at=at, details={"reason": because})
    return held


@transaction.atomic
def tell_number_again(*, incoming: Incoming, by: Person, at: datetime) -> Incoming:
    """Tell the sender the same number once more: the register's, which cannot have changed. A second click changes nothing."""
    held = hold_incoming(incoming)
    refuse_unless_accepted(held)
    if held.disputed_at is None:
        return held
    held.disputed_at, held.disputed_because = None, ""
    held.save(update_fields=["disputed_at", "disputed_because"])
    tell_sender(held, accepted_notice(held), at)
    number = held.entry.number_text if held.entry else ""
    tell_incoming("incoming.number_told_again", held, by=by, at=at, details={"number": number})
    return held


def _refuse_unless_told(recipient: Recipient) -> None:
    """Refuses RecipientMovedOn where no number was told, or it is disputed already; the row stays held."""
    held = Recipient.objects.select_for_update(of=("self",)).get(pk=recipient.pk)
    if held.state != RecipientState.ACCEPTED:
        raise RecipientMovedOn(held)


def _asked(incoming: Incoming) -> Incoming:
    held = hold_incoming(incoming)
    if not held.recall_waits:
        raise IncomingStands(
            "ไม่มีคำขอเรียกคืนที่รอการตัดสินใจ ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
            "No request to have it back is waiting. Nothing was changed. Please reload.",
        )
    return held
