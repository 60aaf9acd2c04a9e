"""Figures of the round that runs: how far the agencies are, what it would come to, what of earlier resolutions is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phrom.meetings.models import Meeting
from phrom.meetings.open_matters import open_follow_ups
from phrom.meetings.papers.open_matters import open_matters_blocks
from phrom.results.papers.editions import round_for_meeting
from phrom.results.papers.missing import NoFigures
from phrom.results.papers.report import ESTIMATE, pillar_table
from phrom.results.papers.workbook import PROGRESS, progress_rows
from phrom.results.sheets import standing_of
from phrom.shared.documents.content import Block, Column, Paragraph, Table
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date, thai_when
from phrom.survey.models import Round


def progress_blocks(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    """Every agency's rows by state, with a total. Refuses NoFigures before the first round."""
    round = _round(meeting)
    rows = [tuple(str(value) for value in row) for row in progress_rows(round)]
    columns = tuple(
        Column(title, 4 if place == 0 else 1, "left" if place == 0 else "right") for place, (title, _) in enumerate(PROGRESS)
    )
    deadline = f"กำหนดส่งภายในวันที่ {thai_date(round.internal_deadline, 'long')}"
    said = f"ความก้าวหน้าของหน่วยงานในการตอบแบบสำรวจ ประจำปี {round.survey.fiscal_year} {deadline} ({as_of(at)})"
    return (Paragraph(said, indent=True), Table(columns, (*rows, _total(rows)), total=True))


def _total(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return (f"รวม {len(rows)} หน่วยงาน", *(str(sum(int(row[place]) for row in rows)) for place in range(1, len(PROGRESS))))


def standing_blocks(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    """What the round would come to by today's accepted answers: estimates, said so above and below the figures."""
    standing = standing_of(_round(meeting))
    said = f"ผลที่คาดว่าจะได้จากคำตอบที่รับแล้ว คะแนนรวมประมาณการร้อยละ {standing.scorecard.total} ({as_of(at)})"
    return (Paragraph(said, indent=True), pillar_table(standing), Paragraph(ESTIMATE, small=True))


def follow_up_blocks(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    """What of earlier meetings' resolutions is not done yet, with days late. Refuses NoFigures when all is done."""
    found = open_follow_ups(meeting.body, local_date(at), before=meeting)
    if not found:
        raise NoFigures(
            "ไม่มีเรื่องค้างจากมติของการประชุมครั้งก่อน จึงไม่มีอะไรให้แทรก",
            "Nothing is open from earlier meetings, so there is nothing to insert.",
        )
    return tuple(block for each in found for block in open_matters_blocks(each, local_date(at)))


def as_of(at: datetime) -> str:
    """When the figures were read, in words."""
    return f"ข้อมูล ณ วันที่ {thai_when(at, 'long')}"


def _round(meeting: Meeting) -> Round:
    round = round_for_meeting(meeting)
    if round is None:
        raise NoFigures(
            "ยังไม่ได้เปิดรอบสำรวจ จึงยังไม่มีความก้าวหน้าหรือคะแนนให้แทรก",
            "No survey round has been opened yet, so there are no figures to insert.",
        )
    return round
