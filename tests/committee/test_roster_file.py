"""รายชื่อจาก Excel: ทุกข้อผิดพลาดบอกครั้งเดียวพร้อมแถวและคอลัมน์ ไฟล์ที่เป็นอันตรายถูกปฏิเสธ และนำเข้าทั้งหมดหรือไม่นำเข้าเลย."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
import xlsxwriter

from phrom.agencies.models import Agency
from phrom.committee.actions.importing import ImportRefused, import_roster
from phrom.committee.actions.using import OrderInUse
from phrom.committee.models import Seat
from phrom.committee.roster import roster
from phrom.committee.roster_file import COLUMNS, ReadRoster, RosterRow, read_roster_file
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_holder, make_order, make_seat
from tests.factories.meetings import make_meeting

FIRST = date(2024, 6, 7)
AT = datetime(2024, 6, 8, 3, 0, tzinfo=UTC)
CHAIR = (1, "รองผู้ว่าราชการจังหวัดเชียงใหม่", "ราชการบริหารส่วนภูมิภาค", "ประธานกรรมการ", "นายศักดิ์ชัย คำแสน", "", "")
MEMBER = (2, "เกษตรจังหวัดเชียงใหม่", "ราชการบริหารส่วนภูมิภาค", "", "", "", "")
OFFICES = (
    Agency(pk=1, code="agri-extension", name="สำนักงานเกษตรจังหวัดเชียงใหม่", short_name="สนง.เกษตรจังหวัด"),
    Agency(pk=2, code="amphoe-1", name="ที่ทำการปกครองอำเภอ"),
    Agency(pk=3, code="amphoe-2", name="ที่ทำการปกครองอำเภอ"),
)


def book(*rows: Sequence[object], head: Sequence[str] = COLUMNS) -> bytes:
    """An Excel file with a heading and these rows."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"default_date_format": "d/m/yyyy"})
    page = made.add_worksheet("รายชื่อ")
    for number, row in enumerate([head, *rows]):
        for column, value in enumerate(row):
            page.write(number, column, value)
    made.close()
    return stream.getvalue()


def read(*rows: Sequence[object], head: Sequence[str] = COLUMNS) -> ReadRoster:
    """What is read from such a file."""
    return read_roster_file(book(*rows, head=head), offices=OFFICES, effective_on=FIRST)


def told(found: ReadRoster) -> list[tuple[int, str]]:
    """Row and column of every problem."""
    return [(problem.row, problem.column) for problem in found.problems]


def but(row: Sequence[object], **changes: object) -> tuple[object, ...]:
    """The row with other values; columns by their English names."""
    names = ("place", "title", "category", "role", "holder", "agency", "starts")
    return tuple(changes.get(name, value) for name, value in zip(names, row, strict=True))


def test_a_clean_file_is_read_in_precedence() -> None:
    found = read(but(MEMBER, place="๓", agency="AGRI-extension"), CHAIR, but(MEMBER, title="พาณิชย์จังหวัด"))
    assert found.problems == []
    assert [(row.precedence, row.row, row.role) for row in found.rows] == [(1, 3, "chair"), (2, 4, "member"), (3, 2, "member")]
    assert (found.rows[2].agency, found.rows[0].holder, found.rows[0].starts_on) == (OFFICES[0], CHAIR[4], FIRST)


def test_columns_stand_in_any_order_under_a_note_with_others_between() -> None:
    head = ("หมายเหตุ", "กลุ่ม", "ตำแหน่ง", "ลำดับ", "บทบาท", "หน่วยงาน (รหัสหรือชื่อ)")
    row = ("-", "ภาคเอกชน", "ประธานหอการค้า", 1, "ประธาน", "สนง.เกษตรจังหวัด")
    data = book(head, row, head=("คำอธิบาย ผู้ดำรง",))
    found = read_roster_file(data, offices=OFFICES, effective_on=FIRST)
    assert found.problems == []
    assert [(each.row, each.category, each.agency) for each in found.rows] == [(3, "private", OFFICES[0])]


@pytest.mark.parametrize("starts", ["10 มิ.ย. 67", "๑๐/๖/๒๕๖๗", date(2024, 6, 10), "2024-06-10", date(2567, 6, 10)])
def test_days_are_read_as_people_write_them_and_as_excel_keeps_them(starts: object) -> None:
    assert read(but(CHAIR, starts=starts)).rows[0].starts_on == date(2024, 6, 10)


PLANTED = {
    "no place": (but(MEMBER, place=""), "ลำดับ"),
    "a word for a place": (but(MEMBER, place="สอง"), "ลำดับ"),
    "place zero": (but(MEMBER, place=0), "ลำดับ"),
    "half a place": (but(MEMBER, place=2.5), "ลำดับ"),
    "the place of another": (but(MEMBER, place=1), "ลำดับ"),
    "no title": (but(MEMBER, title=" "), "ตำแหน่ง"),
    "a title without end": (but(MEMBER, title="ก" * 301), "ตำแหน่ง"),
    "no category": (but(MEMBER, category=""), "กลุ่ม"),
    "an unknown category": (but(MEMBER, category="ส่วนกลาง"), "กลุ่ม"),
    "an unknown role": (but(MEMBER, role="เลขา"), "บทบาท"),
    "a second chair": (but(MEMBER, role="ประธานกรรมการ"), "บทบาท"),
    "a name without end": (but(MEMBER, holder="ก" * 201), "ผู้ดำรงตำแหน่ง"),
    "a day without a name": (but(MEMBER, starts="10/6/2567"), "ผู้ดำรงตำแหน่ง"),
    "an unknown office": (but(MEMBER, agency="สำนักงานที่ไม่มี"), "หน่วยงาน"),
    "a name of two offices": (but(MEMBER, agency="ที่ทำการปกครองอำเภอ"), "หน่วยงาน"),
    "no such day": (but(MEMBER, holder="นาย ก", starts="31/6/2567"), "เริ่ม"),
    "a day before the order": (but(MEMBER, holder="นาย ก", starts="6/6/2567"), "เริ่ม"),
}


@pytest.mark.parametrize("row, column", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_error_is_told_by_row_and_column(row: Sequence[object], column: str) -> None:
    found = read(CHAIR, row)
    assert told(found) == [(3, column)]
    assert "กรุณา" in found.problems[0].text or "มี 30 วัน" in found.problems[0].text


def test_all_planted_errors_are_told_at_once() -> None:
    rows = [but(row, place=number) for number, (row, column) in enumerate(PLANTED.values(), 2) if column != "ลำดับ"]
    found = read(CHAIR, *rows)
    assert told(found) == [(number, column) for number, column in enumerate((c for _, c in PLANTED.values() if c != "ลำดับ"), 3)]


def test_what_only_the_whole_table_tells() -> None:
    assert told(read(MEMBER)) == [(0, "บทบาท")]
    assert told(read()) == [(0, "")]
    assert told(read(head=("ชื่อ", "สกุล"))) == [(0, "ตำแหน่ง")]
    assert (1, "กลุ่ม") in told(read(CHAIR[:2], head=COLUMNS[:2]))
    assert (1, "บทบาท") in told(read(CHAIR, head=(*COLUMNS[:6], "บทบาท")))


def rezipped(data: bytes, part: str, change: bytes, *, to: bytes) -> bytes:
    """The same workbook with other bytes in one part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, content.replace(change, to) if entry.filename == part else content)
    return stream.getvalue()


SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
HOSTILE = {
    "nothing": b"",
    "no workbook": b"name,title\n1,2\n",
    "too large": b"PK\x03\x04" + b"0" * 3_000_000,
    "a cell at the end of the plane": rezipped(book(CHAIR), SHEET, b'r="A2"', to=b'r="XFD1048576"'),
    "the same in other quotes": rezipped(book(CHAIR), SHEET, b'r="A2"', to=b"r = 'xfd9'"),
    "a row far down": rezipped(book(CHAIR), SHEET, b'<row r="2"', to=b'<row r="900000"'),
    "one text in five thousand cells": rezipped(
        book(*[("ก",) * 12] * 450), TEXTS, "<t>ก</t>".encode(), to=f"<t>{'ก' * 10_000}</t>".encode()
    ),
    "a document type": rezipped(book(CHAIR), SHEET, b"<worksheet", to=b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"),
    "macros": rezipped(book(CHAIR), "[Content_Types].xml", b"sheet.main+xml", to=b"macroEnabled.main+xml"),
    "no sheet": rezipped(book(CHAIR), "xl/workbook.xml", b"<sheet ", to=b"<shoot "),
    "a torn sheet": rezipped(book(CHAIR), SHEET, b"</sheetData>", to=b"<"),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_or_broken_file_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_roster_file(data, offices=OFFICES, effective_on=FIRST)
    assert "ยังไม่" in refused.value.th


def test_bytes_turned_at_random_are_read_or_refused_never_more() -> None:
    """A reader written in another language must not bring the server down."""
    chance = random.Random(3046)
    whole = book(CHAIR, MEMBER)
    parts = [name for name in zipfile.ZipFile(io.BytesIO(whole)).namelist() if name.endswith(".xml")]
    refused = 0
    for _ in range(150):
        part = chance.choice(parts)
        content = zipfile.ZipFile(io.BytesIO(whole)).read(part)
        at = chance.randrange(len(content))
        turned = content[:at] + bytes([chance.randrange(256)]) + content[at + chance.randrange(40) :]
        try:
            read_roster_file(rezipped(whole, part, content, to=turned), offices=OFFICES, effective_on=FIRST)
        except Refusal as refusal:
            assert refusal.th.strip() and refusal.en.strip()
            refused += 1
    assert refused


def rows_for(body: Agency) -> list[RosterRow]:
    """Two rows, one with a holder and an office."""
    office = make_agency(body)
    return [
        RosterRow(2, 1, "ผู้ว่าราชการจังหวัด", "regional", "chair", "นายศักดิ์ชัย คำแสน", None, FIRST),
        RosterRow(3, 2, "เกษตรจังหวัด", "regional", "member", agency=office),
    ]


@pytest.mark.django_db
def test_the_rows_take_the_place_of_seats_in_which_nobody_was_recorded() -> None:
    order = make_order(issued_on=FIRST)
    by = make_member(order.body, "coordinator")
    make_seat(order, "ตำแหน่งร่างเดิม")
    assert import_roster(order=order, rows=rows_for(order.body), by=by, at=AT) == 2
    found = roster(order.body, FIRST)
    assert found and [line.seat.title for line in found.lines] == ["ผู้ว่าราชการจังหวัด", "เกษตรจังหวัด"]
    assert [line.is_vacant for line in found.lines] == [False, True]
    assert AuditEvent.objects.get(event="order.roster_imported").details["replaced"] == 1


@pytest.mark.django_db
def test_nothing_is_wiped_out_by_a_file_and_nothing_half_done() -> None:
    held, used, bare = make_order(), make_order(), make_order()
    by = make_member(held.body, "coordinator")
    make_holder(make_seat(held, "ก"))
    make_seat(used, "ก")
    make_meeting(used.body)
    make_seat(bare, "ก")
    cases = ((held, rows_for(held.body), ImportRefused), (used, rows_for(used.body), OrderInUse))
    for order, rows, refusal in (*cases, (bare, rows_for(make_body()), ImportRefused), (bare, [], ImportRefused)):
        with pytest.raises(refusal):
            import_roster(order=order, rows=rows, by=by, at=AT)
    assert set(Seat.objects.values_list("title", flat=True)) == {"ก"}
