"""Letters that were sent for something: which letter went to which office, and what became of it there. One query.

For the rooms above: they know what the words in `Letter.sent_for` stand for. Secret letters are not among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from phrom.letters.models import Letter, Recipient, RecipientState, Secrecy

S = RecipientState
_SHAPES = {S.DELIVERED: "open", S.ACCEPTED: "done", S.REJECTED: "returned", S.INVALID: "returned", S.EXPIRED: "late"}


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


def sent_for(words: Collection[str]) -> dict[str, tuple[Sent, ...]]:
    """By word, every recipient of the letters that were issued for it and not cancelled, the newest letter last."""
    rows = Recipient.objects.filter(letter__sent_for__in=words, letter__issued_at__isnull=False, letter__voided_at=None)
    told = rows.filter(letter__secrecy=Secrecy.NORMAL).select_related("letter__entry", "office")
    found: dict[str, list[Sent]] = {}
    for each in told.order_by("letter", "position", "pk") if words else ():
        found.setdefault(each.letter.sent_for, []).append(Sent(each))
    return {word: tuple(sent) for word, sent in found.items()}


def drafted_for(words: Iterable[str]) -> dict[str, datetime]:
    """By word, when the newest letter for it was drafted, issued or not; given up and cancelled do not count. One query."""
    rows = Letter.objects.filter(sent_for__in=list(words), voided_at=None).order_by()
    return dict(rows.values_list("sent_for").annotate(newest=Max("drafted_at")).values_list("sent_for", "newest"))


def by_agency(sent: Iterable[Sent]) -> dict[int, Sent]:
    """The newest letter of each of our own offices, by the agency."""
    newest = sorted(sent, key=lambda each: each.recipient.letter_id)
    return {each.agency_id: each for each in newest if each.agency_id is not None}
