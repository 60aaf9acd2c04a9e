"""Calling a letter back, and sending it again. What a receiver has numbered is theirs: it is asked back, never taken away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.standing import LetterStands, hold, with_reason
from phrom.letters.actions.statuses import Said, mark
from phrom.letters.actions.transports import TABLE
from phrom.letters.models import Letter, Recipient, RecipientState
from phrom.letters.telling import tell_letter

S = RecipientState


@transaction.atomic
def recall(
    *, because: str, by: Person, at: datetime, letter: Letter | None = None, recipient: Recipient | None = None
) -> list[Recipient]:
    """Call a letter back from all its recipients, or from one; returns the rows as they are now.

    Before it was accepted it is recalled at once; afterwards the receiver is asked. Refuses no reason, and what was not issued.
    """
    because = with_reason(because)
    about = letter if letter is not None else recipient.letter if recipient is not None else None
    if about is None:
        raise TypeError("recall needs a letter or a recipient")
    held = hold(about)
    if not held.is_issued:
        raise LetterStands(
            "หนังสือนี้ยังไม่ออกเลข จึงไม่มีอะไรให้เรียกคืน ไม่มีอะไรเปลี่ยน", "This letter was not issued. Nothing was changed."
        )
    rows = held.recipients.select_for_update(of=("self",))
    chosen = list(rows.filter(pk=recipient.pk) if recipient is not None else rows)
    return [ask_back(one, because, by, at) for one in chosen]


def ask_back(held: Recipient, because: str, by: Person, at: datetime) -> Recipient:
    """Call it back from one recipient, whose row the caller holds. The second time changes nothing."""
    if held.state == S.RECALLED or held.recall_asked_at is not None:
        return held
    if held.state == S.ACCEPTED:
        held.recall_asked_at, held.recall_asked_because = at, because
        held.save(update_fields=["recall_asked_at", "recall_asked_because"])
        tell_letter("letter.recall_asked", held.letter, by=by, at=at, details={"to": held.name, "because": because})
    else:
        held = mark(recipient=held, state=S.RECALLED, at=at, by=by, said=Said(by_name=by.name, reason=because))
    TABLE[held.via].recall(held, because, at)
    return held


@transaction.atomic
def resend(*, recipient: Recipient, by: Person, at: datetime) -> Recipient:
    """Send it once more to who refused it, called it wrong, or was not reached in time. Refuses every other state."""
    held_letter = hold(recipient.letter)
    held = (
        Recipient.objects.select_for_update(of=("self",))
        .select_related("office__agency__body", "entry__peer")
        .get(pk=recipient.pk)
    )
    held.letter = held_letter
    if held_letter.voided_at is not None or held.state not in (S.REJECTED, S.INVALID, S.EXPIRED):
        raise LetterStands(
            f"หนังสือถึง{held.name}ส่งใหม่ไม่ได้ในสถานะ “{held.get_state_display()}” ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
            "It cannot be sent again in this state. Nothing was changed. Please reload.",
        )
    sent = mark(recipient=held, state=S.QUEUED, at=at, by=by)
    TABLE[sent.via].send(sent, at)
    return sent
