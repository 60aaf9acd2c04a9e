"""The API: what a program may read and save, and that every refusal is documented."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from phrom.survey.models import Answer, Ask
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import make_answer, make_answered, make_ask, make_round, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client: Client) -> Ask:
    """A row of an official who is signed in."""
    ask = make_ask()
    client.force_login(make_member(ask.agency))
    return ask


def put(client: Client, ask_id: int, body: Any, **more: Any) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.put(f"/api/asks/{ask_id}/answer", text, content_type="application/json", **more)


def test_the_list_holds_my_agencies_asks_only(client: Client) -> None:
    round = make_round()
    agency = make_agency(round.body)
    mine = make_sheet(round, agency)
    make_sheet(round, make_agency(round.body))
    client.force_login(make_member(agency))
    told = client.get("/api/asks").json()
    assert {one["id"] for one in told} == {ask.pk for ask in mine.values()}
    assert told[0]["content"] == {"value": None, "detail": None, "provider": "", "cannot": ""}


def test_pages_filters_and_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    round = make_round()
    agencies = [make_agency(round.body) for _ in range(3)]
    for agency in agencies:
        make_sheet(round, agency)
    client.force_login(make_member(round.body, "coordinator"))
    first = client.get("/api/asks?limit=20").json()
    assert (len(first), len(client.get(f"/api/asks?after={first[-1]['id']}").json())) == (20, 7)
    assert len(client.get(f"/api/asks?agency={agencies[0].code}&round={round.pk}").json()) == 9
    with django_assert_max_num_queries(4):
        client.get("/api/asks")


def test_one_ask_with_its_answer(client: Client, ask: Ask) -> None:
    make_answer(ask, True)
    told = client.get(f"/api/asks/{ask.pk}").json()
    assert (told["code"], told["kind"], told["version"], told["content"]["value"], told["editable"]) == (
        "P1.1",
        "yes_no",
        1,
        True,
        True,
    )


def test_saving_answers_with_the_version(client: Client, ask: Ask) -> None:
    told = put(client, ask.pk, {"version": 0, "content": {"value": True}})
    assert (told.status_code, told.json()["version"]) == (200, 1)


def test_a_conflict_holds_both_texts(client: Client, ask: Ask) -> None:
    make_answer(ask, False)
    told = put(client, ask.pk, {"version": 0, "content": {"value": True}})
    assert told.status_code == 409
    assert (told.json()["mine"]["value"], told.json()["theirs"]["value"], told.json()["version"]) == (True, False, 1)


def test_a_locked_row_is_409_with_its_sentence(client: Client) -> None:
    ask = make_answered()
    client.force_login(make_member(ask.agency))
    told = put(client, ask.pk, {"version": 1, "content": {"value": False}})
    assert (told.status_code, told.json()["error"]) == (409, "AskLocked")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 422),
        ({"version": 0}, 422),
        ({"version": "x", "content": {}}, 422),
        ({"version": 0, "content": {"value": 5}}, 422),
        ({"version": 0, "content": {"value": True, "points": 9}}, 422),
        ({"version": 0, "content": {"value": True}, "state": "accepted"}, 422),
        ({"version": 10**12, "content": {}}, 422),
        ('{"version": 0, "content": {"cannot": "\\ud800"}}', 422),
    ],
)
def test_what_does_not_fit_is_a_sentence(client: Client, ask: Ask, body: Any, status: int) -> None:
    told = put(client, ask.pk, body)
    assert (told.status_code, set(told.json())) == (status, {"error", "th", "en", "where"})
    assert Answer.objects.count() == 0


def test_nobody_strangers_and_readers(client: Client, ask: Ask) -> None:
    body = {"version": 0, "content": {"value": True}}
    assert put(client, make_ask(ask.round).pk, body).status_code == 404
    assert client.get(f"/api/asks/{make_ask(ask.round).pk}").status_code == 404
    client.force_login(make_member(ask.agency, "auditor"))
    assert (client.get(f"/api/asks/{ask.pk}").status_code, put(client, ask.pk, body).status_code) == (200, 404)
    client.logout()
    for told in (client.get("/api/asks"), put(client, ask.pk, body)):
        assert (told.status_code, told.json()["error"]) == (401, "SignIn")


def test_a_change_without_the_csrf_token_is_403(ask: Ask) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(ask.agency))
    told = put(client, ask.pk, {"version": 0, "content": {"value": True}})
    assert (told.status_code, Answer.objects.count()) == (403, 0)
    assert "CSRF" in told.json()["th"]


def test_every_answer_is_described(client: Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    ways = {f"{way} {path}": set(told["responses"]) for path, told in paths.items() for way, told in told.items()}
    refusals = {"400", "401", "403", "404", "422", "503"}
    assert ways == {
        "get /api/asks": {"200", *refusals},
        "get /api/asks/{ask_id}": {"200", *refusals},
        "put /api/asks/{ask_id}/answer": {"200", "409", *refusals},
        "post /api/asks/{ask_id}/evidence": {"201", "409", "413", "415", *refusals},
        "post /api/rounds/{round_id}/agencies/{agency_id}/submit": {"200", "409", *refusals},
    }
