"""What waits for eCMS becomes a file, once: the row is the truth, the file's name is the row's delivery id.

A crash between the file and its row leaves a file that the next round finds there, in the outbox or taken already, and a row
that is then marked; nothing is lost and nothing written twice.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from phrom.letters.actions.alarms import Wrong, raise_alarm
from phrom.letters.actions.printing import ensure_pdf
from phrom.letters.actions.statuses import mark
from phrom.letters.ecms import folders
from phrom.letters.ecms import messages as m
from phrom.letters.ecms.writing import write_message
from phrom.letters.models import Outgoing, Purpose, Recipient, RecipientState
from phrom.letters.papers.ecms import ecms_document
from phrom.letters.telling import tell_incoming, tell_letter
from phrom.shared.files import store
from phrom.shared.files.kinds import PDF
from phrom.shared.files.models import StoredFile
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
_WITH = (
    "office__agency__body",
    "incoming__office__agency__body",
    "recipient__entry",
    "recipient__office__agency",
    "recipient__letter__office__agency__body",
    "recipient__letter__entry",
    "recipient__letter__pdf",
)


def write_ecms_outbox(*, at: datetime, limit: int = 100) -> int:
    """Write what is due, the oldest first; returns how many files were written. Trouble with one does not stop the others."""
    due = Outgoing.objects.filter(peer=None, done_at=None, given_up_at=None, next_try_at__lte=at).order_by("id")
    written = 0
    for row in list(due.select_related(*_WITH)[:limit]):
        try:
            written += _write(row, _content(row), at)
        except (Refusal, OSError) as trouble:
            _later(row, trouble, at)
    return written


def _content(row: Outgoing) -> bytes:
    """The message; a letter's is made now, the same at every try: its PDF is kept and its day is that of the row."""
    if row.envelope:
        return row.envelope.encode()
    assert row.recipient is not None  # noqa: S101  only letters wait for their PDF
    return write_message(m.Message(m.OutboundRequest(_document(row.recipient, row.made_at)), str(row.delivery_id)))


@transaction.atomic
def _write(row: Outgoing, content: bytes, at: datetime) -> bool:
    held = Outgoing.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.done_at is not None or held.given_up_at is not None:
        return False
    folders.put(settings.PHROM_ECMS, f"{held.delivery_id}.xml", content)
    held.done_at, held.tries, held.digest, held.last_trouble = at, held.tries + 1, sha256(content).hexdigest(), ""
    held.save(update_fields=["done_at", "tries", "digest", "last_trouble"])
    if row.recipient is not None and held.purpose == Purpose.LETTER:
        now = Recipient.objects.select_for_update(of=("self",)).get(pk=row.recipient.pk)
        if now.state == RecipientState.QUEUED:
            mark(recipient=now, state=RecipientState.SENDING, at=at)
    _tell(row, held, at)
    return True


def _tell(row: Outgoing, held: Outgoing, at: datetime) -> None:
    details: dict[str, object] = {"delivery": str(held.delivery_id), "purpose": held.purpose, "digest": held.digest}
    if row.recipient is not None:
        tell_letter("ecms.written", row.recipient.letter, by=None, at=at, details=details)
    elif row.incoming is not None:
        tell_incoming("ecms.written", row.incoming, by=None, at=at, details=details)


@transaction.atomic
def _later(row: Outgoing, trouble: Refusal | OSError, at: datetime) -> None:
    words = trouble.en if isinstance(trouble, Refusal) else f"{type(trouble).__name__}: {trouble.strerror}"
    row.tries += 1
    row.last_trouble = words[:500]
    row.next_try_at = at + min(FIRST_WAIT * 2 ** min(row.tries, 10), LONGEST_WAIT)
    row.save(update_fields=["tries", "last_trouble", "next_try_at"])
    th = "ยังเขียนข้อความลงโฟลเดอร์ eCMS ไม่ได้ ระบบจะลองใหม่เอง หนังสือยังอยู่ครบ กรุณาแจ้งผู้ดูแลระบบ"
    en = "A message could not be written for eCMS yet. It is tried again; the letter is safe."
    letter = row.recipient.letter if row.recipient is not None else None
    raise_alarm(Wrong("ecms-outbox", str(row.delivery_id), th, en), at=at, office=row.office, letter=letter)


def _document(recipient: Recipient, made_at: datetime) -> m.GovernmentDocument:
    """The letter with its PDF and its attachments."""
    letter = recipient.letter
    files = [one.file for one in letter.attachments.select_related("file") if one.file is not None]
    document = ecms_document(recipient)
    carried = replace(
        document.letter,
        send_date=local_date(made_at),
        main=m.Binary(PDF, _bytes(ensure_pdf(letter))),
        attachments=tuple(m.Binary(file.content_type, _bytes(file)) for file in files),
    )
    return replace(document, letter=carried)


def _bytes(stored: StoredFile) -> bytes:
    return b"".join(store.read(stored))
