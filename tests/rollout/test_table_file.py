"""รายชื่อ อปท. จากไฟล์: อ่านได้ทั้ง CSV และ Excel หัวตารางไทยหรืออังกฤษ ข้อผิดทุกข้อบอกพร้อมกันตามแถวและคอลัมน์.

The list from a file: CSV or Excel, Thai or English titles, every problem at once with row and column.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from phrom.rollout.models import LocalKind
from phrom.rollout.table_file import LocalRow, NoTable, read_table
from phrom.shared.documents.xlsx import Sheet, write_workbook
from phrom.shared.files.kinds import WrongKind
from phrom.shared.files.workbook import TableTooLarge
from phrom.shared.ui.refusals import Refusal
from tests.rollout.lists import HEAD, generated_list, real_list

THAI = ["รหัส อปท.", "ประเภท", "ชื่อ", "ชื่ออังกฤษ", "อำเภอ", "รหัสอำเภอ", "รหัสพื้นที่", "ขนาด"]
ROW = ["4500103", "เทศบาลเมือง", "แม่เหียะ", "Mae Hia", "เมืองเชียงใหม่", "5001", "5057", "S"]


def as_csv(*rows: list[str], divider: str = ",", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=divider).writerows(rows)
    return stream.getvalue().encode(encoding)


def as_xlsx(head: list[str], *rows: list[object]) -> bytes:
    stream = io.BytesIO()
    write_workbook(stream, [Sheet("อปท.", head, rows)])  # type: ignore[arg-type]
    return stream.getvalue()


def told(data: bytes, name: str = "list.csv") -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in read_table(data, name).problems]


def back(row: LocalRow) -> list[str]:
    """The row as the list had it."""
    kind = str(LocalKind(row.kind).label)
    return [row.dla_code, kind, row.name, row.name_en, row.district, row.district_code, row.geocode, row.size]


@pytest.mark.parametrize("path", [real_list(), None], ids=["the real list", "a generated list"])
def test_all_211_rows_are_read_without_loss(path: Path | None) -> None:
    if path is not None and not path.exists():
        pytest.skip("the list of the province is not here")
    data = path.read_bytes() if path else generated_list()
    expected = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]
    read = read_table(data, "lgo.csv")
    assert read.problems == []
    assert [back(row) for row in read.rows] == expected
    assert len(read.rows) == 211
    assert len({row.full_name + row.district for row in read.rows}) == 211


@pytest.mark.parametrize("head", [HEAD, THAI], ids=["english", "thai"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_titles_in_thai_or_english_in_csv_or_excel(head: list[str], form: str) -> None:
    data = as_csv(head, ROW) if form == "csv" else as_xlsx(head, list(ROW))
    assert [back(row) for row in read_table(data, f"list.{form}").rows] == [ROW]


def test_columns_in_any_order_and_unknown_ones_beside() -> None:
    assert back(read_table(as_csv(["หมายเหตุ", *THAI[::-1]], ["x", *ROW[::-1]]), "a.csv").rows[0]) == ROW


def test_numbers_that_excel_holds_as_numbers_and_thai_digits_in_codes() -> None:
    row = read_table(as_xlsx(THAI, [4500103, *ROW[1:5], 5001, 5057, "S"]), "a.xlsx").rows[0]
    assert (row.dla_code, row.district_code) == ("4500103", "5001")
    assert read_table(as_csv(THAI, ["๔๕๐๐๑๐๓", *ROW[1:]]), "a.csv").rows[0].dla_code == "4500103"


@pytest.mark.parametrize(("encoding", "divider"), [("utf-8-sig", ","), ("cp874", ","), ("utf-8", ";"), ("utf-8", "\t")])
def test_the_ways_in_which_thai_excel_writes_csv(encoding: str, divider: str) -> None:
    assert back(read_table(as_csv(THAI, ROW, divider=divider, encoding=encoding), "a.csv").rows[0]) == ROW


def test_an_empty_english_name_and_an_empty_district_are_allowed() -> None:
    row = read_table(as_csv(THAI, ["2500101", "อบจ.", "เชียงใหม่", "", "", "", "", ""]), "a.csv").rows[0]
    assert (row.full_name, row.district, row.name_en) == ("องค์การบริหารส่วนจังหวัดเชียงใหม่", "", "")


def test_no_meaning_is_read_out_of_a_code() -> None:
    row = read_table(as_csv(THAI, ["6990101", "เทศบาลตำบล", "สุเทพ", *ROW[3:]]), "a.csv").rows[0]
    assert (row.kind, row.district) == ("subdistrict", "เมืองเชียงใหม่")


@pytest.mark.parametrize("name", ["แม่ริม", "เทศบาลตำบลแม่ริม"])
def test_a_name_with_or_without_its_type_is_the_same(name: str) -> None:
    assert read_table(as_csv(THAI, ["1", "เทศบาลตำบล", name, *ROW[3:]]), "a.csv").rows[0].full_name == "เทศบาลตำบลแม่ริม"


def test_every_problem_is_told_at_once_with_its_row_and_column() -> None:
    rows = [
        ["", "เทศบาลตำบล", "ก"],
        ["11", "เทศบาลมหานคร", "ข"],
        ["12", "อบต.", ""],
        ["13", "อบต.", "ง"],
        ["13", "อบต.", "จ" * 251],
        ["1-4/", "อบต.", "ฉ"],
    ]
    read = read_table(as_csv(THAI[:3], *rows), "a.csv")
    assert told(as_csv(THAI[:3], *rows)) == [
        (2, "รหัส อปท."),
        (3, "ประเภท"),
        (4, "ชื่อ"),
        (6, "ชื่อ"),
        (6, "รหัส อปท."),
        (7, "รหัส อปท."),
    ]
    assert [row.dla_code for row in read.rows] == ["13"]
    assert all("กรุณา" in problem.text for problem in read.problems)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (as_csv(["ก", "ข"], ["1", "2"]), [(0, "รหัส อปท.")]),
        (as_csv(THAI), [(0, "")]),
        (as_csv(["รหัส อปท.", "ชื่อ"], ["1", "ก"]), [(1, "ประเภท"), (2, "ประเภท")]),
        (as_csv([*THAI, "code"], [*ROW, "9"]), [(1, "code")]),
    ],
    ids=["no head", "no rows", "no type", "a column twice"],
)
def test_what_is_wrong_with_the_table_as_a_whole(data: bytes, expected: list[tuple[int, str]]) -> None:
    assert told(data) == expected


@pytest.mark.parametrize(
    ("data", "name", "refusal"),
    [
        (b"x", "list.pdf", NoTable),
        (b"x", "list", NoTable),
        (b"x" * (2 * 1024 * 1024 + 1), "list.csv", TableTooLarge),
        (b"PK\x03\x04 no workbook", "list.xlsx", WrongKind),
        (b"a\n" * 3000, "list.csv", TableTooLarge),
    ],
    ids=["a pdf", "no extension", "too large", "damaged", "too many rows"],
)
def test_what_is_no_table_is_refused(data: bytes, name: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_table(data, name)


def test_a_sheet_with_one_cell_far_away_is_refused_before_it_is_laid_out() -> None:
    stream = io.BytesIO()
    write_workbook(stream, [Sheet("ก", THAI, [["x"] * 8] * 2100)])
    with pytest.raises(TableTooLarge):
        read_table(stream.getvalue(), "a.xlsx")


def test_one_long_text_in_thousands_of_cells_is_refused_before_each_cell_has_its_copy() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    page = book.add_worksheet()
    for number in range(500):
        page.write_row(number, 0, THAI if number == 0 else ["ก" * 30_000] * 8)
    book.close()
    assert len(stream.getvalue()) < 40_000
    with pytest.raises(TableTooLarge):
        read_table(stream.getvalue(), "a.xlsx")
