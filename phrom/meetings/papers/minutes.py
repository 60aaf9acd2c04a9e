"""Minutes (รายงานการประชุม, แบบที่ 11): who came, who did not, what was said and resolved, in the words of the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from phrom.committee.models import SeatRole
from phrom.meetings.attendance_sheet import AttendanceSheet, SeatLine, attendance_sheet
from phrom.meetings.minutes_texts import newest_texts
from phrom.meetings.models import AgendaItem, AttendanceKind, Meeting, Minutes, Resolution, ResolutionKind
from phrom.meetings.papers.agenda import RESOLUTION, paragraphs_of
from phrom.meetings.papers.words import committee_lines, number_words, place_words
from phrom.shared.documents.content import Block, Clause, Document, Field, Paragraph, People, Person, Signature
from phrom.shared.thai.dates import bangkok, thai_date

TITLE = "รายงานการประชุม"
UNTIMED = "........ น."


def minutes_document(meeting: Meeting) -> Document:
    """The minutes as they stand now. Needs `meeting.minutes`; about seven queries, whatever the number of items."""
    minutes = meeting.minutes
    sheet = attendance_sheet(meeting)
    blocks = (
        *attendance_blocks(sheet),
        Paragraph(f"เริ่มประชุมเวลา {time_words(meeting.opened_at)}", bold=True),
        *_items(minutes),
        Paragraph(f"เลิกประชุมเวลา {time_words(meeting.closed_at)}", bold=True),
        *_signatures(minutes),
    )
    return Document(TITLE, blocks, subtitle=heading_of(meeting), form="minutes")


def draft_of(document: Document) -> Document:
    """The same marked at the foot of every page as not adopted yet."""
    return replace(document, note="ร่างรายงานการประชุม ยังไม่ได้รับรอง")


def heading_of(meeting: Meeting) -> str:
    """Committee, number, "เมื่อวันที่ ... เวลา ...", "ณ ...": the lines under the title."""
    when = f"เมื่อวันที่ {thai_date(meeting.day, 'long')} เวลา {time_words(meeting.held_at)}"
    place = place_words(meeting)
    return "\n".join([*committee_lines(meeting), number_words(meeting), when, *([f"ณ {place}"] if place else [])])


def time_words(moment: datetime | None) -> str:
    """ "13.30 น.", with room to write it while it is not known."""
    return f"{bangkok(moment):%H.%M} น." if moment else UNTIMED


def attendance_blocks(sheet: AttendanceSheet) -> list[Block]:
    """The three lists; those who are no members stand apart, and a list of nobody is left out."""
    lists = (
        ("ผู้มาประชุม", [_came(line) for line in sheet.there]),
        ("ผู้ไม่มาประชุม", [_away(line) for line in sheet.away]),
        ("ผู้เข้าร่วมประชุม", [Person(row.name, row.position) for row in sheet.participants]),
    )
    return [People(_numbered(people), heading) for heading, people in lists if people]


def resolution_words(resolution: Resolution) -> str:
    """What was resolved, beginning with its kind where the text does not."""
    word = str(ResolutionKind(resolution.kind).label)
    return resolution.text if resolution.text.startswith(word) else f"{word} {resolution.text}"


def resolution_block(resolutions: Iterable[Resolution]) -> list[Block]:
    """มติที่ประชุม with what was resolved, numbered where there are several; nothing for none."""
    said = [resolution_words(each) for each in resolutions]
    if len(said) > 1:
        said = [f"{number}. {words}" for number, words in enumerate(said, 1)]
    return [Field(RESOLUTION, tuple(said), bold_label=True)] if said else []


def item_heading(item: AgendaItem) -> Block:
    """ "ระเบียบวาระที่ 3 ..." for a head, "3.1 ..." for an item."""
    if item.parent_id is None and "." not in item.number:
        return Field(f"ระเบียบวาระที่ {item.number}", (item.title,), bold=True)
    return Clause(item.number, item.title, bold=True)


def _items(minutes: Minutes) -> list[Block]:
    texts = newest_texts(minutes)
    blocks: list[Block] = []
    for item in minutes.meeting.items.prefetch_related("resolutions"):
        blocks.append(item_heading(item))
        if item.is_withdrawn:
            blocks.append(Paragraph(f"ถอนระเบียบวาระนี้ เนื่องจาก{item.withdrawn_because}", indent=True))
            continue
        said = texts[item.pk].text if item.pk in texts else ""
        blocks += [Paragraph(text, indent=True) for text in paragraphs_of(said)]
        blocks += resolution_block(sorted(item.resolutions.all(), key=lambda resolution: resolution.pk))
    return blocks


def _signatures(minutes: Minutes) -> list[Block]:
    taker = Signature(minutes.taker, _lines(minutes.taker_position, "ผู้จดรายงานการประชุม"))
    checker = Signature(minutes.checker, _lines(minutes.checker_position, "ผู้ตรวจรายงานการประชุม"))
    return [taker, checker] if minutes.checker else [taker]


def _lines(position: str, role: str) -> tuple[str, ...]:
    return (position, role) if position else (role,)


def _came(line: SeatLine) -> Person:
    mark = line.mark
    assert mark is not None  # noqa: S101  a line of those who are there has its mark
    if mark.kind == AttendanceKind.SUBSTITUTE:
        return Person(mark.name, f"{mark.position}\nมาประชุมแทน{line.seat.title}", _role(line))
    return Person(mark.name, line.seat.title, _role(line))


def _away(line: SeatLine) -> Person:
    mark = line.mark
    assert mark is not None  # noqa: S101  a line of those who are away has its mark
    word = "ลาประชุม" if mark.kind == AttendanceKind.LEAVE else ""
    because = f"({mark.note})" if mark.note else ""
    return Person(mark.name or line.seat.title, line.seat.title if mark.name else "", " ".join(filter(None, (word, because))))


def _role(line: SeatLine) -> str:
    return str(SeatRole(line.seat.role).label)


def _numbered(people: list[Person]) -> tuple[Person, ...]:
    return tuple(replace(person, number=f"{number}.") for number, person in enumerate(people, 1))
