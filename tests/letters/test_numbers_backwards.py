"""Nobody makes a number of the past: what was given out here is never followed by older days, whichever page is used."""

from __future__ import annotations

from datetime import date

import pytest

from phrom.letters.actions.importing import ImportRefused, import_register
from phrom.letters.models import Book, EntryState, Office, Register, RegisterImport
from phrom.letters.register_file import OldEntry
from tests.factories.destruction import make_source
from tests.factories.letters import AT, make_clerk, make_entry, make_office

pytestmark = pytest.mark.django_db


def bring(office: Office, *days: date, number_text: str = "") -> Register:
    """Import lines after number 1, which was given out here on 11 June 2567."""
    source = make_source(office)
    RegisterImport.objects.filter(pk=source.pk).update(book=Book.SEND, year=2567)
    rows = [OldEntry(number, day, subject="เรื่อง", number_text=number_text) for number, day in enumerate(days, 2)]
    return import_register(source=source, entries=rows, by=make_clerk(office), at=AT)


def test_a_file_adds_no_older_days_after_a_number_of_ours() -> None:
    office = make_office()
    make_entry(office)
    with pytest.raises(ImportRefused):
        bring(office, date(2024, 1, 5))
    assert Register.objects.get(book=Book.SEND).last_number == 1


def test_a_file_doubles_no_number_of_ours() -> None:
    office = make_office()
    ours = make_entry(office)
    with pytest.raises(ImportRefused):
        bring(office, ours.dated, number_text=ours.number_text)
    assert Register.objects.get(book=Book.SEND).entries.count() == 1


def test_what_was_kept_elsewhere_meanwhile_still_comes_in() -> None:
    office = make_office()
    ours = make_entry(office)
    register = bring(office, ours.dated)
    assert [entry.state for entry in register.entries.order_by("number")] == [EntryState.USED, EntryState.USED]
