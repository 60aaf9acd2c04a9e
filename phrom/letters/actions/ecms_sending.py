"""The way over eCMS: every message is a row in the transaction of the act, and a file in the outbox after its commit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from phrom.letters.actions.transports import Notice
from phrom.letters.ecms import messages as m
from phrom.letters.ecms.names import MOST_BYTES
from phrom.letters.ecms.writing import write_message
from phrom.letters.ecms_codes import codes_of, codes_of_office
from phrom.letters.models import Incoming, Letter, Office, Outgoing, Purpose, Recipient, RecipientState
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

NEVER = timedelta(days=3650)  # a file waits for its connector as long as it takes
ROOM = 8 * 1024 * 1024  # of a message: the letter's own PDF and the XML around the files
_KINDS = {
    RecipientState.DELIVERED: (Purpose.RECEIVED, m.NotifierKind.RECEIVE),
    RecipientState.ACCEPTED: (Purpose.ACCEPTED, m.NotifierKind.ACCEPT),
    RecipientState.REJECTED: (Purpose.REJECTED, m.NotifierKind.REJECT),
    RecipientState.INVALID: (Purpose.INVALID, m.NotifierKind.INVALID),
}


class TooMuch(Refusal):
    """The files of a letter are more than one message carries."""

    def __init__(self) -> None:
        super().__init__(
            "ไฟล์แนบรวมกันใหญ่เกินที่ข้อความ eCMS หนึ่งข้อความรับได้ ยังไม่มีเลขใดถูกใช้ กรุณาลดขนาดไฟล์หรือเลือกส่งทางอื่น",
            "The attachments are larger than one eCMS message carries. No number was used. Please make them smaller.",
            where="attachments",
        )


class ByEcms:
    """To and from offices that are reached through the government's eCMS."""

    def send(self, recipient: Recipient, at: datetime) -> None:
        """Queue the letter; one that was sent before is deleted at the node first. Refuses NoCode and TooMuch."""
        letter = recipient.letter
        codes_of_office(letter.office)
        codes_of(recipient)
        size = sum(one.file.size for one in letter.attachments.select_related("file") if one.file is not None)
        if size * 4 // 3 > MOST_BYTES - ROOM:
            raise TooMuch
        if recipient.messages.filter(purpose=Purpose.LETTER, peer=None, done_at__isnull=False).exists():
            _queue_delete(recipient, at)
        _queued(letter.office, Purpose.LETTER, at, recipient=recipient)

    def tell_back(self, incoming: Incoming, notice: Notice, at: datetime) -> None:
        """Queue the notifier to the letter's sender. eCMS has none for an answer: the answer itself is a letter."""
        known = None if notice.state is None or notice.answered else _KINDS.get(notice.state)
        if known is None or incoming.their_date is None:
            return
        purpose, kind = known
        numbered = notice.number if kind in m.NUMBERED else ""
        told = m.Notifier(kind, incoming.their_number, incoming.their_date, incoming.subject, numbered)
        _queue_notifier(incoming.office, purpose, told, _message_id(incoming), at, incoming=incoming)

    def recall(self, recipient: Recipient, because: str, at: datetime) -> None:
        """What was not written yet is not written any more; what was, is deleted at the node."""
        sent = recipient.messages.filter(purpose=Purpose.LETTER, peer=None)
        sent.filter(done_at=None, given_up_at=None).update(given_up_at=at, last_trouble="recalled")
        if sent.filter(done_at__isnull=False).exists():
            _queue_delete(recipient, at)


def queue_dispute(*, recipient: Recipient, at: datetime) -> None:
    """Tell the receiver that the number they gave cannot be right (เลขรับผิด)."""
    letter = recipient.letter
    number, day = _numbered(letter, at)
    told = m.Notifier(m.NotifierKind.INVALID_ACCEPT_ID, number, day, letter.subject, recipient.accept_number)
    sent = recipient.messages.filter(purpose=Purpose.LETTER, peer=None).order_by("-id").first()
    about = str(sent.delivery_id) if sent is not None else ""
    _queue_notifier(letter.office, Purpose.DISPUTED, told, about, at, recipient=recipient)


def _queue_delete(recipient: Recipient, at: datetime) -> None:
    letter = recipient.letter
    number, day = _numbered(letter, at)
    codes = codes_of_office(letter.office)[1], codes_of(recipient)[1]
    _queued(letter.office, Purpose.RECALLED, at, m.DeleteGovernmentDocumentRequest(number, day, *codes), recipient=recipient)


def _queue_notifier(
    office: Office, purpose: Purpose, told: m.Notifier, about: str, at: datetime, **row: Incoming | Recipient
) -> None:
    _queued(office, purpose, at, m.OutboundRequest(told), about=about, **row)


def _queued(
    office: Office, purpose: Purpose, at: datetime, body: m.Body | None = None, about: str = "", **row: Incoming | Recipient
) -> None:
    """A row for the outbox; a letter's own message is written when its PDF is there."""
    made = Outgoing(office=office, purpose=purpose, made_at=at, next_try_at=at, expires_at=at + NEVER, **row)
    if body is not None:
        made.envelope = write_message(m.Message(body, str(made.delivery_id), relates_to=about)).decode()
    made.save(force_insert=True)


def _message_id(incoming: Incoming) -> str:
    """The id of the message that brought the letter, as its sender gave it."""
    arrival = incoming.arrivals.filter(purpose=Purpose.LETTER, peer=None).order_by("-id").first()
    return "" if arrival is None else arrival.about


def _numbered(letter: Letter, at: datetime) -> tuple[str, date]:
    number = letter.entry.number_text if letter.entry else ""
    return number, letter.dated or local_date(at)
