"""ทะเบียนเดิมจาก Excel: ทุกจุดผิดบอกครั้งเดียวตามแผ่นงาน แถว และคอลัมน์ ไฟล์ที่เป็นอันตรายถูกปฏิเสธ. No database."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from phrom.letters.models import Book
from phrom.letters.pages.old_registers import template_sheets
from phrom.letters.register_file import OldBook, ReadRegister, read_register_file
from phrom.shared.documents.xlsx import write_workbook
from phrom.shared.ui.refusals import Refusal

RECEIVE = OldBook(Book.RECEIVE, 2566, 0, date(2024, 6, 11))
SEND = OldBook(Book.SEND, 2566, 0, date(2024, 6, 11))
HEAD = ("เลขทะเบียนรับ", "วันที่รับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ", "สถานะเลข")
ROW = (1, "๓ ม.ค. ๒๕๖๖", "มท 0305/ว 1", "30/12/2565", "กรมการปกครอง", "ผู้ว่าราชการจังหวัด", "การขับเคลื่อน e-Document", "", "", "")


def book(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """An Excel file with these sheets."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"default_date_format": "d/m/yyyy"})
    for name, rows in sheets.items():
        page = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(number, column, value)
    made.close()
    return stream.getvalue()


def read(*rows: Sequence[object], head: Sequence[str] = HEAD, of: OldBook = RECEIVE) -> ReadRegister:
    """What is read from a file with one sheet."""
    return read_register_file(book({"ม.ค.": [head, *rows]}), of)


def told(found: ReadRegister) -> list[tuple[str, int, str]]:
    """Sheet, row and column of every problem."""
    return [(problem.sheet, problem.row, problem.column) for problem in found.problems]


def but(number: object, **changes: object) -> tuple[object, ...]:
    """The row with another number and other values; columns by their English names."""
    names = ("number", "dated", "theirs", "their_date", "from_", "to", "subject", "action", "remark", "state")
    return tuple({"number": number, **changes}.get(name, value) for name, value in zip(names, ROW, strict=True))


def test_a_clean_row_is_read_as_it_stands() -> None:
    found = read(ROW)
    assert found.problems == []
    entry = found.entries[0]
    assert (entry.number, entry.dated, entry.their_date) == (1, date(2023, 1, 3), date(2022, 12, 30))
    assert (entry.their_number, entry.from_name, entry.to_name) == ROW[2:3] + ROW[4:6]
    assert (entry.subject, entry.state, entry.remark) == (ROW[6], "used", "")


@pytest.mark.parametrize(
    "day", ["3/1/66", "๓ มกราคม ๒๕๖๖", date(2023, 1, 3), date(2566, 1, 3), "2023-01-03", "วันอังคารที่ 3 ม.ค. 66"]
)
def test_days_are_read_as_offices_write_them_and_as_excel_keeps_them(day: object) -> None:
    assert read(but(1, dated=day)).entries[0].dated == date(2023, 1, 3)


HEADS = {
    "as printed": ("วัน เดือน พ.ศ.", "เลขทะเบียนรับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง"),
    "in short": ("รับวันที่", "เลขรับ", "เลขที่หนังสือ", "หนังสือลงวันที่", "ผู้ส่ง", "เรียน", "ชื่อเรื่อง"),
    "with blanks": (" วันที่ รับ ", "เลขที่ รับ", "ที่หนังสือ", "วันที่หนังสือ", "จากหน่วยงาน", "ถึงหน่วยงาน", "เรื่อง"),
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_headings_are_known_in_the_words_that_offices_use(head: Sequence[str]) -> None:
    found = read(
        ("3/1/2566", "๑๒", "มท 1", "1/1/2566", "ก", "ข", "ค"), head=head, of=OldBook(Book.RECEIVE, 2566, 11, RECEIVE.today)
    )
    assert found.problems == []
    assert (found.entries[0].number, found.entries[0].their_number, found.entries[0].subject) == (12, "มท 1", "ค")


def test_a_book_of_what_was_sent_finds_its_number_in_the_number_of_the_letter() -> None:
    head = ("ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง")
    rows = [("ชม 0017.2/1", "5/1/2566", "", "อำเภอ", "ก"), ("ชม 0017.2/ว ๒", "6/1/2566", "", "ทุกอำเภอ", "ข")]
    found = read(*rows, head=head, of=SEND)
    assert found.problems == []
    assert [(entry.number, entry.number_text) for entry in found.entries] == [(1, "ชม 0017.2/1"), (2, "ชม 0017.2/ว ๒")]


def test_a_sheet_for_each_month_is_one_book_and_other_sheets_are_named() -> None:
    data = book({"มกราคม": [HEAD, ROW], "กุมภาพันธ์": [("ทะเบียนรับ",), HEAD, but(2, dated="1/2/2566")], "จดไว้": [("โทร",)]})
    found = read_register_file(data, RECEIVE)
    assert (found.problems, found.sheets, found.unread) == ([], ["มกราคม", "กุมภาพันธ์"], ["จดไว้"])
    assert [entry.number for entry in found.entries] == [1, 2]


def test_what_was_void_or_reserved_is_known_by_its_state_or_its_remark() -> None:
    void = {"subject": "", "remark": "ยกเลิก (พิมพ์ผิด)"}
    found = read(but(1, state="ยกเลิก: ออกซ้ำ"), but(2, **void), but(3, subject="", state="จองไว้: งานพัสดุ"), but(4, remark="ด่วน"))
    assert found.problems == []
    assert [(entry.state, entry.because) for entry in found.entries] == [
        ("void", "ออกซ้ำ"),
        ("void", "พิมพ์ผิด"),
        ("reserved", "งานพัสดุ"),
        ("used", ""),
    ]


def test_what_was_done_goes_into_the_remark_and_gaps_are_counted() -> None:
    found = read(but(2, action="สำนักงานจังหวัด", remark="ด่วน"), but(5))
    assert found.entries[0].remark == "การปฏิบัติ: สำนักงานจังหวัด; ด่วน"
    assert found.gaps(0) == [1, 3, 4]


PLANTED = {
    "no number": (but(""), "เลขทะเบียนรับ"),
    "a word for a number": (but("สอง"), "เลขทะเบียนรับ"),
    "number zero": (but(0), "เลขทะเบียนรับ"),
    "half a number": (but(2.5), "เลขทะเบียนรับ"),
    "less than nothing": (but(-3), "เลขทะเบียนรับ"),
    "a number without end": (but("9" * 12), "เลขทะเบียนรับ"),
    "beyond any book": (but(90_000), "เลขทะเบียนรับ"),
    "of another year": (but("7/2565"), "เลขทะเบียนรับ"),
    "the number of another row": (but(1), "เลขทะเบียนรับ"),
    "a formula's trouble": (but("#REF!"), "เลขทะเบียนรับ"),
    "no day": (but(20, dated=""), "วันที่รับ"),
    "no such day": (but(21, dated="29/2/2566"), "วันที่รับ"),
    "no such month": (but(22, dated="3/13/2566"), "วันที่รับ"),
    "no day at all": (but(23, dated="เมื่อวาน"), "วันที่รับ"),
    "a bare number for a day": (but(24, dated=44929), "วันที่รับ"),
    "a day of last year": (but(25, dated="31/12/2565"), "วันที่รับ"),
    "a day of next year": (but(26, dated=date(2024, 1, 1)), "วันที่รับ"),
    "the wrong weekday": (but(27, dated="วันจันทร์ที่ 3 ม.ค. 2566"), "วันที่รับ"),
    "their day is none": (but(28, their_date="31/4/2566"), "ลงวันที่"),
    "their day is a word": (but(29, their_date="ไม่ทราบ"), "ลงวันที่"),
    "their number is a story": (but(30, theirs="ก" * 81), "ที่"),
    "from without end": (but(31, from_="ก" * 301), "จาก"),
    "to without end": (but(32, to="ก" * 301), "ถึง"),
    "no subject": (but(33, subject=" "), "เรื่อง"),
    "a subject without end": (but(34, subject="ก" * 501), "เรื่อง"),
    "a subject turned round": (but(35, subject="หนังสือ\u202eลับ"), "เรื่อง"),
    "a remark without end": (but(36, remark="ก" * 501), "หมายเหตุ"),
    "remark and act together": (but(37, action="ก" * 300, remark="ข" * 300), "หมายเหตุ"),
    "an unknown state": (but(38, state="หาย"), "สถานะเลข"),
    "a reason without end": (but(39, state="จองไว้: " + "ก" * 301), "สถานะเลข"),
    "hidden in from": (but(40, from_="กรม\u2066x"), "จาก"),
}


@pytest.mark.parametrize("row, column", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_error_is_told_by_sheet_row_and_column(row: Sequence[object], column: str) -> None:
    assert told(read(ROW, row)) == [("ม.ค.", 3, column)]


def test_all_planted_errors_are_told_at_once() -> None:
    planted = [row for row, _ in PLANTED.values()]
    found = read_register_file(book({"ม.ค.": [HEAD, ROW, *planted[:16]], "ก.พ.": [HEAD, *planted[16:]]}), RECEIVE)
    columns = [column for _, column in PLANTED.values()]
    expected = [("ม.ค.", number, column) for number, column in enumerate(columns[:16], 3)]
    assert told(found) == expected + [("ก.พ.", number, column) for number, column in enumerate(columns[16:], 2)]
    assert len(found.problems) >= 30
    assert len(found.entries) == 1


def test_what_only_the_whole_file_tells() -> None:
    assert told(read(head=("ชื่อ", "สกุล"))) == [("", 0, "เรื่อง")]
    assert told(read()) == [("", 0, "")]
    assert ("ม.ค.", 1, "วันที่") in told(read((1, "ก"), head=("เลขรับ", "เรื่อง")))
    assert ("ม.ค.", 1, "เลขรับ") in told(read((1, 1, "3/1/66", "ก"), head=("เลขทะเบียน", "เลขรับ", "วันที่", "เรื่อง")))
    assert told(read(ROW, but(700))) == [("ม.ค.", 3, "เลขทะเบียนรับ")]  # a digit too many
    assert told(read(but(5), of=OldBook(Book.RECEIVE, 2566, 5, RECEIVE.today))) == [("ม.ค.", 2, "เลขทะเบียนรับ")]


def test_the_template_itself_is_understood_in_both_books() -> None:
    stream = io.BytesIO()
    write_workbook(stream, template_sheets())
    for of in (RECEIVE, SEND):
        found = read_register_file(stream.getvalue(), of)
        assert "ทะเบียนรับ" in found.sheets
        assert told(found) == [("", 0, "")] or of is SEND


def rezipped(data: bytes, part: str, change: bytes, *, to: bytes) -> bytes:
    """The same workbook with other bytes in one part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, content.replace(change, to) if entry.filename == part else content)
    return stream.getvalue()


SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
PLAIN = book({"ม.ค.": [HEAD, ROW]})
MANY = book({"ม.ค.": [HEAD, *[("ก",) * 10] * 2000]})
HOSTILE = {
    "nothing": b"",
    "no workbook": b"name,title\n1,2\n",
    "an archive of something": rezipped(PLAIN, "[Content_Types].xml", b"sheet", to=b"word"),
    "too large": b"PK\x03\x04" + b"0" * 13_000_000,
    "unpacks to a hundred megabytes": rezipped(PLAIN, TEXTS, b"</sst>", to=b" " * 100_000_000 + b"</sst>"),
    "one text in twenty thousand cells": rezipped(MANY, TEXTS, "ก</t>".encode(), to=("ก" * 100_000 + "</t>").encode()),
    "a cell at the end of the plane": rezipped(PLAIN, SHEET, b'r="A2"', to=b'r="XFD1048576"'),
    "the same in other quotes": rezipped(PLAIN, SHEET, b'r="A2"', to=b"r = 'xfd9'"),
    "a row far down": rezipped(PLAIN, SHEET, b'<row r="2"', to=b'<row r="900000"'),
    "a document type": rezipped(PLAIN, SHEET, b"<worksheet", to=b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"),
    "laughs": rezipped(PLAIN, TEXTS, b"<sst", to=b"<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><sst"),
    "macros": rezipped(PLAIN, "[Content_Types].xml", b"sheet.main+xml", to=b"macroEnabled.main+xml"),
    "no sheet": rezipped(PLAIN, "xl/workbook.xml", b"<sheet ", to=b"<shoot "),
    "a torn sheet": rezipped(PLAIN, SHEET, b"</sheetData>", to=b"<"),
    "half a file": PLAIN[: len(PLAIN) // 2],
    "a picture": b"\x89PNG\r\n\x1a\n" + PLAIN,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_or_broken_file_is_refused_soon_and_in_a_sentence(data: bytes) -> None:
    started = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_register_file(data, RECEIVE)
    assert "ยังไม่" in refused.value.th
    assert time.process_time() - started < 10  # some tenths on a quiet machine


@pytest.mark.parametrize("seed", range(50))
def test_a_mutated_file_is_read_or_refused_never_more(seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        part = chance.choice([name for name in archive.namelist() if name.endswith((".xml", ".rels"))])
        content = archive.read(part)
    for _ in range(4):
        at = chance.randrange(len(content))
        content = content[:at] + chance.randbytes(chance.randrange(6)) + content[at + chance.randrange(40) :]
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        mutated = rezipped(PLAIN, part, archive.read(part), to=content)
    try:
        found = read_register_file(mutated, RECEIVE)
    except Refusal as refusal:
        assert refusal.th.strip() and refusal.en.strip()
    else:
        assert found.entries or found.problems


@pytest.mark.slow
def test_twenty_thousand_rows_are_read_in_seconds_and_little_memory() -> None:
    data = book({"ปี": [HEAD, *(but(number) for number in range(1, 20_001))]})
    tracemalloc.start()
    started = time.process_time()
    found = read_register_file(data, RECEIVE)
    assert (len(found.entries), found.problems) == (20_000, [])
    assert time.process_time() - started < 20  # with the tracing; 1.4 s without
    assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    tracemalloc.stop()
