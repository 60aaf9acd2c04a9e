"""จากข้อมูลในระบบ: what orders and meetings prove about a row, with their papers. Nothing is saved here; a person confirms."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from phrom.agencies.models import Agency
from phrom.committee.roster import order_in_force
from phrom.meetings.held import meetings_between
from phrom.meetings.models import Meeting, PaperForm
from phrom.rules.instrument.model import ProvedBy, Question
from phrom.shared.files.models import StoredFile
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date

SLOTS = {PaperForm.MINUTES: "minutes", PaperForm.AGENDA: "call", PaperForm.INVITATION: "call"}


@dataclass(frozen=True)
class ProposedPaper:
    """Evidence that the system holds: under which name, for which expectation, of which day."""

    name: str
    file: StoredFile
    slot: str
    issued_on: date


@dataclass(frozen=True)
class Proposal:
    """What the system would answer to a row. `holds` is False when it knows of nothing: then there are only warnings."""

    holds: bool
    because: str
    detail: str = ""
    papers: tuple[ProposedPaper, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """A fingerprint of what a person saw before confirming."""
        papers = [(paper.name, paper.file.sha256, paper.slot, paper.issued_on) for paper in self.papers]
        return hashlib.sha256(repr((self.holds, self.because, self.detail, papers)).encode()).hexdigest()[:32]

    def content(self, question: Question) -> dict[str, object]:
        """The answer as it would be saved."""
        return {"value": True, "detail": (self.detail or None) if question.detail else None, "provider": "", "cannot": ""}


def proposal_for(question: Question, body: Agency, at: datetime) -> Proposal | None:
    """What the system knows about a row on this day; None for a row that it cannot prove. Three queries at most."""
    return PROVERS[question.proved_by](question, body, at) if question.proved_by else None


def _order(question: Question, body: Agency, at: datetime) -> Proposal:
    order = order_in_force(body.orders.select_related("file"), local_date(at))
    if order is None:
        return Proposal(False, "", warnings=("ยังไม่มีคำสั่งแต่งตั้งคณะกรรมการที่ใช้อยู่ในวันนี้ในระบบ จึงยังเสนอคำตอบไม่ได้",))
    because = f"คำสั่งที่ {order} ลงวันที่ {thai_date(order.issued_on)} มีผลตั้งแต่ {thai_date(order.effective_on)}"
    if order.file is None:
        missing = f"คำสั่งที่ {order} ยังไม่มีไฟล์ในระบบ กรุณาแนบไฟล์คำสั่งที่ข้อนี้เอง"
        return Proposal(True, because, warnings=(missing,))
    name = order.file_name or f"คำสั่งที่ {order.number}-{order.year}.pdf"
    paper = ProposedPaper(name, order.file, _slot(question, "order"), order.issued_on)
    return Proposal(True, because, papers=(paper,))


def _meetings(question: Question, body: Agency, at: datetime) -> Proposal:
    window = question.window
    assert window is not None  # noqa: S101  the loader refuses such a row without its window
    found = meetings_between(body, window.start, window.end, at)
    if not found.held:
        return Proposal(False, "", warnings=_none_held(question, found.planned))
    listed = ", ".join(f"ครั้งที่ {meeting} วันที่ {thai_date(meeting.day, 'long')}" for meeting in found.held)
    papers = tuple(paper for meeting in found.held for paper in _papers(question, meeting))
    minuted = {meeting.pk for meeting in found.held if any(p.form == PaperForm.MINUTES for p in meeting.kept_papers.all())}
    warnings = tuple(
        f"รายงานการประชุมครั้งที่ {meeting} ยังไม่มีฉบับที่รับรองแล้วในระบบ จึงยังไม่มีไฟล์รายงานให้แนบ"
        for meeting in found.held
        if meeting.pk not in minuted
    )
    detail = f"จัดประชุม {len(found.held)} ครั้ง: {listed}"
    return Proposal(True, detail, detail, papers, warnings)


def _none_held(question: Question, planned: Iterable[Meeting]) -> tuple[str, ...]:
    window = question.window
    assert window is not None  # noqa: S101  as above
    between = f"{thai_date(window.start)} ถึง {thai_date(window.end)}"
    first = f"ยังไม่มีการประชุมที่จัดแล้วในช่วง {between} ข้อนี้จึงยังไม่มีอะไรยืนยัน"
    coming = (f"มีนัดประชุมวันที่ {thai_date(m.day)} ในช่วงนี้ เมื่อประชุมและปิดการประชุมแล้ว ระบบจะเสนอคำตอบให้" for m in planned)
    return (first, *coming)


def _papers(question: Question, meeting: Meeting) -> Iterable[ProposedPaper]:
    for kept in meeting.kept_papers.all():
        form = PaperForm(kept.form)
        name = f"{form.label}ครั้งที่ {meeting.number}-{meeting.year} ({kept.pk}).pdf"
        day = (meeting.letter_date if form == PaperForm.INVITATION else None) or meeting.day
        yield ProposedPaper(name, kept.pdf, _slot(question, SLOTS[form]), day)


def _slot(question: Question, code: str) -> str:
    return code if any(slot.code == code for slot in question.evidence) else ""


PROVERS: dict[ProvedBy, Callable[[Question, Agency, datetime], Proposal]] = {
    ProvedBy.ORDER_IN_FORCE: _order,
    ProvedBy.MEETINGS_HELD: _meetings,
}
