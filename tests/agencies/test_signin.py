"""Signing in and out: one form, one answer, a new session key."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Person
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body, make_member

pytestmark = pytest.mark.django_db
PASSWORD = "ช้างสองตัวเดินข้ามดอยสุเทพ"
LOGIN = "/account/login/"


@pytest.fixture
def official() -> Person:
    person = make_member(make_agency(make_body()))
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def test_an_official_signs_in_and_lands_on_the_desk(client: Client, official: Person) -> None:
    assert sign_in(client, official.email.upper()).headers["Location"] == "/"
    assert client.get(reverse("sessions")).status_code == 200
    assert AuditEvent.objects.filter(event="person.signed_in", by_id=official.pk).exists()
