"""The e-Document drive as it stands, for the paper of a meeting."""

from __future__ import annotations

from datetime import datetime

from phrom.meetings.models import Meeting
from phrom.results.papers.missing import NoFigures
from phrom.rollout.models import Programme
from phrom.rollout.papers.adoption import adoption_blocks
from phrom.shared.documents.content import Block


def e_document_blocks(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    """The newest drive of the body. Refuses NoFigures before there is one with an office in it."""
    programme = Programme.objects.of_bodies([meeting.body_id]).filter(enrolments__isnull=False).distinct().first()
    if programme is None:
        raise NoFigures(
            "ยังไม่มีโครงการ e-Document ที่มีองค์กรปกครองส่วนท้องถิ่นเข้าร่วม จึงไม่มีตัวเลขให้แทรก กรุณานำรายชื่อเข้าและเชิญก่อน",
            "No e-Document drive has an office in it yet, so nothing can be inserted. Please import and invite first.",
        )
    return adoption_blocks(programme, at)
