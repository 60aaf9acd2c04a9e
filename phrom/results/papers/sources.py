"""What of the system's figures can be put under an item of an agenda: a table of papers, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from phrom.meetings.models import Meeting
from phrom.results.papers.editions import edition_for, round_for_meeting
from phrom.results.papers.local_governments import e_document_blocks
from phrom.results.papers.official import kpi_blocks, last_year_blocks, pillar_blocks
from phrom.results.papers.questionnaire import questionnaire_blocks
from phrom.results.papers.seats import committee_blocks
from phrom.results.papers.under_way import follow_up_blocks, progress_blocks, standing_blocks
from phrom.rules.instrument.model import Edition
from phrom.shared.documents.content import Block

Make = Callable[[Meeting, datetime], tuple[Block, ...]]


@dataclass(frozen=True)
class Source:
    """One paper that the system can make: its name, what it holds, and how it is made. `make` refuses NoFigures."""

    title: str
    about: str
    make: Make


def _edition(meeting: Meeting) -> Edition:
    return edition_for(meeting, settings.PHROM_EDITIONS)


def _last_year(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    return last_year_blocks(meeting.body, _edition(meeting))


def _kpi(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    return kpi_blocks(meeting.body, _edition(meeting))


def _pillars(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    return pillar_blocks(_edition(meeting))


def _rows_by_agency(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    edition, round = _edition(meeting), round_for_meeting(meeting)
    same = round is not None and round.survey.edition_hash == edition.hash
    return questionnaire_blocks(edition, round if same else None)


def _committee_order(meeting: Meeting, at: datetime) -> tuple[Block, ...]:
    return committee_blocks(meeting)


SOURCES: dict[str, Source] = {
    "last_year": Source("ผลการประเมินปีก่อน", "คะแนน ระดับ และตัวชี้วัดเด่นและด้อย ตามผลทางการ", _last_year),
    "kpi": Source("ตัวชี้วัดของจังหวัด", "ตารางเป้าหมาย 50 75 100 จากแบบสำรวจและผลปีก่อน", _kpi),
    "pillars": Source("ตัวชี้วัดและค่าน้ำหนัก", "ตัวชี้วัดหลักทุกตัวพร้อมค่าน้ำหนักจากแบบสำรวจ", _pillars),
    "rows_by_agency": Source("ประเด็นคำถามและหน่วยงานที่ให้ข้อมูล", "ทุกข้อคำถามตามหมวด จากแบบสำรวจและการมอบหมาย", _rows_by_agency),
    "progress": Source("ความก้าวหน้าของหน่วยงาน", "จำนวนข้อที่ตอบ ส่ง และรับแล้วของทุกหน่วยงาน", progress_blocks),
    "standing": Source("ผลที่คาดว่าจะได้ (ประมาณการ)", "คะแนนและระดับรายเสาหลักจากคำตอบที่รับแล้ว", standing_blocks),
    "follow_ups": Source("เรื่องค้างจากมติครั้งก่อน", "หน่วยงานที่ยังไม่เสร็จ พร้อมจำนวนวันที่เลยกำหนด", follow_up_blocks),
    "e_document": Source("การขับเคลื่อน e-Document ของ อปท.", "ขั้นของทุกแห่ง รายอำเภอ เป้าหมาย และเหตุติดขัด", e_document_blocks),
    "committee_order": Source("คำสั่งแต่งตั้งคณะกรรมการ", "คำสั่งที่มีผลในวันประชุม และจำนวนตำแหน่งตามประเภท", _committee_order),
}
