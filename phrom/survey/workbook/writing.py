"""The workbook as it leaves: locked but for the cells to fill, lists to choose from, A4 when printed. No cell is a formula."""

from __future__ import annotations

import re
from math import ceil
from typing import Any, BinaryIO

from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.path import condition_th
from phrom.shared.documents.xlsx import FONT
from phrom.shared.thai.dates import thai_date
from phrom.survey.workbook.shape import (
    ANSWER,
    CANNOT,
    CODE,
    COLUMNS,
    DETAIL,
    EVIDENCE,
    FILLED,
    GUIDE,
    HIDDEN,
    NO,
    NONE_OF_THEM,
    PROVIDER,
    PROVIDER_WORDS,
    STATE,
    TEXT,
    TICKED,
    VERSION,
    YES,
    AgencyBook,
    Line,
    choice_code,
)

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LINE, TALLEST = 21.0, 400.0  # points; Excel takes 409
_UNSEEN = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")  # marks above and below take no width
PLACE = {title: at for at, title in enumerate(COLUMNS)}
HOW = (
    "กรอกเฉพาะช่องสีขาวของแผ่นเสาหลัก แล้วนำไฟล์กลับเข้าที่หน้าเดิม ระบบจะแสดงให้ตรวจก่อนบันทึกทุกครั้ง",
    "ข้อที่มีรายการให้เลือก: ให้เลือก “เลือก” ในบรรทัดของรายการนั้น หากไม่มีสักรายการ ให้เลือก “ไม่มีรายการใด” ที่บรรทัดของข้อ",
    "ข้อที่ตอบไม่ได้: เว้นคำตอบว่างไว้ แล้วเขียนเหตุผลในช่อง “เหตุผลที่ตอบไม่ได้”",
    "จำนวน ร้อยละ และวันที่ ใช้เลขไทยหรือเลขอารบิกก็ได้ วันที่เขียนเช่น 11/6/2567 หรือ ๑๑ มิ.ย. ๖๗",
    "ลบคำตอบในช่อง หมายถึงลบคำตอบนั้นในระบบ ระบบจะแสดงให้ตรวจก่อน",
    "ข้อที่ส่งหรือรับคำตอบแล้วแก้ไม่ได้ หลักฐานแนบในระบบ ช่องหลักฐานในไฟล์นี้มีไว้ให้ทราบเท่านั้น",
    "ห้ามลบแถว เปลี่ยนรหัส หรือเปลี่ยนชื่อแผ่นงาน เพราะระบบใช้เทียบว่าคำตอบเป็นของข้อใด",
)
_HINTS = {
    Kind.YES_NO: "เลือก มี หรือ ไม่มี",
    Kind.MANY: "เลือกในบรรทัดของแต่ละรายการ",
    Kind.COUNT: "จำนวนเต็มตั้งแต่ 0",
    Kind.PERCENT: "0 ถึง 100 ทศนิยมไม่เกิน 2 ตำแหน่ง",
    Kind.DATE: "เช่น 11/6/2567",
    Kind.URL: "ขึ้นต้นด้วย http:// หรือ https://",
    Kind.TEXT: "ข้อความ",
}


def write_book(target: BinaryIO, book: AgencyBook) -> None:
    """Write the workbook of one agency to a binary stream."""
    import xlsxwriter  # noqa: PLC0415 - loaded only where a workbook is made

    made = xlsxwriter.Workbook(target, OPTIONS)
    formats = _formats(made)
    _guide(made.add_worksheet(GUIDE), book, formats)
    for name, pillar, lines in book.sheets:
        page = made.add_worksheet(name)
        page.write_string(0, 0, f"{pillar.code} {pillar.title} · {book.agency_name}", formats["title"])
        _Page(page, formats).write(lines)
    hidden = made.add_worksheet(HIDDEN)
    for at, mark in enumerate(book.marks):
        hidden.write_string(at, 0, mark)
    hidden.protect()
    hidden.very_hidden()
    made.close()


def _formats(made: Any) -> dict[str, Any]:
    body = {"font_name": FONT, "font_size": 14, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#B1B4B6"}
    grey = {**body, "bg_color": "#F3F2F1", "font_color": "#0B0C0C"}
    looks = {
        "title": {"font_name": FONT, "font_size": 18, "bold": True},
        "head": {**grey, "bold": True, "bg_color": "#D8DEE6"},
        "section": {"font_name": FONT, "font_size": 14, "bold": True, "bg_color": "#E6E9EF"},
        "told": grey,
        "open": {**body, "locked": False, "num_format": "@"},
        "figure": {**body, "locked": False, "num_format": "0", "align": "right"},
        "plain": {"font_name": FONT, "font_size": 16, "text_wrap": True, "valign": "top"},
    }
    return {name: made.add_format(look) for name, look in looks.items()}


def _guide(page: Any, book: AgencyBook, formats: dict[str, Any]) -> None:
    page.set_column(0, 0, 100)
    page.write_string(0, 0, book.edition.title, formats["title"])
    said = (f"แบบกรอกของ {book.agency_name}", f"กำหนดส่งภายในจังหวัด {book.deadline}", "", *HOW)
    for at, text in enumerate(said, 1):
        page.write_string(at, 0, text, formats["plain"])
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.protect()


class _Page:
    """One sheet of a pillar while it is written."""

    def __init__(self, page: Any, formats: dict[str, Any]) -> None:
        self.page, self.formats, self.at = page, formats, 1
        for title, width in COLUMNS.items():
            page.set_column(PLACE[title], PLACE[title], width, None, {"hidden": title == VERSION})
            page.write_string(1, PLACE[title], title, formats["head"])
        page.set_row(1, 2 * LINE)

    def write(self, lines: tuple[Line, ...]) -> None:
        section = ""
        for line in lines:
            if line.question.section != section:
                section = line.question.section
                self.at += 1
                self.page.write_string(self.at, PLACE[TEXT], section, self.formats["section"])
            self.row(line)
        self.page.ignore_errors({"number_stored_as_text": f"C3:F{self.at + 1}"})
        self.page.freeze_panes(2, 2)
        self.page.repeat_rows(1)
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&Cหน้า &P จาก &N")
        self.page.protect("", {"format_rows": True, "format_columns": True})

    def row(self, line: Line) -> None:
        self.at += 1
        question, content = line.question, line.content
        told = {CODE: question.code, TEXT: _question(question), EVIDENCE: _papers(line), STATE: line.state}
        shown_here = told | {DETAIL: shown_detail(content.get("detail")), ANSWER: str(shown(question, content.get("value")))}
        self.page.set_row(self.at, _height(shown_here))
        for title, text in told.items():
            self.told(title, text)
        if not line.asked:
            for title in FILLED:
                self.told(title, "")
            return
        self.page.write_number(self.at, PLACE[VERSION], line.version, self.formats["told"])
        self.fill(ANSWER, line, shown(question, content.get("value")), _offered(question))
        if question.detail:
            words = (YES, NO) if question.detail.kind is Kind.YES_NO else ()
            self.fill(DETAIL, line, shown_detail(content.get("detail")), words)
        else:
            self.told(DETAIL, "")
        names = {key: words for words, key in PROVIDER_WORDS.items()}
        if question.beyond_parent_department:
            self.fill(PROVIDER, line, names.get(content.get("provider", ""), ""), tuple(PROVIDER_WORDS))
        else:
            self.told(PROVIDER, "")
        self.fill(CANNOT, line, content.get("cannot", ""))
        self.choices(line)

    def choices(self, line: Line) -> None:
        ticked = line.content.get("value") or []
        for choice in line.question.choices:
            self.at += 1
            self.told(CODE, choice_code(line.question.code, choice.code))
            self.told(TEXT, f"– {choice.text}")
            self.page.set_row(self.at, _height({TEXT: choice.text}))
            self.fill(ANSWER, line, TICKED if choice.code in ticked else "", (TICKED,))

    def told(self, title: str, text: str) -> None:
        self.page.write_string(self.at, PLACE[title], text, self.formats["told"])

    def fill(self, title: str, line: Line, value: str | int, words: tuple[str, ...] = ()) -> None:
        """A cell to fill; grey and locked where the row was sent already."""
        counted = title == ANSWER and line.question.kind is Kind.COUNT
        look = self.formats["figure" if counted else "open"] if line.editable else self.formats["told"]
        if isinstance(value, int):
            self.page.write_number(self.at, PLACE[title], value, look)
        else:
            self.page.write_string(self.at, PLACE[title], value, look)
        rule: dict[str, Any] = {"validate": "list", "source": list(words)} if words else {"validate": "any"}
        if title == ANSWER and not words:
            rule |= {"input_title": line.question.code, "input_message": _HINTS[line.question.kind]}
        if line.editable and (words or title == ANSWER):
            wrong = {"error_title": "เลือกจากรายการ", "error_message": "กรุณาเลือกจากรายการ หรือลบแล้วเลือกใหม่"}
            self.page.data_validation(self.at, PLACE[title], self.at, PLACE[title], rule | wrong)


def shown(question: Question, value: Any) -> str | int:
    """The stored value as it stands in the cell."""
    if value is None:
        return ""
    match question.kind:
        case Kind.YES_NO:
            return YES if value else NO
        case Kind.MANY:
            return "" if value else NONE_OF_THEM
        case Kind.COUNT:
            return int(value)
        case Kind.DATE:
            return f"{int(value[8:])}/{int(value[5:7])}/{int(value[:4]) + 543}"
        case _:
            return str(value).replace("\r\n", "\n")


def shown_detail(detail: Any) -> str:
    """The stored detail as it stands in the cell."""
    if isinstance(detail, bool):
        return YES if detail else NO
    return "" if detail is None else str(detail).replace("\r\n", "\n")


def _height(texts: dict[str, str]) -> float:
    """The height of a row, in points, so that its longest text is seen whole where no program measures it on opening."""
    lines = [
        sum(max(1, ceil(len(_UNSEEN.sub("", part)) / COLUMNS[title])) for part in text.split("\n"))
        for title, text in texts.items()
    ]
    return min(max(lines) * LINE, TALLEST)


def _offered(question: Question) -> tuple[str, ...]:
    return {Kind.YES_NO: (YES, NO), Kind.MANY: (NONE_OF_THEM,)}.get(question.kind, ())


def _question(question: Question) -> str:
    parts = [question.text]
    if question.window:
        parts.append(f"ช่วงเวลา: {thai_date(question.window.start)} ถึง {thai_date(question.window.end)}")
    if question.asked_when:
        parts.append(f"ตอบเมื่อ: {condition_th(question.asked_when)}")
    if question.detail:
        parts.append(f"รายละเอียด: {question.detail.label}")
    return "\n".join(parts)


def _papers(line: Line) -> str:
    wanted = "; ".join(slot.name for slot in line.question.evidence)
    there = "; ".join(line.papers)
    return "\n".join(text for text in (wanted and f"ควรมี: {wanted}", there and f"แนบแล้ว: {there}") if text)
