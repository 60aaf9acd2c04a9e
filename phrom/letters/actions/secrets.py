"""Who reads a secret letter: readers named for one letter, whoever breaks the glass in an emergency, and every reading."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string

from phrom.agencies.models import Membership, Person
from phrom.letters.actions.standing import with_reason
from phrom.letters.models import SECRET_BOOKS, EntryState, Incoming, Letter, Office, RegisterEntry, SecretReader
from phrom.letters.telling import tell_incoming, tell_letter
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

log = logging.getLogger(__name__)
GLASS_LASTS = timedelta(hours=1)
REGISTRAR = "secret_registrar"


class CannotBeReader(Refusal):
    """The letter is not secret, the person reads it already, or the last moment has passed."""


class NoSuchNumber(Refusal):
    """No secret letter has this number; that it was asked for is in the journal."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "ไม่พบหนังสือลับตามเลขทะเบียนนี้ การค้นหานี้ถูกบันทึกไว้แล้ว กรุณาตรวจหน่วยงาน ทะเบียน ปี และเลข แล้วลองใหม่",
            "No secret letter has this number. That you asked is in the journal. Please check office, book, year, number.",
            where="number",
        )


@dataclass(frozen=True)
class Glass:
    """Which letter is to be opened in an emergency, as it stands in the secret register."""

    office: Office
    book: str
    year: int
    number: int


@transaction.atomic
def name_reader(
    *, about: Letter | Incoming, person: Person, until: datetime | None, because: str, by: Person, at: datetime
) -> SecretReader:
    """Let a person read one secret letter, until a moment or for ever. Refuses CannotBeReader, and a missing reason."""
    because = with_reason(because)
    if not about.is_secret or (until is not None and until <= at):
        raise CannotBeReader(
            "ระบุผู้อ่านไม่ได้ เพราะหนังสือไม่ใช่หนังสือลับหรือเวลาสิ้นสุดผ่านไปแล้ว ยังไม่มีอะไรถูกบันทึก กรุณาตรวจวันที่",
            "The letter is not secret, or the last moment has passed. Nothing was saved. Please check the date.",
            where="until",
        )
    if readers_of(about, at).filter(person=person, broke_glass=False).exists():
        raise CannotBeReader(
            f"{person.name}อ่านหนังสือฉบับนี้ได้อยู่แล้ว ไม่มีอะไรเปลี่ยน หากต้องการเปลี่ยนเวลา กรุณายุติสิทธิเดิมก่อน",
            "This person may read it already. Nothing was changed. To change the time, end the earlier right first.",
            where="person",
        )
    words = {"person": person, "given_by": by, "given_at": at, "until": until, "because": because}
    reader = SecretReader.objects.create(**_which(about), **words)
    _tell("secret.reader_named", about, by=by, at=at)
    return reader


@transaction.atomic
def end_reader(*, reader: SecretReader, by: Person, at: datetime) -> SecretReader:
    """End the right to read now. A second click changes nothing."""
    held = SecretReader.objects.select_for_update(of=("self",)).select_related("letter", "incoming").get(pk=reader.pk)
    if held.until is not None and held.until <= at:
        return held
    held.until = at
    held.save(update_fields=["until"])
    about = held.letter or held.incoming
    assert about is not None  # noqa: S101  constraint secret_reader_of_one
    _tell("secret.reader_ended", about, by=by, at=at)
    return held


def break_glass(*, glass: Glass, because: str, by: Person, at: datetime) -> SecretReader:
    """Read one secret letter for an hour, in an emergency. It stands in the body's journal and on the letter's page for ever,
    and the registrars of the office are told by mail.

    Refuses a missing reason, and NoSuchNumber; that somebody asked for a number is in the journal even then.
    """
    because = with_reason(because)
    with transaction.atomic():
        entry = _entry(glass)
        reader = _opened(entry, because, by, at) if entry is not None else None
        event = "secret.glass_broken" if reader is not None else "secret.glass_missed"
        agency = glass.office.agency
        details = {"agency": agency.name, "reason": because}
        record(event, by=by, about=f"agency:{agency.pk}", at=at, chain=agency.own_body.code, details=details)
        if reader is not None:
            messages = _mails(glass.office, because, by, at)
            transaction.on_commit(lambda: _send(messages))
    if reader is None:
        raise NoSuchNumber
    return reader


def note_reading(*, about: Letter | Incoming, by: Person, at: datetime) -> None:
    """Keep in the office's secret chain that somebody opened a secret letter or a file of it; nothing for other letters."""
    if about.is_secret:
        with transaction.atomic():
            _tell("secret.read", about, by=by, at=at)


def readers_of(about: Letter | Incoming, at: datetime) -> QuerySet[SecretReader]:
    """Those who may read it at this moment because they were named, or broke the glass."""
    return SecretReader.objects.filter(Q(until=None) | Q(until__gt=at), **_which(about))


def _which(about: Letter | Incoming) -> dict[str, Letter | Incoming]:
    return {"letter" if isinstance(about, Letter) else "incoming": about}


def _entry(glass: Glass) -> RegisterEntry | None:
    if glass.book not in SECRET_BOOKS:
        return None
    rows = RegisterEntry.objects.filter(register__office=glass.office, register__book=glass.book, register__year=glass.year)
    found = rows.filter(number=glass.number, state=EntryState.USED)
    return found.filter(Q(letter__isnull=False) | Q(incoming__isnull=False)).first()


def _opened(entry: RegisterEntry, because: str, by: Person, at: datetime) -> SecretReader:
    """The right to read for an hour; pressing twice gives the one that holds."""
    about = Letter.objects.filter(entry=entry).first() or Incoming.objects.get(entry=entry)
    holds = readers_of(about, at).filter(person=by, broke_glass=True).first()
    if holds is not None:
        return holds
    words = {"person": by, "given_by": by, "given_at": at, "until": at + GLASS_LASTS, "because": because}
    reader = SecretReader.objects.create(**_which(about), **words, broke_glass=True)
    _tell("secret.glass_broken", about, by=by, at=at)
    return reader


def _tell(event: str, about: Letter | Incoming, *, by: Person, at: datetime) -> None:
    if isinstance(about, Letter):
        tell_letter(event, about, by=by, at=at, details={})
    else:
        tell_incoming(event, about, by=by, at=at, details={})


def _mails(office: Office, because: str, by: Person, at: datetime) -> Sequence[EmailMessage]:
    """To each registrar of the office; not a word of which letter."""
    rows = Membership.objects.in_force(local_date(at)).filter(agency=office.agency, role=REGISTRAR, person__is_active=True)
    text = render_to_string("letters/mail/glass.txt", {"office": office, "because": because, "by": by, "at": at})
    subject = "แจ้งการใช้สิทธิฉุกเฉินอ่านหนังสือลับ"
    return [EmailMessage(subject, text, to=[row.person.email]) for row in rows.select_related("person")]


def _send(messages: Sequence[EmailMessage]) -> None:
    """A mail server that is away does not undo what was opened: the journal and the letter's page tell of it."""
    try:
        get_connection().send_messages(list(messages))
    except OSError:  # smtplib's own errors are OSErrors too
        log.exception("the mail about an emergency reading was not sent")
