"""Approval by the head, only where the office wants it. Who drafted a letter does not approve it; an edit ends an approval."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.readiness import NotReady, lacks_of
from phrom.letters.actions.standing import LetterStands, hold, refuse_unless_draft, with_reason
from phrom.letters.models import Letter
from phrom.letters.telling import tell_letter
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal


class NotYours(Refusal):
    """Who wrote the letter, or sent it for approval, cannot approve it."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "ผู้ร่างหรือผู้เสนอหนังสือให้ความเห็นชอบหนังสือของตนเองไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาให้หัวหน้าหน่วยงานหรือผู้รักษาราชการแทนพิจารณา",
            "Who drafted or submitted a letter cannot approve it. Nothing was changed. Please let the head decide.",
        )


@transaction.atomic
def submit(*, letter: Letter, by: Person, at: datetime) -> Letter:
    """Send a draft to the head. Refuses NotReady with all that is missing, and LetterStands where no approval is wanted."""
    held = hold(letter)
    refuse_unless_draft(held)
    if not held.office.head_approves:
        raise LetterStands(
            "หน่วยงานนี้ไม่ได้กำหนดให้หัวหน้าเห็นชอบก่อนออกเลข ไม่มีอะไรเปลี่ยน ออกเลขได้เลย",
            "This office wants no approval. Nothing was changed. The letter can be issued.",
        )
    if held.submitted_at is not None:
        raise LetterStands(
            "เสนอหนังสือนี้แล้ว รอหัวหน้าหน่วยงานพิจารณา ไม่มีอะไรเปลี่ยน", "This letter was submitted already. Nothing was changed."
        )
    recipients = list(held.recipients.select_related("entry__peer"))
    if lacks := lacks_of(held, recipients, list(held.attachments.all()), local_date(at)):
        raise NotReady(lacks)
    held.submitted_by, held.submitted_at, held.returned_because = by, at, ""
    held.save(update_fields=["submitted_by", "submitted_at", "returned_because"])
    tell_letter("letter.submitted", held, by=by, at=at, details={"version": held.version})
    return held


@transaction.atomic
def approve(*, letter: Letter, version: int, by: Person, at: datetime) -> Letter:
    """Approve what was read, and nothing else: `version` is the one on the page.

    Refuses NotYours, and LetterStands for what does not wait for approval or was changed since.
    """
    held = _waiting(letter)
    if held.version != version:
        raise LetterStands(
            "ร่างหนังสือถูกแก้ไขหลังจากที่ท่านเปิดอ่าน ยังไม่ได้บันทึกความเห็นชอบ กรุณาเปิดอ่านฉบับล่าสุดก่อน",
            "The draft was changed after you opened it. Nothing was approved. Please read the newest text first.",
        )
    if by.pk in (held.drafted_by_id, held.submitted_by_id):
        raise NotYours
    held.approved_by, held.approved_at = by, at
    held.save(update_fields=["approved_by", "approved_at"])
    tell_letter("letter.approved", held, by=by, at=at, details={"version": held.version})
    return held


@transaction.atomic
def return_to_drafter(*, letter: Letter, because: str, by: Person, at: datetime) -> Letter:
    """Give the draft back with what is to be changed. Refuses a letter that does not wait, and no reason."""
    because = with_reason(because)
    held = _waiting(letter)
    held.submitted_by = held.submitted_at = None
    held.returned_because = because
    held.save(update_fields=["submitted_by", "submitted_at", "returned_because"])
    tell_letter("letter.returned", held, by=by, at=at, details={"because": because})
    return held


def _waiting(letter: Letter) -> Letter:
    held = hold(letter)
    refuse_unless_draft(held)
    if held.submitted_at is None or held.approved_at is not None:
        raise LetterStands(
            "หนังสือนี้ไม่ได้รอความเห็นชอบอยู่ ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
            "This letter does not wait for approval. Nothing was changed. Please reload.",
        )
    return held
