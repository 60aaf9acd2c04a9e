"""A draft and its changes, approval by the head, and giving a draft up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phrom.letters.actions.approving import NotYours, approve, return_to_drafter, submit
from phrom.letters.actions.drafting import (
    Drafted,
    DraftMovedOn,
    Enclosed,
    Refers,
    To,
    change_letter,
    draft_letter,
    drafted_of,
    give_up_draft,
)
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.readiness import NotReady
from phrom.letters.actions.standing import LetterStands, ReasonMissing
from phrom.letters.models import Letter, LetterKind, Office, RegisterEntry, Via
from phrom.shared.journal.models import AuditEvent
from tests.factories.letters import AT, make_clerk, make_draft, make_office, make_recipient

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """An office whose head approves before a number is given."""
    return make_office(head_approves=True)


def complete(office: Office) -> Letter:
    letter = make_draft(office)
    make_recipient(letter)
    return letter


def test_a_draft_keeps_all_that_was_said_in_its_order() -> None:
    office, other = make_office(), make_office()
    drafted = Drafted(
        LetterKind.EXTERNAL,
        "ขอความอนุเคราะห์ข้อมูล",
        recipients=(To(office=other), To("บริษัท ตัวอย่าง จำกัด", address="12 ถนนท่าแพ")),
        attachments=(Enclosed("บัญชี จำนวน 1 ฉบับ"), Enclosed("แผนที่ จำนวน 1 แผ่น")),
        references=(Refers("หนังสือจังหวัด ที่ ชม 0017/1"),),
    )
    letter = draft_letter(office=office, drafted=drafted, by=make_clerk(office), at=AT)
    first, second = letter.recipients.all()
    assert (first.via, first.office, first.name) == (Via.HERE, other, other.agency.name)
    assert (second.via, second.address) == (Via.HAND, "12 ถนนท่าแพ")
    assert [one.described for one in letter.attachments.all()] == ["บัญชี จำนวน 1 ฉบับ", "แผนที่ จำนวน 1 แผ่น"]
    assert drafted_of(letter) == replace(drafted, recipients=drafted_of(letter).recipients)
    assert AuditEvent.objects.get(event="letter.drafted").details["recipients"] == 2


def test_a_change_counts_the_version_and_replaces_the_lines() -> None:
    letter = make_draft()
    make_recipient(letter)
    changed = replace(drafted_of(letter), text="ข้อความใหม่", recipients=(To("ก"), To("ข")))
    saved = change_letter(letter=letter, version=1, drafted=changed, by=letter.drafted_by, at=AT)
    assert (saved.version, saved.text) == (2, "ข้อความใหม่")
    assert [one.name for one in saved.recipients.all()] == ["ก", "ข"]


def test_a_save_upon_an_older_version_changes_nothing_and_carries_both_texts() -> None:
    letter = make_draft()
    ours, theirs = (replace(drafted_of(letter), text=text) for text in ("ของเรา", "ของเขา"))
    change_letter(letter=letter, version=1, drafted=theirs, by=letter.drafted_by, at=AT)
    with pytest.raises(DraftMovedOn) as refused:
        change_letter(letter=letter, version=1, drafted=ours, by=letter.drafted_by, at=AT)
    assert (refused.value.saved.text, refused.value.mine.text, refused.value.status) == ("ของเขา", "ของเรา", 409)
    assert Letter.objects.get().text == "ของเขา"


def test_a_draft_is_given_up_with_a_reason_and_stays_readable() -> None:
    letter = make_draft()
    with pytest.raises(ReasonMissing):
        give_up_draft(letter=letter, because=" ", by=letter.drafted_by, at=AT)
    give_up_draft(letter=letter, because="เรื่องซ้ำกับฉบับก่อน", by=letter.drafted_by, at=AT)
    assert Letter.objects.get().voided_because == "เรื่องซ้ำกับฉบับก่อน"
    with pytest.raises(LetterStands):
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    assert not RegisterEntry.objects.exists()


def test_the_head_approves_and_then_the_number_is_given(office: Office) -> None:
    letter, head = complete(office), make_clerk(office, "head")
    with pytest.raises(NotReady, match="ยังไม่เห็นชอบ"):
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    submit(letter=letter, by=letter.drafted_by, at=AT)
    approve(letter=letter, version=1, by=head, at=AT)
    assert issue_letter(letter=letter, by=letter.drafted_by, at=AT).is_issued


def test_who_drafted_or_submitted_does_not_approve(office: Office) -> None:
    letter, other = complete(office), make_clerk(office, "head")
    submit(letter=letter, by=other, at=AT)
    for person in (letter.drafted_by, other):
        with pytest.raises(NotYours):
            approve(letter=letter, version=1, by=person, at=AT)
    assert Letter.objects.get().approved_at is None


def test_an_edit_ends_the_approval(office: Office) -> None:
    letter = complete(office)
    submit(letter=letter, by=letter.drafted_by, at=AT)
    approve(letter=letter, version=1, by=make_clerk(office, "head"), at=AT)
    changed = replace(drafted_of(letter), text="เปลี่ยนหลังเห็นชอบ")
    saved = change_letter(letter=letter, version=1, drafted=changed, by=letter.drafted_by, at=AT)
    assert saved.approved_at is None and saved.submitted_at is None
    with pytest.raises(NotReady):
        issue_letter(letter=letter, by=letter.drafted_by, at=AT)


def test_what_was_changed_after_the_head_opened_it_is_not_approved(office: Office) -> None:
    letter, head = complete(office), make_clerk(office, "head")
    changed = replace(drafted_of(letter), text="แก้ระหว่างที่หัวหน้าอ่าน")
    change_letter(letter=letter, version=1, drafted=changed, by=letter.drafted_by, at=AT)
    submit(letter=letter, by=letter.drafted_by, at=AT)
    with pytest.raises(LetterStands):
        approve(letter=letter, version=1, by=head, at=AT)


def test_the_head_gives_it_back_with_what_is_to_be_changed(office: Office) -> None:
    letter, head = complete(office), make_clerk(office, "head")
    submit(letter=letter, by=letter.drafted_by, at=AT)
    return_to_drafter(letter=letter, because="ขอให้อ้างมติที่ประชุม", by=head, at=AT)
    kept = Letter.objects.get()
    assert (kept.submitted_at, kept.returned_because) == (None, "ขอให้อ้างมติที่ประชุม")
    assert submit(letter=letter, by=letter.drafted_by, at=AT).returned_because == ""


def test_a_draft_that_lacks_something_is_not_sent_to_the_head(office: Office) -> None:
    letter = make_draft(office, text="")
    with pytest.raises(NotReady, match="ยังไม่มีข้อความ"):
        submit(letter=letter, by=letter.drafted_by, at=AT)


def test_where_no_approval_is_wanted_nothing_is_submitted() -> None:
    letter = complete(make_office())
    with pytest.raises(LetterStands):
        submit(letter=letter, by=letter.drafted_by, at=AT)
    with pytest.raises(LetterStands):
        approve(letter=letter, version=1, by=make_clerk(letter.office, "head"), at=AT)
