"""An old register from an Excel file: what every row says, and everything wrong with it, by sheet, row and column.

Nothing is saved here. Every sheet with a row of titles that we know is read (offices keep a sheet for each month); the columns
are found by their titles, in any order and in the words that offices use for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Field

from phrom.letters.models import EntryState, RegisterEntry
from phrom.letters.numbers import RECEIVE_BOOKS
from phrom.letters.register_columns import (
    ACTION,
    DATED,
    FROM,
    NUMBER,
    OWN,
    RECEIVED,
    REMARK,
    SENT,
    STATE,
    SUBJECT,
    THEIR_DATE,
    THEIRS,
    TO,
    plain,
)
from phrom.shared.files.workbook import MEGA, Limits, Table, cell_day, cell_text, read_tables
from phrom.shared.thai.calendar import ERA
from phrom.shared.thai.dates import thai_date
from phrom.shared.thai.digits import to_arabic
from phrom.shared.thai.reading import BadDate, parse_date
from phrom.shared.ui.typed import NotOneLine, refuse_unless_one_line

MOST_NUMBERS = 60_000  # in one book of a year
LONGEST_GAP = 500  # numbers; a longer jump is rather a slip of the pen
LIMITS = Limits(bytes=12 * MEGA, unpacked=96 * MEGA, rows=MOST_NUMBERS + 100, columns=60, sheets=40)
HEADER_WITHIN = 15  # rows
NOT_IN_FILE = "ไม่มีในไฟล์เดิม"
_STATES = {str(state.label): state for state in EntryState} | {"": EntryState.USED}
_COLUMN_NAMES = {OWN: "number_text", THEIRS: "their_number", FROM: "from_name", TO: "to_name"}


@dataclass(frozen=True)
class RowProblem:
    """One thing to mend: sheet, row as Excel numbers it (0: the whole sheet or file), the column's title, and what to do."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True)
class OldEntry:
    """A line of the old book as the file has it. `because` is why it is void, or what it was reserved for."""

    number: int
    dated: date
    state: str = EntryState.USED
    because: str = ""
    number_text: str = ""
    their_number: str = ""
    their_date: date | None = None
    from_name: str = ""
    to_name: str = ""
    subject: str = ""
    remark: str = ""


@dataclass(frozen=True)
class OldBook:
    """Which book the file is of: what its rows must fit. `after` is the number that the book has reached already."""

    book: str
    year: int
    after: int
    today: date

    @property
    def received(self) -> bool:
        """Whether it is a book of what came."""
        return self.book in RECEIVE_BOOKS


@dataclass
class ReadRegister:
    """The lines in the order of their numbers and all problems. It may be applied only without problems."""

    entries: list[OldEntry] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def gaps(self, after: int) -> list[int]:
        """The numbers between what the book has reached and the last one in the file that the file does not have."""
        there = {entry.number for entry in self.entries}
        return [number for number in range(after + 1, max(there, default=after)) if number not in there]


def read_register_file(data: bytes, book: OldBook) -> ReadRegister:
    """Read an XLSX. Refuses TableTooLarge and WrongKind for what is no clean workbook; all else is told as problems."""
    found = ReadRegister()
    reader = _Reader(found, book)
    for table in read_tables(data, LIMITS):
        _read_sheet(table, reader)
    if not found.sheets:
        text = f"ไม่พบแถวหัวตารางที่มี “{SUBJECT}” และ “{NUMBER}” ใน {HEADER_WITHIN} แถวแรกของแผ่นงานใด กรุณาใช้แม่แบบที่ดาวน์โหลดจากหน้านี้"
        reader.tell("", 0, SUBJECT, text)
    elif not found.entries and not found.problems:
        reader.tell("", 0, "", "ไม่มีแถวข้อมูลใต้หัวตาราง กรุณากรอกอย่างน้อยหนึ่งแถว")
    found.entries.sort(key=lambda entry: entry.number)
    reader.look_for_jumps()
    return found


def _read_sheet(table: Table, reader: _Reader) -> None:
    titles = RECEIVED if reader.book.received else SENT
    for at, row in enumerate(table.rows[:HEADER_WITHIN]):
        named = [titles.get(plain(cell_text(cell)), "") for cell in row]
        if SUBJECT in named and {NUMBER, OWN} & set(named):
            reader.found.sheets.append(table.name)
            reader.heads = dict(zip(named, map(cell_text, row), strict=True))
            places = _places(table.name, at + 1, named, reader)
            for number, cells in enumerate(table.rows[at + 1 :], at + 2):
                given = {title: cells[place] for title, place in places.items() if place < len(cells)}
                if any(cell_text(value) for value in given.values()):
                    reader.read(table.name, number, given)
            return
    reader.found.unread.append(table.name)


def _places(sheet: str, row: int, named: Sequence[str], reader: _Reader) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, title in enumerate(named):
        if title in places:
            reader.tell(sheet, row, title, f"มีคอลัมน์ “{title}” สองคอลัมน์ กรุณาลบออกหนึ่งคอลัมน์")
        if title:
            places.setdefault(title, place)
    if DATED not in places:
        reader.tell(sheet, row, DATED, f"ไม่มีคอลัมน์ “{DATED}” กรุณาเพิ่มคอลัมน์นี้ตามแม่แบบ")
    return places


class _Reader:
    """Reads rows one after another and remembers what must not come twice."""

    def __init__(self, found: ReadRegister, book: OldBook) -> None:
        self.found = found
        self.book = book
        self.taken: dict[int, tuple[str, int]] = {}
        self.sheet, self.row = "", 0
        self.heads: dict[str, str] = {}

    def tell(self, sheet: str, row: int, column: str, text: str) -> None:
        """Note one problem; the column is named as the sheet itself names it."""
        self.found.problems.append(RowProblem(sheet, row, self.heads.get(column, column), text))

    def read(self, sheet: str, row: int, given: Mapping[str, Any]) -> None:
        """One row: its line where everything could be read, else its problems."""
        self.sheet, self.row = sheet, row
        before = len(self.found.problems)
        texts = {column: self._text(column, given.get(column)) for column in (OWN, THEIRS, FROM, TO)}
        state, because, remark = self._state(given)
        entry = OldEntry(
            number=self._number(given),
            dated=self._dated(given.get(DATED)),
            state=state,
            because=because,
            their_date=self._day(THEIR_DATE, given.get(THEIR_DATE)) if cell_text(given.get(THEIR_DATE)) else None,
            subject=self._text(SUBJECT, given.get(SUBJECT), needed=state == EntryState.USED),
            remark=remark,
            **{_COLUMN_NAMES[column]: text for column, text in texts.items()},
        )
        if len(self.found.problems) == before:
            self.found.entries.append(entry)

    def look_for_jumps(self) -> None:
        """A book jumps by hundreds of numbers only where somebody typed a digit too many."""
        last = self.book.after
        for number in sorted(self.taken):
            if number - last > LONGEST_GAP:
                sheet, row = self.taken[number]
                skipped = f"เลขกระโดดจาก {last} ไป {number} ขาด {number - last - 1:,} เลข"
                self.tell(sheet, row, NUMBER, f"{skipped} กรุณาตรวจว่าพิมพ์เลขเกินหรือไม่ หรือไฟล์ขาดแผ่นงานใด")
            last = number

    def _wrong(self, column: str, text: str) -> None:
        self.tell(self.sheet, self.row, column, text)

    def _number(self, given: Mapping[str, Any]) -> int:
        column = NUMBER if cell_text(given.get(NUMBER)) or self.book.received else OWN
        text = to_arabic(cell_text(given.get(column))).rstrip(".")
        if column == OWN:
            text = text.rsplit("/", 1)[-1].removeprefix("ว").strip()
        found = re.fullmatch(r"0*([0-9]{1,9})(?:/([0-9]{4}))?", text)
        if not found:
            said = f"“{text[:40]}” ไม่ใช่เลขทะเบียน" if text else "ยังไม่มีเลขทะเบียน"
            self._wrong(column, f"{said} กรุณาใส่เลขจำนวนเต็ม เช่น 1, 2, 3")
            return 0
        number = int(found[1])
        self._fits(column, number, found[2])
        if self.book.after < number <= MOST_NUMBERS:
            self.taken.setdefault(number, (self.sheet, self.row))
        return number

    def _fits(self, column: str, number: int, year: str | None) -> None:
        if year and int(year) != self.book.year:
            self._wrong(column, f"เลขนี้เป็นของปี {year} แต่ทะเบียนที่เลือกคือปี {self.book.year} กรุณาแยกไฟล์ตามปี")
        if not 1 <= number <= MOST_NUMBERS:
            self._wrong(column, f"เลข {number} ใช้ไม่ได้ กรุณาใส่เลขตั้งแต่ 1 ถึง {MOST_NUMBERS:,}")
        elif number <= self.book.after:
            self._wrong(column, f"เลข {number} มีในทะเบียนปี {self.book.year} แล้ว (ถึงเลข {self.book.after}) กรุณาตัดแถวนี้ออก")
        elif number in self.taken:
            sheet, row = self.taken[number]
            self._wrong(column, f"เลข {number} ซ้ำกับแผ่นงาน “{sheet}” แถวที่ {row} กรุณาแก้แถวใดแถวหนึ่ง")

    def _text(self, column: str, value: Any, *, needed: bool = False) -> str:
        text = cell_text(value)
        longest = _LONGEST[column]
        if needed and not text:
            self._wrong(column, f"ยังว่างอยู่ กรุณากรอก{column} หรือเขียน “ยกเลิก” ในหมายเหตุถ้าเลขนี้ไม่ได้ใช้")
        if len(text) > longest:
            self._wrong(column, f"ยาว {len(text)} ตัวอักษร รับได้ไม่เกิน {longest} กรุณาเขียนให้สั้นลง")
        try:
            refuse_unless_one_line(text, where=column)
        except NotOneLine:
            self._wrong(column, "มีอักขระที่มองไม่เห็นปนอยู่ กรุณาลบข้อความในช่องนี้แล้วพิมพ์ใหม่")
        return text

    def _state(self, given: Mapping[str, Any]) -> tuple[str, str, str]:
        """State, its reason and the remark: from the column of states, or a remark that begins with ยกเลิก."""
        said, remark = self._text(STATE, given.get(STATE)), self._text(REMARK, given.get(REMARK))
        if not said and remark.startswith(EntryState.VOID.label):
            said, remark = remark, ""
        word, _, because = (part.strip() for part in said.partition(":"))
        if because == "" and word not in _STATES and word.startswith(EntryState.VOID.label):
            word, because = EntryState.VOID.label, word.removeprefix(EntryState.VOID.label).strip(" ()-–")
        if word not in _STATES:
            self._wrong(
                STATE, f"ไม่รู้จัก “{word[:40]}” กรุณาใช้ {EntryState.USED.label}, ยกเลิก: เหตุผล หรือ จองไว้: เรื่องที่จอง หรือเว้นว่าง"
            )
            return EntryState.USED, "", remark
        if len(because) > _LONGEST_REASON.get(_STATES[word], len(because)):
            self._wrong(STATE, f"เหตุผลยาวเกิน {_LONGEST_REASON[_STATES[word]]} ตัวอักษร กรุณาเขียนให้สั้นลง")
        action = self._text(ACTION, given.get(ACTION))
        remark = "; ".join(filter(None, (f"{ACTION}: {action}" if action else "", remark)))
        if action and len(remark) > _LONGEST[REMARK]:
            self._wrong(REMARK, f"การปฏิบัติกับหมายเหตุรวมกันยาวเกิน {_LONGEST[REMARK]} ตัวอักษร กรุณาเขียนให้สั้นลง")
        return _STATES[word], because, remark

    def _dated(self, value: Any) -> date:
        if not cell_text(value):
            self._wrong(DATED, "ยังว่างอยู่ กรุณาใส่วันที่ของแถวนี้")
            return date.min
        day = self._day(DATED, value)
        if day and day.year + ERA != self.book.year:
            self._wrong(DATED, f"{thai_date(day)} ไม่อยู่ในปี {self.book.year} ของทะเบียนที่เลือก กรุณาตรวจวันที่ หรือแยกไฟล์ตามปี")
        elif day and day > self.book.today:
            self._wrong(DATED, f"{thai_date(day)} ยังมาไม่ถึง กรุณาตรวจวันที่")
        return day or date.min

    def _day(self, column: str, value: Any) -> date | None:
        try:
            return cell_day(value, parse_date)
        except BadDate as bad:
            self._wrong(column, bad.th)
            return None


def _longest(name: str) -> int:
    column = RegisterEntry._meta.get_field(name)
    return (column.max_length if isinstance(column, Field) else None) or 0


_LONGEST_REASON = {EntryState.VOID: _longest("voided_because"), EntryState.RESERVED: _longest("reserved_for")}
_LONGEST = {title: _longest(name) for title, name in _COLUMN_NAMES.items()} | {
    SUBJECT: _longest("subject"),
    REMARK: _longest("remark"),
    ACTION: _longest("remark"),
    STATE: max(_LONGEST_REASON.values()) + 20,  # the word and its colon
}
