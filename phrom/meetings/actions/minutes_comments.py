"""What those who attended ask to have corrected in circulated minutes, and what the secretary answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.minutes_standing import hold_minutes, refuse_when_adopted
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.attendees import attended
from phrom.meetings.models import AgendaItem, Minutes, MinutesComment
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal

SHORTEST = 5


class DidNotAttend(Refusal):
    """Only those who were there can say what was said."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "ท่านไม่อยู่ในรายชื่อผู้มาประชุมหรือผู้เข้าร่วมประชุมครั้งนี้ จึงขอแก้รายงานการประชุมไม่ได้ ยังไม่มีอะไรถูกบันทึก หากรายชื่อผิด กรุณาแจ้งฝ่ายเลขานุการ",
            "You are not among those who attended, so you cannot comment. If the list is wrong, please tell the secretary.",
        )


class CommentRefused(Refusal):
    """A comment or an answer that says nothing."""


@transaction.atomic
def comment(*, minutes: Minutes, item: AgendaItem | None, text: str, by: Person, at: datetime) -> MinutesComment:
    """Ask for a correction of an item, or of the whole (None).

    Refuses minutes not circulated, adopted, or past the day; DidNotAttend; an empty text; an item of another meeting.
    """
    held = hold_minutes(minutes)
    refuse_when_adopted(held)
    if held.circulated_at is None or held.comments_until is None or local_date(at) > held.comments_until:
        until = f" (ขอแก้ได้ถึง {thai_date(held.comments_until)})" if held.comments_until else ""
        raise MeetingStands(
            f"รายงานการประชุมนี้ไม่อยู่ในช่วงที่ขอแก้ได้{until} ยังไม่มีอะไรถูกบันทึก กรุณาแจ้งในที่ประชุมครั้งถัดไป",
            "These minutes are not open for comments. Nothing was saved. Please speak up at the next meeting.",
        )
    if not attended(held.meeting, by):
        raise DidNotAttend
    if len(text.strip()) < SHORTEST or (item is not None and item.meeting_id != held.meeting_id):
        raise CommentRefused(
            "กรุณาเขียนว่าขอแก้ข้อความใดเป็นอย่างไร ยังไม่มีอะไรถูกบันทึก",
            "Please write what is to be corrected and how. Nothing was saved.",
            where="text",
        )
    made = MinutesComment.objects.create(minutes=held, item=item, text=text.strip(), made_by=by, made_at=at)
    _tell("minutes.commented", made, held, by, at, {})
    return made


@transaction.atomic
def answer_comment(*, comment: MinutesComment, taken: bool, answer: str, by: Person, at: datetime) -> MinutesComment:
    """Say whether a comment is taken, and why not where it is not. An answer may be changed until the minutes are adopted."""
    held = hold_minutes(comment.minutes)
    refuse_when_adopted(held)
    if not taken and len(answer.strip()) < SHORTEST:
        raise CommentRefused(
            "กรุณาเขียนเหตุผลที่ไม่แก้ ผู้ขอจะเห็นเหตุผลนี้ ยังไม่มีอะไรถูกบันทึก",
            "Please write why the comment is not taken. Nothing was saved.",
            where="answer",
        )
    comment.taken, comment.answer, comment.answered_by, comment.answered_at = taken, answer.strip(), by, at
    comment.save(update_fields=["taken", "answer", "answered_by", "answered_at"])
    _tell("minutes.comment_answered", comment, held, by, at, {"taken": taken})
    return comment


def _tell(event: str, comment: MinutesComment, minutes: Minutes, by: Person, at: datetime, details: dict[str, object]) -> None:
    meeting = minutes.meeting
    said = {"meeting": str(meeting), "item": comment.item.number if comment.item else "", **details}
    record(event, by=by, about=f"minutes:{minutes.pk}", at=at, chain=meeting.body.code, details=said)
