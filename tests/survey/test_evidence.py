"""Evidence under a row: files with Thai names, links, days of issue, duplicates, taking away, and who may have it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from phrom.shared.files.models import StoredFile
from phrom.shared.journal.models import AuditEvent
from phrom.survey.models import Ask, Evidence, EvidenceLink, Round
from tests.factories.agencies import make_member
from tests.factories.survey import AT, make_answered, make_ask, make_evidence

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def ask(client: Client) -> Ask:
    """A row with one expected piece of evidence and a window; its official is signed in."""
    ask = make_ask()
    client.force_login(make_member(ask.agency))
    return ask


def pdf(name: str = "คำสั่งจังหวัดเชียงใหม่ ที่ ๓๐๔๖-๒๕๖๗ กิ่งแก้ว.pdf", more: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + more, "application/pdf")


def attach(client: Client, ask: Ask, headers: dict[str, str] = JSON, **data: Any) -> Any:
    return client.post(reverse("evidence_add", args=[ask.pk]), data, headers=headers)


def test_a_file_is_kept_with_its_thai_name_slot_and_day(client: Client, ask: Ask) -> None:
    told = attach(client, ask, files=[pdf()], slot="order", issued_on="๑๑ มิ.ย. ๖๗")
    assert (told.status_code, told.json()["count"]) == (200, 1)
    link = EvidenceLink.objects.get()
    assert (link.evidence.name, link.slot) == ("คำสั่งจังหวัดเชียงใหม่ ที่ ๓๐๔๖-๒๕๖๗ กิ่งแก้ว.pdf", "order")
    assert (link.evidence.issued_on, link.evidence.agency) == (date(2024, 6, 11), ask.agency)
    assert "อยู่ในช่วงเวลาที่ถาม" in told.json()["html"]
    assert AuditEvent.objects.get().event == "evidence.added"


def test_several_files_and_a_link_at_once_without_javascript(client: Client, ask: Ask) -> None:
    data = {"files": [pdf("ก.pdf"), pdf("ข.pdf", b"2")], "url": "https://chiangmai.go.th/ข่าว"}
    page = client.post(reverse("evidence_add", args=[ask.pk]), data, follow=True)
    assert "แนบหลักฐานแล้ว 3 รายการ" in page.content.decode()
    assert list(Evidence.objects.values_list("name", flat=True)) == ["ก.pdf", "ข.pdf", "https://chiangmai.go.th/ข่าว"]


def test_a_refused_file_leaves_the_others(client: Client, ask: Ask) -> None:
    data = {"files": [pdf("ก.pdf"), SimpleUploadedFile("โปรแกรม.pdf", b"MZ\x90\x00" * 50)]}
    page = client.post(reverse("evidence_add", args=[ask.pk]), data, follow=True)
    assert "โปรแกรม.pdf" in page.content.decode()
    assert Evidence.objects.get().name == "ก.pdf"


def test_a_day_that_is_none_is_a_sentence_and_nothing_is_stored(client: Client, ask: Ask) -> None:
    told = attach(client, ask, files=[pdf()], issued_on="๓๐ ก.พ. ๒๕๖๗")
    assert told.status_code == 422
    assert "๓๐ ก.พ. ๒๕๖๗ ไม่มีในปฏิทิน" in told.json()["th"]
    assert (EvidenceLink.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_day_outside_the_window_is_kept_and_said(client: Client, ask: Ask) -> None:
    assert "อยู่นอกช่วงเวลาที่ถาม" in attach(client, ask, files=[pdf()], issued_on="11/6/2566").json()["html"]


def test_the_same_content_twice_under_a_row_is_refused_kindly(client: Client, ask: Ask) -> None:
    attach(client, ask, files=[pdf("ก.pdf")])
    told = attach(client, ask, files=[pdf("ข.pdf")])
    assert told.status_code == 409
    assert "“ก.pdf” มีเนื้อหาเดียวกัน" in told.json()["th"]
    assert EvidenceLink.objects.count() == 1


def test_the_same_content_under_another_row_is_one_in_the_library(client: Client, ask: Ask) -> None:
    other = make_ask(ask.round, ask.agency, "P1.3")
    attach(client, ask, files=[pdf()])
    attach(client, other, files=[pdf()])
    assert (EvidenceLink.objects.count(), Evidence.objects.count(), StoredFile.objects.count()) == (2, 1, 1)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.th", "//a.th", "https://", "https://a.th/" + "a" * 2000]
)
def test_what_is_no_web_address_is_refused(client: Client, ask: Ask, url: str) -> None:
    assert attach(client, ask, url=url).status_code == 422
    assert Evidence.objects.count() == 0


def test_an_empty_form_and_an_unknown_slot_are_refused(client: Client, ask: Ask) -> None:
    assert attach(client, ask).status_code == 422
    assert attach(client, ask, files=[pdf()], slot="nonsense").status_code == 422
    assert StoredFile.objects.count() == 0


def test_taken_away_means_marked(client: Client, ask: Ask) -> None:
    link = make_evidence(ask)
    for _ in range(2):
        assert client.post(reverse("evidence_remove", args=[link.pk]), headers=JSON).json()["count"] == 0
    link.refresh_from_db()
    assert link.removed_by and link.removed_at
    assert AuditEvent.objects.filter(event="evidence.removed").count() == 1


def test_a_sent_row_keeps_its_evidence(client: Client) -> None:
    sent = make_answered()
    client.force_login(make_member(sent.agency))
    link = make_evidence(sent)
    assert attach(client, sent, files=[pdf()]).status_code == 409
    assert client.post(reverse("evidence_remove", args=[link.pk]), headers=JSON).status_code == 409
    assert (EvidenceLink.objects.filter(removed_at=None).count(), StoredFile.objects.count()) == (1, 0)


def test_a_frozen_round_takes_no_evidence(client: Client, ask: Ask) -> None:
    Round.objects.update(frozen_at=AT, frozen_by=make_member(ask.agency))
    assert attach(client, ask, files=[pdf()]).status_code == 409
    assert StoredFile.objects.count() == 0


def test_the_file_comes_back_whole_to_its_agency_and_its_coordinator_only(client: Client, ask: Ask) -> None:
    attach(client, ask, files=[pdf()])
    where = reverse("evidence_file", args=[EvidenceLink.objects.get().pk])
    assert b"".join(client.get(where)) == PDF
    coordinator = make_member(ask.round.body, "coordinator")
    stranger = make_member(make_ask(ask.round).agency)
    for person, status in ((coordinator, 200), (stranger, 404), (make_member(ask.round.body, "administrator"), 404)):
        client.force_login(person)
        assert client.get(where).status_code == status


@pytest.mark.parametrize("name", ["evidence_add", "evidence_remove"])
def test_another_agencys_evidence_does_not_exist(client: Client, ask: Ask, name: str) -> None:
    foreign = make_evidence(make_ask(ask.round))
    number = foreign.ask.pk if name == "evidence_add" else foreign.pk
    assert client.post(reverse(name, args=[number]), {"url": "https://a.th/b"}, headers=JSON).status_code == 404


HOSTILE = [
    "",
    "\0",
    "../../etc/passwd",
    "\u202efdp.exe",
    "a" * 5000,
    "๙" * 3000,
    "<script>",
    "'; DROP TABLE",
    "31/13/9999",
    "-1",
    "\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_fields_are_answered_never_a_fault(client: Client, ask: Ask, text: str) -> None:
    for field in ("slot", "issued_on", "url", "once"):
        assert attach(client, ask, files=[pdf()], **{field: text}).status_code in (200, 409, 415, 422)
    assert attach(client, ask, files=[pdf(text or "x")]).status_code in (200, 409, 415, 422)


def test_bytes_that_are_no_form_are_refused(client: Client, ask: Ask) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "application/json"):
        told = client.generic(
            "POST", reverse("evidence_add", args=[ask.pk]), b"\xff\x00--x\r\n", content_type=kind, headers=JSON
        )
        assert told.status_code in (400, 422)
