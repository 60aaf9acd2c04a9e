"""A secret letter that answers an open one: the matter closes, and nobody else learns its number, subject or place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Person
from phrom.letters.actions.answering import start_answer
from phrom.letters.actions.drafting import change_letter, drafted_of
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.receiving import accept
from phrom.letters.followers import News
from phrom.letters.models import Incoming, Letter, Outgoing, Recipient, Secrecy
from phrom.shared.journal.models import AuditEvent
from tests.factories.exchange import AT as THEN
from tests.factories.exchange import HOME, Other, make_letter_to, make_trusted
from tests.factories.letters import AT, make_clerk
from tests.house.cast import BACKEND
from tests.letters.test_receiving import sent

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
SUBJECT = "ข่าวกรองชายแดนที่ไม่มีผู้ใดรู้"
SIGNED = {"opening": "เรียน", "closing": "ขอแสดงความนับถือ", "signer_name": "นาย ก", "signer_position": "ผู้อำนวยการ"}


def secret_answer_of(incoming: Incoming, registrar: Person) -> Letter:
    """The registrar answers, and grades the answer secret."""
    draft = start_answer(incoming=incoming, by=registrar, at=LATER)
    words: dict[str, Any] = {
        "subject": SUBJECT,
        "text": SUBJECT,
        "secrecy": Secrecy.SECRET,
        "addressed_to": "ผู้ว่าราชการจังหวัด",
        **SIGNED,
    }
    drafted = replace(drafted_of(draft), **words)
    return change_letter(letter=draft, version=draft.version, drafted=drafted, by=registrar, at=LATER)


def open_matter() -> tuple[Recipient, Incoming, Person]:
    recipient, incoming = sent()
    accepted = accept(incoming=incoming, by=make_clerk(incoming.office), at=AT)
    return recipient, accepted, make_clerk(incoming.office, "secret_registrar")


def test_the_matter_closes_without_a_word_of_the_secret_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[News] = []
    monkeypatch.setattr("phrom.letters.actions.answering.tell", heard.append)
    recipient, incoming, registrar = open_matter()
    answer = issue_letter(letter=secret_answer_of(incoming, registrar), by=registrar, at=LATER)
    assert answer.entry is not None
    number = answer.entry.number_text
    incoming.refresh_from_db()
    recipient.refresh_from_db()
    assert incoming.closed_at is not None and recipient.answered_at is not None
    assert (recipient.answer_number, incoming.closed_because) == ("", "ตอบแล้ว")
    assert [(news.words, news.answer) for news in heard] == [("", None)]
    told = [step.text for step in incoming.steps.all()]
    told += [str(event.details) for event in AuditEvent.objects.exclude(chain__contains=":secret:")]
    assert not [text for text in told if number in text or SUBJECT in text]


def test_the_clerk_of_the_same_office_is_not_led_to_the_secret_draft() -> None:
    _, incoming, registrar = open_matter()
    secret = secret_answer_of(incoming, registrar)
    client = Client()
    client.force_login(make_clerk(incoming.office), backend=BACKEND)
    led = client.post(reverse("incoming_answer", args=[incoming.pk]))
    assert led.headers["Location"] != reverse("letter_edit", args=[secret.pk])
    assert client.get(led.headers["Location"]).status_code == 200
    assert start_answer(incoming=incoming, by=registrar, at=LATER).pk != secret.pk


def test_a_peer_that_answers_in_secret_is_not_quoted(client: Client, settings: Any, monkeypatch: Any) -> None:
    settings.PHROM_BASE_URL = HOME
    monkeypatch.setattr("phrom.config.middleware.clock.now", lambda: THEN)
    other = Other()
    peer, office = make_trusted(other, takes_secrets=True)
    recipient = make_letter_to(peer, office)
    issue_letter(letter=recipient.letter, by=make_clerk(office), at=THEN)
    about = Outgoing.objects.get().delivery_id
    letter = {"number": "ลับ 99/2567", "subject": SUBJECT, "secrecy": "002"}
    assert other.post(client, other.message(office, letter=letter, answers=str(about))).status_code == 200
    recipient.refresh_from_db()
    assert recipient.answered_at is not None
    assert recipient.answer_number == ""
    assert not AuditEvent.objects.exclude(chain__contains=":secret:").filter(details__icontains="ลับ 99").exists()
