"""หนังสือที่ทำลายแล้ว: หน้าหนังสือบอกว่าทำลายแล้ว ไม่มีไฟล์ใดเปิดได้ และไม่มีใครพิมพ์ขึ้นใหม่.

What was destroyed: its page says so, no file of it opens, and nothing makes it anew. The class is found from its page.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from phrom.letters.actions.carrying_out import carry_out
from phrom.letters.actions.dealing import note
from phrom.letters.actions.issuing import void_letter
from phrom.letters.actions.printing import ensure_pdf, make_missing_pdfs
from phrom.letters.models import Letter, ListStep, Office, Via
from phrom.letters.papers.rendering import LetterDestroyed, letter_docx
from phrom.shared.documents.canonical import to_json
from phrom.shared.documents.content import Document, Paragraph
from tests.factories.agencies import make_agency, make_member
from tests.factories.destruction import OLD, make_list, make_old_incoming, make_old_letter
from tests.factories.letters import make_accepted, make_clerk, make_incoming, make_issued, make_office, make_recipient
from tests.letters.test_destruction import LATER, to
from tests.letters.test_out_pages import signed_in

pytestmark = pytest.mark.django_db
WORDS = "ถ้อยคำในหนังสือเดิม"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def clerk(office: Office) -> Client:
    return signed_in(make_clerk(office))


def destroy_all(office: Office) -> None:
    """Everything of the office that is due, through every step of a list."""
    by = make_clerk(office)
    assert carry_out(listed=to(ListStep.CARRY_OUT, make_list(office, by=by), by), by=by, at=LATER)


def test_the_letters_page_says_it_was_destroyed_and_offers_no_file(office: Office, clerk: Client) -> None:
    letter = make_old_letter(office, canary=WORDS)
    page = clerk.get(reverse("letter", args=[letter.pk])).content.decode()
    assert WORDS in page and "ทำลายแล้ว" not in page
    destroy_all(office)
    page = clerk.get(reverse("letter", args=[letter.pk])).content.decode()
    assert "ทำลายแล้ว" in page and letter.subject in page and WORDS not in page
    for gone in (reverse("letter_paper", args=[letter.pk, "pdf"]), reverse("letter_void", args=[letter.pk]), "/retention/"):
        assert gone not in page


@pytest.mark.parametrize("file_format", ["pdf", "docx"])
def test_whoever_kept_the_address_is_told_in_a_sentence(office: Office, clerk: Client, file_format: str) -> None:
    letter = make_old_letter(office)
    destroy_all(office)
    refused = clerk.get(reverse("letter_paper", args=[letter.pk, file_format]))
    assert refused.status_code == 410
    assert "ทำลายแล้วตามบัญชีหนังสือขอทำลาย" in refused.content.decode()


def test_nothing_prints_it_anew(office: Office) -> None:
    letter = make_old_letter(office)
    destroy_all(office)
    letter = Letter.objects.get(pk=letter.pk)
    with pytest.raises(LetterDestroyed):
        ensure_pdf(letter)
    with pytest.raises(LetterDestroyed):
        letter_docx(letter)
    assert make_missing_pdfs(at=LATER + timedelta(days=1)) == 0  # every minute, without stumbling


def test_the_incoming_page_says_it_was_destroyed_and_offers_no_act(office: Office, clerk: Client) -> None:
    incoming = make_old_incoming(office, canary=WORDS)
    assert "เปิดเรื่องอีกครั้ง" in clerk.get(reverse("incoming", args=[incoming.pk])).content.decode()
    destroy_all(office)
    page = clerk.get(reverse("incoming", args=[incoming.pk])).content.decode()
    assert "ทำลายแล้ว" in page and incoming.subject in page and WORDS not in page
    assert "เปิดเรื่องอีกครั้ง" not in page and "แฟ้มกระดาษ" not in page


def test_a_receiver_that_destroyed_its_copy_reads_it_no_longer_at_the_sender(office: Office, clerk: Client) -> None:
    sent = make_issued()
    incoming = make_accepted(make_incoming(office, recipient=make_recipient(sent, office), via=Via.HERE))
    address = reverse("incoming_paper", args=[incoming.pk])
    assert clerk.get(address)["Content-Type"] == "application/pdf"
    assert incoming.entry is not None
    incoming.entry.destroyed_at = LATER
    incoming.entry.save()
    assert clerk.get(address).status_code == 410
    assert address not in clerk.get(reverse("incoming", args=[incoming.pk])).content.decode()


def test_a_receiver_keeps_its_copy_when_the_sender_destroyed_theirs(office: Office, clerk: Client) -> None:
    sender = make_office(make_agency(office.agency.own_body))
    letter = make_old_letter(sender)
    copy = to_json(Document("หนังสือ", (Paragraph("ข้อความที่รับไว้"),), form="letter"))
    incoming = make_accepted(make_incoming(office, recipient=make_recipient(letter, office), via=Via.HERE, content=copy))
    Office.objects.filter(pk=sender.pk).update(destroys_electronic=True)
    destroy_all(Office.objects.get(pk=sender.pk))
    kept = clerk.get(reverse("incoming_paper", args=[incoming.pk]))
    assert (kept.status_code, kept["Content-Type"]) == (200, "application/pdf")


def test_the_class_is_found_from_the_page_by_who_keeps_the_register(office: Office, clerk: Client) -> None:
    letter, incoming = make_old_letter(office, at=OLD), make_old_incoming(office, at=OLD)
    reader = signed_in(make_member(office.agency, "official"))
    for row, name in ((letter, "letter"), (incoming, "incoming")):
        page, link = reverse(name, args=[row.pk]), reverse(f"{name}_retention", args=[row.pk])
        assert link in clerk.get(page).content.decode()
        assert clerk.get(link).status_code == 200
        assert link not in reader.get(page).content.decode()


def test_no_hand_made_form_moves_what_was_destroyed(office: Office, clerk: Client) -> None:
    incoming, letter, by = make_old_incoming(office), make_old_letter(office), make_clerk(office)
    destroy_all(office)
    with pytest.raises(LetterDestroyed):
        note(incoming=incoming, text="บันทึกเพิ่มภายหลัง", by=by, at=LATER)
    with pytest.raises(LetterDestroyed):
        void_letter(letter=letter, because="ยกเลิกภายหลัง", by=by, at=LATER)
