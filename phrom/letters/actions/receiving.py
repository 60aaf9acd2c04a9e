"""A letter reaches an office: by itself, by a clerk's hand, or is taken back by its sender. It has no number of ours yet."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from phrom.agencies.models import Person
from phrom.letters.arrived import Arrived, ArrivedFile
from phrom.letters.models import Incoming, IncomingFile, Office, Recipient, RecipientState
from phrom.letters.telling import tell_incoming
from phrom.shared.ui.typed import refuse_unless_one_line

_REFUSED_THERE = (RecipientState.REJECTED, RecipientState.INVALID)


@transaction.atomic
def arrive(*, office: Office, arrived: Arrived, at: datetime) -> Incoming:
    """Lay a letter into an office's in-tray and return it; no person is needed.

    The same recipient again gives the same row, whoever asks and how often: nothing is doubled. Sent anew after this office
    refused it, the row waits again, with what came now. What its sender took back stays taken back.
    """
    if arrived.recipient is None:
        return _laid_in(office, arrived, by=None, at=at)
    try:
        with transaction.atomic():
            return _laid_in(office, arrived, by=None, at=at)
    except IntegrityError:
        return _came_again(arrived.recipient, arrived, at)


@transaction.atomic
def record_by_hand(*, office: Office, arrived: Arrived, by: Person, at: datetime) -> Incoming:
    """Put a letter that came on paper or by e-mail into the tray, as a clerk typed it. Refuses names with unseen characters."""
    for where in ("from_name", "their_number", "subject", "to_name"):
        refuse_unless_one_line(getattr(arrived, where), where=where)
    return _laid_in(office, arrived, by=by, at=at)


@transaction.atomic
def take_back(*, incoming: Incoming, because: str, at: datetime) -> bool:
    """Its sender recalls it. True: it waited here and is off the tray, visible as recalled.

    False: it has our number (or was refused) already; what has a number the program never takes away. The request stands on
    the letter's page until a clerk decides.
    """
    held = hold(incoming)
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


def hold(incoming: Incoming) -> Incoming:
    """The row as it is now, held until the transaction ends; before it the sender's own row, as the sender's acts do."""
    if incoming.recipient_id is not None:
        Recipient.objects.select_for_update().get(pk=incoming.recipient_id)
    rows = Incoming.objects.select_for_update(of=("self",))
    return rows.select_related("office__agency__body", "recipient", "entry").get(pk=incoming.pk)


def copy_files(incoming: Incoming, files: tuple[ArrivedFile, ...]) -> None:
    """Name what is in the store already as this letter's files."""
    IncomingFile.objects.bulk_create(
        IncomingFile(incoming=incoming, file=kept.file, name=kept.name, is_main=kept.is_main, position=position)
        for position, kept in enumerate(files)
    )


def _laid_in(office: Office, arrived: Arrived, *, by: Person | None, at: datetime) -> Incoming:
    incoming = Incoming(office=office, recipient=arrived.recipient, arrived_at=at, **_columns(arrived))
    incoming.save(force_insert=True)
    copy_files(incoming, arrived.files)
    event = "incoming.arrived" if by is None else "incoming.recorded"
    tell_incoming(event, incoming, by=by, at=at, details=_told(arrived))
    return incoming


def _came_again(recipient: Recipient, arrived: Arrived, at: datetime) -> Incoming:
    held = hold(Incoming.objects.get(recipient=recipient))
    assert held.recipient is not None  # noqa: S101  found by it
    if held.refused_at is None or held.recipient.state in _REFUSED_THERE:
        return held
    for name, value in {**_columns(arrived), "arrived_at": at}.items():
        setattr(held, name, value)
    held.refused_as, held.refused_by, held.refused_at, held.refused_because = "", None, None, ""
    held.save()
    held.files.all().delete()
    copy_files(held, arrived.files)
    tell_incoming("incoming.arrived_again", held, by=None, at=at, details=_told(arrived))
    return held


def _columns(arrived: Arrived) -> dict[str, object]:
    same = "via from_name subject their_number their_date to_name speed secrecy note due_on from_office content sha256"
    return {name: getattr(arrived, name) for name in same.split()}


def _told(arrived: Arrived) -> dict[str, object]:
    return {"from": arrived.from_name, "their_number": arrived.their_number, "sha256": arrived.sha256, "via": arrived.via}
