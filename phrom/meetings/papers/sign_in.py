"""The sign-in list that lies at the door: number, name, position, room to sign. Members first, then room for participants."""

from __future__ import annotations

from phrom.meetings.attendance_sheet import SeatLine, attendance_sheet
from phrom.meetings.models import Meeting
from phrom.meetings.papers.words import committee_lines, number_words, place_words, when_words
from phrom.shared.documents.content import Block, Column, Document, PageBreak, Table

TITLE = "บัญชีลงชื่อผู้มาประชุม"
COLUMNS = (
    Column("ลำดับ", 0.55, "center"),
    Column("ชื่อ – นามสกุล", 2.3),
    Column("ตำแหน่ง", 2.7),
    Column("ลายมือชื่อ", 1.7),
    Column("มาประชุมแทน (ชื่อและตำแหน่ง)", 2.0),
)
EMPTY_LINES = 10
# A line of the list must be high enough to sign on; a row of one line of text is not.
ROOM_TO_SIGN = "\n\N{NO-BREAK SPACE}"


def sign_in_document(meeting: Meeting) -> Document:
    """The list for a meeting: every seat with whoever holds it that day, and empty lines for those who are no members."""
    sheet = attendance_sheet(meeting)
    rows = tuple(_row(number, line) for number, line in enumerate(sheet.lines, 1))
    guests = tuple((str(number), "\N{NO-BREAK SPACE}" + ROOM_TO_SIGN, "", "", "") for number in range(1, EMPTY_LINES + 1))
    blocks: list[Block] = []
    if rows:
        blocks += [Table(COLUMNS, rows, caption="ผู้มาประชุม"), PageBreak()]
    blocks.append(Table(COLUMNS[:4], tuple(row[:4] for row in guests), caption="ผู้เข้าร่วมประชุม"))
    return Document(TITLE, tuple(blocks), subtitle=_subtitle(meeting), form="minutes", landscape=True)


def _row(number: int, line: SeatLine) -> tuple[str, ...]:
    return (str(number), (line.holder_name or "\N{NO-BREAK SPACE}") + ROOM_TO_SIGN, line.seat.title, "", "")


def _subtitle(meeting: Meeting) -> str:
    place = place_words(meeting)
    return "\n".join(
        [*committee_lines(meeting), f"{number_words(meeting)} {when_words(meeting)}", *([f"ณ {place}"] if place else [])]
    )
