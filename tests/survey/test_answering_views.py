"""The autosave's endpoint: what it answers to whom, and that hostile input is a sentence, never a fault."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from phrom.survey.models import Answer, Ask
from phrom.survey.views import answering
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import make_answer, make_answered, make_ask, make_round, make_sheet

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def ask(client: Client) -> Ask:
    """A yes/no row of an official who is signed in."""
    ask = make_ask()
    client.force_login(make_member(ask.agency))
    return ask


def save(client: Client, ask: Ask, headers: dict[str, str] = JSON, **fields: Any) -> Any:
    return client.post(reverse("answer_save", args=[ask.pk]), fields, headers=headers)


def test_a_save_answers_with_the_stored_version(client: Client, ask: Ask) -> None:
    told = save(client, ask, value="yes", version="0").json()
    assert (told["version"], told["state"], told["given"]) == (1, "open", True)
    assert told["saved_at_th"].startswith("บันทึกแล้ว ")


def test_json_goes_in_as_well(client: Client, ask: Ask) -> None:
    body = json.dumps({"version": 0, "content": {"value": False}})
    told = client.post(reverse("answer_save", args=[ask.pk]), body, content_type="application/json", headers=JSON)
    assert told.json()["version"] == 1
    assert Answer.objects.get().content["value"] is False


def test_a_conflict_is_409_with_both_texts(client: Client, ask: Ask) -> None:
    make_answer(ask, False)
    told = save(client, ask, value="yes", version="0")
    assert told.status_code == 409
    shown = told.json()
    assert (shown["mine_th"], shown["theirs_th"], shown["version"]) == ("มี", "ไม่มี", 1)
    assert ["value", "no"] in shown["theirs_fields"]
    assert shown["theirs_by"] == "นางสาวคำแก้ว ใจดี"


def test_a_plain_form_gets_a_page_to_choose_on_and_its_button_saves(client: Client, ask: Ask) -> None:
    make_answer(ask, False)
    page = save(client, ask, {}, value="yes", version="0")
    assert page.status_code == 409
    fields = dict(page.context["page"].fields)
    again = save(client, ask, {}, **fields)
    assert again.status_code == 302
    assert Answer.objects.get().content["value"] is True


def test_rows_that_depend_on_this_one_are_told(client: Client) -> None:
    round = make_round()
    agency = make_agency(round.body)
    asks = make_sheet(round, agency)
    client.force_login(make_member(agency))
    assert save(client, asks["P2.2"], value="yes", version="0").json()["shown"] == {"P2.2.1": True}
    assert save(client, asks["P2.2"], value="no", version="1").json()["shown"] == {"P2.2.1": False}
    assert "shown" not in save(client, asks["P1.1"], value="yes", version="0").json()


def test_queries_of_a_save(client: Client, ask: Ask, django_assert_max_num_queries: Any) -> None:
    save(client, ask, value="yes", version="0")
    with django_assert_max_num_queries(14):  # 11 statements, and the begin and end of the transaction or its savepoint
        assert save(client, ask, value="no", version="1").status_code == 200


@pytest.mark.parametrize("headers", [JSON, {}])
def test_another_agencys_row_does_not_exist(client: Client, ask: Ask, headers: dict[str, str]) -> None:
    foreign = make_ask(ask.round)
    assert save(client, foreign, headers, value="yes", version="0").status_code == 404
    assert Answer.objects.count() == 0


def test_a_forged_form_is_refused_with_a_sentence(ask: Ask) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(ask.agency))
    told = save(client, ask, value="yes", version="0")
    assert told.status_code == 403
    assert "ยังไม่มีอะไรถูกบันทึก" in told.json()["th"]


def test_nobody_is_told_to_sign_in(client: Client) -> None:
    told = save(client, make_ask(), value="yes", version="0")
    assert (told.status_code, told.json()["error"]) == (401, "SignIn")


@pytest.mark.parametrize("role", ["auditor", "chair", "member", "administrator"])
def test_who_may_only_read_cannot_save(client: Client, role: str) -> None:
    ask = make_ask()
    client.force_login(make_member(ask.agency, role))
    assert save(client, ask, value="yes", version="0").status_code == 404


def test_a_database_that_cannot_save_says_so_and_when_to_come_back(client: Client, ask: Ask, monkeypatch: Any) -> None:
    def full(**_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(answering, "save_answer", full)
    told = save(client, ask, value="yes", version="0")
    assert (told.status_code, told.headers["Retry-After"]) == (503, "10")
    assert "ข้อความที่พิมพ์ยังอยู่ในหน้านี้" in told.json()["th"]


HOSTILE = [
    "",
    "2567",
    "-1",
    "1e9",
    "99999999999999999999",
    "\0",
    "\u202e",
    "<script>",
    "๑๒",
    "[]",
    "null",
    "true",
    "'; DROP",
    "a" * 20000,
    "\ud83d",
]


@pytest.mark.parametrize("code", ["P1.1", "P1.2", "P1.3", "P1.4", "P1.5", "P2.1.1", "P2.2", "P2.2.1"])
def test_hostile_values_are_answered_never_a_fault(client: Client, code: str) -> None:
    ask = make_ask(code=code)
    client.force_login(make_member(ask.agency))
    for text in HOSTILE:
        for field in ("value", "detail", "provider", "cannot", "version"):
            fields = {"version": "0", "value": "yes", field: text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
            assert save(client, ask, **fields).status_code in (200, 409, 422), (field, text[:20])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"version": true, "content": {}}',
        b'{"version": 0, "content": {"value": NaN}}',
        b"[" * 100000,
        b'{"version": 0, "content": {"value": "\\ud800"}}',
        b'{"version": 1e400, "content": {}}',
        b"\xff\xfe",
        b'{"version": -1, "content": {}}',
    ],
)
def test_broken_json_is_422(client: Client, ask: Ask, body: bytes) -> None:
    told = client.post(reverse("answer_save", args=[ask.pk]), body, content_type="application/json", headers=JSON)
    assert told.status_code == 422


@pytest.mark.parametrize("number", [0, 10**30])
def test_numbers_that_are_no_row_are_404(client: Client, ask: Ask, number: int) -> None:
    assert client.post(f"/asks/{number}/answer/", {"value": "yes", "version": "0"}, headers=JSON).status_code == 404


def test_a_sent_row_says_who_sent_it(client: Client) -> None:
    ask = make_answered(state="submitted")
    client.force_login(make_member(ask.agency))
    told = save(client, ask, value="no", version="1")
    assert told.status_code == 409
    assert "ส่งให้ตรวจแล้ว โดย นางสาวคำแก้ว" in told.json()["th"]
