"""Replies to an invitation (แบบตอบรับ): whoever holds the seat, its office, or the coordinator for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.committee.models import Seat
from phrom.meetings.actions.standing import MeetingStands, hold, refuse_when_over
from phrom.meetings.models import Meeting, Reply, ReplyKind
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal


class ReplyRefused(Refusal):
    """The reply is not complete."""


@dataclass(frozen=True)
class Answer:
    """What the answer form says; name and position are those of a substitute."""

    kind: str
    name: str = ""
    position: str = ""
    phone: str = ""
    note: str = ""


@transaction.atomic
def reply(*, meeting: Meeting, seat: Seat, answer: Answer, by: Person, at: datetime) -> Reply:
    """Keep a seat's answer; a later one takes its place. Refuses before the invitation, after the opening, and a substitute
    without a name.

    Who may answer for the seat is the caller's to decide, before calling.
    """
    held = hold(meeting)
    refuse_when_over(held)
    if held.invited_at is None:
        raise MeetingStands(
            "ยังไม่ได้ออกหนังสือเชิญ จึงยังตอบรับไม่ได้ ยังไม่มีอะไรถูกบันทึก กรุณารอหนังสือเชิญ",
            "The invitation was not issued yet, so nobody can reply to it. Nothing was saved. Please wait for it.",
        )
    _refuse_incomplete(answer)
    given = {name: getattr(answer, name).strip() for name in ("kind", "name", "position", "phone", "note")}
    kept, _ = Reply.objects.update_or_create(meeting=held, seat=seat, defaults={**given, "replied_by": by, "replied_at": at})
    details: dict[str, object] = {"meeting": str(held), "seat": seat.title, "kind": answer.kind, "name": kept.name}
    journal.record("meeting.replied", by=by, about=f"meeting:{held.pk}", at=at, chain=held.body.code, details=details)
    return kept


def _refuse_incomplete(answer: Answer) -> None:
    if answer.kind not in ReplyKind.values:
        raise ReplyRefused(
            "กรุณาเลือกว่าจะมาประชุมอย่างไร ยังไม่มีอะไรถูกบันทึก",
            "Please choose how you will attend. Nothing was saved.",
            where="kind",
        )
    if answer.kind == ReplyKind.SUBSTITUTE and not (answer.name.strip() and answer.position.strip()):
        raise ReplyRefused(
            "ผู้แทนต้องมีชื่อและตำแหน่ง ยังไม่มีอะไรถูกบันทึก กรุณากรอกให้ครบ",
            "A substitute needs a name and a position. Nothing was saved. Please fill in both.",
            where="name",
        )
