"""Whatever clerks do in whatever order, the books are what a slow clerk with a pencil would have written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phrom.agencies.models import Person
from phrom.letters.actions.numbering import Columns, NumberStands, reserve, take_number, use_reserved, void_entry
from phrom.letters.models import Book, Office, Register, RegisterEntry
from phrom.letters.proof import verify_registers
from tests.factories.letters import make_clerk, make_office

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2024, 12, 31, 17, 0, tzinfo=UTC)
BOOKS = (Book.SEND, Book.CIRCULAR, Book.ORDER)
Key = tuple[int, str, int]


@dataclass
class Pencil:
    """The slow model: in each book of each office and year a list of states, number 1 first."""

    books: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    order: list[tuple[Key, int]] = field(default_factory=list)

    def add(self, key: Key, state: str) -> int:
        self.books[key].append(state)
        self.order.append((key, len(self.books[key])))
        return len(self.books[key])


ACTS = st.tuples(
    st.sampled_from(("take", "take", "reserve", "use", "void", "abort")),
    st.integers(0, 1),  # which office
    st.sampled_from(BOOKS),
    st.integers(-2, 2),  # seconds from midnight of the new year
    st.integers(0, 30),  # which number, for use and void; how many, for reserve
)


@given(st.lists(ACTS, max_size=30))
@settings(
    max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_of_acts_gives_the_books_of_the_pencil(db: None, acts: list[tuple[str, int, Book, int, int]]) -> None:
    with transaction.atomic():
        offices = [make_office(), make_office()]
        by, pencil = make_clerk(offices[0]), Pencil()
        for act, which, book, seconds, pick in acts:
            at = MIDNIGHT + timedelta(seconds=seconds)
            do(act, offices[which], book, by, at, pick, pencil)
        assert written() == {key: states for key, states in pencil.books.items() if states}
        assert verify_registers().damages == ()
        assert all(register.last_number == register.entries.count() for register in Register.objects.all())
        transaction.set_rollback(True)


def do(act: str, office: Office, book: Book, by: Person, at: datetime, pick: int, pencil: Pencil) -> None:
    """One act in both."""
    key = (office.pk, str(book), 2567 if at < MIDNIGHT else 2568)
    if act == "take":
        taken = take_number(office=office, book=book, columns=Columns("เรื่อง"), by=by, at=at)
        assert taken.number == pencil.add(key, "used")
    elif act == "reserve":
        made = reserve(office=office, book=book, count=1 + pick % 4, reserved_for="ประชุม", by=by, at=at)
        assert [each.number for each in made] == [pencil.add(key, "reserved") for _ in made]
    elif act == "abort":
        abort(office, book, by, at)
    elif pencil.order:
        change(act, by, at, pencil.order[pick % len(pencil.order)], pencil)


def abort(office: Office, book: Book, by: Person, at: datetime) -> None:
    try:
        with transaction.atomic():
            take_number(office=office, book=book, columns=Columns("เรื่อง"), by=by, at=at)
            raise ZeroDivisionError
    except ZeroDivisionError:
        return


def change(act: str, by: Person, at: datetime, place: tuple[Key, int], pencil: Pencil) -> None:
    """Use or void a number that was given out; what may not be is refused by both."""
    (office, book, year), number = place
    entry = RegisterEntry.objects.get(register__office=office, register__book=book, register__year=year, number=number)
    states = pencil.books[place[0]]
    may = states[number - 1] == "reserved" if act == "use" else states[number - 1] != "void"
    try:
        if act == "use":
            use_reserved(entry=entry, columns=Columns("ใช้เลขที่จอง"), by=by, at=at)
        else:
            void_entry(entry=entry, because="ไม่ใช้แล้ว", by=by, at=at)
    except NumberStands:
        assert not may
        return
    assert may
    states[number - 1] = "used" if act == "use" else "void"


def written() -> dict[Key, list[str]]:
    """What stands in the database."""
    return {
        (register.office_id, register.book, register.year): [entry.state for entry in register.entries.order_by("number")]
        for register in Register.objects.all()
        if register.last_number
    }
