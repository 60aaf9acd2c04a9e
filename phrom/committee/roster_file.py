"""A roster from an Excel file: what every row says, and everything that is wrong with it, by row and column. Nothing is saved.

The first sheet is read. A row with the word ตำแหน่ง heads the table; columns are found by their titles, in any order.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from phrom.agencies.models import Agency
from phrom.committee.models import Seat, SeatCategory, SeatRole
from phrom.shared.files.kinds import WrongKind
from phrom.shared.files.sniff import content_type_of
from phrom.shared.thai.dates import thai_date
from phrom.shared.thai.digits import to_arabic
from phrom.shared.thai.reading import BadDate, parse_date
from phrom.shared.thai.words import search_key
from phrom.shared.ui.refusals import Refusal

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 500, 60
HEADER_WITHIN = 10  # rows
PLACE, TITLE, CATEGORY, ROLE, HOLDER, AGENCY, STARTS = COLUMNS = (
    "ลำดับ",
    "ตำแหน่ง",
    "กลุ่ม",
    "บทบาท",
    "ผู้ดำรงตำแหน่ง",
    "หน่วยงาน",
    "เริ่ม",
)
_ROLES = {search_key(role.label): role.value for role in SeatRole} | {
    "ประธาน": SeatRole.CHAIR.value,
    "รองประธาน": SeatRole.VICE_CHAIR.value,
}
_CATEGORIES = {search_key(category.label): category.value for category in SeatCategory}
_CELL = re.compile(rb"""<(?:\w+:)?(?:row|c)\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Z]{0,9})([0-9]{1,12})["']""", re.IGNORECASE)


class BadRosterFile(Refusal):
    """The file cannot be read as a table at all."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} ยังไม่มีอะไรถูกบันทึก", f"{en} Nothing was saved.", where="file")


@dataclass(frozen=True)
class RowProblem:
    """One thing to mend: the row as Excel numbers it (0: the whole file), the column's title, and what to do."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class RosterRow:
    """A seat as a row says it. `starts_on` is that of the holder, None without one."""

    row: int
    precedence: int
    title: str
    category: str
    role: str
    holder: str = ""
    agency: Agency | None = None
    starts_on: date | None = None


@dataclass
class ReadRoster:
    """The rows that could be read, in precedence, and all problems. It may be applied only without problems."""

    rows: list[RosterRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read_roster_file(data: bytes, *, offices: Sequence[Agency], effective_on: date) -> ReadRoster:
    """Read an XLSX. Refuses BadRosterFile and WrongKind for what is no clean table; all else is told as problems."""
    cells = _cells(data)
    found = ReadRoster()
    head = next((at for at, row in enumerate(cells[:HEADER_WITHIN]) if TITLE in map(_title_of, row)), None)
    if head is None:
        text = f"ไม่พบแถวหัวตารางที่มีคำว่า “{TITLE}” ใน {HEADER_WITHIN} แถวแรก กรุณาใช้แม่แบบที่ดาวน์โหลดจากหน้านี้"
        found.problems.append(RowProblem(0, TITLE, text))
        return found
    places = _columns(cells[head], head + 1, found)
    reader = _Reader(found, _offices(offices), effective_on)
    for number, row in enumerate(cells[head + 1 :], head + 2):
        texts = {title: row[at] if at < len(row) else "" for title, at in places.items()}
        if any(_text(value) for value in texts.values()):
            reader.read(number, texts)
    reader.look_at_the_whole()
    found.rows.sort(key=lambda each: each.precedence)
    found.problems.sort(key=lambda each: each.row)
    return found


def seat_of(row: RosterRow) -> Seat:
    """The seat that the row asks for, not stored."""
    return Seat(precedence=row.precedence, title=row.title, category=row.category, role=row.role, agency=row.agency)


class _Reader:
    """Reads rows one after another and remembers what must not come twice."""

    def __init__(self, found: ReadRoster, offices: Mapping[str, list[Agency]], effective_on: date) -> None:
        self.found = found
        self.offices = offices
        self.effective_on = effective_on
        self.taken: dict[int, int] = {}
        self.chairs: list[int] = []

    def read(self, number: int, texts: Mapping[str, Any]) -> None:
        """One row: its seat where everything could be read, else its problems."""
        before = len(self.found.problems)
        holder = self._limited(number, HOLDER, texts.get(HOLDER), 200)
        row = RosterRow(
            row=number,
            precedence=self._place(number, texts.get(PLACE)),
            title=self._limited(number, TITLE, texts.get(TITLE), 300, "พิมพ์ชื่อตำแหน่งตามคำสั่ง"),
            category=self._one_of(number, CATEGORY, texts.get(CATEGORY), _CATEGORIES, [each.label for each in SeatCategory]),
            role=self._role(number, texts.get(ROLE)),
            holder=holder,
            agency=self._agency(number, texts.get(AGENCY)),
            starts_on=self._starts(number, texts.get(STARTS), holder),
        )
        if len(self.found.problems) == before:
            self.found.rows.append(row)

    def look_at_the_whole(self) -> None:
        """What only the table as a whole can tell."""
        if not self.found.rows and not self.found.problems:
            self._tell(0, "", "ไม่มีแถวข้อมูลใต้หัวตาราง กรุณากรอกตำแหน่งอย่างน้อยหนึ่งแถว")
        elif not self.chairs:
            label = SeatRole.CHAIR.label
            self._tell(0, ROLE, f"ไม่มีแถวใดเป็น{label} กรุณาระบุบทบาท “{label}” หนึ่งแถว")

    def _tell(self, number: int, column: str, text: str) -> None:
        self.found.problems.append(RowProblem(number, column, text))

    def _place(self, number: int, value: Any) -> int:
        text = to_arabic(_text(value)).rstrip(".")
        if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) == 0:
            said = f"“{text[:40]}” ไม่ใช่ลำดับที่" if text else "ยังไม่มีลำดับ"
            self._tell(number, PLACE, f"{said} กรุณาใส่เลข 1, 2, 3 ตามลำดับในคำสั่ง")
            return 0
        place = int(text)
        if place in self.taken:
            self._tell(number, PLACE, f"ลำดับ {place} ซ้ำกับแถวที่ {self.taken[place]} กรุณาให้แต่ละตำแหน่งมีลำดับของตน")
        self.taken.setdefault(place, number)
        return place

    def _limited(self, number: int, column: str, value: Any, longest: int, needed: str = "") -> str:
        text = " ".join(_text(value).split())
        if needed and not text:
            self._tell(number, column, f"ยังว่างอยู่ กรุณา{needed}")
        if len(text) > longest:
            self._tell(number, column, f"ยาว {len(text)} ตัวอักษร รับได้ไม่เกิน {longest} กรุณาเขียนให้สั้นลง")
        return text

    def _one_of(self, number: int, column: str, value: Any, known: Mapping[str, str], offered: Sequence[Any]) -> str:
        text = _text(value)
        found = known.get(search_key(text), "")
        if not found:
            said = f"ไม่รู้จัก “{text[:60]}”" if text else "ยังว่างอยู่"
            self._tell(number, column, f"{said} กรุณาใช้คำใดคำหนึ่ง: {', '.join(map(str, offered))}")
        return found

    def _role(self, number: int, value: Any) -> str:
        if not _text(value):
            return SeatRole.MEMBER.value
        role = self._one_of(number, ROLE, value, _ROLES, [each.label for each in SeatRole])
        if role == SeatRole.CHAIR:
            if self.chairs:
                self._tell(number, ROLE, f"ประธานกรรมการมีแล้วที่แถว {self.chairs[0]} คำสั่งหนึ่งมีประธานได้หนึ่งตำแหน่ง กรุณาแก้แถวใดแถวหนึ่ง")
            self.chairs.append(number)
        return role

    def _agency(self, number: int, value: Any) -> Agency | None:
        text = _text(value)
        matching = self.offices.get(search_key(text), []) if text else []
        if text and not matching:
            self._tell(number, AGENCY, f"ไม่พบหน่วยงาน “{text[:80]}” กรุณาใช้รหัสหรือชื่อเต็มตามแผ่นงาน “หน่วยงาน” ในแม่แบบ หรือเว้นว่าง")
        elif len(matching) > 1:
            codes = ", ".join(each.code for each in matching[:5])
            self._tell(number, AGENCY, f"มีหน่วยงานชื่อนี้ {len(matching)} แห่ง กรุณาใช้รหัสแทนชื่อ: {codes}")
        return matching[0] if len(matching) == 1 else None

    def _starts(self, number: int, value: Any, holder: str) -> date | None:
        text = _text(value)
        if not holder:
            if text:
                self._tell(number, HOLDER, "มีวันเริ่มแต่ไม่มีชื่อผู้ดำรงตำแหน่ง กรุณาใส่ชื่อ หรือลบวันเริ่ม")
            return None
        try:
            day = _day(value) if text else self.effective_on
        except BadDate as bad:
            self._tell(number, STARTS, bad.th)
            return None
        if day < self.effective_on:
            self._tell(
                number,
                STARTS,
                f"{thai_date(day)} อยู่ก่อนวันที่คำสั่งมีผล ({thai_date(self.effective_on)}) กรุณาแก้วันที่ หรือเว้นว่างเพื่อใช้วันที่คำสั่งมีผล",
            )
        return day


def _columns(row: Sequence[Any], number: int, found: ReadRoster) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(row):
        title = _title_of(cell)
        if title in places:
            found.problems.append(RowProblem(number, title, f"มีคอลัมน์ “{title}” สองคอลัมน์ กรุณาลบออกหนึ่งคอลัมน์"))
        if title:
            places.setdefault(title, at)
    for title in (PLACE, CATEGORY):
        if title not in places:
            found.problems.append(RowProblem(number, title, f"ไม่มีคอลัมน์ “{title}” กรุณาเพิ่มคอลัมน์นี้ตามแม่แบบ"))
    return places


def _title_of(cell: Any) -> str:
    """Which of our columns a heading names: "หน่วยงาน (รหัสหรือชื่อ)" is หน่วยงาน."""
    plain = _text(cell).split("(")[0].strip()
    return plain if plain in COLUMNS else ""


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def _day(value: Any) -> date:
    """A cell that Excel holds as a date, or a text; a Buddhist year typed into a date cell is read as such."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return parse_date(f"{value.day}/{value.month}/{value.year}")
    return parse_date(_text(value))


def _offices(offices: Sequence[Agency]) -> dict[str, list[Agency]]:
    """Offices by code, name and short name."""
    found: dict[str, list[Agency]] = {}
    for office in offices:
        for key in {search_key(text) for text in (office.code, office.name, office.short_name) if text}:
            found.setdefault(key, []).append(office)
    return found


def _cells(data: bytes) -> list[list[Any]]:
    """The cells of the first sheet, blank ones at the beginning included. Refuses what is hostile before it is unpacked."""
    if len(data) > MOST_BYTES:
        raise _too_large()
    content_type_of(io.BytesIO(data), len(data), "xlsx")
    _refuse_sprawl(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError) as broken:
        raise WrongKind("อ่านตารางในไฟล์นี้ไม่ได้", "The table in this file cannot be read.") from broken


def _refuse_sprawl(data: bytes) -> None:
    """One cell far away makes a reader lay out the whole plane between: two cells can ask for gigabytes.

    Every part is looked at, because a workbook may keep its sheets under any name.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        if sum(entry.file_size for entry in book.infolist()) > MOST_UNPACKED:
            raise _too_large()
        for entry in book.infolist():
            for letters, digits in _CELL.findall(book.read(entry).replace(b"\0", b"")):  # UTF-16 must not hide it
                if int(digits) > MOST_ROWS + HEADER_WITHIN or _column_number(letters.upper()) > MOST_COLUMNS:
                    raise BadRosterFile(
                        f"ตารางในไฟล์ใหญ่เกิน {MOST_ROWS} แถวหรือ {MOST_COLUMNS} คอลัมน์ (พบเซลล์ {(letters + digits).decode()}) "
                        "กรุณาลบแถวและคอลัมน์ที่ไม่ใช้ หรือคัดลอกลงแม่แบบ",
                        f"A sheet goes beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns. Please delete what is unused.",
                    )


def _too_large() -> BadRosterFile:
    mega = MOST_BYTES // 1024 // 1024
    return BadRosterFile(
        f"ไฟล์ใหญ่เกิน {mega} เมกะไบต์หรือขยายออกแล้วใหญ่ผิดปกติ รายชื่อคณะกรรมการเล็กกว่านั้นมาก กรุณาตรวจไฟล์",
        f"The file is larger than {mega} MB, or unpacks to an unusual size; a roster is much smaller. Please check the file.",
    )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
