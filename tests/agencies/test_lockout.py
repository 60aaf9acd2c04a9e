"""Ten wrong passwords, then a pause; nobody can keep the real person out, nobody can dodge the count."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.db.models import F
from django.test import Client

from phrom.agencies.models import Person, SignInCount
from phrom.agencies.signin import backend
from tests.factories.agencies import PASSWORD, make_count, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def quick_hash(settings: Any) -> None:
    """Counting is the point here, not hashing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person() -> Person:
    return make_person(password=PASSWORD)


def guess(client: Client, email: str, times: int = 1, **headers: Any) -> int:
    status = 0
    for number in range(times):
        answer = client.post(LOGIN, {"login": email, "password": f"guess number {number}"}, headers=headers)
        status = answer.status_code
    return status


def test_ten_wrong_passwords_lock_even_the_right_one_out(client: Client, person: Person) -> None:
    assert guess(client, person.email, 9) == 200
    guess(client, person.email)
    answer = client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "15 นาที" in page
    assert "ผู้ประสานงานจังหวัด" in page
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_an_unknown_name_is_locked_with_the_same_page(client: Client, person: Person) -> None:
    guess(client, person.email, 11)
    guess(client, "nobody@example.org", 11)
    known = client.post(LOGIN, {"login": person.email, "password": "x" * 16})
    unknown = client.post(LOGIN, {"login": "nobody@example.org", "password": "x" * 16})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_other_addresses_browsers_spellings_and_forged_headers_share_one_count(person: Person) -> None:
    for number in range(12):
        spelling = person.email.upper() if number % 2 else f" {person.email} "
        status = guess(
            Client(REMOTE_ADDR=f"10.0.0.{number}"), spelling, user_agent=f"b{number}", x_forwarded_for=f"9.9.9.{number}"
        )
    assert status == 429


def test_locked_tries_do_not_reach_the_password_hash(client: Client, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    real = backend.PersonBackend.authenticate
    monkeypatch.setattr(backend.PersonBackend, "authenticate", lambda *a, **k: (hashed.append(1), real(*a, **k))[1])
    guess(client, person.email, 25)
    assert len(hashed) == 10


def test_a_stranger_cannot_keep_a_known_browser_out(person: Person) -> None:
    known, stranger = Client(), Client()
    known.post(LOGIN, {"login": person.email, "password": PASSWORD})
    known.post("/account/logout/")
    assert guess(stranger, person.email, 11) == 429
    assert known.post(LOGIN, {"login": person.email, "password": PASSWORD}).status_code == 302


def test_a_known_browser_has_a_limit_too_and_its_cookie_fits_one_person(person: Person) -> None:
    known, other = Client(), make_person(password=PASSWORD)
    known.post(LOGIN, {"login": person.email, "password": PASSWORD})
    known.post("/account/logout/")
    assert guess(known, person.email, 11) == 429
    assert guess(Client(), other.email, 11) == 429
    assert known.post(LOGIN, {"login": other.email, "password": PASSWORD}).status_code == 429


def test_the_right_password_clears_the_count_and_a_quarter_of_an_hour_ends_the_pause(client: Client, person: Person) -> None:
    guess(client, person.email, 9)
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert not SignInCount.objects.exists()
    guess(Client(), person.email, 11)
    SignInCount.objects.update(last_at=F("last_at") - timedelta(minutes=16))
    assert Client().post(LOGIN, {"login": person.email, "password": PASSWORD}).status_code == 302


def test_nothing_is_kept_of_a_guess_but_its_number(client: Client, person: Person) -> None:
    guess(client, person.email, 3)
    kept = SignInCount.objects.values().get()
    assert kept.keys() == {"id", "counter", "failures", "last_at"} and kept["failures"] == 3
    assert not AccessAttempt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_share_the_count_too(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread is a worker of its own: all look before any has failed."""
    reached: list[int] = []
    real = backend.PersonBackend.authenticate

    def slow(*given: Any, **more: Any) -> Any:
        reached.append(1)
        time.sleep(0.2)
        return real(*given, **more)

    monkeypatch.setattr(backend.PersonBackend, "authenticate", slow)
    together([lambda: guess(Client(), person.email)] * 24)
    assert len(reached) == 10
    assert guess(Client(), person.email) == 429


@pytest.mark.django_db(transaction=True)
def test_many_who_type_the_right_password_at_the_same_moment_all_get_in(person: Person) -> None:
    answers: list[int] = []
    right = {"login": person.email, "password": PASSWORD}
    together([lambda: answers.append(Client().post(LOGIN, right).status_code)] * 8)
    assert answers == [302] * 8
    assert not SignInCount.objects.exists()


def together(acts: Sequence[Callable[[], object]]) -> None:
    """Run all at the same moment, each with a connection of its own."""
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_old_counts_are_swept_when_somebody_signs_in(person: Person) -> None:
    make_count("nobody@example.org", last_at=datetime.now(UTC) - timedelta(days=2))
    guess(Client(), "somebody@example.org")
    Client().post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert [count.counter for count in SignInCount.objects.all()] == ["somebody@example.org"]


def test_a_password_of_a_megabyte_does_not_reach_the_hash(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[int] = []
    monkeypatch.setattr(backend.PersonBackend, "authenticate", lambda *_, **__: reached.append(1))
    told = Client().post(LOGIN, {"login": person.email, "password": "x" * 1001})
    assert told.status_code in (200, 422) and not reached
