"""What an office is to do because of a resolution."""

from __future__ import annotations

from datetime import date, datetime

from phrom.agencies.models import Agency
from phrom.meetings.models import FollowUp, FollowUpNote, NoteKind, Resolution
from tests.factories.agencies import make_agency, make_person
from tests.factories.meetings import HELD, make_resolution

DUE = date(2024, 6, 21)


def make_follow_up(
    resolution: Resolution | None = None,
    agency: Agency | None = None,
    due_on: date = DUE,
    *,
    answered_at: datetime | None = None,
    closed_at: datetime | None = None,
) -> FollowUp:
    """A line of an office under a resolution; answered or closed when a moment is given."""
    resolution = resolution or make_resolution()
    return FollowUp.objects.create(
        resolution=resolution,
        agency=agency or make_agency(resolution.item.meeting.body),
        task="ตอบแบบสำรวจและแนบหลักฐานให้ครบ",
        due_on=due_on,
        opened_by=make_person("ผู้มอบหมาย"),
        opened_at=HELD,
        answered_at=answered_at,
        answered_by=make_person("ผู้รายงาน") if answered_at else None,
        closed_at=closed_at,
        closed_by=make_person("ผู้ปิดเรื่อง") if closed_at else None,
        closed_because="ครบถ้วน" if closed_at else "",
    )


def make_note(follow_up: FollowUp, text: str = "รวบรวมหลักฐานแล้วครึ่งหนึ่ง", kind: str = NoteKind.PROGRESS) -> FollowUpNote:
    """One step of it."""
    return FollowUpNote.objects.create(follow_up=follow_up, kind=kind, text=text, made_by=make_person("ผู้รายงาน"), made_at=HELD)
