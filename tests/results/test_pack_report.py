"""The pack's report as content: what stands in its lines and tables, before Word or PDF draws them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from phrom.results.papers.report import NAMED, report
from phrom.shared.documents.content import Bars, Document, Heading, PageBreak, Paragraph, Table
from phrom.survey.actions.freezing import freeze_round
from phrom.survey.models import Ask, AskState, Round
from tests.factories.agencies import make_agency, make_body, make_person
from tests.factories.results import EDITION, make_official_result
from tests.factories.survey import AT, make_answer, make_approved, make_ask, make_round
from tests.results.pack import FARMS, OFFICE, REASON, accepted, make_told_round, prove, source_of
from tests.shared.hard_thai import HARD_TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_told_round()


def paper(round: Round) -> Document:
    return report(source_of(round))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def answers(document: Document) -> dict[str, tuple[str, ...]]:
    """Rows of the answer tables by their code."""
    return {row[0]: row for table in tables(document) if table.columns[0].title == "ข้อ" for row in table.rows}


def texts(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Heading | Paragraph))


def test_title_year_and_province(round: Round) -> None:
    document = paper(round)
    assert document.title == "รายงานคำตอบแบบสำรวจระดับความพร้อมรัฐบาลดิจิทัล ประจำปีงบประมาณ พ.ศ. 2567"
    assert document.subtitle == "ร่าง ยังไม่ปิดรอบ · จังหวัดเชียงใหม่"


def test_the_foot_of_every_page_says_draft_and_estimate(round: Round) -> None:
    note = paper(round).note
    assert note.startswith("ร่าง ยังไม่ปิดรอบ · ")
    assert "ประมาณการ" in note and "ข้อสันนิษฐาน" in note


def test_frozen_it_is_no_draft_and_carries_the_hash_of_its_set(round: Round) -> None:
    make_approved(round)
    kept = freeze_round(round=round, by=make_person(), at=AT)
    document = paper(round)
    assert document.subtitle == "จังหวัดเชียงใหม่"
    assert not document.note.startswith("ร่าง")
    assert kept.sha256 in texts(document)


def test_a_draft_has_no_hash(round: Round) -> None:
    assert "SHA-256" not in texts(paper(round))


def test_the_first_lines_say_when_opened_by_when_and_when_made(round: Round) -> None:
    first = paper(round).blocks[0]
    assert isinstance(first, Paragraph)
    for words in ("เปิดรอบสำรวจเมื่อ 11 มิถุนายน 2567", "ภายในวันที่ 21 มิถุนายน 2567", "จัดทำเมื่อ 11 มิ.ย. 2567 13.30 น."):
        assert words in first.text


def test_what_was_typed_keeps_its_digits(round: Round) -> None:
    assert not paper(round).in_thai


@pytest.mark.parametrize(("total", "told"), [("37.87", True), ("", False)])
def test_last_year_is_compared_only_where_it_is_known(round: Round, total: str, told: bool) -> None:
    if total:
        make_official_result(round.body, total)
    line = next(text for text in texts(paper(round)).splitlines() if text.startswith("คะแนนรวมประมาณการ"))
    assert ("ปีงบประมาณ 2566 ได้ร้อยละ 37.87 (วาระที่ 2.2)" in line) is told


def test_the_table_of_pillars_ends_with_the_total_of_the_scorecard(round: Round) -> None:
    source = source_of(round)
    table = tables(report(source))[0]
    assert table.total
    assert table.rows[-1][:3] == ("รวม", "100", str(source.standing.scorecard.total))
    assert [row[:2] for row in table.rows[:-1]] == [("P1 แนวนโยบายและหลักปฏิบัติ", "50"), ("P2 บริการภาครัฐ", "50")]


def test_every_level_stands_under_the_name_of_its_assumption(round: Round) -> None:
    table = tables(paper(round))[0]
    assert table.columns[3].title == "ระดับ (แบ่งเท่ากันห้าช่วง)"
    assert {row[3] for row in table.rows} <= {"1 Initial", "2 Developing"}


def test_the_bars_are_the_figures_of_the_table(round: Round) -> None:
    document = paper(round)
    (bars,) = [block for block in document.blocks if isinstance(block, Bars)]
    assert [(bar.label, bar.shown) for bar in bars.bars] == [(row[0], row[2]) for row in tables(document)[0].rows[:-1]]
    assert all(bar.value == Decimal(bar.shown) and bar.maximum == 100 for bar in bars.bars)
    assert "ประมาณการ" in bars.caption


def test_answers_begin_on_a_page_of_their_own_in_printed_order(round: Round) -> None:
    document = paper(round)
    after = document.blocks[[isinstance(block, PageBreak) for block in document.blocks].index(True) + 1]
    assert after == Heading("3. คำตอบของจังหวัดรายข้อ")
    assert list(answers(document)) == ["P1.1", "P1.2", "P1.3", "P1.4", "P1.5", "P2.1.1", "P2.1.2", "P2.2", "P2.2.1"]


@pytest.mark.parametrize(
    ("code", "answer"),
    [("P1.1", "ไม่มี"), ("P2.1.1", "7 รายการ"), ("P1.5", "ยังไม่ได้ตอบ"), ("P1.4", "https://www.chiangmai.go.th")],
)
def test_the_answer_of_a_row(round: Round, code: str, answer: str) -> None:
    assert answers(paper(round))[code][2] == answer


def test_the_origin_names_rule_and_offices(round: Round) -> None:
    origin = answers(paper(round))["P2.1.1"][3]
    assert origin.endswith(f"• {FARMS}\n• {OFFICE}")


def test_a_decision_says_that_it_is_one_and_why(round: Round) -> None:
    origin = answers(paper(round))["P1.4"][3]
    assert "ผู้ประสานงานกำหนดคำตอบของจังหวัดเอง" in origin
    assert f"เหตุผลของผู้ประสานงาน: {REASON}" in origin


def test_used_evidence_is_counted_and_unused_is_not(round: Round) -> None:
    used = Ask.objects.get(round=round, code="P1.1")
    prove(used, "คำสั่ง.pdf", b"1", "order", date(2024, 1, 1))
    prove(used, "ภาพ.pdf", b"2")
    prove(accepted(round, make_agency(round.body), "P1.1", False), "ไม่เกี่ยว.pdf", b"3")
    assert answers(paper(round))["P1.1"][2] == "มี\n(หลักฐาน 2 รายการ)"


@pytest.mark.parametrize("offices", [1, NAMED, NAMED + 1, 200])
def test_no_more_than_three_offices_are_named_and_the_rest_are_counted(offices: int) -> None:
    round = make_round()
    by = make_person()
    for _ in range(offices):
        make_answer(make_ask(round, code="P2.1.1", state=AskState.ACCEPTED), 1, by=by)
    row = answers(paper(round))["P2.1.1"]
    assert row[2] == f"{offices} รายการ"
    assert row[3].count("• ") == min(offices, NAMED)
    assert (f"และอีก {offices - NAMED} หน่วยงาน (ดูแผ่นงาน “ใครตอบอะไร”)" in row[3]) is (offices > NAMED)


def test_an_empty_round_is_a_whole_report() -> None:
    document = paper(make_round())
    assert {row[2] for row in answers(document).values()} == {"ยังไม่ได้ตอบ"}
    assert tables(document)[0].rows[-1][2] == "0.00"


@pytest.mark.parametrize("text", [*HARD_TEXTS[:12], "=1+1", "<b>หนา</b>", "#let x = 1", "{{ 7*7 }}"])
def test_what_an_office_wrote_is_not_changed(text: str) -> None:
    round = make_round()
    accepted(round, make_agency(round.body), "P1.3", text)
    assert answers(paper(round))["P1.3"][2].endswith(text)


def test_the_kpi_stands_under_every_assumption_with_its_meaning() -> None:
    round = make_round(make_body(name="จังหวัดเชียงใหม่"), EDITION)
    source = source_of(round)
    kpis = [table for table in tables(report(source)) if table.caption.startswith("ตามข้อสันนิษฐาน")]
    assert [table.caption.removeprefix("ตามข้อสันนิษฐาน: ") for table in kpis] == [
        one.name for one in source.standing.edition.levels
    ]
    for table, result in zip(kpis, source.standing.kpis, strict=True):
        assert table.rows[-1][1] == ("–" if result.points is None else str(result.points))
        assert all(row[2] for row in table.rows[:-1])
