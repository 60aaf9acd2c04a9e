"""The secretary's page while people arrive: every seat with its mark, the participants, the quorum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phrom.meetings.actions.attendance import Mark, fingerprint
from phrom.meetings.attendance_sheet import AttendanceSheet, SeatLine, attendance_sheet
from phrom.meetings.models import Attendance, AttendanceKind, Meeting, ReplyKind
from phrom.meetings.pages.steps import minutes_of
from phrom.meetings.papers.minutes import time_words
from phrom.meetings.quorum import Presence
from phrom.shared.ui.refusals import Refusal

SHAPES = {"came": "done", "substitute": "submitted", "leave": "returned", "absent": "stop"}
# Short on the row, in full in the row's state: four ticks stand in one line on a phone.
CHOICES = (("came", "มา"), ("substitute", "มาแทน"), ("leave", "ลา"), ("absent", "ไม่มา"))


@dataclass(frozen=True)
class Row:
    """A seat on the page. The fields show what was typed and not stored, else the mark, else what was answered."""

    line: SeatLine
    number: int
    kind: str
    name: str
    position: str
    note: str
    seen: str
    trouble: str
    answered: str

    @property
    def state(self) -> tuple[str, str]:
        """Shape and word of what is stored."""
        if self.line.mark is None:
            return "open", "ยังไม่บันทึก"
        return SHAPES[self.line.mark.kind], str(AttendanceKind(self.line.mark.kind).label)


@dataclass(frozen=True)
class AttendancePage:
    """The whole page. `locked` says why nothing may be changed any more."""

    meeting: Meeting
    rows: tuple[Row, ...]
    participants: tuple[Attendance, ...]
    presence: Presence
    locked: str
    choices: tuple[tuple[str, str], ...] = CHOICES

    @property
    def opened(self) -> str:
        """When it began, "" before."""
        return time_words(self.meeting.opened_at) if self.meeting.opened_at else ""

    @property
    def closed(self) -> str:
        """When it ended, "" before."""
        return time_words(self.meeting.closed_at) if self.meeting.closed_at else ""

    @property
    def unmarked(self) -> int:
        """Seats without a mark."""
        return sum(1 for row in self.rows if row.line.mark is None)

    @property
    def rest(self) -> int:
        """Seats that one press would mark as come."""
        return sum(1 for row in self.rows if row.line.comes_with_the_rest)

    @property
    def trouble(self) -> int:
        """Rows that could not be stored."""
        return sum(1 for row in self.rows if row.trouble)


def attendance_page(
    meeting: Meeting, *, typed: Sequence[Mark] = (), refused: Mapping[int, Refusal] | None = None
) -> AttendancePage:
    """The page of a meeting; `typed` and `refused` bring back rows that could not be stored. At most eight queries."""
    sheet: AttendanceSheet = attendance_sheet(meeting)
    refused = refused or {}
    kept = {mark.seat_id: mark for mark in typed if mark.seat_id in refused}
    rows = tuple(
        _row(number, line, kept.get(line.seat.pk), refused.get(line.seat.pk)) for number, line in enumerate(sheet.lines, 1)
    )
    return AttendancePage(meeting, rows, sheet.participants, sheet.presence, _locked(meeting))


def _row(number: int, line: SeatLine, typed: Mark | None, refusal: Refusal | None) -> Row:
    name, position, note = _proposed(line)
    kind = line.mark.kind if line.mark else ""
    if typed:
        kind, name, position, note = typed.kind, typed.name, typed.position, typed.note
    # After a conflict the row is saved upon what stands there now: the page shows it, so choosing again is a decision.
    return Row(line, number, kind, name, position, note, fingerprint(line.mark), refusal.th if refusal else "", _answered(line))


def _proposed(line: SeatLine) -> tuple[str, str, str]:
    """What the fields begin with: the stored substitute or note, else the one of the reply, else the first of the roster."""
    if line.mark and line.mark.kind == AttendanceKind.SUBSTITUTE:
        return line.mark.name, line.mark.position, ""
    note = line.mark.note if line.mark else ""
    if line.reply and line.reply.kind == ReplyKind.SUBSTITUTE:
        return line.reply.name, line.reply.position, note
    if line.reply and line.reply.kind == ReplyKind.NOT_COMING and not line.mark:
        note = line.reply.note[:300]
    first = next(iter(line.substitutes), None)
    return (first.name, first.position, note) if first else ("", "", note)


def _answered(line: SeatLine) -> str:
    """What the seat's reply said, in words."""
    if line.reply is None:
        return ""
    if line.reply.kind == ReplyKind.SUBSTITUTE:
        return f"ตอบรับว่าส่ง {line.reply.name}"
    return "ตอบรับว่ามาเอง" if line.reply.kind == ReplyKind.COMING else "ตอบว่ามาไม่ได้"


def _locked(meeting: Meeting) -> str:
    minutes = minutes_of(meeting)
    if meeting.is_cancelled:
        return "การประชุมครั้งนี้ถูกยกเลิก"
    if minutes is not None and minutes.circulated_at is not None:
        return "แจ้งเวียนรายงานการประชุมแล้ว อ่านได้อย่างเดียว"
    return ""
