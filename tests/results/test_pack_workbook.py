"""The pack's workbook, read back cell by cell: what an auditor opens in Excel is what the offices wrote."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from phrom.results.papers import workbook
from phrom.results.papers.archive import gather
from phrom.results.papers.workbook import answer_rows, comment_rows, evidence_rows, progress_rows, said_rows, write_answers
from phrom.survey.actions.freezing import freeze_round
from phrom.survey.models import Ask, AskState, Inquiry, InquiryNote, Justification, ReviewKind, Round
from tests.factories.agencies import make_agency, make_person
from tests.factories.survey import (
    AT,
    make_answer,
    make_answered,
    make_approved,
    make_ask,
    make_province_answer,
    make_review,
    make_round,
)
from tests.results.pack import FARMS, OFFICE, REASON, accepted, make_told_round, prove, source_of
from tests.shared.hard_thai import HARD_TEXTS

pytestmark = pytest.mark.django_db
Sheets = dict[str, list[list[object]]]
FORMULAS = [
    "=1+1",
    "+66 53 112",
    "-5",
    "@SUM(A1)",
    '=HYPERLINK("https://elsewhere.example","กด")',
    "\t=1",
    "=cmd|' /C calc'!A0",
]


@pytest.fixture
def round() -> Round:
    return make_told_round()


def written(round: Round, folder: Path) -> bytes:
    write_answers(folder / "a.xlsx", source_of(round))
    return (folder / "a.xlsx").read_bytes()


def read(round: Round, folder: Path) -> Sheets:
    """All cells by the name of their sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(round, folder)))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def lines(sheet: list[list[object]]) -> dict[object, list[object]]:
    """Lines by their first cell."""
    return {row[0]: row for row in sheet}


def test_above_every_sheet_stands_that_this_is_a_draft(round: Round, tmp_path: Path) -> None:
    sheets = read(round, tmp_path)
    assert [str(sheet[0][0]).startswith("ร่าง ยังไม่ปิดรอบ") for sheet in sheets.values()] == [True] * 6
    assert "ประมาณการ" in str(sheets["คำตอบของจังหวัด"][0][0])


def test_after_the_freeze_the_word_draft_is_gone_but_not_the_estimate(round: Round, tmp_path: Path) -> None:
    make_approved(round)
    freeze_round(round=round, by=make_person(), at=AT)
    text = str(read(round, tmp_path))
    assert "ร่าง" not in text
    assert "คะแนนเป็นประมาณการ" in text


@pytest.mark.parametrize(
    ("sheet", "heads"),
    [
        ("คำตอบของจังหวัด", workbook.ANSWERS),
        ("ใครตอบอะไร", workbook.SAID),
        ("หลักฐาน", workbook.EVIDENCE),
        ("ความก้าวหน้า", workbook.PROGRESS),
    ],
)
def test_every_column_has_its_title(round: Round, tmp_path: Path, sheet: str, heads: tuple[tuple[str, int], ...]) -> None:
    assert read(round, tmp_path)[sheet][1] == [title for title, _ in heads]


def test_every_asked_row_has_one_line_in_printed_order(round: Round, tmp_path: Path) -> None:
    sheet = read(round, tmp_path)["คำตอบของจังหวัด"]
    assert [row[0] for row in sheet[2:]] == ["P1.1", "P1.2", "P1.3", "P1.4", "P1.5", "P2.1.1", "P2.1.2", "P2.2", "P2.2.1"]


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("P1.1", "ไม่มี"),
        ("P1.2", "IoT; ปัญญาประดิษฐ์ (AI)"),
        ("P1.4", "https://www.chiangmai.go.th"),
        ("P1.5", "ยังไม่ได้ตอบ"),
        ("P2.1.1", "7 รายการ"),
        ("P2.2", "ไม่มี"),
    ],
)
def test_the_province_answers_in_plain_thai(round: Round, code: str, answer: str) -> None:
    told = {row[0]: row[3] for row in answer_rows(source_of(round))}
    if code == "P1.2":
        assert set(str(told[code]).split("; ")) == set(answer.split("; "))
    else:
        assert told[code] == answer


def test_two_offices_texts_stand_one_after_the_other(round: Round) -> None:
    told = {row[0]: str(row[3]) for row in answer_rows(source_of(round))}["P1.3"]
    assert told.splitlines() == [f"{FARMS}: มีระเบียบ ข", f"{OFFICE}: มีระเบียบ ก"]


def test_a_decision_against_the_rule_carries_its_reason_and_others_none(round: Round) -> None:
    reasons = {row[0]: row[7] for row in answer_rows(source_of(round))}
    assert reasons.pop("P1.4") == REASON
    assert set(reasons.values()) == {""}


def test_points_are_figures_with_their_maximum(round: Round, tmp_path: Path) -> None:
    row = lines(read(round, tmp_path)["คำตอบของจังหวัด"])["P1.1"]
    assert row[8:10] == [0.0, 1.0]
    assert row[10]


def test_the_figures_on_the_sheet_are_those_of_the_scorecard(round: Round) -> None:
    source = source_of(round)
    marks = source.standing.scorecard.rows
    assert all((row[8], row[9]) == (marks[str(row[0])].points, marks[str(row[0])].out_of) for row in answer_rows(source))


def test_who_said_what_names_each_office_and_why(round: Round) -> None:
    said = [row for row in said_rows(source_of(round)) if row[0] == "P2.1.1"]
    assert [(row[1], row[2], row[4]) for row in said] == [(FARMS, "4 รายการ", "ใช้"), (OFFICE, "3 รายการ", "ใช้")]


def test_a_claim_without_its_evidence_is_not_used_and_says_so(round: Round) -> None:
    (row,) = [row for row in said_rows(source_of(round)) if row[0] == "P1.1"]
    assert (row[2], row[4]) == ("มี", "ไม่ใช้")
    assert "คำสั่งแต่งตั้งคณะทำงาน" in str(row[5])


def test_detail_and_provider_stand_in_their_own_cells(round: Round) -> None:
    (row,) = [row for row in said_rows(source_of(round)) if row[0] == "P2.2"]
    assert row[3] == "หน่วยงานจัดทำเอง"
    assert "โปรดระบุ: เคยมีเมื่อปี 2565" in str(row[2])


def test_whoever_says_nothing_stands_there_too() -> None:
    round = make_round()
    make_ask(round, make_agency(round.body, "หน่วยงานเงียบ"), "P1.1")
    (row,) = said_rows(source_of(round))
    assert (row[1], row[2], row[4]) == ("หน่วยงานเงียบ", "ยังไม่ได้ตอบ", "ไม่ใช้")


def test_an_answer_that_waits_for_review_is_in_no_cell(round: Round) -> None:
    make_answered(round, code="P2.1.1", value=1000)
    assert "1000" not in str([*answer_rows(source_of(round)), *said_rows(source_of(round))])


def test_evidence_has_its_day_its_place_and_its_hash(round: Round) -> None:
    ask = Ask.objects.get(round=round, code="P1.1")
    evidence = prove(ask, "คำสั่งที่ ๓๐๔๖-๒๕๖๗.pdf", b"%PDF-1.7 a", "order", date(2024, 2, 29))
    evidence.refresh_from_db()
    (row,) = evidence_rows(source_of(round))
    assert evidence.file is not None
    assert row == (
        "P1.1",
        FARMS,
        "คำสั่งที่ ๓๐๔๖-๒๕๖๗.pdf",
        "29 ก.พ. 2567",
        "ใช้",
        "หลักฐาน/P1/P1.1/farms/คำสั่งที่ ๓๐๔๖-๒๕๖๗.pdf",
        evidence.file.sha256,
        *("",) * 4,
    )


def test_period_letter_page_and_quotation_stand_with_the_evidence(round: Round) -> None:
    evidence = prove(Ask.objects.get(round=round, code="P1.1"), "คำสั่ง.pdf", b"1", "order")
    type(evidence).objects.filter(pk=evidence.pk).update(starts_on=date(2024, 1, 1), letter="ชม 0017.2/12")
    evidence.links.update(page="3-4", quotation="แต่งตั้ง “คณะทำงาน”")
    (row,) = evidence_rows(source_of(round))
    assert row[7:] == ("1 ม.ค. 2567 ถึง ไม่ระบุ", "ชม 0017.2/12", "3-4", "แต่งตั้ง “คณะทำงาน”")


def test_a_link_stands_with_its_address_and_no_hash(round: Round) -> None:
    prove(Ask.objects.get(round=round, code="P1.1"), "ประกาศ")
    (row,) = evidence_rows(source_of(round))
    assert row[3:] == ("", "ใช้" if row[4] == "ใช้" else "ไม่ใช้", "https://www.chiangmai.go.th/a.pdf", *("",) * 5)


def test_two_files_of_one_name_are_found_where_the_sheet_says(round: Round) -> None:
    ask = Ask.objects.get(round=round, code="P1.1")
    for content in (b"first", b"second", b"third"):
        prove(ask, "คำสั่ง.pdf", content, "order")
    source = source_of(round)
    told = {str(row[6]): row[5] for row in evidence_rows(source)}
    assert told == {member.sha256: member.path for member in gather(source).members}
    assert len(set(told.values())) == 3


def test_progress_counts_every_state_once(round: Round) -> None:
    farms = make_agency(round.body, "สำนักงานประมง")
    make_ask(round, farms, "P1.1")
    make_answer(make_ask(round, farms, "P1.2"), ["ai"])
    for code, state in (("P1.3", AskState.SUBMITTED), ("P1.4", AskState.RETURNED), ("P2.1.1", AskState.ACCEPTED)):
        make_answered(round, farms, code, "x", state)
    assert {row[0]: row[1:] for row in progress_rows(round)}["สำนักงานประมง"] == (5, 4, 1, 1, 1)


def test_a_row_taken_away_counts_no_more(round: Round) -> None:
    Ask.objects.filter(agency__name=FARMS).update(withdrawn_by=make_person(), withdrawn_at=AT)
    assert [row[0] for row in progress_rows(round)] == [OFFICE]


def test_an_empty_round_makes_a_workbook_all_the_same(tmp_path: Path) -> None:
    sheets = read(make_round(), tmp_path)
    assert [len(sheet) for sheet in sheets.values()] == [2 + 9, 2, 2, 2, 2 + 9, 2]
    assert {row[3] for row in sheets["คำตอบของจังหวัด"][2:]} == {"ยังไม่ได้ตอบ"}


def test_the_boxes_of_the_portal_stand_in_order_with_their_lengths(round: Round, tmp_path: Path) -> None:
    rows = lines(read(round, tmp_path)["กรอกระบบผู้สำรวจ"])
    assert list(rows)[2:] == ["P1.1", "P1.2", "P1.3", "P1.4", "P1.5", "P2.1.1", "P2.1.2", "P2.2", "P2.2.1"]
    text = f"{FARMS}: มีระเบียบ ข\n{OFFICE}: มีระเบียบ ก"
    assert rows["P1.3"][2:4] == [text, len(text)]


def test_what_was_asked_returned_and_justified_stands_in_one_sheet(round: Round) -> None:
    ask = Ask.objects.get(round=round, code="P1.1")
    make_review(ask, ReviewKind.RETURNED, "ขอคำสั่งฉบับเต็ม")
    make_review(ask, ReviewKind.SUBMITTED)
    by = make_person("นางอารี ใจดี")
    inquiry = Inquiry.objects.create(ask=ask, opened_by=by, opened_at=AT)
    for text, own in (("หน้าใด", False), ("หน้า 3", True)):
        InquiryNote.objects.create(inquiry=inquiry, text=text, from_agency=own, by=by, at=AT)
    Justification.objects.create(round=round, check_code="W07", code="P1.2", text="ตรวจแล้ว", by=by, at=AT)
    assert {row[:4] for row in comment_rows(round)} == {
        ("P1.2", round.body.name, "เหตุผลที่คงไว้", "W07: ตรวจแล้ว"),
        ("P1.1", FARMS, "ข้อซักถาม", "หน้าใด"),
        ("P1.1", FARMS, "ตอบข้อซักถาม", "หน้า 3"),
        ("P1.1", FARMS, "ส่งกลับแก้ไข", "ขอคำสั่งฉบับเต็ม"),
    }


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_stays_what_was_typed(text: str, tmp_path: Path) -> None:
    round = make_round()
    ask = accepted(round, make_agency(round.body, text), "P1.3", text)
    prove(ask, f"{text}.pdf".replace("\t", ""), b"content")
    make_province_answer(round, "P1.5", None, text)
    content = written(round, tmp_path)
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert not [name for name in parts.namelist() if re.search(rb"<f[ >]|<hyperlink", parts.read(name))]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("ใครตอบอะไร").to_python()
    assert rows[2][1].strip() == text.strip()  # type: ignore[union-attr]


def test_hard_thai_comes_back_letter_for_letter(tmp_path: Path) -> None:
    round = make_round()
    for text in HARD_TEXTS:
        accepted(round, make_agency(round.body, text), "P1.3", text)
    rows = read(round, tmp_path)["ใครตอบอะไร"][2:]
    assert {(row[1], row[2]) for row in rows} == {(text, text) for text in HARD_TEXTS}


def test_two_hundred_offices_one_line_each_and_no_more_queries(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    round = make_round()
    asks = [make_ask(round, code="P2.1.1", state=AskState.ACCEPTED) for _ in range(200)]
    by = make_person()
    for number, ask in enumerate(asks):
        make_answer(ask, number, by=by)
    with django_assert_max_num_queries(14):  # two for what was asked and justified, which only this workbook tells
        sheets = read(round, tmp_path)
    assert len(sheets["ใครตอบอะไร"]) == len(sheets["ความก้าวหน้า"]) == 202
    assert lines(sheets["คำตอบของจังหวัด"])["P2.1.1"][3] == f"{sum(range(200))} รายการ"
