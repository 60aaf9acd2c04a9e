"""The registers on the screen: who sees which book, what is found, what can be done and what is refused."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from phrom.agencies.models import Person
from phrom.letters.actions.numbering import reserve, void_entry
from phrom.letters.actions.registers import NumberHasItsLetter, void_number
from phrom.letters.models import Book, Office, Register, RegisterEntry
from phrom.letters.standalone import check
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_member
from tests.factories.letters import (
    AT,
    make_accepted,
    make_clerk,
    make_draft,
    make_entry,
    make_incoming,
    make_issued,
    make_office,
    make_secret,
)

pytestmark = pytest.mark.django_db
ONCE = "key-of-the-form-0001"
BACKEND = "phrom.agencies.signin.backend.PersonBackend"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def clerk(office: Office) -> Person:
    return make_clerk(office)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def page(person: Person, name: str, *arguments: object, **query: str) -> str:
    answer = browser(person).get(reverse(name, args=arguments), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_books_with_their_last_number_void_and_reserved(office: Office, clerk: Person) -> None:
    entry = make_entry(office, by=clerk)
    reserve(office=office, book=Book.SEND, count=2, reserved_for="เชิญประชุม", by=clerk, at=AT)
    void_entry(entry=entry, because="พิมพ์ผิด", by=clerk, at=AT)
    text = page(clerk, "registers")
    assert "ทะเบียนหนังสือส่ง" in text
    assert 'data-label="เลขล่าสุด">3<' in text
    assert "2<span" in text and "1<span" in text


def test_a_clerk_without_any_book_is_told_when_the_first_one_opens(clerk: Person) -> None:
    assert "ยังไม่มีเลขในทะเบียน" in page(clerk, "registers")


def test_numbers_without_a_code_are_pointed_out(office: Office, clerk: Person) -> None:
    Office.objects.update(letter_code="")
    assert "ยังไม่ได้ตั้งรหัสหนังสือ" in page(clerk, "registers")


def test_a_void_number_stays_in_the_book_with_reason_and_name(office: Office, clerk: Person) -> None:
    entry = make_entry(office, by=clerk)
    void_entry(entry=entry, because="ผู้ลงนามเปลี่ยนใจ", by=clerk, at=AT)
    text = page(clerk, "register", entry.register_id)
    assert "book__void" in text
    assert "ผู้ลงนามเปลี่ยนใจ · นางสาวคำแก้ว ใจดี" in text
    assert reverse("register_void", args=[entry.pk]) not in text


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"q": "ขยะ"}, [3]),
        ({"q": "น้ำ ขยะ"}, []),
        ({"q": "2"}, [2]),
        ({"q": "๒"}, [2]),
        ({"q": "0017"}, [4, 3, 2, 1]),
        ({"q": "รัฐมนตรี"}, [4]),
        ({"state": "reserved"}, [4]),
        ({"state": "void"}, [1]),
        ({"since": "12 มิ.ย. 2567"}, []),
        ({"since": "11/6/2567", "until": "๑๑ มิ.ย. ๖๗"}, [4, 3, 2, 1]),
        ({"since": "เมื่อวาน"}, [4, 3, 2, 1]),
        ({"page": "99"}, [4, 3, 2, 1]),
    ],
)
def test_what_is_looked_for(office: Office, clerk: Person, query: dict[str, str], numbers: list[int]) -> None:
    entries = [make_entry(office, by=clerk) for _ in range(3)]
    RegisterEntry.objects.filter(pk=entries[1].pk).update(subject="การจัดการน้ำ")
    RegisterEntry.objects.filter(pk=entries[2].pk).update(subject="การจัดการขยะ")
    void_entry(entry=entries[0], because="ซ้ำ", by=clerk, at=AT)
    reserve(office=office, book=Book.SEND, count=1, reserved_for="ต้อนรับรัฐมนตรี", by=clerk, at=AT)
    shown = browser(clerk).get(reverse("register", args=[entries[0].register_id]), query)
    assert [line.entry.number for line in shown.context["page"].lines] == numbers


def test_a_number_leads_to_the_letter_that_carries_it(office: Office, clerk: Person) -> None:
    letter = make_issued(make_draft(office, by=clerk))
    assert letter.entry is not None
    text = page(clerk, "register", letter.entry.register_id)
    assert reverse("letter", args=[letter.pk]) in text
    assert reverse("register_void", args=[letter.entry.pk]) not in text


def test_a_receive_book_shows_their_number(office: Office, clerk: Person) -> None:
    incoming = make_accepted(make_incoming(office), by=clerk)
    assert incoming.entry is not None
    text = page(clerk, "register", incoming.entry.register_id)
    assert "มท 0305/ว 1234" in text
    assert "จองเลข" not in text


def test_pages_ask_the_same_number_of_questions_however_long_the_book(
    office: Office, clerk: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        make_issued(make_draft(office, by=clerk))
    client = browser(clerk)
    client.get(reverse("registers"))
    with django_assert_max_num_queries(6):
        client.get(reverse("registers"))
    with django_assert_max_num_queries(8):
        client.get(reverse("register", args=[Register.objects.get().pk]))


def test_numbers_are_reserved_once_however_often_the_form_is_sent(office: Office, clerk: Person) -> None:
    form = {"once": ONCE, "book": f"{office.agency_id}:send", "count": "3", "reserved_for": "หนังสือเชิญประชุม"}
    client = browser(clerk)
    answers = [client.post(reverse("register_reserve"), form) for _ in range(3)]
    register = Register.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {reverse("register", args=[register.pk])}
    assert register.last_number == 3


@pytest.mark.parametrize(
    "wrong", [{"count": "0"}, {"count": "201"}, {"count": "x"}, {"reserved_for": ""}, {"book": "1:receive"}]
)
def test_what_cannot_be_reserved_stays_in_the_form(office: Office, clerk: Person, wrong: dict[str, str]) -> None:
    form = {"once": ONCE, "book": f"{office.agency_id}:send", "count": "1", "reserved_for": "ประชุม", **wrong}
    answer = browser(clerk).post(reverse("register_reserve"), form)
    assert answer.status_code == 422
    assert not RegisterEntry.objects.exists()


def test_nobody_reserves_in_another_office(office: Office, clerk: Person) -> None:
    other = make_office()
    form = {"once": ONCE, "book": f"{other.agency_id}:send", "count": "1", "reserved_for": "ประชุม"}
    assert browser(clerk).post(reverse("register_reserve"), form).status_code == 422
    secret = {**form, "book": f"{office.agency_id}:secret_send"}
    assert browser(clerk).post(reverse("register_reserve"), secret).status_code == 422
    assert not RegisterEntry.objects.exists()


def test_a_number_is_cancelled_with_a_reason(office: Office, clerk: Person) -> None:
    entry = make_entry(office, by=clerk)
    address = reverse("register_void", args=[entry.pk])
    assert browser(clerk).post(address, {"because": ""}).status_code == 422
    assert browser(clerk).post(address, {"because": "ไม่ได้ใช้"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.voided_because) == ("void", "ไม่ได้ใช้")
    assert "ยกเลิก” แล้ว" in browser(clerk).post(address, {"because": "อีก"}).content.decode()


def test_the_number_of_a_letter_is_cancelled_with_the_letter_only(office: Office, clerk: Person) -> None:
    letter, incoming = make_issued(make_draft(office, by=clerk)), make_accepted(make_incoming(office), by=clerk)
    for entry in (letter.entry, incoming.entry):
        assert entry is not None
        with pytest.raises(NumberHasItsLetter):
            void_number(entry=entry, because="ผิด", by=clerk, at=AT)


def test_a_reader_is_shown_no_button(office: Office, clerk: Person) -> None:
    entry = make_entry(office, by=clerk)
    reader = make_member(office.agency, "official")
    text = page(reader, "registers") + page(reader, "register", entry.register_id)
    assert [word for word in ("จองเลข", "ตั้งค่าทะเบียน", "ยกเลิกเลข") if word in text] == []
    assert browser(reader).get(reverse("register_void", args=[entry.pk])).status_code == 404


def test_a_secret_book_is_there_for_who_handles_secret_letters_only(office: Office, clerk: Person) -> None:
    letter = make_secret(office, by=clerk, subject="เรื่องปกปิดยิ่ง")
    registrar, coordinator = make_clerk(office, "secret_registrar"), make_member(office.agency.own_body, "coordinator")
    assert letter.entry is not None
    for other in (clerk, coordinator):
        assert "ลับ" not in page(other, "registers")
        for name in ("register", "register_chain"):
            assert browser(other).get(reverse(name, args=[letter.entry.register_id])).status_code == 404
        assert browser(other).get(reverse("register_void", args=[letter.entry.pk])).status_code == 404
    assert "ทะเบียนส่งหนังสือลับ" in page(registrar, "registers")
    assert "เรื่องปกปิดยิ่ง" in page(registrar, "register", letter.entry.register_id)


def test_the_settings_of_the_office_are_kept_and_told(office: Office, clerk: Person) -> None:
    address = reverse("office_settings", args=[office.agency_id])
    assert "ชม 0017.2" in browser(clerk).get(address).content.decode()
    said = {"letter_code": "ชม 0017.3", "saraban_email": "saraban@example.go.th", "head_approves": "on"}
    assert browser(clerk).post(address, {**said, "letter_code": "ชม 0017.2/"}).status_code == 422
    assert browser(clerk).post(address, said).status_code == 302
    office.refresh_from_db()
    assert (office.letter_code, office.head_approves, office.circulars_apart) == ("ชม 0017.3", True, False)
    told = AuditEvent.objects.get(event="office.changed")
    assert told.details["changed"] == ["letter_code", "saraban_email", "head_approves", "circulars_apart"]


def test_the_book_can_be_taken_away_and_checked(office: Office, clerk: Person) -> None:
    letter = make_issued(make_draft(office, by=clerk))
    assert letter.entry is not None
    answer = browser(clerk).get(reverse("register_chain", args=[letter.entry.register_id]))
    assert "attachment" in answer.headers["Content-Disposition"]
    document = json.loads(answer.content)
    assert check(document) == []
    assert document["register"]["book"] == "send"
