"""Issuing a letter: number, document, register, sending and journal together, or nothing at all."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import transaction

from phrom.letters.actions import issuing
from phrom.letters.actions.drafting import Drafted, Enclosed, To, change_letter, draft_letter
from phrom.letters.actions.issuing import issue_letter, void_letter
from phrom.letters.actions.numbering import reserve
from phrom.letters.actions.printing import ensure_pdf
from phrom.letters.actions.readiness import NotReady
from phrom.letters.actions.standing import LetterStands
from phrom.letters.actions.transports import TABLE
from phrom.letters.models import (
    Book,
    EntryState,
    Incoming,
    Letter,
    LetterKind,
    Office,
    Recipient,
    RecipientState,
    Register,
    RegisterEntry,
    RegisterLine,
    Secrecy,
    Via,
)
from phrom.shared.documents.canonical import sha256_of_json
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import AT, make_clerk, make_draft, make_office, make_recipient

pytestmark = pytest.mark.django_db
LONG = ("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่" * 7)[:300]


def ready(office: Office | None = None, **more: Any) -> Letter:
    """A draft with one office of ours and one addressee by hand."""
    letter = make_draft(office, **more)
    make_recipient(letter, make_office(make_agency(letter.office.agency.own_body)))
    make_recipient(letter)
    return letter


def test_the_letter_has_its_number_and_lies_in_the_other_office_s_tray() -> None:
    letter = ready()
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert issued.entry is not None and issued.entry.number_text == "ชม 0017.2/1"
    here, by_hand = issued.recipients.all()
    assert (here.state, by_hand.state) == (RecipientState.DELIVERED, RecipientState.QUEUED)
    came = Incoming.objects.get()
    assert (came.office, came.their_number, came.subject) == (here.office, "ชม 0017.2/1", letter.subject)
    assert came.content == issued.content and came.sha256 == issued.sha256


def test_what_was_issued_is_frozen_under_the_hash_that_the_register_names() -> None:
    letter = ready()
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert issued.sha256 == sha256_of_json(Letter.objects.get().content)
    assert "ชม 0017.2/1" in str(issued.content)
    sealed = RegisterLine.objects.filter(act="sealed").get()
    assert sealed.content["sha256"] == issued.sha256
    told = AuditEvent.objects.get(event="letter.issued")
    assert (told.details["number"], told.details["sha256"]) == ("ชม 0017.2/1", issued.sha256)


def test_a_fault_after_the_number_leaves_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = ready()

    def fault(**_: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(issuing, "mark_all", fault)
        with transaction.atomic():
            issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert not RegisterEntry.objects.exists() and not Incoming.objects.exists()
    assert not Register.objects.filter(last_number__gt=0).exists()
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert issued.entry is not None and issued.entry.number == 1


def test_a_second_issue_is_refused_and_names_the_number() -> None:
    letter = ready()
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    with pytest.raises(LetterStands, match=r"ชม 0017\.2/1"):
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert RegisterEntry.objects.count() == 1 and Incoming.objects.count() == 1


def test_everything_that_is_missing_is_named_in_one_answer() -> None:
    office = make_office(head_approves=True)
    letter = make_draft(office, subject=" ", text="", signer_name="", addressed_to="")
    letter.attachments.create(described="บัญชีรายชื่อ", name="บัญชีรายชื่อ")
    with pytest.raises(NotReady) as refused:
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    missing = [lack.where for lack in refused.value.lacks]
    assert missing == ["subject", "text", "signer_name", "addressed_to", "recipients", "attachments", ""]
    assert "ยังไม่มีเลขใดถูกใช้" in refused.value.th and not RegisterEntry.objects.exists()


@pytest.mark.parametrize("kind", [LetterKind.ORDER, LetterKind.ANNOUNCEMENT, LetterKind.CERTIFICATE])
def test_orders_announcements_and_certificates_need_no_recipient(kind: str) -> None:
    letter = make_draft(kind=kind, addressed_to="")
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert issued.entry is not None and issued.entry.number_text == "1/2567"


def test_an_order_is_no_circular() -> None:
    with pytest.raises(NotReady, match="เวียน"):
        letter = make_draft(kind=LetterKind.ORDER, is_circular=True)
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)


def test_an_attachment_on_paper_claims_no_file() -> None:
    letter = ready()
    letter.attachments.create(described="หนังสือรายงานประจำปี จำนวน 1 เล่ม")
    assert issue_letter(letter=letter, by=letter.drafted_by, at=AT).is_issued


def test_a_reserved_number_is_used_on_the_day_it_was_reserved() -> None:
    letter = ready()
    first, _ = reserve(office=letter.office, book=Book.SEND, count=2, reserved_for="เชิญประชุม", by=letter.drafted_by, at=AT)
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT, entry=first)
    assert issued.entry == first and issued.dated == first.dated
    assert RegisterEntry.objects.get(pk=first.pk).state == EntryState.USED


def test_a_reserved_number_of_another_book_or_office_does_not_fit() -> None:
    letter = ready()
    by = letter.drafted_by
    for office, book in ((letter.office, Book.ORDER), (make_office(), Book.SEND)):
        (entry,) = reserve(office=office, book=book, count=1, reserved_for="เรื่องอื่น", by=by, at=AT)
        with pytest.raises(NotReady, match="ใช้กับหนังสือนี้ไม่ได้"):
            issue_letter(letter=letter, by=by, at=AT, entry=entry)


def test_a_way_that_is_not_open_refuses_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = make_draft()
    make_recipient(letter, via=Via.ECMS)
    monkeypatch.delitem(TABLE, Via.ECMS, raising=False)
    with pytest.raises(NotReady, match="ยังไม่เปิดใช้ทางนี้"):
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)


def test_a_secret_letter_goes_into_the_secret_book_and_never_by_ecms(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = ready(secrecy=Secrecy.SECRET)
    electronic = make_recipient(letter, name="กรมการปกครอง", via=Via.ECMS)
    monkeypatch.setitem(TABLE, Via.ECMS, TABLE[Via.HAND])
    with pytest.raises(NotReady, match="ส่งหนังสือลับ"):
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    electronic.delete()
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert issued.entry is not None and issued.entry.register.book == Book.SECRET_SEND
    told = AuditEvent.objects.get(event="letter.issued")
    assert letter.subject not in str(told.details) and ":secret:" in told.chain


def test_a_circular_to_three_hundred_offices_has_one_number_and_takes_seconds() -> None:
    body = make_body()
    letter = make_draft(make_office(make_agency(body)), is_circular=True)
    offices = [Office.objects.create(agency=make_agency(body)) for _ in range(300)]
    Recipient.objects.bulk_create(
        Recipient(letter=letter, via=Via.HERE, office=one, name=one.agency.name, position=place)
        for place, one in enumerate(offices)
    )
    begun = time.process_time()
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    took = time.process_time() - begun
    assert issued.entry is not None and issued.entry.number_text == "ชม 0017.2/ว 1"
    assert Incoming.objects.count() == 300 and RegisterEntry.objects.count() == 1
    assert issued.recipients.filter(state=RecipientState.DELIVERED).count() == 300
    assert took < 15, f"{took:.1f} s"
    print(f"circular to 300: {took:.1f} s")


def test_the_pdf_is_made_after_the_commit_and_made_once() -> None:
    letter = ready()
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert issued.pdf is None
    first = ensure_pdf(issued)
    again = ensure_pdf(Letter.objects.select_related("office__agency__body", "entry", "pdf").get())
    assert first == again and first.content_type == "application/pdf"


def test_names_of_three_hundred_letters_are_kept_whole() -> None:
    assert len(LONG) == 300
    office = make_office()
    words: dict[str, Any] = {
        "addressed_to": LONG,
        "acting_for": LONG,
        "signer_name": LONG[:200],
        "signer_position": LONG,
        "text": LONG,
    }
    drafted = Drafted(LetterKind.EXTERNAL, LONG, recipients=(To(LONG),), attachments=(Enclosed(LONG),), **words)
    by = make_clerk(office)
    issued = issue_letter(letter=draft_letter(office=office, drafted=drafted, by=by, at=AT), by=by, at=AT)
    assert issued.entry is not None and (issued.entry.subject, issued.entry.to_name) == (LONG, LONG)
    assert issued.recipients.get().name == LONG and ensure_pdf(issued).size > 1000


def test_a_void_letter_keeps_its_number_and_is_called_back() -> None:
    letter = ready()
    issued = issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    void_letter(letter=issued, because="พิมพ์วันประชุมผิด", by=letter.drafted_by, at=AT)
    entry = RegisterEntry.objects.get()
    assert (entry.state, entry.number, entry.voided_because) == (EntryState.VOID, 1, "พิมพ์วันประชุมผิด")
    assert {one.state for one in issued.recipients.all()} == {RecipientState.RECALLED}
    assert Incoming.objects.get().recalled_because == "พิมพ์วันประชุมผิด"
    with pytest.raises(LetterStands):
        void_letter(letter=issued, because="อีกครั้งหนึ่ง", by=letter.drafted_by, at=AT)


def test_a_letter_that_was_issued_changes_no_more() -> None:
    letter = ready()
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    with pytest.raises(LetterStands):
        change_letter(letter=letter, version=1, drafted=Drafted(LetterKind.EXTERNAL, "เรื่องอื่น"), by=letter.drafted_by, at=AT)
