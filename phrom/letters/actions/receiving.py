"""A letter reaches an office by itself or by a clerk's hand; a person accepts it with the office's own number or refuses it.

Lock order: the sender's recipient, the incoming letter, the register's counter, the journal.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from phrom.agencies.models import Person
from phrom.letters.actions.finding import keep_incoming_findable
from phrom.letters.actions.incoming_standing import add_step, hold_incoming, refuse_unless_waiting
from phrom.letters.actions.numbering import Columns, take_number
from phrom.letters.actions.standing import with_reason
from phrom.letters.actions.transports import TABLE, Notice
from phrom.letters.arrived import Arrived, ArrivedFile
from phrom.letters.models import Incoming, IncomingFile, Office, Recipient, RecipientState, StepKind
from phrom.letters.numbers import receive_book
from phrom.letters.telling import hold_journals, tell_incoming
from phrom.shared.ui.typed import refuse_unless_one_line

_REFUSED_THERE = (RecipientState.REJECTED, RecipientState.INVALID)


@transaction.atomic
def arrive(*, office: Office, arrived: Arrived, at: datetime, passed_from: Incoming | None = None) -> Incoming:
    """Lay a letter into an office's in-tray and return it; no person is needed. `passed_from`: another office of ours had it.

    The same recipient again gives the same row, whoever asks and how often: nothing is doubled. Sent anew after this office
    refused it, the row waits again, with what came now. What its sender took back stays taken back.
    """
    if arrived.recipient is None:
        return _laid_in(Incoming(office=office, passed_from=passed_from), arrived, by=None, at=at)
    try:
        with transaction.atomic():
            return _laid_in(Incoming(office=office, recipient=arrived.recipient), arrived, by=None, at=at)
    except IntegrityError:
        return _came_again(arrived.recipient, arrived, at)


@transaction.atomic
def record_by_hand(*, office: Office, arrived: Arrived, by: Person, at: datetime) -> Incoming:
    """Put a letter that came on paper or by e-mail into the tray, as a clerk typed it. Refuses names with unseen characters."""
    for where in ("from_name", "their_number", "subject", "to_name"):
        refuse_unless_one_line(getattr(arrived, where), where=where)
    return _laid_in(Incoming(office=office), arrived, by=by, at=at)


@transaction.atomic
def accept(*, incoming: Incoming, by: Person, at: datetime) -> Incoming:
    """Give it the office's own number, date and time, and tell its sender. Whoever presses again finds the number given.

    Refuses IncomingStands for what was refused or taken back.
    """
    held = hold_incoming(incoming)
    if held.accepted_at is not None:
        return held
    refuse_unless_waiting(held)
    book = receive_book(held.secrecy)
    held.entry = take_number(office=held.office, book=book, columns=_register_columns(held), by=by, at=at)
    held.accepted_by, held.accepted_at = by, at
    held.save(update_fields=["entry", "accepted_by", "accepted_at"])
    keep_incoming_findable(held)
    tell_sender(held, accepted_notice(held), at)
    details = {"number": held.entry.number_text, "book": str(book)}
    tell_incoming("incoming.accepted", held, by=by, at=at, details=details)
    return held


def reject(*, incoming: Incoming, because: str, by: Person, at: datetime) -> Incoming:
    """Send it back unnumbered: it is not for this office. Refuses a missing reason, and what waits no longer."""
    return _refuse(incoming, RecipientState.REJECTED, because, by, at)


def declare_invalid(*, incoming: Incoming, because: str, by: Person, at: datetime) -> Incoming:
    """Send it back unnumbered: something in it is wrong (a file is missing, pages are unreadable). Refuses as `reject` does."""
    return _refuse(incoming, RecipientState.INVALID, because, by, at)


@transaction.atomic
def take_back(*, incoming: Incoming, because: str, at: datetime) -> bool:
    """Its sender recalls it. True: it waited here and is off the tray, visible as recalled.

    False: it has our number (or was refused) already; what has a number the program never takes away. The request stands on
    the letter's page until a clerk decides.
    """
    held = hold_incoming(incoming)
    if held.recalled_at is not None:
        return True
    if not held.waits:
        if held.recall_asked_at is None and held.accepted_at is not None:
            held.recall_asked_at, held.recall_asked_because = at, because
            held.save(update_fields=["recall_asked_at", "recall_asked_because"])
            tell_incoming("incoming.recall_asked", held, by=None, at=at, details={"reason": because})
        return False
    held.recalled_at, held.recalled_because = at, because
    held.save(update_fields=["recalled_at", "recalled_because"])
    tell_incoming("incoming.recalled", held, by=None, at=at, details={"reason": because})
    return True


def tell_sender(held: Incoming, notice: Notice, at: datetime) -> None:
    """Tell its sender by the way it came. What one of our offices passed on was answered for when it was accepted there."""
    if held.passed_from_id is None:
        hold_journals([held.office, held.from_office], secret=held.is_secret)
        TABLE[held.via].tell_back(held, notice, at)


def accepted_notice(held: Incoming) -> Notice:
    """Our number, its date and who gave it, as the sender is told."""
    assert held.entry is not None and held.accepted_by is not None  # noqa: S101  constraint incoming_accepted_with_its_number
    return Notice(RecipientState.ACCEPTED, by_name=held.accepted_by.name, number=held.entry.number_text, dated=held.entry.dated)


@transaction.atomic
def _refuse(incoming: Incoming, state: RecipientState, because: str, by: Person, at: datetime) -> Incoming:
    because = with_reason(because)
    held = hold_incoming(incoming)
    refuse_unless_waiting(held)
    held.refused_as, held.refused_by, held.refused_at, held.refused_because = state, by, at, because
    held.save(update_fields=["refused_as", "refused_by", "refused_at", "refused_because"])
    if held.passed_from is not None:
        _give_back(held.passed_from, held, because, by, at)
    tell_sender(held, Notice(state, by_name=by.name, reason=because), at)
    tell_incoming(f"incoming.{state}", held, by=by, at=at, details={"reason": because})
    return held


def _give_back(passed_from: Incoming, refused: Incoming, because: str, by: Person, at: datetime) -> None:
    """What another office of ours passed on and this one refuses is open there again."""
    held = hold_incoming(passed_from)
    if held.closed_at is None:
        return
    held.closed_by, held.closed_at, held.closed_because = None, None, ""
    held.save(update_fields=["closed_by", "closed_at", "closed_because"])
    words = f"{refused.office.agency.name}ไม่รับ: {because}"
    add_step(held, StepKind.REOPENED, by=by, at=at, text=words, to_office=refused.office)


def _laid_in(incoming: Incoming, arrived: Arrived, *, by: Person | None, at: datetime) -> Incoming:
    _fill(incoming, arrived, at)
    incoming.save(force_insert=True)
    _keep_files(incoming, arrived.files)
    keep_incoming_findable(incoming)
    event = "incoming.arrived" if by is None else "incoming.recorded"
    tell_incoming(event, incoming, by=by, at=at, details=_told(arrived))
    return incoming


def _came_again(recipient: Recipient, arrived: Arrived, at: datetime) -> Incoming:
    held = hold_incoming(Incoming.objects.get(recipient=recipient))
    assert held.recipient is not None  # noqa: S101  found by it
    if held.refused_at is None or held.recipient.state in _REFUSED_THERE:
        return held
    _fill(held, arrived, at)
    held.refused_as, held.refused_by, held.refused_at, held.refused_because = "", None, None, ""
    held.save()
    held.files.all().delete()
    _keep_files(held, arrived.files)
    keep_incoming_findable(held)
    tell_incoming("incoming.arrived_again", held, by=None, at=at, details=_told(arrived))
    return held


def _keep_files(incoming: Incoming, files: tuple[ArrivedFile, ...]) -> None:
    """Name what is in the store already as this letter's files."""
    IncomingFile.objects.bulk_create(
        IncomingFile(incoming=incoming, file=kept.file, name=kept.name, is_main=kept.is_main, position=position)
        for position, kept in enumerate(files)
    )


def _fill(incoming: Incoming, arrived: Arrived, at: datetime) -> None:
    same = "via from_name subject their_number their_date to_name speed secrecy note due_on from_office content sha256"
    for name in same.split():
        setattr(incoming, name, getattr(arrived, name))
    incoming.arrived_at = at


def _told(arrived: Arrived) -> dict[str, object]:
    return {"from": arrived.from_name, "their_number": arrived.their_number, "sha256": arrived.sha256, "via": str(arrived.via)}


def _register_columns(held: Incoming) -> Columns:
    return Columns(
        subject=held.subject,
        from_name=held.from_name,
        to_name=held.to_name or held.office.agency.name,
        their_number=held.their_number,
        their_date=held.their_date,
        remark=held.note,
    )
