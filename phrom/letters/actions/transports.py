"""The ways by which a letter travels. The register and the states do not know which one is used.

The table is filled in `config`, which knows all adapters; each adapter is one class in a file of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from phrom.letters.models import Incoming, Recipient, RecipientState


@dataclass(frozen=True)
class Notice:
    """What the receiver tells the sender: `state` as accepted, rejected, invalid or delivered, or that it was `answered`."""

    state: RecipientState | None
    by_name: str = ""
    reason: str = ""
    number: str = ""
    dated: date | None = None
    answered: bool = False


class Transport(Protocol):
    """One way. Everything runs inside the transaction of the act that it belongs to; what needs the network is queued there."""

    def send(self, recipient: Recipient, at: datetime) -> None:
        """Send an issued letter to a recipient in the state queued."""

    def tell_back(self, incoming: Incoming, notice: Notice, at: datetime) -> None:
        """Tell the sender what became of a letter that came this way."""

    def recall(self, recipient: Recipient, because: str, at: datetime) -> None:
        """Ask for a letter back that was sent this way; the sender's row is marked by the caller."""


TABLE: dict[str, Transport] = {}
