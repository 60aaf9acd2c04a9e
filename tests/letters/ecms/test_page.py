"""A clerk brings a message of eCMS as a file: for their own offices only, once, and what is wrong is said on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Person
from phrom.letters.ecms import messages as m
from phrom.letters.ecms.writing import write_message
from phrom.letters.models import Incoming, Office
from tests.factories.letters import make_clerk, make_office
from tests.letters.ecms.samples import DOCUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office(ministry_code="15", department_code="15050")


def message(**changed: Any) -> bytes:
    letter = replace(DOCUMENT.letter, **changed)
    return write_message(m.Message(m.InboundResponse("P-1", "", m.GovernmentDocument(letter)), "id-1"))


def bring(person: Person, content: bytes) -> Any:
    client = Client()
    client.force_login(person)
    file = SimpleUploadedFile("หนังสือ.xml", content)
    return client.post(reverse("ecms_bring"), {"file": file}, follow=True)


def test_a_letter_leads_to_its_page_and_waits_there(office: Office) -> None:
    answer = bring(make_clerk(office), message())
    incoming = Incoming.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("incoming", args=[incoming.pk])
    assert "รอลงรับ" in answer.content.decode()


def test_the_same_file_again_is_the_same_letter(office: Office) -> None:
    clerk = make_clerk(office)
    bring(clerk, message())
    bring(clerk, message())
    assert Incoming.objects.count() == 1


def test_a_letter_to_another_office_is_refused_with_the_reason(office: Office) -> None:
    stranger = make_clerk(make_office(letter_code="ชม 0099", department_code="99999"))
    answer = bring(stranger, message())
    assert answer.status_code == 422 and "ไม่มีอะไรถูกบันทึก" in answer.content.decode()
    assert Incoming.objects.count() == 0


def test_what_is_no_message_is_named(office: Office) -> None:
    answer = bring(make_clerk(office), b"<!DOCTYPE x><x/>")
    assert answer.status_code == 422 and "[dtd]" in answer.content.decode()


def test_a_secret_letter_is_taken_without_a_word_of_it(office: Office) -> None:
    answer = bring(make_clerk(office), message(secret="003", subject="เรื่องลับที่ไม่มีใครควรเห็น"))
    assert Incoming.objects.get().is_secret
    assert answer.redirect_chain[-1][0] == reverse("in_tray") and "เรื่องลับ" not in answer.content.decode()


def test_without_a_file_nothing_happens(office: Office) -> None:
    client = Client()
    client.force_login(make_clerk(office))
    assert client.post(reverse("ecms_bring"), {}).status_code == 422
    assert client.get(reverse("ecms_bring")).status_code == 200
