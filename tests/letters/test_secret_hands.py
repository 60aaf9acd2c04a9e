"""Who may only read a secret letter does nothing with it: no class of keeping, no answer that leads nowhere, by no route."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from phrom.agencies.models import Person
from phrom.letters.actions.secrets import name_reader
from phrom.letters.models import Incoming, Letter, Office, Secrecy
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import (
    make_accepted,
    make_clerk,
    make_draft,
    make_incoming,
    make_office,
    make_recipient,
    make_secret,
)
from tests.house.cast import BACKEND

pytestmark = pytest.mark.django_db
NOW = timezone.now()
KEY = "k" * 22


def case(role: str) -> tuple[Client, Letter, Incoming, Letter]:
    """A named reader of three secret letters of an office: an issued one, one that came, and a draft."""
    office: Office = make_office(make_agency(make_body()))
    registrar = make_clerk(office, "secret_registrar")
    reader: Person = make_clerk(office, role)
    incoming = make_accepted(make_incoming(office, secrecy=Secrecy.SECRET, at=NOW), by=registrar, at=NOW)
    letter, draft = make_secret(office), make_draft(office, secrecy=Secrecy.SECRET)
    for about in (incoming, letter, draft):
        name_reader(about=about, person=reader, until=NOW + timedelta(days=9), because="ให้พิจารณา", by=registrar, at=NOW)
    client = Client()
    client.force_login(reader, backend=BACKEND)
    return client, letter, incoming, draft


@pytest.mark.parametrize("role", ["clerk", "official", "head", "auditor"])
def test_a_reader_changes_nothing(role: str) -> None:
    client, letter, incoming, draft = case(role)
    recipient = make_recipient(letter)
    assert client.get(reverse("letter", args=[letter.pk])).status_code == 200
    assert client.get(reverse("incoming", args=[incoming.pk])).status_code == 200
    because = {"because": "ลองทำดูเล่น ๆ", "retention": "1", "once": KEY}
    asked = {
        "letter_retention": letter,
        "incoming_retention": incoming,
        "letter_edit": draft,
        "letter_recipients": draft,
        "letter_attachments": draft,
        "letter_references": draft,
        "letter_submit": draft,
        "letter_issue": draft,
        "letter_give_up": draft,
        "letter_void": letter,
        "letter_recall": letter,
        "recipient_recall": recipient,
        "recipient_dispatch": recipient,
        "recipient_outcome": recipient,
        "recipient_resend": recipient,
        "recipient_dispute": recipient,
        "incoming_accept": incoming,
        "incoming_answer": incoming,
    }
    got = {name: client.post(reverse(name, args=[row.pk]), because).status_code for name, row in asked.items()}
    assert {name: status for name, status in got.items() if status != 404} == {}
    for way, row in (("out", letter), ("in", incoming)):
        assert client.post(reverse("secret_readers", args=[way, row.pk]), because).status_code == 404
    letter.refresh_from_db()
    assert (letter.retention, letter.voided_at) == ("", None)


def test_a_readers_pages_lead_to_nothing_that_is_not_theirs() -> None:
    client, letter, incoming, _ = case("clerk")
    for name, row in (("letter", letter), ("incoming", incoming)):
        page = client.get(reverse(name, args=[row.pk])).content.decode()
        assert reverse(f"{name}_retention", args=[row.pk]) not in page
