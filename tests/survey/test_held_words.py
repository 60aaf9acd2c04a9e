"""ไฟล์ที่รอตรวจหรือพบมัลแวร์: เห็นว่ามีอยู่และรู้ว่าทำไมเปิดไม่ได้ ในคลัง ใต้ข้อ และในหน้าของหลักฐาน."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from phrom.shared.files.models import Scan, StoredFile
from phrom.survey.models import Ask, EvidenceLink
from tests.factories.agencies import make_member
from tests.factories.survey import make_ask

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def ask(client: Client) -> Ask:
    """A row with one PDF under it; its official is signed in."""
    ask = make_ask()
    client.force_login(make_member(ask.agency))
    told = client.post(reverse("evidence_add", args=[ask.pk]), {"files": SimpleUploadedFile("แผน.pdf", PDF, "application/pdf")})
    assert told.status_code in (200, 302)
    return ask


def pages(ask: Ask) -> list[str]:
    """The row, the piece under the row, the library, the piece in the library."""
    link = EvidenceLink.objects.get(ask=ask)
    return [
        reverse("answering", args=[ask.round_id, ask.agency_id]),
        reverse("evidence", args=[link.pk]),
        reverse("library"),
        reverse("library_item", args=[link.evidence_id]),
    ]


@pytest.mark.parametrize(("scan", "word"), [(Scan.WAITING, "รอตรวจมัลแวร์"), (Scan.INFECTED, "พบมัลแวร์")])
def test_a_held_file_says_why_wherever_it_stands_and_offers_nothing_that_would_be_refused(
    client: Client, ask: Ask, scan: Scan, word: str
) -> None:
    StoredFile.objects.update(scan=scan)
    shown = [client.get(address, follow=True).content.decode() for address in pages(ask)]
    assert [word in page for page in shown] == [True] * 4
    assert not any("<iframe" in page or "ดาวน์โหลด แผน.pdf" in page for page in shown)


@pytest.mark.parametrize("scan", [Scan.NONE, Scan.CLEAN])
def test_a_file_that_is_handed_out_says_nothing_of_it(client: Client, ask: Ask, scan: Scan) -> None:
    StoredFile.objects.update(scan=scan)
    shown = [client.get(address, follow=True).content.decode() for address in pages(ask)]
    assert not any("มัลแวร์" in page for page in shown)
    assert ["ดาวน์โหลด แผน.pdf" in page for page in shown] == [False, True, False, True]
