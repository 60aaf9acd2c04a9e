"""The edition of 2567 against the agenda: codes, informants and flags copied by hand from its table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from phrom.rules.instrument.codes import QuestionCode
from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Informants, Kind, Merge, ProvedBy, Status
from phrom.rules.scoring.checks import check
from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.sheet import Answer, AnswerSheet
from tests.rules.instrument.broken import EDITION

LOADED = load_edition(EDITION)
# Right column of the agenda's table: o = provincial office, a = all agencies, s = all agencies and the statistical office.
# A star marks a row whose printed text says "beyond the parent department".
AGENDA = """
G1 o, G2 o, G3 a*, G4 o,
P1.1 o*, P1.2 o*, P1.3 o*, P1.4 o*, P1.5 a*, P1.6 o*, P1.7 o*,
P2.1 a*, P2.1.1 a, P2.1.2 a*, P2.1.3 a*, P2.1.4 a*, P2.1.4.1 a, P2.1.4.2 a, P2.1.5 a, P2.1.5.1 a*, P2.1.5.2 a*,
P2.2.1 s, P2.2.1.1 s*, P2.2.1.2 s, P2.2.1.3 s*, P2.2.2 s*, P2.2.3 s, P2.2.3.1 s*, P2.2.3.2 s*, P2.3 o*,
P3.1 a*,
P4.1 a, P4.1.1 a, P4.2 a*, P4.2.1 a*, P4.2.2 a, P4.2.3 a, P4.3 a*, P4.4 a*, P4.5.1 o, P4.5.2 o, P4.6 a*,
P5.1 a*, P5.2 a*, P5.2.1 a, P5.3 o*, P5.3.1 a*,
P6.1 o*, P6.2.1 a*, P6.2.2 a*,
P7.1 a*
"""
LETTERS = {"o": "provincial_office", "a": "all_agencies", "s": "all_agencies_and_statistics"}
PRINTED = [tuple(entry.split()) for entry in AGENDA.replace("\n", " ").split(",")]


def test_every_row_in_printed_order_with_its_informants_and_flag() -> None:
    rows = [(row.code, str(row.informants), row.beyond_parent_department) for row in LOADED.rows]
    assert rows == [(code, LETTERS[mark[0]], mark.endswith("*")) for code, mark in PRINTED]


def test_the_printed_order_is_the_order_of_codes() -> None:
    codes = [QuestionCode.parse(row.code) for row in LOADED.rows]
    assert codes == sorted(codes)


def test_counts() -> None:
    informants = [row.informants for row in LOADED.rows]
    assert [len(LOADED.rows), len(LOADED.asked_rows)] == [51, 47]
    assert [informants.count(kind) for kind in (Informants.ALL_AGENCIES, Informants.PROVINCIAL_OFFICE)] == [29, 14]
    assert informants.count(Informants.ALL_AGENCIES_AND_STATISTICS) == 8
    assert sum(row.beyond_parent_department for row in LOADED.rows) == 34


def test_the_flag_is_the_word_in_the_text() -> None:
    assert all(row.beyond_parent_department == ("นอกเหนือ" in row.text) for row in LOADED.rows)


def test_the_weights() -> None:
    assert [pillar.weight for pillar in LOADED.pillars] == [None, 13, 12, 20, 30, 10, 10, 5]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("G4", "จังหวัดของท่านเคยหรือกำลังประสบปัญหาอุปสรรคที่ส่งผลกระทบต่อการพัฒนาจังหวัดไปสู่องค์กรรัฐบาลดิจิทัลหรือไม่"),
        ("P1.5", "จังหวัดมีการจัดทำแนวปฏิบัติด้านธรรมาภิบาลข้อมูลภาครัฐของจังหวัด นอกเหนือจากแนวปฏิบัติจากกรมต้นสังกัดหรือไม่"),
        ("P4.1", "จังหวัดของท่านมีการนำบริการของกรมต้นสังกัดมาใช้งาน ทั้งหมดกี่บริการ (บริการที่เป็นและไม่เป็นดิจิทัล)"),
        ("P4.5.2", "จังหวัดของท่านมีระบบเก็บข้อมูลประวัติการใช้งานเว็บไซต์ (Transaction Log)"),
        ("P2.2.3", "ด้านการแลกเปลี่ยนข้อมูล (Sharable Data)"),
    ],
)
def test_some_rows_word_for_word(code: str, text: str) -> None:
    assert LOADED.by_code[code].text == text


def test_windows() -> None:
    windows = {row.code: (row.window.start, row.window.end) for row in LOADED.rows if row.window}
    end = date(2024, 6, 11)
    assert windows == {"G2": (date(2023, 6, 12), end), "G3": (date(2022, 6, 12), end), "P3.1": (date(2023, 6, 12), end)}


def test_what_is_asked_after_what() -> None:
    conditions = {row.code: row.asked_when for row in LOADED.rows if row.asked_when}
    leaves = {code: (each.code, each.test) for code, each in conditions.items() if each.code}
    assert leaves == {
        "P2.1.4.1": ("P2.1.4", "yes"),
        "P2.1.4.2": ("P2.1.4", "yes"),
        "P2.1.5.2": ("P2.1.5.1", "yes"),
        "P4.1.1": ("P4.1", "above_zero"),
        "P4.2.1": ("P4.2", "above_zero"),
        "P4.2.3": ("P4.2.2", "yes"),
        "P5.2.1": ("P5.2", "yes"),
    }
    assert [(each.code, each.test) for each in conditions["P4.2.2"].any_of] == [
        ("P4.1.1", "above_zero"),
        ("P4.2.1", "above_zero"),
    ]
    assert len(conditions) == 8


def test_choices_are_words_of_the_row_itself() -> None:
    many = {row.code: row for row in LOADED.rows if row.kind is Kind.MANY}
    assert {code: len(row.choices) for code, row in many.items()} == {"P3.1": 3, "P5.3": 5, "P7.1": 10}
    assert all(choice.text in row.text for row in many.values() for choice in row.choices)


def test_nothing_unknown_is_called_official() -> None:
    assert {row.points.status for row in LOADED.rows if row.points} == {Status.ESTIMATED}
    assert {assumption.status for assumption in LOADED.levels} == {Status.EXPECTED}
    assert LOADED.kpi.interpolation_status is Status.PROVISIONAL
    assert [(band.name, band.level) for each in LOADED.levels for band in each.bands if band.confirmed] == [
        ("Developing", 2)
    ] * 2


def test_the_known_score_is_level_two_under_each_assumption() -> None:
    for assumption in LOADED.levels:
        reached = [band.level for band in assumption.bands if band.at_least <= Decimal("37.87")]
        assert max(reached) == 2
        assert len(assumption.bands) == 5


def test_every_asked_row_says_how_answers_merge_and_what_proves_them() -> None:
    for row in LOADED.asked_rows:
        assert row.evidence and row.merge
        assert (row.merge is Merge.OWNER) == (row.informants is Informants.PROVINCIAL_OFFICE or row.code == "P2.2.1.2")


def test_the_slips_of_the_scan_are_listed() -> None:
    printed = {correction.printed for correction in LOADED.corrections}
    assert len(LOADED.corrections) == 13
    assert {"ทั้งหมดก็บริการ", "ของของจังหวัดท่าน", "โครงการสร้างพื้นฐาน", "คำนำนั้หนัก", "ผู้เฝ้าอำนวยการ"} <= printed


def test_what_the_system_may_propose_changes_no_score() -> None:
    proved = {row.code: row.proved_by for row in LOADED.rows if row.proved_by}
    assert proved == {"G1": ProvedBy.ORDER_IN_FORCE, "G2": ProvedBy.MEETINGS_HELD}
    silent = LOADED.model_copy(update={"rows": tuple(row.model_copy(update={"proved_by": None}) for row in LOADED.rows)})
    yes = AnswerSheet({row.code: Answer(value=True) for row in LOADED.asked_rows if row.kind is Kind.YES_NO})
    for sheet in (yes, AnswerSheet({})):
        assert score(LOADED, sheet) == score(silent, sheet)
        assert check(LOADED, sheet) == check(silent, sheet)
