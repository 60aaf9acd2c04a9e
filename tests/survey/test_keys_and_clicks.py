"""Every form that makes something: without its key nothing is made, with it once, however often it is clicked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from phrom.results.models import AnswerPack, Snapshot
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.reviewing import seen_of
from phrom.survey.models import Ask, ProvinceAnswer, Review, Round
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import make_answered, make_approved, make_round

pytestmark = pytest.mark.django_db
KEY, OTHER = "k" * 20, "m" * 20
BAD_KEYS = ["", "short", "x" * 81, "k" * 19 + "'", "k" * 19 + "\n", "ก" * 20, "k" * 19 + "\0"]
REASON = "ตามมติที่ประชุมครั้งที่ 1/2567"


@dataclass
class Desk:
    """A coordinator with a row that was sent, and an official of its office."""

    round: Round
    ask: Ask
    coordinator: Client
    official: Client


@pytest.fixture
def desk() -> Desk:
    round = make_round()
    agency = make_agency(round.body)
    ask = make_answered(round, agency, "P1.3", "มีระเบียบ")
    return Desk(round, ask, signed(make_member(round.body, "coordinator")), signed(make_member(agency)))


def signed(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def matrix(desk: Desk) -> tuple[Client, str, dict[str, Any]]:
    url = f"/rounds/{desk.round.pk}/matrix/"
    version = desk.coordinator.get(url).context["page"].version
    return desk.coordinator, url, {"version": version, "row": ["P1.3"], "cell": [], "lead-P1.3": ""}


def accept(desk: Desk) -> tuple[Client, str, dict[str, Any]]:
    return desk.coordinator, f"/asks/{desk.ask.pk}/review/", {"seen": seen_of(desk.ask), "verdict": "accept"}


def give_back(desk: Desk) -> tuple[Client, str, dict[str, Any]]:
    return desk.coordinator, f"/asks/{desk.ask.pk}/review/", {"seen": seen_of(desk.ask), "verdict": "return", "reason": REASON}


def accept_many(desk: Desk) -> tuple[Client, str, dict[str, Any]]:
    rows = {"agency": str(desk.ask.agency_id), "ask": [f"{desk.ask.pk}:{seen_of(desk.ask)}"]}
    return desk.coordinator, f"/rounds/{desk.round.pk}/review/", rows


def decide(desk: Desk) -> tuple[Client, str, dict[str, Any]]:
    url = f"/rounds/{desk.round.pk}/consolidation/P1.1/"
    seen = desk.coordinator.get(url).context["page"].seen
    return desk.coordinator, url, {"seen": seen, "reason": REASON, "value": "yes"}


def snapshot(desk: Desk) -> tuple[Client, str, dict[str, Any]]:
    return desk.coordinator, f"/rounds/{desk.round.pk}/snapshots/", {}


def freeze(desk: Desk) -> tuple[Client, str, dict[str, Any]]:
    make_approved(desk.round)
    return desk.coordinator, f"/rounds/{desk.round.pk}/freeze/", {"confirmed": "on"}


def pack(desk: Desk) -> tuple[Client, str, dict[str, Any]]:
    return desk.coordinator, f"/rounds/{desk.round.pk}/packs/", {}


Form = Callable[[Desk], tuple[Client, str, dict[str, Any]]]
FORMS: dict[str, tuple[Form, Callable[[], int]]] = {
    "matrix": (matrix, lambda: Ask.objects.exclude(withdrawn_at=None).count()),
    "accept": (accept, lambda: Review.objects.filter(kind="accepted").count()),
    "return": (give_back, lambda: Review.objects.filter(kind="returned").count()),
    "accept many": (accept_many, lambda: Review.objects.filter(kind="accepted").count()),
    "decide": (decide, lambda: ProvinceAnswer.objects.count()),
    "snapshot": (snapshot, lambda: Snapshot.objects.count()),
    "freeze": (freeze, lambda: Round.objects.exclude(frozen_at=None).count()),
    "pack": (pack, lambda: AnswerPack.objects.count()),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("key", BAD_KEYS, ids=["none", "short", "long", "quote", "line", "thai", "nul"])
def test_without_a_key_nothing_is_made(desk: Desk, name: str, key: str) -> None:
    form, made = FORMS[name]
    client, url, fields = form(desk)
    events = AuditEvent.objects.count()
    told = client.post(url, fields | {"once": key})
    assert told.status_code == 422
    assert "แบบฟอร์มนี้ไม่สมบูรณ์ ยังไม่มีอะไรถูกบันทึก" in told.content.decode()
    assert (made(), AuditEvent.objects.count()) == (0, events)


@pytest.mark.parametrize("name", FORMS)
def test_a_double_click_makes_one_and_leads_to_one_place(desk: Desk, name: str) -> None:
    form, made = FORMS[name]
    client, url, fields = form(desk)
    first = client.post(url, fields | {"once": KEY})
    events = AuditEvent.objects.count()
    again = [client.post(url, fields | {"once": KEY}) for _ in range(3)]
    assert first.status_code == 302
    assert {(told.status_code, told["Location"]) for told in again} == {(302, first["Location"])}
    assert (made(), AuditEvent.objects.count()) == (1, events)


@pytest.mark.parametrize("name", FORMS)
def test_the_key_of_a_colleague_is_no_key_of_mine(desk: Desk, name: str) -> None:
    """Two coordinators with one key: the second is told, and nothing of hers is swallowed unseen."""
    form, made = FORMS[name]
    client, url, fields = form(desk)
    colleague = signed(make_member(desk.round.body, "coordinator"))
    client.post(url, fields | {"once": KEY})
    told = colleague.post(url, fields | {"once": KEY})
    assert told.status_code == 409
    assert made() == 1


@pytest.mark.parametrize("name", ["accept", "return", "accept many", "decide", "matrix", "freeze"])
def test_the_same_page_sent_with_a_new_key_is_stale_not_done_twice(desk: Desk, name: str) -> None:
    form, made = FORMS[name]
    client, url, fields = form(desk)
    client.post(url, fields | {"once": KEY})
    told = client.post(url, fields | {"once": OTHER})
    assert told.status_code in (302, 409)
    assert made() == 1


@pytest.mark.parametrize("name", ["matrix", "accept", "return", "accept many", "freeze"])
def test_after_a_refusal_the_same_form_may_be_sent_again(desk: Desk, name: str) -> None:
    """A frozen round refuses; opened again by hand, the very same form does its work: the key was not used up."""
    form, made = FORMS[name]
    client, url, fields = form(desk)
    by = make_member(desk.round.body, "administrator")
    Round.objects.update(frozen_by=by, frozen_at=desk.round.opened_at)
    assert client.post(url, fields | {"once": KEY}).status_code == 409
    Round.objects.update(frozen_by=None, frozen_at=None)
    assert client.post(url, fields | {"once": KEY}).status_code == 302
    assert made() == 1


@pytest.mark.parametrize("name", FORMS)
def test_an_official_may_press_none_of_these(desk: Desk, name: str) -> None:
    form, made = FORMS[name]
    _client, url, fields = form(desk)
    assert desk.official.post(url, fields | {"once": KEY}).status_code == 404
    assert made() == 0


@pytest.mark.parametrize("name", FORMS)
def test_a_coordinator_of_another_province_may_press_none_of_these(desk: Desk, name: str) -> None:
    form, made = FORMS[name]
    _client, url, fields = form(desk)
    stranger = signed(make_member(make_round().body, "coordinator"))
    assert stranger.post(url, fields | {"once": KEY}).status_code == 404
    assert made() == 0


@pytest.mark.parametrize("name", FORMS)
def test_opening_the_address_makes_nothing(desk: Desk, name: str) -> None:
    form, made = FORMS[name]
    client, url, fields = form(desk)
    assert client.get(url, fields | {"once": KEY}).status_code in (200, 405)
    assert made() == 0


def test_sending_answers_twice_sends_them_once() -> None:
    ask = make_answered(code="P1.3", value="มีระเบียบ", state="open")
    official = signed(make_member(ask.agency))
    url = f"/rounds/{ask.round_id}/agencies/{ask.agency_id}/submit/"
    assert official.post(url, {"once": "short"}).status_code == 422
    assert not Review.objects.exists()
    for _ in range(3):
        assert official.post(url, {"once": KEY}).status_code == 302
    assert Review.objects.filter(kind="submitted").count() == 1
