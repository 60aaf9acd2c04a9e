"""Notices that came over eCMS, onto the letter that they are about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from phrom.letters.actions.ecms_letters import Came, NotFound, incoming_of
from phrom.letters.actions.recall_requests import number_disputed
from phrom.letters.actions.statuses import Said, mark
from phrom.letters.ecms import messages as m
from phrom.letters.models import Arrival, Incoming, Outgoing, Purpose, Recipient, RecipientState, Via
from phrom.shared.thai.clock import local_date

S = RecipientState
_NOT_THERE_YET = (S.QUEUED, S.SENDING, S.EXPIRED)
_STATES = {
    m.NotifierKind.RECEIVE: (S.DELIVERED, Purpose.RECEIVED),
    m.NotifierKind.ACCEPT: (S.ACCEPTED, Purpose.ACCEPTED),
    m.NotifierKind.REJECT: (S.REJECTED, Purpose.REJECTED),
    m.NotifierKind.INVALID: (S.INVALID, Purpose.INVALID),
}


@transaction.atomic
def take_notifier(came: Came, told: m.Notifier) -> Arrival:
    """Write on our letter what its receiver did, or on theirs that our number is disputed. Refuses NotFound."""
    if told.kind == m.NotifierKind.INVALID_ACCEPT_ID:
        incoming = _disputed(came, told)
        number_disputed(incoming=incoming, because=f"ผู้ส่งแจ้งทาง eCMS ว่าเลขรับ {told.accept_id} ไม่ถูกต้อง", at=came.at)
        return came.arrival(Purpose.DISPUTED, incoming)
    state, purpose = _STATES[told.kind]
    recipient = _recipient(came, told)
    there = recipient.state not in _NOT_THERE_YET
    if not there:
        recipient = mark(recipient=recipient, state=S.DELIVERED, at=came.at)
    if state != S.DELIVERED:
        said = Said(accept_number=told.accept_id, accepted_on=local_date(came.at) if state == S.ACCEPTED else None)
        mark(recipient=recipient, state=state, at=came.at, said=said)
    return came.arrival(purpose)


@transaction.atomic
def take_response(message: m.Message, answered: m.OutboundResponse, at: datetime) -> None:
    """The node took a message of ours and named its process; what it does not name by our id is nothing to us."""
    sent = _sent(message.relates_to)
    if sent is not None and not sent.receipt:
        sent.receipt = f"{answered.process_id} {answered.process_time}".strip()
        sent.save(update_fields=["receipt"])


def _sent(relates_to: str) -> Outgoing | None:
    try:
        named = UUID(relates_to)
    except ValueError:
        return None
    return Outgoing.objects.filter(peer=None, delivery_id=named).select_related("recipient").first()


def _recipient(came: Came, told: m.Notifier) -> Recipient:
    """The one that the notifier names by our message id; else by number and day, where these fit one recipient only."""
    ours = Recipient.objects.filter(via=Via.ECMS, letter__entry__number_text=told.letter_id, letter__dated=told.dated)
    if came.agency_ids is not None:
        ours = ours.filter(letter__office__agency__in=came.agency_ids)
    sent = _sent(came.relates_to)
    if sent is not None and sent.recipient is not None:
        ours = ours.filter(pk=sent.recipient.pk)
    found = list(ours.exclude(state=S.WAITING)[:3])
    if len(found) != 1:
        raise NotFound(told.letter_id, len(found))
    return found[0]


def _disputed(came: Came, told: m.Notifier) -> Incoming:
    theirs = incoming_of(told.letter_id, came).filter(their_date=told.dated, accepted_at__isnull=False)
    named = theirs.filter(arrivals__about=came.relates_to) if came.relates_to else theirs.none()
    found = list(named.distinct()[:3]) or list(theirs[:3])
    if len(found) != 1:
        raise NotFound(told.letter_id, len(found))
    return found[0]
