"""Every door of the API and every way it says no: the status, the name, a Thai and an English sentence, nothing stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from phrom.api import asks as doors
from phrom.survey.models import Answer, Ask, AskState, Round
from tests.factories.agencies import make_agency, make_member, make_person
from tests.factories.survey import AT, make_answer, make_answered, make_ask, make_round, make_sheet
from tests.shared.hard_thai import HARD_TEXTS

pytestmark = pytest.mark.django_db
YES = {"version": 0, "content": {"value": True}}
SHAPE = {"error", "th", "en", "where"}
Told = Any


@pytest.fixture
def ask() -> Ask:
    return make_ask()


def signed(ask: Ask, role: str = "official") -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_member(ask.agency, role))
    return client


def put(client: Client, ask: Ask | int, body: object = YES, **more: Any) -> Told:
    pk = ask if isinstance(ask, int) else ask.pk
    return client.put(f"/api/asks/{pk}/answer", json.dumps(body), content_type="application/json", **more)


DOORS: dict[str, Callable[[Client, Ask], Told]] = {
    "list": lambda client, ask: client.get("/api/asks"),
    "one": lambda client, ask: client.get(f"/api/asks/{ask.pk}"),
    "save": put,
}


def is_told(told: Told, status: int, error: str) -> None:
    assert (told.status_code, told.json()["error"]) == (status, error)
    assert set(told.json()) >= SHAPE
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in told.json()["th"])
    assert re.match(r"[A-Za-z]", told.json()["en"])
    assert told["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("door", DOORS)
def test_nobody_is_401(ask: Ask, door: str) -> None:
    is_told(DOORS[door](Client(), ask), 401, "SignIn")


@pytest.mark.parametrize("door", DOORS)
def test_an_account_that_was_closed_is_401(ask: Ask, door: str) -> None:
    client = signed(ask)
    ask.agency.memberships.get().person.__class__.objects.update(is_active=False)
    is_told(DOORS[door](client, ask), 401, "SignIn")


@pytest.mark.parametrize("door", ["one", "save"])
@pytest.mark.parametrize("role", ["official", "head"])
def test_the_office_next_door_is_404(ask: Ask, door: str, role: str) -> None:
    client = signed(make_ask(ask.round), role)
    is_told(DOORS[door](client, ask), 404, "NotFound")


@pytest.mark.parametrize("door", ["one", "save"])
def test_another_province_and_nothing_at_all_look_the_same(ask: Ask, door: str) -> None:
    client = signed(make_ask(), "official")
    foreign = DOORS[door](client, ask)
    ask.pk = 987_654_321
    assert DOORS[door](client, ask).json() == foreign.json()


@pytest.mark.parametrize("door", ["one", "save"])
def test_a_row_taken_away_is_gone_or_locked(ask: Ask, door: str) -> None:
    client = signed(ask)
    Ask.objects.update(withdrawn_by=make_person(), withdrawn_at=AT)
    assert DOORS[door](client, ask).status_code in (404, 409)
    assert client.get("/api/asks").json() == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/asks", "/api/asks/1"])
def test_what_is_only_read_is_405(ask: Ask, method: str, path: str) -> None:
    told = getattr(signed(ask), method)(path)
    is_told(told, 405, "WrongMethod")
    assert "GET" in told["Allow"]


@pytest.mark.parametrize("method", ["get", "post", "patch", "delete"])
def test_what_is_only_saved_is_405(ask: Ask, method: str) -> None:
    told = getattr(signed(ask), method)(f"/api/asks/{ask.pk}/answer")
    is_told(told, 405, "WrongMethod")


@pytest.mark.parametrize("token", ["", "x" * 32, "x" * 64])
def test_a_change_without_the_right_token_is_403(ask: Ask, token: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(ask.agency))
    told = put(client, ask, headers={"X-CSRFToken": token} if token else {})
    assert told.status_code == 403
    assert "ยังไม่มีอะไรถูกบันทึก" in told.json()["th"]
    assert not Answer.objects.exists()


def test_a_change_with_the_token_is_saved(ask: Ask) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(ask.agency))
    client.get("/account/login/")
    token = client.get("/my/").cookies["csrf"].value
    assert put(client, ask, headers={"X-CSRFToken": token}).status_code == 200


def test_an_older_version_is_409_with_both_texts_and_changes_nothing(ask: Ask) -> None:
    make_answer(ask, False)
    told = put(signed(ask), ask)
    is_told(told, 409, "AnswerConflict")
    assert (told.json()["mine"]["value"], told.json()["theirs"]["value"], told.json()["version"]) == (True, False, 1)
    assert told.json()["theirs_by"] and told.json()["theirs_at"]
    assert Answer.objects.get().content["value"] is False


@pytest.mark.parametrize("version", [1, 7, 999_999_999])
def test_a_version_that_never_was_is_409(ask: Ask, version: int) -> None:
    told = put(signed(ask), ask, {**YES, "version": version})
    is_told(told, 409, "AnswerConflict")
    assert not Answer.objects.exists()


@pytest.mark.parametrize("state", [AskState.SUBMITTED, AskState.ACCEPTED])
def test_a_sent_row_is_409_and_says_who_sent_it(state: AskState) -> None:
    ask = make_answered(state=state)
    told = put(signed(ask), ask, {"version": 1, "content": {"value": False}})
    is_told(told, 409, "AskLocked")
    assert Answer.objects.get().content["value"] is True


def test_a_frozen_round_is_409(ask: Ask) -> None:
    client = signed(ask)
    Round.objects.update(frozen_by=make_person(), frozen_at=AT)
    is_told(put(client, ask), 409, "RoundClosed")
    assert client.get(f"/api/asks/{ask.pk}").json()["editable"] is False


def test_a_returned_row_may_be_changed_again() -> None:
    ask = make_answered(state=AskState.RETURNED)
    told = put(signed(ask), ask, {"version": 1, "content": {"value": False}})
    assert (told.status_code, told.json()["version"], told.json()["state"]) == (200, 2, "returned")


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("P1.1", "yes"),
        ("P1.1", 1),
        ("P1.2", ["drone"]),
        ("P1.2", "ai"),
        ("P1.4", "javascript:alert(1)"),
        ("P1.5", "๒๙ ก.พ. ๒๕๖๖"),
        ("P1.5", "2023-02-29"),
        ("P2.1.1", -1),
        ("P2.1.1", "3"),
        ("P2.2.1", "100.01"),
        ("P2.2.1", "สิบ"),
    ],
)
def test_a_value_that_is_not_of_the_rows_kind_is_422(code: str, value: object) -> None:
    ask = make_ask(code=code)
    told = put(signed(ask), ask, {"version": 0, "content": {"value": value}})
    assert told.status_code == 422
    assert set(told.json()) == SHAPE
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=501", "limit=x", "after=-1", "round=x", f"round={10**20}", f"agency={'ก' * 61}"]
)
def test_a_question_that_cannot_be_meant_is_422(ask: Ask, query: str) -> None:
    is_told(signed(ask).get(f"/api/asks?{query}"), 422, "ValidationError")


@pytest.mark.parametrize("query", ["agency=%00", "agency=none", "round=0", "after=9223372036854775807"])
def test_a_question_that_nothing_fits_is_an_empty_list(ask: Ask, query: str) -> None:
    told = signed(ask).get(f"/api/asks?{query}")
    assert told.status_code == 200
    assert told.json() == ([] if query != "agency=%00" else told.json())


@pytest.mark.parametrize("door", ["save"])
def test_a_database_that_cannot_save_is_503_and_when_to_come_back(ask: Ask, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OperationalError("disk is full at /secret/path")

    monkeypatch.setattr(doors, "save_answer", full)
    told = DOORS[door](signed(ask), ask)
    is_told(told, 503, "CannotSaveNow")
    assert told["Retry-After"] == "10"
    assert "/secret/path" not in told.content.decode()


def test_a_database_that_cannot_be_read_is_503(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(doors, "asks_within", gone)
    for path in ("/api/asks", f"/api/asks/{ask.pk}"):
        is_told(signed(ask).get(path), 503, "CannotSaveNow")


@pytest.mark.parametrize("text", HARD_TEXTS[::4])
def test_hard_thai_goes_in_and_comes_out(text: str) -> None:
    ask = make_ask(code="P1.3")
    client = signed(ask)
    assert put(client, ask, {"version": 0, "content": {"value": text}}).status_code == 200
    assert client.get(f"/api/asks/{ask.pk}").json()["content"]["value"] == text


def test_pages_of_the_list_hold_every_row_once(ask: Ask) -> None:
    round = make_round()
    agency = make_agency(round.body)
    wanted = {one.pk for one in make_sheet(round, agency).values()}
    client = Client()
    client.force_login(make_member(agency))
    after, seen = 0, []
    while page := client.get(f"/api/asks?limit=4&after={after}").json():
        seen += [one["id"] for one in page]
        after = page[-1]["id"]
    assert len(seen) == len(set(seen)) == 9
    assert set(seen) == wanted


@pytest.mark.parametrize("agencies", [22, 200])
def test_queries_of_the_list_do_not_grow(agencies: int, django_assert_max_num_queries: Any) -> None:
    round = make_round()
    for _ in range(agencies):
        make_ask(round)
    client = Client()
    client.force_login(make_member(round.body, "coordinator"))
    with django_assert_max_num_queries(4):
        assert len(client.get("/api/asks?limit=500").json()) == agencies
