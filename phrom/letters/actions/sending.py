"""Two ways of our own: into the in-tray of an office in this installation, and by hand, of which a clerk keeps record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.answering import mark_answered
from phrom.letters.actions.receiving import arrive, take_back
from phrom.letters.actions.standing import LetterStands, refuse_day_to_come
from phrom.letters.actions.statuses import RecipientMovedOn, Said, mark
from phrom.letters.actions.transports import Notice
from phrom.letters.arrived import Arrived, ArrivedFile
from phrom.letters.models import Incoming, Recipient, RecipientState, Via
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal

S = RecipientState


class Here:
    """The same installation: the letter lies in the other office's in-tray when the transaction commits."""

    def send(self, recipient: Recipient, at: datetime) -> None:
        """Lay the letter into the tray and mark it delivered."""
        assert recipient.office is not None  # noqa: S101  by the way it goes
        arrive(office=recipient.office, arrived=arrived_of(recipient), at=at)
        mark(recipient=recipient, state=S.DELIVERED, at=at)

    def tell_back(self, incoming: Incoming, notice: Notice, at: datetime) -> None:
        """Write on the sender's row what the receiver did."""
        if incoming.recipient is not None and notice.state is not None:
            said = Said(notice.by_name, notice.reason, notice.number, notice.dated)
            mark(recipient=incoming.recipient, state=notice.state, at=at, said=said)

    def recall(self, recipient: Recipient, because: str, at: datetime) -> None:
        """Take it off the tray; what has a number there is asked back and stays until its clerk decides."""
        for incoming in Incoming.objects.filter(recipient=recipient):
            take_back(incoming=incoming, because=because, at=at)


class ByHand:
    """Paper or e-mail: a clerk dispatches it, tells the other side, and records both here."""

    def send(self, recipient: Recipient, at: datetime) -> None:
        """Nothing yet: it waits, queued, until a clerk records that it went."""

    def tell_back(self, incoming: Incoming, notice: Notice, at: datetime) -> None:
        """The clerk tells the sender by the way the letter came."""

    def recall(self, recipient: Recipient, because: str, at: datetime) -> None:
        """The clerk asks for it back."""


@dataclass(frozen=True)
class Dispatch:
    """That a letter went by hand: on which day, and how ("ไปรษณีย์ลงทะเบียน RB123456789TH")."""

    on: date
    how: str


class DayBeforeLetter(Refusal):
    """A letter is recorded as sent on a day on which it had no number yet."""

    def __init__(self) -> None:
        super().__init__(
            "วันที่ส่งอยู่ก่อนวันที่ของหนังสือ ยังไม่มีอะไรถูกบันทึก กรุณาตรวจวันที่ส่ง",
            "This day is before the date of the letter. Nothing was saved. Please check the date.",
            where="on",
        )


@transaction.atomic
def record_dispatch(*, recipient: Recipient, dispatch: Dispatch, by: Person, at: datetime) -> Recipient:
    """A clerk sent the letter by hand.

    Refuses a recipient that is reached another way, or has accepted it, a day to come, and one before the letter's own.
    """
    refuse_unless_by_hand(recipient)
    held = Recipient.objects.select_for_update(of=("self",)).get(pk=recipient.pk)
    if held.state == S.ACCEPTED:
        raise RecipientMovedOn(held)
    refuse_day_to_come(dispatch.on, at)
    if recipient.letter.dated is not None and dispatch.on < recipient.letter.dated:
        raise DayBeforeLetter
    words = f"ส่งแล้วเมื่อ {thai_date(dispatch.on)} โดย {dispatch.how}" if dispatch.how else f"ส่งแล้วเมื่อ {thai_date(dispatch.on)}"
    return mark(recipient=recipient, state=S.DELIVERED, at=at, by=by, said=Said(by_name=by.name, reason=words))


def refuse_unless_by_hand(recipient: Recipient) -> None:
    """Refuses LetterStands where the system itself learns what became of the letter."""
    if recipient.via != Via.HAND:
        raise LetterStands(
            f"หนังสือถึง{recipient.name}ส่งโดยระบบ สถานะจึงเปลี่ยนเองเมื่อปลายทางดำเนินการ ไม่มีอะไรเปลี่ยน",
            "The system sends this letter, so its state changes by itself. Nothing was changed.",
        )


def arrived_of(recipient: Recipient) -> Arrived:
    """What the other office finds in its tray: the letter's own words, its frozen content and its attachments."""
    letter = recipient.letter
    assert letter.entry is not None  # noqa: S101  issued
    files = tuple(ArrivedFile(one.file, one.name) for one in letter.attachments.all() if one.file is not None)
    return Arrived(
        via=Via.HERE,
        from_name=letter.office.agency.name,
        subject=letter.subject,
        their_number=letter.entry.number_text,
        their_date=letter.dated,
        to_name=letter.addressed_to or recipient.name,
        speed=letter.speed,
        secrecy=letter.secrecy,
        due_on=letter.answer_by,
        from_office=letter.office,
        recipient=recipient,
        files=files,
        content=letter.content,
        sha256=letter.sha256,
    )


@transaction.atomic
def record_outcome(*, recipient: Recipient, outcome: str, said: Said, by: Person, at: datetime) -> Recipient:
    """What came back by hand: `accepted` and `answered` with their number, `rejected` with a reason.

    Refuses a recipient that is reached another way, a day to come, and what cannot follow the state that it is in.
    """
    refuse_unless_by_hand(recipient)
    if said.accepted_on is not None:
        refuse_day_to_come(said.accepted_on, at)
    if outcome == "answered":
        return mark_answered(recipient=recipient, number=said.accept_number, at=at, by=by, words=said.reason)
    return mark(recipient=recipient, state=RecipientState(outcome), at=at, by=by, said=said)
