"""The answer pack's workbook: answers, who said what, evidence, progress. Values only; no cell is a formula."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q

from phrom.results.papers.archive import placed
from phrom.results.papers.portal import rekey_lines
from phrom.results.papers.source import PackSource
from phrom.rules.instrument.portal import load_portal
from phrom.rules.scoring.words import detail_in_words, in_words, provider_in_words, value_in_words
from phrom.shared.documents.xlsx import Sheet, Value, write_workbook
from phrom.shared.thai.dates import thai_date
from phrom.survey.models import Ask, AskState, InquiryNote, Justification, Review, Round

ESTIMATE = "คะแนนเป็นประมาณการ คะแนนต่อข้อยังไม่มีประกาศจาก สพร."
Row = tuple[Value, ...]
Heads = tuple[tuple[str, int], ...]


def write_answers(path: Path, source: PackSource) -> None:
    """Write the workbook with its six sheets."""
    draft = "ร่าง ยังไม่ปิดรอบ · " if source.is_draft else ""
    write_workbook(
        path,
        [
            _sheet("คำตอบของจังหวัด", ANSWERS, answer_rows(source), draft + ESTIMATE),
            _sheet("ใครตอบอะไร", SAID, said_rows(source), draft.rstrip(" ·")),
            _sheet("หลักฐาน", EVIDENCE, evidence_rows(source), draft.rstrip(" ·")),
            _sheet("ความก้าวหน้า", PROGRESS, progress_rows(source.round), draft.rstrip(" ·")),
            _sheet("กรอกระบบผู้สำรวจ", REKEY, rekey_rows(source), f"{draft}ลำดับและความยาวของช่องเป็นค่าชั่วคราว"),
            _sheet("ข้อซักถามและเหตุผล", COMMENTS, comment_rows(source.round), draft.rstrip(" ·")),
        ],
    )


ANSWERS: Heads = (
    ("ข้อ", 10),
    ("เสาหลัก", 8),
    ("ประเด็นคำถาม", 60),
    ("คำตอบของจังหวัด", 40),
    ("รายละเอียด", 40),
    ("วิธีรวม", 30),
    ("เพราะ", 40),
    ("เหตุผลที่ผู้ประสานงานกำหนดเอง", 40),
    ("คะแนน (ประมาณการ)", 12),
    ("จาก", 8),
    ("คะแนนเพราะ", 40),
)
SAID: Heads = (
    ("ข้อ", 10),
    ("หน่วยงาน", 45),
    ("คำตอบ", 50),
    ("ผู้จัดหา", 30),
    ("ใช้หรือไม่", 10),
    ("เพราะ", 60),
)
EVIDENCE: Heads = (
    ("ข้อ", 10),
    ("หน่วยงาน", 45),
    ("ชื่อ", 50),
    ("ออกเมื่อ", 16),
    ("ใช้หรือไม่", 10),
    ("ที่อยู่ในชุด หรือลิงก์", 70),
    ("SHA-256", 66),
    ("ช่วงเวลาที่เป็นเรื่อง", 30),
    ("หนังสือที่", 20),
    ("หน้า", 12),
    ("ข้อความที่อ้าง", 50),
)
REKEY: Heads = (("ข้อ", 10), ("ประเด็นคำถาม", 60), ("ข้อความที่กรอก", 70), ("ยาว", 8), ("ช่องรับได้", 10), ("เกิน", 8))
COMMENTS: Heads = (("ข้อ", 10), ("หน่วยงาน", 45), ("เรื่อง", 18), ("ข้อความ", 80), ("โดย", 30), ("เมื่อ", 22))
PROGRESS: Heads = (
    ("หน่วยงาน", 50),
    ("ข้อที่ถาม", 10),
    ("ตอบแล้ว", 10),
    ("รอตรวจ", 10),
    ("ส่งกลับแก้ไข", 12),
    ("รับแล้ว", 10),
)


def _sheet(name: str, heads: Heads, rows: Iterator[Row], note: str) -> Sheet:
    return Sheet(name, [title for title, _ in heads], rows, [width for _, width in heads], note=note)


def answer_rows(source: PackSource) -> Iterator[Row]:
    """One line a row of the questionnaire."""
    for row in source.rows:
        question, answer = row.question, row.came.answer
        details = "\n".join(part for part in (detail_in_words(question, answer), provider_in_words(answer)) if part)
        figures = (row.mark.points, row.mark.out_of)
        head = (question.code, question.pillar, question.text, value_in_words(question, answer), details)
        yield (*head, row.rule, row.came.because, row.reason, *figures, row.mark.because)


def said_rows(source: PackSource) -> Iterator[Row]:
    """One line for each agency and row."""
    for row in source.rows:
        for said in row.came.sources:
            words = in_words(row.question, said.answer)
            used = "ใช้" if said.used else "ไม่ใช้"
            yield (row.question.code, said.name, words, provider_in_words(said.answer), used, said.because)


def evidence_rows(source: PackSource) -> Iterator[Row]:
    """One line for each piece of evidence under a row."""
    for one, path in placed(source):
        issued = thai_date(one.issued_on) if one.issued_on else ""
        where = path or one.proof.ref
        told = (one.code, one.agency_name, one.proof.name, issued, "ใช้" if one.used else "ไม่ใช้", where, one.sha256)
        yield (*told, one.period, one.proof.letter, one.proof.page, one.proof.quotation)


def rekey_rows(source: PackSource) -> Iterator[Row]:
    """One line a box of the surveyor's portal, in its order."""
    edition = source.standing.edition
    portal = load_portal(settings.PHROM_EDITIONS / edition.id, edition)
    for line in rekey_lines(edition, portal, {row.question.code: row.came.answer for row in source.rows}):
        yield (line.code, line.text, line.answer, line.length, line.limit, line.over or None)


def comment_rows(round: Round) -> Iterator[Row]:
    """What was asked, answered, returned and justified, in the order of rows and time: three queries."""
    found: list[tuple[int, datetime, Row]] = []
    notes = InquiryNote.objects.filter(inquiry__ask__round=round).select_related("inquiry__ask__agency", "by")
    for note in notes:
        ask, kind = note.inquiry.ask, "ตอบข้อซักถาม" if note.from_agency else "ข้อซักถาม"
        found.append((ask.position, note.at, (ask.code, ask.agency.name, kind, note.text, note.by.name, note.at)))
    steps = Review.objects.filter(ask__round=round).exclude(reason="").select_related("ask__agency", "by")
    for step in steps:
        ask, said = step.ask, step.get_kind_display()
        found.append((ask.position, step.at, (ask.code, ask.agency.name, said, step.reason, step.by.name, step.at)))
    for one in Justification.objects.filter(round=round).select_related("by"):
        words = f"{one.check_code}: {one.text}"
        found.append((0, one.at, (one.code, round.body.name, "เหตุผลที่คงไว้", words, one.by.name, one.at)))
    yield from (row for _, _, row in sorted(found, key=lambda line: line[:2]))


def progress_rows(round: Round) -> Iterator[Row]:
    """One line an agency: what it was asked and where that stands."""
    asks = Ask.objects.filter(round=round, withdrawn_at=None).order_by().values("agency__name", "agency__position")
    counted = asks.annotate(
        asked=Count("id"),
        answered=Count("id", filter=Q(answer__isnull=False)),
        submitted=Count("id", filter=Q(state=AskState.SUBMITTED)),
        returned=Count("id", filter=Q(state=AskState.RETURNED)),
        accepted=Count("id", filter=Q(state=AskState.ACCEPTED)),
    )
    for row in counted.order_by("agency__position", "agency__name"):
        figures = (row["asked"], row["answered"], row["submitted"], row["returned"], row["accepted"])
        yield (row["agency__name"], *figures)
