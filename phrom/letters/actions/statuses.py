"""What became of a letter at one recipient: the row, its history, the journal, and who follows it. One door for every way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.followers import News, tell
from phrom.letters.models import Letter, Recipient, RecipientState, RecipientStatus
from phrom.letters.states import MAY_FOLLOW
from phrom.letters.telling import tell_letter
from phrom.shared.ui.refusals import Refusal


class RecipientMovedOn(Refusal):
    """The letter is not in the state, at this recipient, that the act is about."""

    status = 409

    def __init__(self, recipient: Recipient) -> None:
        state = recipient.get_state_display()
        super().__init__(
            f"หนังสือถึง{recipient.name}ขณะนี้อยู่ในสถานะ “{state}” จึงทำรายการนี้ไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
            "The letter has moved on at this recipient, so this cannot be done. Nothing was changed. Please reload.",
        )


@dataclass(frozen=True)
class Said:
    """What the other side said: their official, their reason, their own number and its date."""

    by_name: str = ""
    reason: str = ""
    accept_number: str = ""
    accepted_on: date | None = None


@transaction.atomic
def mark(
    *, recipient: Recipient, state: RecipientState, at: datetime, by: Person | None = None, said: Said | None = None
) -> Recipient:
    """Take one step at one recipient and return the row as it is now. The same step again changes nothing.

    Refuses RecipientMovedOn for a step that may not follow.
    """
    told, said = said or Said(), _within_columns(said or Said())
    held = Recipient.objects.select_for_update(of=("self",)).select_related("letter__office__agency__body").get(pk=recipient.pk)
    if held.state == state and held.accept_number == (said.accept_number or held.accept_number):
        return held
    if state not in MAY_FOLLOW[held.state] and held.state != state:
        raise RecipientMovedOn(held)
    held.state, held.state_at = state, at
    if state == RecipientState.ACCEPTED:
        held.accept_number, held.accepted_on = said.accept_number, said.accepted_on
    held.save(update_fields=["state", "state_at", "accept_number", "accepted_on"])
    RecipientStatus.objects.create(
        recipient=held,
        state=state,
        at=at,
        by=by,
        by_name=said.by_name or (by.name if by else ""),
        reason=said.reason,
        accept_number=said.accept_number,
    )
    details: dict[str, object] = {"to": held.name, "state": str(state), "accept_number": said.accept_number}
    tell_letter("letter.state", held.letter, by=by, at=at, details=details)
    tell(News(held, state, at, by, told.reason))
    return held


@transaction.atomic(savepoint=False)
def mark_all(
    *, letter: Letter, recipients: Sequence[Recipient], state: RecipientState, at: datetime, by: Person | None
) -> None:
    """The same step at many recipients of one letter, which the caller holds: one entry in the journal, a status row for each.

    Refuses RecipientMovedOn, and then takes no step at all.
    """
    for held in recipients:
        if state not in MAY_FOLLOW[held.state]:
            raise RecipientMovedOn(held)
    Recipient.objects.filter(pk__in=[held.pk for held in recipients]).update(state=state, state_at=at)
    name = by.name if by else ""
    RecipientStatus.objects.bulk_create(
        RecipientStatus(recipient=held, state=state, at=at, by=by, by_name=name) for held in recipients
    )
    tell_letter("letter.state", letter, by=by, at=at, details={"state": str(state), "count": len(recipients)})
    for held in recipients:
        held.state, held.state_at = state, at
        tell(News(held, state, at, by))


def _within_columns(said: Said) -> Said:
    """What the other side said, as far as the row takes it: another installation's words may be longer than ours."""
    return replace(said, by_name=said.by_name[:200], reason=said.reason[:500], accept_number=said.accept_number[:80])
