"""Signing in and out: one form, one answer, a new session key, no way round."""

from __future__ import annotations

from time import perf_counter

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Person
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import PASSWORD, make_agency, make_body, make_member, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
WRONG = "not the right pass phrase"


@pytest.fixture
def official() -> Person:
    return make_member(make_agency(make_body()), password=PASSWORD)


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def is_in(client: Client) -> bool:
    return client.get(reverse("sessions")).status_code == 200


def test_an_official_signs_in_and_lands_on_the_desk(client: Client, official: Person) -> None:
    assert sign_in(client, official.email.upper()).headers["Location"] == "/"
    assert is_in(client)
    assert AuditEvent.objects.filter(event="person.signed_in", by_id=official.pk).exists()


def test_the_page_says_plainly_what_is_wrong(client: Client, official: Person) -> None:
    page = sign_in(client, official.email, WRONG).content.decode()
    assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in page
    assert official.email in page


def test_known_unknown_and_closed_accounts_get_the_same_answer(client: Client, official: Person) -> None:
    closed = make_person(password=PASSWORD)
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    bodies = []
    for email in (official.email, "nobody@example.org", closed.email, make_person().email):
        page = sign_in(client, email, WRONG).content.decode()
        bodies.append(page.replace(email, "").split("csrfmiddlewaretoken")[0])
    assert len(set(bodies)) == 1


@pytest.mark.slow
def test_known_and_unknown_names_take_the_same_time(client: Client, official: Person) -> None:
    def seconds(email: str) -> float:
        started = perf_counter()
        sign_in(client, email, WRONG)
        return perf_counter() - started

    pairs = [(seconds(official.email), seconds(f"nobody{n}@example.org")) for n in range(7)]
    assert abs(min(known for known, _ in pairs) - min(unknown for _, unknown in pairs)) < 0.03


def test_the_session_key_is_new_at_sign_in_and_dead_after_sign_out(client: Client, official: Person) -> None:
    client.get(LOGIN)
    client.cookies["session"] = "a" * 32
    sign_in(client, official.email)
    key = client.cookies["session"].value
    assert key != "a" * 32
    client.post("/account/logout/")
    client.cookies["session"] = key
    assert not is_in(client)
    assert not Session.objects.filter(session_key=key).exists()


def test_a_get_signs_nobody_out(client: Client, official: Person) -> None:
    client.force_login(official, backend="phrom.agencies.signin.backend.PersonBackend")
    assert client.get("/account/logout/").status_code == 200
    assert is_in(client)


def test_a_closed_account_is_out_at_its_next_request(client: Client, official: Person) -> None:
    sign_in(client, official.email)
    Person.objects.filter(pk=official.pk).update(is_active=False)
    assert not is_in(client)
    sign_in(client, official.email)
    assert not is_in(client)


@pytest.mark.parametrize(
    "where", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "///x.example"]
)
def test_next_stays_inside(client: Client, official: Person, where: str) -> None:
    answer = client.post(LOGIN, {"login": official.email, "password": PASSWORD, "next": where})
    assert answer.headers["Location"] == "/"


def test_next_leads_back_to_the_page_asked_for(client: Client, official: Person) -> None:
    asked = client.get(reverse("sessions"))
    assert asked.headers["Location"] == f"{LOGIN}?next={reverse('sessions')}"
    page = client.get(asked.headers["Location"]).content.decode()
    assert f'name="next" value="{reverse("sessions")}"' in page


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/account/signup/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_passwords_are_kept_with_argon2(official: Person) -> None:
    assert official.password.startswith("argon2$argon2id$")
