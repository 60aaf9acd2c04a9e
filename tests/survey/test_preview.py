"""ดูหลักฐานในหน้า: แสดงเฉพาะ PDF กับรูปภาพ ในกรอบของเราเองเท่านั้น ไม่มีอะไรทำงาน และคนอื่นไม่เห็น."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from phrom.survey.models import Ask, AskState, EvidenceLink
from tests.factories.agencies import make_member
from tests.factories.survey import make_ask, make_evidence, make_piece
from tests.shared.files import specimens

pytestmark = pytest.mark.django_db
FILES = {
    "แผน.pdf": (specimens.pdf(), "<iframe"),
    "ภาพกิจกรรม.png": (specimens.png(), "<img"),
    "ภาพถ่าย.jpg": (specimens.jpeg(), "<img"),
    "คำสั่ง.docx": (specimens.office("docx"), "ดาวน์โหลดเพื่อเปิด"),
    "ทะเบียน.csv": ("หน่วยงาน,๑\n".encode(), "ดาวน์โหลดเพื่อเปิด"),
}


@pytest.fixture
def ask(client: Client) -> Ask:
    """A row whose official is signed in."""
    ask = make_ask()
    client.force_login(make_member(ask.agency))
    return ask


def attached(client: Client, ask: Ask, name: str) -> EvidenceLink:
    client.post(reverse("evidence_add", args=[ask.pk]), {"files": [SimpleUploadedFile(name, FILES[name][0])], "page": "2"})
    return EvidenceLink.objects.get()


@pytest.mark.parametrize("name", FILES)
def test_a_piece_is_seen_beside_its_name_hash_days_and_page(client: Client, ask: Ask, name: str) -> None:
    link = attached(client, ask, name)
    assert link.evidence.file is not None
    for address in (reverse("evidence", args=[link.pk]), reverse("library_item", args=[link.evidence_id])):
        page = client.get(address).content.decode()
        assert FILES[name][1] in page
        assert name in page and link.evidence.file.sha256 in page
    assert "หน้า 2" in client.get(reverse("evidence", args=[link.pk])).content.decode()


def handed_out(client: Client, link: EvidenceLink, how: str) -> list[Any]:
    addresses = (reverse("evidence_file", args=[link.pk]), reverse("library_file", args=[link.evidence_id]))
    return [client.get(address + how) for address in addresses]


@pytest.mark.parametrize("name", ["แผน.pdf", "ภาพกิจกรรม.png"])
def test_what_is_shown_stands_in_our_own_frame_only_and_runs_nothing(client: Client, ask: Ask, name: str) -> None:
    for told in handed_out(client, attached(client, ask, name), "?inline"):
        policy = told["Content-Security-Policy"]
        assert told["Content-Disposition"].startswith("inline")
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in policy and "default-src 'none'" in policy
        assert "script-src" not in policy and "unsafe-eval" not in policy
        assert name.endswith(".pdf") or policy.startswith("sandbox;")


@pytest.mark.parametrize("name", FILES)
def test_what_is_downloaded_is_framed_nowhere(client: Client, ask: Ask, name: str) -> None:
    for told in handed_out(client, attached(client, ask, name), ""):
        assert told["Content-Disposition"].startswith("attachment")
        assert told["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
        assert told["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize("name", ["คำสั่ง.docx", "ทะเบียน.csv"])
def test_other_kinds_stay_attachments_even_when_asked_for_inside(client: Client, ask: Ask, name: str) -> None:
    for told in handed_out(client, attached(client, ask, name), "?inline"):
        assert told["Content-Disposition"].startswith("attachment")
        assert told["X-Frame-Options"] == "DENY"


def test_our_pages_frame_only_ourselves_and_let_nobody_frame_them(client: Client, ask: Ask) -> None:
    told = client.get(reverse("evidence", args=[attached(client, ask, "แผน.pdf").pk]))
    assert "default-src 'self'" in told["Content-Security-Policy"]
    assert "frame-src" not in told["Content-Security-Policy"]  # nothing wider than default-src
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
    assert told["X-Frame-Options"] == "DENY"


def test_a_name_is_text_wherever_it_stands(client: Client, ask: Ask) -> None:
    name = '"><img src=x onerror=alert(1)>.pdf'
    client.post(reverse("evidence_add", args=[ask.pk]), {"files": [SimpleUploadedFile(name, specimens.pdf())]})
    link = EvidenceLink.objects.get()
    for address in (reverse("evidence", args=[link.pk]), reverse("library_item", args=[link.evidence_id]), reverse("library")):
        assert "<img src=x" not in client.get(address).content.decode()


def test_a_link_is_opened_at_its_own_place_and_never_framed(client: Client, ask: Ask) -> None:
    page = client.get(reverse("evidence", args=[make_evidence(ask).pk])).content.decode()
    assert 'rel="noopener noreferrer nofollow"' in page and "<iframe" not in page


def test_the_reviewer_sees_the_piece_on_the_rows_own_page(client: Client, ask: Ask) -> None:
    link = attached(client, ask, "แผน.pdf")
    Ask.objects.update(state=AskState.SUBMITTED)
    client.force_login(make_member(ask.round.body, "coordinator"))
    page = client.get(reverse("review_ask", args=[ask.pk])).content.decode()
    assert reverse("evidence_file", args=[link.pk]) + "?inline" in page
    assert "ยังไม่ระบุวันที่" in page


def test_nobody_else_has_the_page_or_the_file(client: Client, ask: Ask) -> None:
    link, piece = attached(client, ask, "แผน.pdf"), make_piece(ask.agency)
    addresses = [reverse("evidence", args=[link.pk]), reverse("evidence_file", args=[link.pk])]
    addresses += [reverse(name, args=[piece.pk]) for name in ("library_item", "library_file")]
    for person in (make_member(make_ask(ask.round).agency), make_member(ask.round.body, "administrator")):
        client.force_login(person)
        assert all(client.get(address).status_code in (403, 404) for address in addresses)


def test_taken_away_it_has_no_page_any_more(client: Client, ask: Ask) -> None:
    link = attached(client, ask, "แผน.pdf")
    client.post(reverse("evidence_remove", args=[link.pk]))
    assert client.get(reverse("evidence", args=[link.pk])).status_code == 404
    assert client.get(reverse("library_item", args=[link.evidence_id])).status_code == 200
