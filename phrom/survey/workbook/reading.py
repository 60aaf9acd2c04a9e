"""The workbook as it comes back: what every row says, and what is wrong, at its sheet, row and column. Nothing is saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from phrom.rules.scoring.exchange import BadAnswer, answer_from_json, answer_to_json
from phrom.rules.scoring.sheet import Stance
from phrom.shared.files.workbook import MEGA, Limits, Table, cells_in_error, read_tables
from phrom.shared.thai.reading import BadDate
from phrom.survey.workbook.cells import READERS, OddCell, text_of
from phrom.survey.workbook.shape import (
    ANSWER,
    CANNOT,
    CHOICE_MARK,
    CODE,
    COLUMNS,
    DETAIL,
    FILLED,
    FORMAT,
    HIDDEN,
    PROVIDER,
    TICKED,
    VERSION,
    AgencyBook,
    Content,
    Line,
)

LIMITS = Limits(bytes=5 * MEGA, unpacked=40 * MEGA, rows=3000, columns=60, sheets=40)
HEADER_WITHIN = 10  # rows
NEEDED = (CODE, *FILLED, VERSION)
_PARTS = {ANSWER: "value", DETAIL: "detail", PROVIDER: "provider", CANNOT: "cannot"}
_NOT_OURS = (
    "ไฟล์นี้ไม่ใช่แบบกรอกที่ดาวน์โหลดจากระบบ กรุณาดาวน์โหลดแบบกรอกของหน่วยงานแล้วคัดลอกคำตอบลงไป",
    "This is no workbook that was downloaded here. Download the agency's workbook and copy the answers into it.",
)
_OTHER = {
    1: ("แบบกรอกนี้เป็นของรอบอื่น กรุณาดาวน์โหลดแบบกรอกของรอบนี้", "This workbook belongs to another round."),
    2: ("แบบกรอกนี้เป็นของหน่วยงานอื่น กรุณานำเข้าที่หน้าของหน่วยงานนั้น", "This workbook belongs to another agency."),
    3: ("แบบสำรวจเปลี่ยนไปหลังจากดาวน์โหลดแบบกรอกนี้ กรุณาดาวน์โหลดใหม่", "The questionnaire is another one than this workbook's."),
}


@dataclass(frozen=True)
class CellProblem:
    """One thing to mend: sheet, row as Excel numbers it (0: the whole sheet or file), column, and why in two languages."""

    sheet: str
    row: int
    column: str
    th: str
    en: str

    @property
    def text(self) -> str:
        """Both sentences, for the page."""
        return f"{self.th} / {self.en}"


@dataclass(frozen=True)
class FilledRow:
    """What the workbook says of one row: the content as it would be stored, upon which version, and where it stands."""

    line: Line
    content: Content
    version: int
    sheet: str
    row: int


@dataclass
class Filled:
    """The rows that could be read and all problems. It may be applied only without problems."""

    rows: list[FilledRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


def read_book(data: bytes, book: AgencyBook) -> Filled:
    """Read a workbook that came back for `book`. Refuses TableTooLarge and WrongKind; everything else is told as problems."""
    tables = {table.name: table for table in read_tables(data, LIMITS)}
    found = Filled()
    if wrong := _not_this(tables.get(HIDDEN), book):
        found.problems.append(CellProblem("", 0, "", *wrong))
        return found
    broken = cells_in_error(data)
    for name, _, lines in book.sheets:
        if name not in tables:
            th, en = f"ไม่มีแผ่นงาน {name} กรุณาใช้แบบกรอกที่มีครบทุกแผ่น", f"The sheet {name} is missing."
            found.problems.append(CellProblem(name, 0, "", th, en))
            continue
        _SheetReader(name, book, lines, found, frozenset(broken.get(name, ()))).read(tables[name].rows)
    return found


def in_order(problems: Sequence[CellProblem], book: AgencyBook) -> tuple[CellProblem, ...]:
    """The problems as one meets them in the workbook: by sheet, row and column."""
    order = {name: at for at, (name, _, _) in enumerate(book.sheets)}
    titles = list(COLUMNS)

    def place(problem: CellProblem) -> tuple[int, int, int]:
        column = titles.index(problem.column) if problem.column in titles else -1
        return order.get(problem.sheet, -1), problem.row, column

    return tuple(sorted(problems, key=place))


def _not_this(hidden: Table | None, book: AgencyBook) -> tuple[str, str] | None:
    marks = [text_of(row[0]) if row else "" for row in hidden.rows] if hidden else []
    if not marks or marks[0] != FORMAT:
        return _NOT_OURS
    marks += [""] * len(book.marks)
    return next((_OTHER[at] for at, mark in enumerate(book.marks) if at and marks[at] != mark), None)


@dataclass
class _Typed:
    """The cells of one row: the main line and its ticks."""

    line: Line
    row: int
    cells: dict[str, Any]
    ticked: list[str] = field(default_factory=list)


class _SheetReader:
    """One sheet while it is read."""

    def __init__(
        self, name: str, book: AgencyBook, lines: Sequence[Line], found: Filled, broken: frozenset[tuple[int, int]]
    ) -> None:
        self.name, self.book, self.found, self.broken = name, book, found, broken
        self.lines = {line.question.code: line for line in lines}
        self.typed: dict[str, _Typed] = {}
        self.named: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.bad: set[int] = set()

    def tell(self, row: int, column: str, th: str, en: str) -> None:
        self.bad.add(row)
        self.found.problems.append(CellProblem(self.name, row, column, th, en))

    def read(self, rows: list[list[Any]]) -> None:
        head = next((at for at, row in enumerate(rows[:HEADER_WITHIN]) if CODE in map(text_of, row)), None)
        if head is None or not self.heads(rows[head], head + 1):
            if head is None:
                self.tell(0, CODE, "ไม่พบแถวหัวตาราง กรุณาใช้แบบกรอกเดิม", "The header row is missing.")
            return
        for number, row in enumerate(rows[head + 1 :], head + 2):
            cells = {title: row[at] if at < len(row) else "" for title, at in self.places.items()}
            self.line(number, cells)
        for code, line in self.lines.items():
            if line.asked and code not in self.typed and code not in self.named:
                self.tell(0, CODE, f"แถวของข้อ {code} หายไป กรุณาใช้แบบกรอกที่มีครบทุกแถว", f"The row of {code} is missing.")
        for typed in self.typed.values():
            self.answer(typed)

    def heads(self, row: list[Any], number: int) -> bool:
        """Where each column stands; False when one that is needed is missing or there twice."""
        for at, cell in enumerate(row):
            title = text_of(cell)
            if title in self.places:
                self.tell(number, title, f"มีคอลัมน์ “{title}” สองคอลัมน์ กรุณาลบหนึ่งคอลัมน์", f"Two columns '{title}'.")
            elif title in NEEDED:
                self.places[title] = at
        for title in NEEDED:
            if title not in self.places:
                self.tell(number, title, f"ไม่มีคอลัมน์ “{title}” กรุณาใช้แบบกรอกเดิม", f"The column '{title}' is missing.")
        return number not in self.bad

    def line(self, number: int, cells: dict[str, Any]) -> None:
        """One line of the sheet: of a row, of a choice, or of nothing."""
        for title, at in self.places.items():
            if (number, at) in self.broken:
                self.tell(number, title, "เซลล์นี้มีสูตรที่คำนวณไม่ได้ กรุณาพิมพ์คำตอบแทน", "The formula in this cell has failed.")
        written, filled = text_of(cells[CODE]), any(text_of(cells[title]) for title in FILLED)
        if not written:
            if filled:
                self.tell(number, CODE, "มีคำตอบแต่ไม่มีรหัสข้อ กรุณาใส่รหัสข้อเดิม", "There is an answer but no code.")
            return
        code, mark, choice = written.partition(CHOICE_MARK)
        if written in self.named:
            th = f"รหัส {written[:40]} ซ้ำกับแถวที่ {self.named[written]} กรุณาลบออกหนึ่งแถว"
            self.tell(number, CODE, th, f"The code {written[:40]} is already in row {self.named[written]}.")
            return
        self.named[written] = number
        line = self.known(number, code)
        if line is None:
            return
        if mark:
            self.choice(number, line, choice, cells)
        elif not line.asked:
            for title in FILLED:
                if text_of(cells[title]):
                    self.tell(number, title, f"{code} เป็นหัวข้อ ไม่ต้องตอบ กรุณาลบ", f"{code} is a heading and takes no answer.")
        else:
            self.typed[code] = _Typed(line, number, cells)

    def known(self, number: int, code: str) -> Line | None:
        """The row of this code if it stands on the right sheet and is asked of the agency."""
        if code in self.lines:
            return self.lines[code]
        if code in self.book.by_code:
            self.tell(number, CODE, f"ข้อ {code} อยู่แผ่นงานอื่น กรุณาย้ายกลับ", f"{code} belongs to another sheet.")
        elif code in self.book.edition.by_code:
            self.tell(number, CODE, f"ข้อ {code} ไม่ได้ถามหน่วยงานนี้ กรุณาลบแถว", f"{code} is not asked of this agency.")
        else:
            self.tell(number, CODE, f"ไม่มีข้อ “{code[:40]}” ในแบบสำรวจ กรุณาใส่รหัสเดิม", f"There is no row '{code[:40]}'.")
        return None

    def choice(self, number: int, line: Line, choice: str, cells: dict[str, Any]) -> None:
        code, word = line.question.code, text_of(cells[ANSWER])
        if choice not in {each.code for each in line.question.choices}:
            self.tell(number, CODE, f"ข้อ {code} ไม่มีตัวเลือก “{choice[:40]}”", f"{code} has no choice '{choice[:40]}'.")
            return
        for title in (DETAIL, PROVIDER, CANNOT):
            if text_of(cells[title]):
                self.tell(number, title, f"กรุณาเขียนในแถวของข้อ {code}", f"Write this in the row of {code}.")
        if word not in ("", TICKED, "/", "x", "X", "✓"):
            th = f"“{word[:40]}” ไม่ใช่คำที่ใช้ได้ กรุณาเลือก “{TICKED}” หรือเว้นว่าง"
            self.tell(number, ANSWER, th, "Choose the word of the list, or leave the cell empty.")
        elif word and code in self.typed:
            self.typed[code].ticked.append(choice)
        elif word:
            self.tell(number, CODE, f"แถวนี้ต้องอยู่ใต้แถวของข้อ {code}", f"This line must stand below the row of {code}.")

    def answer(self, typed: _Typed) -> None:
        """The whole content of a row, or its problems."""
        question, row = typed.line.question, typed.row
        content: dict[str, Any] = {}
        for title, part in _PARTS.items():
            try:
                content[part] = READERS[title](question, text_of(typed.cells[title]), typed.ticked)
                answer_from_json(question, {part: content[part]})
            except BadAnswer as bad:
                self.tell(row, title, " ".join(p.th for p in bad.problems), " ".join(p.en for p in bad.problems))
            except BadDate as bad:
                self.tell(row, title, bad.th, bad.en)
            except OddCell as odd:
                self.tell(row, title, odd.th, odd.en)
        version = self.version(typed)
        if row in self.bad:
            return
        content["stance"] = _stance(typed.line, content)
        try:
            stored = answer_to_json(answer_from_json(question, content))
        except BadAnswer as bad:
            self.tell(row, CANNOT, " ".join(p.th for p in bad.problems), " ".join(p.en for p in bad.problems))
            return
        self.found.rows.append(FilledRow(typed.line, stored, version, self.name, row))

    def version(self, typed: _Typed) -> int:
        text = text_of(typed.cells[VERSION])
        if re.fullmatch("[0-9]{1,9}", text) and int(text) <= typed.line.version:
            return int(text)
        th = "เลขรุ่นของคำตอบถูกแก้ จึงเทียบกับคำตอบในระบบไม่ได้ กรุณาดาวน์โหลดแบบกรอกใหม่"
        self.tell(typed.row, VERSION, th, "The version number was changed. Download the workbook again.")
        return 0


def _stance(line: Line, content: dict[str, Any]) -> str:
    """What was said to the owner's answer stays; who answers themselves confirms no longer."""
    stance = str(line.content.get("stance", ""))
    answered = content["value"] is not None or content["cannot"]
    return "" if stance == Stance.CONFIRMS and answered else stance
