"""The menu: in the order of the day, the seldom ones under one entry, and the reader's place marked in it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from phrom.agencies.models import Membership
from tests.factories.agencies import START, make_agency, make_body, make_member

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
SELDOM = ["บุคคล", "แบบเอกสาร", "บันทึกการกระทำ"]


def menu(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page[page.index('<nav class="frame-nav"') : page.index("</nav>", page.index('<nav class="frame-nav"'))]


def words(part: str) -> list[str]:
    return [each.strip() for each in re.findall(r"<a [^>]*>([^<]*)</a>", part)]


def current(part: str) -> list[tuple[str, str]]:
    return [(how, word.strip()) for how, word in re.findall(r'aria-current="(\w+)"[^>]*>([^<]*)<', part)]


def coordinator() -> Client:
    client = Client()
    client.force_login(make_member(make_body(), "coordinator"), backend=BACKEND)
    return client


def test_the_coordinator_reads_the_day_first_and_unfolds_the_rest() -> None:
    part = menu(coordinator(), "/")
    day, seldom = part.split("<details")
    assert words(day)[:4] == ["งานของฉัน", "คำถามของฉัน", "หนังสือ", "รอบสำรวจ"]
    assert "<summary" in seldom
    assert words(seldom) == SELDOM
    assert not set(words(day)) & {*SELDOM, "ทะเบียนหนังสือ"}


def test_the_administrator_has_so_little_that_nothing_is_folded_away() -> None:
    client = Client()
    client.force_login(make_member(make_body(), "administrator"), backend=BACKEND)
    part = menu(client, "/")
    assert words(part) == ["งานของฉัน", "บุคคล", "แลกเปลี่ยนหนังสือ"]
    assert "<details" not in part


def test_a_coordinator_who_is_administrator_too_finds_the_exchange_in_the_fold() -> None:
    body = make_body()
    person = make_member(body, "coordinator")
    Membership.objects.create(person=person, agency=body, role="administrator", starts_on=START)
    client = Client()
    client.force_login(person, backend=BACKEND)
    assert words(menu(client, "/").split("<details")[1]) == [*SELDOM, "แลกเปลี่ยนหนังสือ"]


@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("/", [("page", "งานของฉัน")]),
        ("/letters/in/", [("page", "หนังสือ")]),
        ("/letters/registers/", [("true", "หนังสือ")]),
        ("/rounds/", [("page", "รอบสำรวจ")]),
        ("/rounds/open/", [("true", "รอบสำรวจ")]),
        ("/rollout/", [("page", "e-Document")]),
        ("/people/", [("page", "บุคคล")]),
    ],
)
def test_the_reader_sees_where_they_are(address: str, marks: list[tuple[str, str]]) -> None:
    assert current(menu(coordinator(), address)) == marks


def test_an_entry_of_settings_marks_the_fold_that_hides_it() -> None:
    client = coordinator()
    assert "data-here" in menu(client, "/people/")
    assert "data-here" not in menu(client, "/rounds/")


def test_one_entry_alone_is_no_menu() -> None:
    client = Client()
    client.force_login(make_member(make_body(), "auditor"), backend=BACKEND)
    part = menu(client, "/")
    assert "<details" not in part
    assert words(part)[-1] == "บันทึกการกระทำ"


def test_an_office_of_its_own_is_not_sent_to_the_settings() -> None:
    client = Client()
    client.force_login(make_member(make_agency(make_body()), "official"), backend=BACKEND)
    assert "ตั้งค่า" not in menu(client, "/")
