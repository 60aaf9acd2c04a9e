"""Adopting minutes at a later meeting: resolved there, kept as PDF/A, never changed again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.keeping import Made, in_journal, keep_paper, make
from phrom.meetings.actions.minutes_standing import hold_minutes, refuse_when_adopted
from phrom.meetings.actions.pen import PenElsewhere, pen_is_free
from phrom.meetings.actions.recording import record_resolution
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.minutes_texts import corrected_since
from phrom.meetings.models import AgendaItem, HeadKind, KeptPaper, Meeting, Minutes, PaperForm, ResolutionKind
from phrom.meetings.papers.minutes import minutes_document
from phrom.shared.documents.canonical import sha256_of
from phrom.shared.journal.record import record

TRIES = 3


class CannotAdopt(MeetingStands):
    """These minutes cannot be adopted by this meeting now."""


def adopt(*, minutes: Minutes, in_meeting: Meeting, by: Person, at: datetime) -> KeptPaper:
    """Adopt the minutes of an earlier meeting at a later one and freeze them; returns the paper as it was kept.

    Refuses minutes not circulated, adopted before, being written, or with comments not answered yet; a meeting of another body,
    the same or an earlier one, one not opened, and one whose agenda has no item for it. The PDF is printed before any row is
    held; should somebody change the minutes meanwhile, it is printed anew.
    """
    for _ in range(TRIES):
        meeting = _fresh(minutes).meeting
        made = make(minutes_document(meeting), meeting.body, at)
        with transaction.atomic():
            held = hold_minutes(minutes)
            later = Meeting.objects.select_for_update(of=("self",)).get(pk=in_meeting.pk)
            item = _ready(held, later, by, at)
            if sha256_of(minutes_document(held.meeting)) == made.sha256:
                return _adopt(held, later, item, made, by, at)
    raise CannotAdopt(
        "มีผู้แก้ไขรายงานการประชุมอยู่ในขณะนี้ จึงยังไม่รับรอง ไม่มีอะไรเปลี่ยน กรุณาลองใหม่เมื่อแก้ไขเสร็จ",
        "Somebody is changing the minutes, so they were not adopted. Nothing was changed. Please try again.",
    )


def adoption_item(meeting: Meeting, minutes: Minutes) -> AgendaItem | None:
    """The item of a meeting under which these minutes are adopted: the one that names them, else the head. One query."""
    items = list(meeting.items.filter(withdrawn_at=None).select_related("parent"))
    heads = [item for item in items if item.kind == HeadKind.ADOPTION and item.parent is None]
    under = [item for item in items if item.parent in heads or item.kind == HeadKind.ADOPTION]
    named = [item for item in under if f"{minutes.meeting}" in item.title]
    return next(iter([*named, *heads]), None)


def _fresh(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_related("meeting__body", "meeting__order").get(pk=minutes.pk)


def _ready(minutes: Minutes, later: Meeting, by: Person, at: datetime) -> AgendaItem:
    refuse_when_adopted(minutes)
    if minutes.circulated_at is None:
        raise CannotAdopt(
            "รายงานการประชุมยังไม่ได้แจ้งเวียน จึงรับรองไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาแจ้งเวียนก่อน",
            "These minutes have not been circulated, so they cannot be adopted. Nothing was changed. Please circulate them.",
        )
    if later.body_id != minutes.meeting.body_id or later.held_at <= minutes.meeting.held_at:
        raise CannotAdopt(
            "รายงานการประชุมรับรองได้ในการประชุมของคณะกรรมการเดียวกันที่จัดภายหลังเท่านั้น ไม่มีอะไรเปลี่ยน",
            "Minutes are adopted only by a later meeting of the same committee. Nothing was changed.",
        )
    if later.opened_at is None or later.cancelled_at is not None:
        raise CannotAdopt(
            f"การประชุมครั้งที่ {later} ยังไม่เริ่ม จึงรับรองรายงานการประชุมไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาบันทึกเวลาเริ่มประชุมก่อน",
            "The later meeting has not been opened, so it cannot adopt minutes. Nothing was changed.",
        )
    if not pen_is_free(minutes, by, at):
        raise PenElsewhere(minutes)
    if open_comments := minutes.comments.filter(answered_at=None).count():
        raise CannotAdopt(
            f"ยังมีข้อขอแก้ {open_comments} ข้อที่ยังไม่ได้ตอบ จึงรับรองไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาตอบให้ครบก่อน",
            f"{open_comments} comments are not answered yet. Nothing was changed. Please answer them first.",
        )
    item = adoption_item(later, minutes)
    if item is None:
        raise CannotAdopt(
            f"ระเบียบวาระของการประชุมครั้งที่ {later} ไม่มีเรื่องรับรองรายงานการประชุม ไม่มีอะไรเปลี่ยน กรุณาเพิ่มในระเบียบวาระก่อน",
            "The agenda of the later meeting has no item for adopting minutes. Nothing was changed. Please add one first.",
        )
    return item


def _adopt(minutes: Minutes, later: Meeting, item: AgendaItem, made: Made, by: Person, at: datetime) -> KeptPaper:
    how = "โดยมีการแก้ไข" if corrected_since(minutes) else "โดยไม่มีการแก้ไข"
    kept = keep_paper(made, meeting=minutes.meeting, form=PaperForm.MINUTES, by=by, at=at)
    text = f"รับรองรายงานการประชุมครั้งที่ {minutes.meeting} {how}"
    record_resolution(item=item, kind=ResolutionKind.ADOPTED, text=text, by=by, at=at)
    minutes.adopted_in, minutes.adopted_by, minutes.adopted_at = later, by, at
    minutes.editor = minutes.editing_at = minutes.wanted_by = minutes.wanted_at = None
    minutes.save()
    meeting = minutes.meeting
    details: dict[str, object] = {
        "meeting": str(meeting),
        "in_meeting": str(later),
        "kept": in_journal(kept),
    }
    record("minutes.adopted", by=by, about=f"minutes:{minutes.pk}", at=at, chain=meeting.body.code, details=details)
    return kept
