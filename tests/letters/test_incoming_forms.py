"""The forms under a letter that came, and of the registers: twice is once, broken ones keep their words, size costs nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from phrom.letters.actions.dealing import close
from phrom.letters.actions.recall_requests import number_disputed
from phrom.letters.actions.receiving import accept, take_back
from phrom.letters.models import Book, EntryState, Incoming, Office, Register, RegisterEntry, Step, StepKind
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import make_clerk, make_incoming, make_office
from tests.letters.test_incoming_pages import KEY, browser
from tests.letters.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WHY = "ผู้ส่งแจ้งว่าพิมพ์ผิด"


@pytest.fixture
def office() -> Office:
    return make_office(make_agency(make_body(), "สำนักงานจังหวัดเชียงใหม่"))


@pytest.fixture
def client(office: Office) -> Client:
    return browser(make_clerk(office, "coordinator"))


def prepared(office: Office, act: str) -> Incoming:
    """A letter in the state that the act needs."""
    incoming, by = make_incoming(office, at=NOW), make_clerk(office)
    if act in ("reject", "invalid"):
        return incoming
    accept(incoming=incoming, by=by, at=NOW)
    if act == "reopen":
        close(incoming=incoming, because=WHY, by=by, at=NOW)
    if act in ("give-back", "keep"):
        take_back(incoming=incoming, because=WHY, at=NOW)
    if act == "tell-number":
        number_disputed(incoming=incoming, because=WHY, at=NOW)
    return incoming


def words_of(act: str, office: Office) -> dict[str, Any]:
    """An honest form of the act."""
    if act == "assign":
        return {"to_person": make_clerk(office, name="นายผู้รับ มอบหมาย").pk, "due_on": "", "text": "โปรดดำเนินการ"}
    if act in ("pass-on", "copy"):
        return {"to_agency": make_agency(office.agency.own_body).pk, "text": "โปรดทราบ"}
    if act in ("instruct", "note"):
        return {"text": "มอบกลุ่มงานยุทธศาสตร์"}
    return {"because": WHY} if act in ("close", "reopen", "reject", "invalid") else {}


SAID = {
    "instruct": "บันทึกข้อความเกษียนแล้ว",
    "assign": "มอบหมายแล้ว",
    "pass-on": "ส่งต่อแล้ว",
    "copy": "ส่งสำเนาแล้ว",
    "note": "บันทึกแล้ว",
    "close": "ปิดเรื่องแล้ว",
    "reopen": "เปิดเรื่องอีกครั้งแล้ว",
    "reject": "คืนผู้ส่งแล้ว พร้อมเหตุผล",
    "invalid": "คืนผู้ส่งแล้วว่าหนังสือผิด",
    "give-back": "เลขรับยังอยู่ในทะเบียน",
    "keep": "เก็บไว้ดำเนินการต่อ",
    "tell-number": "แจ้งเลขรับอีกครั้งแล้ว",
}


@pytest.mark.parametrize("act", SAID)
def test_an_act_says_what_was_done_and_twice_is_once(office: Office, client: Client, act: str) -> None:
    incoming = prepared(office, act)
    posted = {**words_of(act, office), "once": KEY}
    address = f"/letters/in/{incoming.pk}/do/{act}/"
    done = client.post(address, posted, follow=True)
    assert done.redirect_chain == [(f"/letters/in/{incoming.pk}/", 302)] and SAID[act] in done.content.decode()
    with nothing_changes():
        again = client.post(address, posted)
    assert (again.status_code, again["Location"]) == (302, f"/letters/in/{incoming.pk}/")


@pytest.mark.parametrize(
    ("act", "posted", "kept"),
    [
        ("instruct", {"text": "ก" * 1001}, "ก" * 1001),
        ("note", {"text": "  "}, "govuk-error"),
        ("assign", {"to_person": "0", "text": "โปรดดำเนินการให้แล้วเสร็จ"}, "โปรดดำเนินการให้แล้วเสร็จ"),
        ("assign", {"to_person": "", "due_on": "31 ก.พ. 2567"}, "31 ก.พ. 2567"),
        ("pass-on", {"to_agency": "", "text": "เรื่องของท่าน"}, "เรื่องของท่าน"),
        ("copy", {"to_agency": "x", "text": "เพื่อโปรดทราบ"}, "เพื่อโปรดทราบ"),
        ("close", {"because": "จบ"}, "จบ</textarea>"),
        ("reject", {"because": "ไม่"}, "ไม่</textarea>"),
    ],
)
def test_a_broken_form_keeps_its_words_and_changes_nothing(
    office: Office, client: Client, act: str, posted: dict[str, str], kept: str
) -> None:
    incoming = prepared(office, act)
    with nothing_changes():
        answer = client.post(f"/letters/in/{incoming.pk}/do/{act}/", {**posted, "once": KEY})
    assert answer.status_code == 422 and kept in answer.content.decode()


@pytest.mark.parametrize("act", ["instruct", "assign", "pass-on", "close"])
def test_what_was_closed_meanwhile_is_refused_with_the_words_kept(office: Office, client: Client, act: str) -> None:
    incoming = prepared(office, "reopen")
    posted = words_of(act, office)
    with nothing_changes():
        answer = client.post(f"/letters/in/{incoming.pk}/do/{act}/", {**posted, "once": KEY})
    page = answer.content.decode()
    assert answer.status_code == 409 and "เรื่องนี้ปิดแล้ว" in page


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [
        ({"subject": ""}, "กรมการปกครอง"),
        ({"their_date": "เมื่อวานนี้"}, "เมื่อวานนี้"),
        ({"from_name": "ก\u202eข"}, "ขอความร่วมมือ"),
        ({"speed": "9"}, "ขอความร่วมมือ"),
        ({"office": "0"}, "ขอความร่วมมือ"),
        ({"once": "สั้น"}, "ขอความร่วมมือ"),
    ],
)
def test_a_paper_letter_typed_wrongly_takes_no_number(office: Office, client: Client, wrong: dict[str, str], kept: str) -> None:
    posted = {
        "office": office.pk,
        "speed": "002",
        "secrecy": "001",
        "from_name": "กรมการปกครอง",
        "subject": "ขอความร่วมมือ",
        "once": KEY,
    }
    with nothing_changes():
        answer = client.post("/letters/in/new/", {**posted, **wrong})
    assert answer.status_code == 422 and kept in answer.content.decode()


def test_a_paper_letter_that_is_sent_twice_has_one_number(office: Office, client: Client) -> None:
    posted = {"office": office.pk, "speed": "001", "secrecy": "001", "from_name": "กรม", "subject": "ขอความร่วมมือ", "once": KEY}
    for _ in range(2):
        assert client.post("/letters/in/new/", posted).status_code == 302
    assert (Incoming.objects.count(), RegisterEntry.objects.count()) == (1, 1)


def test_sixty_steps_cost_the_page_no_more_than_one(
    office: Office, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    incoming, by = prepared(office, "note"), make_clerk(office)
    Step.objects.bulk_create(
        Step(incoming=incoming, kind=StepKind.NOTED, text=f"บันทึกที่ {number}", made_by=by, made_at=NOW) for number in range(60)
    )
    with django_assert_max_num_queries(13):
        page = client.get(f"/letters/in/{incoming.pk}/").content.decode()
    assert "บันทึกที่ 0<" in page and "บันทึกที่ 59<" in page


def test_five_thousand_numbers_cost_the_register_no_more_than_fifty(
    office: Office, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    by, day = make_clerk(office), date(2024, 6, 11)
    register = Register.objects.create(office=office, book=Book.SEND, year=2567, last_number=5000)
    given = {"register": register, "state": EntryState.USED, "dated": day, "taken_by": by, "taken_at": NOW}
    RegisterEntry.objects.bulk_create(
        RegisterEntry(number=number, number_text=f"ชม 0017.2/{number}", subject=f"เรื่องที่ {number}", **given)
        for number in range(1, 5001)
    )
    with django_assert_max_num_queries(10):
        page = client.get(f"/letters/registers/{register.pk}/").content.decode()
    assert page.count("ชม 0017.2/") < 400
    with django_assert_max_num_queries(10):
        found = client.get(f"/letters/registers/{register.pk}/?q=เรื่องที่ 4321").content.decode()
    assert "ชม 0017.2/4321" in found and "ชม 0017.2/4320" not in found
