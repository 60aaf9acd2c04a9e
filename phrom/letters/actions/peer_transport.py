"""The way between installations: everything is queued in the transaction of the act and sent after its commit."""

from __future__ import annotations

from datetime import datetime

from phrom.letters.actions.outbox import Told, queue_letter, queue_notice, queue_recall
from phrom.letters.actions.transports import Notice
from phrom.letters.models import Incoming, Purpose, Recipient, RecipientState

_NOTICES: dict[str, Purpose] = {
    RecipientState.ACCEPTED: Purpose.ACCEPTED,
    RecipientState.REJECTED: Purpose.REJECTED,
    RecipientState.INVALID: Purpose.INVALID,
}


class BetweenNodes:
    """To and from another installation."""

    def send(self, recipient: Recipient, at: datetime) -> None:
        """Queue the letter. Refuses NotTrusted and SecretsNotTaken."""
        queue_letter(recipient=recipient, at=at)

    def tell_back(self, incoming: Incoming, notice: Notice, at: datetime) -> None:
        """Queue the notice to the letter's sender."""
        purpose = Purpose.ANSWERED if notice.answered else _NOTICES.get(notice.state or "")
        if purpose is not None:
            told = Told(notice.number, notice.dated, notice.by_name, notice.reason)
            queue_notice(incoming=incoming, purpose=purpose, told=told, at=at)

    def recall(self, recipient: Recipient, because: str, at: datetime) -> None:
        """Stop sending, or ask for it back."""
        queue_recall(recipient=recipient, because=because, at=at)
