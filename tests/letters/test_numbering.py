"""Numbers of a book: one after the other, reserved, used, void; never given back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from phrom.letters.actions.numbering import Columns, NumberRefused, NumberStands, reserve, take_number, use_reserved, void_entry
from phrom.letters.actions.offices import issuing_office, office_of
from phrom.letters.models import Book, Office, Register, RegisterLine
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import AT, make_accepted, make_clerk, make_entry, make_issued, make_office, make_secret

pytestmark = pytest.mark.django_db


def test_numbers_run_from_one() -> None:
    office = make_office()
    assert [make_entry(office).number_text for _ in range(3)] == ["ชม 0017.2/1", "ชม 0017.2/2", "ชม 0017.2/3"]
    assert Register.objects.get().last_number == 3


def test_each_book_and_each_office_counts_for_itself() -> None:
    office, other = make_office(), make_office()
    assert [make_entry(office, book).number for book in Book] == [1] * len(Book)
    assert make_entry(other).number == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_that_was_rolled_back_is_taken_by_the_next() -> None:
    office, by = make_office(), None
    by = make_clerk(office)
    with pytest.raises(RuntimeError), transaction.atomic():
        make_entry(office, by=by)
        raise RuntimeError
    assert make_entry(office, by=by).number == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_needs_the_transaction_of_its_letter() -> None:
    office = make_office()
    with pytest.raises(transaction.TransactionManagementError):
        take_number(office=office, book=Book.SEND, columns=Columns(), by=make_clerk(office), at=AT)


def test_the_year_is_that_of_the_day_in_thailand() -> None:
    office = make_office()
    last = make_entry(office, at=datetime(2024, 12, 31, 16, 59, 59, tzinfo=UTC))
    first = make_entry(office, at=datetime(2024, 12, 31, 17, 0, 0, tzinfo=UTC))
    assert (last.register.year, last.number, last.dated) == (2567, 1, date(2024, 12, 31))
    assert (first.register.year, first.number, first.dated) == (2568, 1, date(2025, 1, 1))


def test_a_reserved_number_keeps_its_day() -> None:
    office = make_office()
    by = make_clerk(office)
    entries = reserve(office=office, book=Book.SEND, count=3, reserved_for="หนังสือเชิญประชุม", by=by, at=AT)
    assert [entry.number for entry in entries] == [1, 2, 3]
    later = datetime(2024, 6, 20, 3, 0, tzinfo=UTC)
    used = use_reserved(entry=entries[1], columns=Columns(subject="เชิญประชุม"), by=by, at=later)
    assert (used.number, used.dated, used.state, used.subject) == (2, date(2024, 6, 11), "used", "เชิญประชุม")
    assert make_entry(office).number == 4
    with pytest.raises(NumberStands):
        use_reserved(entry=entries[1], columns=Columns(), by=by, at=later)


@pytest.mark.parametrize(
    ("book", "count", "reserved_for", "where"),
    [
        (Book.SEND, 0, "ประชุม", "count"),
        (Book.SEND, 201, "ประชุม", "count"),
        (Book.SEND, 1, "  ", "reserved_for"),
        (Book.RECEIVE, 1, "ประชุม", "book"),
        (Book.SECRET_RECEIVE, 1, "ประชุม", "book"),
    ],
)
def test_what_cannot_be_reserved(book: str, count: int, reserved_for: str, where: str) -> None:
    office = make_office()
    with pytest.raises(NumberRefused) as refused:
        reserve(office=office, book=book, count=count, reserved_for=reserved_for, by=make_clerk(office), at=AT)
    assert refused.value.where == where
    assert not Register.objects.exists()


def test_a_void_number_stays_with_its_reason_and_is_not_given_again() -> None:
    office = make_office()
    by = make_clerk(office)
    entry = make_entry(office)
    void_entry(entry=entry, because="พิมพ์ชื่อผู้รับผิด", by=by, at=AT)
    entry.refresh_from_db()
    assert (entry.state, entry.voided_because, entry.voided_by, entry.voided_at) == ("void", "พิมพ์ชื่อผู้รับผิด", by, AT)
    assert make_entry(office).number == 2
    with pytest.raises(NumberStands):
        void_entry(entry=entry, because="อีกครั้ง", by=by, at=AT)


def test_voiding_needs_a_reason() -> None:
    entry = make_entry()
    with pytest.raises(NumberRefused):
        void_entry(entry=entry, because=" ", by=entry.taken_by, at=AT)


def test_every_act_adds_one_line_to_the_chain() -> None:
    letter = make_issued()
    assert letter.entry is not None
    void_entry(entry=letter.entry, because="ส่งผิดหน่วยงาน", by=letter.drafted_by, at=AT)
    lines = list(RegisterLine.objects.order_by("sequence"))
    assert [line.act for line in lines] == ["taken", "sealed", "voided"]
    assert [line.previous for line in lines] == ["0" * 64, lines[0].hash, lines[1].hash]
    assert lines[1].content["sha256"] == letter.sha256
    register = Register.objects.get()
    assert (register.line_count, register.head) == (3, lines[2].hash)


def test_a_letter_that_came_is_numbered_in_the_receive_book() -> None:
    incoming = make_accepted()
    assert incoming.entry is not None
    assert (incoming.entry.number_text, incoming.entry.register.book) == ("1", "receive")


def test_a_long_text_is_cut_for_the_column() -> None:
    office = make_office()
    columns = Columns(to_name="ที่ว่าการอำเภอ " * 60, subject="ก\nข")
    entry = take_number(office=office, book=Book.SEND, columns=columns, by=make_clerk(office), at=AT)
    assert (len(entry.to_name), entry.to_name[-1], entry.subject) == (300, "…", "ก ข")


def test_the_journal_says_nothing_of_what_a_secret_number_is_for() -> None:
    office = make_office()
    by = make_clerk(office, "secret_registrar")
    reserved = reserve(office=office, book=Book.SECRET_SEND, count=1, reserved_for="เรื่องลับสุดยอด", by=by, at=AT)
    void_entry(entry=reserved[0], because="เรื่องลับสุดยอด", by=by, at=AT)
    make_secret(office, subject="เรื่องลับสุดยอด")
    told = AuditEvent.objects.filter(event__startswith="register.")
    assert {entry.chain for entry in told} == {f"{office.agency.own_body.code}:secret:{office.agency.code}"}
    assert "เรื่องลับ" not in "".join(str(entry.details) for entry in told)


def test_an_office_is_made_once_and_the_provincial_office_writes_for_its_province() -> None:
    body = make_body()
    assert issuing_office(body).agency == body
    provincial = make_agency(body, kind="provincial_office")
    assert issuing_office(body).agency == provincial
    assert office_of(provincial) == issuing_office(body)
    assert Office.objects.count() == 2
