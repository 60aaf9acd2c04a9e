"""A browser left alone signs itself out, and no browser stays signed in for ever; being at work costs one write a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from phrom.agencies import sessions
from phrom.agencies.models import Person
from tests.factories.agencies import PASSWORD, make_agency, make_body, make_member

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def hour(settings: Any) -> None:
    settings.PHROM_IDLE = HOUR
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass
class Clock:
    """The time that sessions go by."""

    at: datetime = MORNING

    def shift(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.at)
    return clock


@pytest.fixture
def official() -> Person:
    return make_member(make_agency(make_body()), password=PASSWORD)


@pytest.fixture
def browser(clock: Clock, official: Person) -> Client:
    client = Client()
    assert client.post("/account/login/", {"login": official.email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("sessions")).status_code == 200


def writes(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as told:
        assert is_in(client)
    return [each["sql"] for each in told.captured_queries if each["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_a_browser_left_alone_for_an_hour_is_signed_out(browser: Client, clock: Clock) -> None:
    clock.shift(timedelta(minutes=59))
    assert is_in(browser)
    clock.shift(timedelta(minutes=61))
    assert not is_in(browser)


def test_whoever_works_stays_signed_in_but_not_past_twelve_hours(browser: Client, clock: Clock) -> None:
    for _ in range(23):
        clock.shift(timedelta(minutes=30))
        assert is_in(browser)
    clock.shift(timedelta(minutes=31))
    assert not is_in(browser)


def test_saving_something_in_the_session_does_not_lengthen_the_twelve_hours(browser: Client, clock: Clock) -> None:
    for _ in range(23):
        clock.shift(timedelta(minutes=30))
        session = browser.session
        session["seen"] = str(clock.at)
        session.save()
        assert is_in(browser)
    clock.shift(timedelta(minutes=31))
    assert not is_in(browser)


def test_signing_in_again_begins_a_new_day(browser: Client, clock: Clock, official: Person) -> None:
    clock.shift(timedelta(hours=13))
    assert not is_in(browser)
    browser.post("/account/login/", {"login": official.email, "password": PASSWORD})
    for _ in range(20):
        clock.shift(timedelta(minutes=30))
        assert is_in(browser)


def test_being_at_work_is_written_down_once_a_minute_and_asked_for_nothing(browser: Client, clock: Clock) -> None:
    assert writes(browser) == []
    clock.shift(timedelta(seconds=59))
    assert writes(browser) == []
    clock.shift(timedelta(seconds=1))
    assert len(writes(browser)) == 1
    assert writes(browser) == []


def test_a_page_that_asks_by_itself_does_not_keep_the_browser_signed_in(browser: Client, clock: Clock) -> None:
    address = reverse("pack_progress", args=[1])
    for _ in range(6):
        clock.shift(timedelta(minutes=10))
        browser.get(address, headers={"accept": "application/json"})
    assert browser.get(address, headers={"accept": "application/json"}).status_code == 401


def test_a_database_that_cannot_write_does_not_stop_a_page(
    browser: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> int:
        raise OperationalError("database or disk is full")

    clock.shift(timedelta(minutes=5))
    monkeypatch.setattr(QuerySet, "update", full)
    assert is_in(browser)


def test_a_session_ended_elsewhere_is_not_brought_back(browser: Client, clock: Clock) -> None:
    store = sessions.SessionStore(browser.session.session_key)
    assert store["_auth_user_id"]
    Session.objects.all().delete()
    clock.shift(timedelta(minutes=5))
    store.stay()
    assert not Session.objects.exists()


def test_what_was_to_be_saved_is_answered_401_in_thai(browser: Client, clock: Clock) -> None:
    clock.shift(timedelta(minutes=61))
    told = browser.post(reverse("answer_save", args=[1]), {"value": "x"}, headers={"accept": "application/json"})
    assert told.status_code == 401
    assert "ยังไม่ได้บันทึก" in told.json()["th"] and "ลงชื่อเข้าใช้" in told.json()["th"]


def test_somebody_else_signed_in_meanwhile_saves_nothing_for_the_one_before(browser: Client, official: Person) -> None:
    typed_by = {"accept": "application/json", "x-person": str(official.pk + 1)}
    told = browser.post(reverse("answer_save", args=[1]), {"value": "x"}, headers=typed_by)
    assert told.status_code == 401 and told.json()["error"] == "AnotherPerson"
    assert "ผู้อื่น" in told.json()["th"]
    mine = {**typed_by, "x-person": str(official.pk)}
    assert browser.post(reverse("answer_save", args=[1]), {"value": "x"}, headers=mine).status_code == 404
