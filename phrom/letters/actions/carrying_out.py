"""A list is carried out: what was decided to be destroyed is made unreadable. Numbers, dates, subjects and hashes stay.

The letter's text and document, what it referred to, its files, what was written on it in the office, and the messages of the
exchange that carried it are emptied; bytes that nothing else refers to leave the store after the commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.destruction import hold_list
from phrom.letters.actions.numbering import hold_again
from phrom.letters.chain import DESTROYED, Act, add_lines
from phrom.letters.models import (
    Arrival,
    Attachment,
    Decision,
    DestructionList,
    Findable,
    Incoming,
    IncomingFile,
    Letter,
    ListStep,
    Outgoing,
    Reference,
    RegisterEntry,
    Step,
    WantedFile,
)
from phrom.letters.telling import tell_destruction
from phrom.shared.files.models import StoredFile
from phrom.shared.files.removal import let_go
from phrom.shared.thai.words import search_key


@transaction.atomic
def carry_out(*, listed: DestructionList, by: Person, at: datetime) -> int:
    """Destroy what the list says is to be destroyed; returns how many. Refuses StepStands before the archives' answer."""
    held = hold_list(listed, ListStep.CARRY_OUT)
    items = held.items.filter(decision=Decision.DESTROY, entry__destroyed_at=None)
    entries = list(RegisterEntry.objects.filter(destruction_items__in=items).order_by("register_id", "number"))
    letters = list(Letter.objects.select_for_update(of=("self",)).filter(entry__in=entries))
    incoming = list(Incoming.objects.select_for_update(of=("self",)).filter(entry__in=entries))
    files = {*_files_of_letters(letters), *_files_of_incoming(incoming)}
    _empty_letters(letters)
    _empty_incoming(incoming)
    WantedFile.objects.filter(file__in=files).update(file=None)
    let_go(StoredFile.objects.filter(pk__in=files))
    _write_down(entries, held, by, at)
    held.carried_out_by, held.carried_out_at = by, at
    held.save(update_fields=["carried_out_by", "carried_out_at"])
    told: dict[str, object] = {"count": len(entries), "books": sorted({entry.register.get_book_display() for entry in entries})}
    tell_destruction("destruction.carried_out", held, by=by, at=at, details=told)
    return len(entries)


def _write_down(entries: Sequence[RegisterEntry], held: DestructionList, by: Person, at: datetime) -> None:
    """A line in the chain of its register for each number, and on the number itself since when its letter is gone."""
    for _, rows in groupby(entries, key=lambda entry: entry.register_id):
        group = list(rows)
        register = hold_again(group[0])
        for entry in group:
            entry.destroyed_at, entry.register = at, register
        RegisterEntry.objects.bulk_update(group, ["destroyed_at"], batch_size=500)
        add_lines(register, [Act(DESTROYED, entry, {"list": f"{held.year}"}) for entry in group], by=by, at=at)


def _files_of_letters(letters: Sequence[Letter]) -> Iterable[int]:
    yield from (letter.pdf_id for letter in letters if letter.pdf_id)
    yield from Attachment.objects.filter(letter__in=letters, file__isnull=False).values_list("file_id", flat=True)


def _files_of_incoming(incoming: Sequence[Incoming]) -> Iterable[int]:
    yield from IncomingFile.objects.filter(incoming__in=incoming).values_list("file_id", flat=True)


def _empty_letters(letters: Sequence[Letter]) -> None:
    texts = dict.fromkeys(("opening", "text", "closing", "contact", "copies_to", "returned_because"), "")
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(**texts, content=None, pdf=None)
    Attachment.objects.filter(letter__in=letters).update(file=None, name="", described="")
    Reference.objects.filter(letter__in=letters).update(text="", to_letter=None, to_incoming=None)
    Outgoing.objects.filter(recipient__letter__in=letters).update(envelope="")
    Findable.objects.filter(letter__in=letters).delete()
    Findable.objects.bulk_create(Findable(letter=letter, key=search_key(letter.subject)) for letter in letters)


def _empty_incoming(incoming: Sequence[Incoming]) -> None:
    Incoming.objects.filter(pk__in=[each.pk for each in incoming]).update(content=None, note="", closed_because="")
    IncomingFile.objects.filter(incoming__in=incoming).delete()
    Step.objects.filter(incoming__in=incoming).update(text="")
    Arrival.objects.filter(incoming__in=incoming).update(envelope="")
    Findable.objects.filter(incoming__in=incoming).delete()
    Findable.objects.bulk_create(Findable(incoming=each, key=search_key(each.subject)) for each in incoming)
