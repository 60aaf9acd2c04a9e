"""Letters that were sent for resolutions: which letter went to which office, and what became of it there. One query.

The word in `Letter.sent_for` is made and read here alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from phrom.letters.models import Recipient, RecipientState, Secrecy

_WORD = re.compile(r"resolution:([0-9]{1,18})")
S = RecipientState
_SHAPES = {S.DELIVERED: "open", S.ACCEPTED: "done", S.REJECTED: "returned", S.INVALID: "returned", S.EXPIRED: "late"}


def word_for(resolution_id: int) -> str:
    """What a letter says that was sent for a resolution."""
    return f"resolution:{resolution_id}"


def resolution_in(word: str) -> int | None:
    """The id of the resolution that a letter was sent for; None for every other word."""
    found = _WORD.fullmatch(word)
    return int(found[1]) if found else None


@dataclass(frozen=True)
class Sent:
    """A letter at one recipient."""

    recipient: Recipient

    @property
    def agency_id(self) -> int | None:
        """Whose office it is, where it is one of ours."""
        return self.recipient.office.agency_id if self.recipient.office else None

    @property
    def number(self) -> str:
        """The letter's own number."""
        entry = self.recipient.letter.entry
        return entry.number_text if entry else ""

    @property
    def is_accepted(self) -> bool:
        """True once the office gave it its own number."""
        return self.recipient.state == S.ACCEPTED

    @property
    def state(self) -> tuple[str, str]:
        """Shape and word of where it stands there."""
        if self.recipient.answered_at is not None:
            return "done", "ตอบแล้ว"
        return _SHAPES.get(S(self.recipient.state), "wait"), self.recipient.get_state_display()

    @property
    def there(self) -> str:
        """What the other side wrote on it: the number of its answer, else its receive number."""
        if self.recipient.answer_number:
            return f"หนังสือตอบที่ {self.recipient.answer_number}"
        return f"เลขรับ {self.recipient.accept_number}" if self.recipient.accept_number else ""


def sent_for(resolutions: Collection[int]) -> dict[int, tuple[Sent, ...]]:
    """By resolution, every recipient of the letters that were issued for it and not cancelled, the newest letter last."""
    words = [word_for(each) for each in resolutions]
    rows = Recipient.objects.filter(letter__sent_for__in=words, letter__issued_at__isnull=False, letter__voided_at=None)
    found: dict[int, list[Sent]] = {}
    told = rows.filter(letter__secrecy=Secrecy.NORMAL).select_related("letter__entry", "office")
    for each in told.order_by("letter", "position", "pk") if words else ():
        found.setdefault(resolution_in(each.letter.sent_for) or 0, []).append(Sent(each))
    return {resolution: tuple(sent) for resolution, sent in found.items()}


def by_agency(sent: Sequence[Sent]) -> dict[int, Sent]:
    """The newest letter of each of our own offices, by the agency."""
    return {each.agency_id: each for each in sent if each.agency_id is not None}
