"""The API for many rows at once: evidence under a row, and sending an agency's sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phrom.survey.models import Ask, AskState, EvidenceLink, Round
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import make_answer, make_ask, make_round

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A store of its own."""
    settings.PHROM_FILES = tmp_path
    yield


@pytest.fixture
def ask(client: Client) -> Ask:
    """A row of an official who is signed in."""
    ask = make_ask()
    client.force_login(make_member(ask.agency))
    return ask


def paper(name: str = "คำสั่ง.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def attach(client: Client, ask: Ask | int, **said: Any) -> Any:
    pk = ask if isinstance(ask, int) else ask.pk
    return client.post(f"/api/asks/{pk}/evidence", said)


def test_a_file_with_its_day_and_slot(client: Client, ask: Ask) -> None:
    told = attach(client, ask, files=[paper()], slot="order", issued_on="๑๑ มิ.ย. ๖๗")
    assert told.status_code == 201
    [one] = told.json()["attached"]
    assert (one["name"], one["slot"], one["issued_on"], len(one["sha256"])) == ("คำสั่ง.pdf", "order", "2024-06-11", 64)
    assert EvidenceLink.objects.get(pk=one["link"]).ask == ask


def test_files_and_an_address_at_once(client: Client, ask: Ask) -> None:
    told = attach(client, ask, files=[paper("ก.pdf"), paper("ข.pdf", PDF + b"2")], url="https://www.chiangmai.go.th/plan")
    assert [one["name"] for one in told.json()["attached"]] == ["ก.pdf", "ข.pdf", "https://www.chiangmai.go.th/plan"]


def test_one_bad_file_leaves_the_others(client: Client, ask: Ask) -> None:
    told = attach(client, ask, files=[paper(), paper("ร้าย.exe", b"MZ")])
    assert told.status_code == 201
    assert [one["name"] for one in told.json()["attached"]] == ["คำสั่ง.pdf"]
    [refused] = told.json()["refused"]
    assert (refused["name"], refused["error"]) == ("ร้าย.exe", "WrongKind")


def test_the_same_file_again_is_told_and_not_doubled(client: Client, ask: Ask) -> None:
    attach(client, ask, files=[paper()])
    again = attach(client, ask, files=[paper()])
    assert (again.status_code, again.json()["error"], EvidenceLink.objects.count()) == (409, "AlreadyAttached", 1)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "BadEvidence"),
        ({"url": "javascript:alert(1)"}, "BadEvidence"),
        ({"url": "https://a.go.th", "slot": "x"}, "UnknownSlot"),
    ],
)
def test_what_cannot_be_attached_says_why(client: Client, ask: Ask, said: dict[str, str], error: str) -> None:
    told = attach(client, ask, **said)
    assert (told.status_code, told.json()["error"], EvidenceLink.objects.count()) == (422, error, 0)


def test_a_row_of_the_office_next_door_is_404(client: Client, ask: Ask) -> None:
    assert attach(client, make_ask(ask.round), files=[paper()]).status_code == 404
    assert attach(client, 987_654_321, files=[paper()]).status_code == 404


def ready(round: Round | None = None) -> Ask:
    """A row that can be sent as it is."""
    ask = make_ask(round, code="P1.4")
    make_answer(ask, "https://www.chiangmai.go.th")
    return ask


def submit(client: Client, ask: Ask) -> Any:
    return client.post(f"/api/rounds/{ask.round_id}/agencies/{ask.agency_id}/submit")


def test_what_is_ready_goes_and_the_rest_says_why(client: Client) -> None:
    ask = ready()
    lacking = make_ask(ask.round, ask.agency, "P1.1")
    client.force_login(make_member(ask.agency))
    told = submit(client, ask)
    assert (told.status_code, told.json()["sent"]) == (200, ["P1.4"])
    [missing] = told.json()["missing"]
    assert missing["code"] == "P1.1"
    [reason] = missing["reasons"]
    assert reason["check"].startswith("E") and "ยังไม่ได้ตอบ" in reason["th"] and "Not answered" in reason["en"]
    states = dict(Ask.objects.values_list("code", "state"))
    assert states == {"P1.4": AskState.SUBMITTED, lacking.code: AskState.OPEN}


def test_sending_twice_sends_nothing_more(client: Client) -> None:
    ask = ready()
    client.force_login(make_member(ask.agency))
    submit(client, ask)
    again = submit(client, ask)
    assert (again.status_code, again.json()["error"], ask.reviews.count()) == (422, "NothingToSubmit", 1)


def test_nobody_sends_for_the_office_next_door(client: Client) -> None:
    ask = ready()
    client.force_login(make_member(make_agency(ask.round.body)))
    assert submit(client, ask).status_code == 404
    client.force_login(make_member(make_round().body, "auditor"))
    assert submit(client, ask).status_code == 404
    assert Ask.objects.get(pk=ask.pk).state == AskState.OPEN


def test_without_a_key_against_forgery_nothing_is_sent() -> None:
    ask = ready()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_member(ask.agency))
    assert submit(strict, ask).status_code == 403
    assert attach(strict, ask, files=[paper()]).status_code == 403
    assert Ask.objects.get(pk=ask.pk).state == AskState.OPEN
