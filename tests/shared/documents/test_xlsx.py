"""A workbook carries texts as texts: nothing in it computes, links or guesses."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from phrom.shared.documents.xlsx import LONGEST_TEXT, Sheet, TextTooLong, write_workbook
from tests.shared.hard_thai import HARD_TEXTS

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://x.example","กด")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "{=1+1}",
    "=cmd|' /C calc'!A0",
    "_x0041_",
    "http://x.example/a b",
    "0812345678",
    " ช่องว่างหน้าและหลัง ",
    "บรรทัด\nใหม่",
    "<b>&amp;</b>",
)


def made(tmp_path: Path, *sheets: Sheet) -> Path:
    write_workbook(tmp_path / "a.xlsx", sheets)
    return tmp_path / "a.xlsx"


def read(path: Path, name: str = "ก") -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    path = made(tmp_path, Sheet("ก", ["ข้อความ"], [[text] for text in HOSTILE]))
    assert read(path) == [["ข้อความ"], *([text] for text in HOSTILE)]


def test_there_is_no_formula_and_no_link_in_the_file(tmp_path: Path) -> None:
    path = made(tmp_path, Sheet("ก", ["=1+1"], [[text] for text in HOSTILE], note="=2+2"))
    whole = "".join(ZipFile(path).read(name).decode() for name in ZipFile(path).namelist())
    assert re.search(r"<f[ >]|<hyperlink|externalLink", whole) is None


def test_sixty_hard_texts_read_back(tmp_path: Path) -> None:
    path = made(tmp_path, Sheet("ก", ["ข้อความ"], [[text] for text in HARD_TEXTS]))
    assert [row[0] for row in read(path)[1:]] == list(HARD_TEXTS)


def test_figures_are_figures_days_are_buddhist_and_nothing_is_empty(tmp_path: Path) -> None:
    values = [1, Decimal("37.87"), True, date(2024, 6, 11), datetime(2024, 6, 11, 6, 30, tzinfo=UTC), None, "", "ท้าย"]
    path = made(tmp_path, Sheet("ก", list("กขคงจฉชซ"), [values]))
    assert read(path)[1] == [1.0, 37.87, "ใช่", "11 มิ.ย. 2567", "11 มิ.ย. 2567 13.30 น.", "", "", "ท้าย"]


def test_the_note_stands_above_and_the_header_stays_in_view(tmp_path: Path) -> None:
    path = made(tmp_path, Sheet("ก", ["รหัส", "ค่า"], [["P1", 1]], note="ประมาณการ"))
    assert [row[0] for row in read(path)] == ["ประมาณการ", "รหัส", "P1"]
    xml = ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert 'xSplit="1" ySplit="2"' in xml and '<autoFilter ref="A2:B3"' in xml


def test_names_of_sheets_are_made_fit_and_different(tmp_path: Path) -> None:
    long = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่"
    path = made(tmp_path, Sheet(long, ["ก"], []), Sheet(long, ["ก"], []), Sheet("'ก/ข:[ค]'", ["ก"], []), Sheet("", ["ก"], []))
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    assert names == [long[:31].strip(), f"{long[:29]} 2", "ก ข  ค", "แผ่นงาน"]


def test_a_text_no_cell_can_hold_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(TextTooLong, match="row 2, column 1"):
        made(tmp_path, Sheet("ก", ["ข้อความ"], [["ก" * (LONGEST_TEXT + 1)]]))
    assert list(tmp_path.iterdir()) == []


def test_a_stream_will_do() -> None:
    kept = BytesIO()
    write_workbook(kept, [Sheet("ก", ["ข"], ([str(n)] for n in range(3)))])
    kept.seek(0)
    assert len(CalamineWorkbook.from_filelike(kept).get_sheet_by_index(0).to_python()) == 4
