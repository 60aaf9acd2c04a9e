"""The agenda's own table: all rows, who is asked, the weights, and the slips of its scanning."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Informants
from phrom.rules.instrument.questionnaire import Questionnaire, lines_of_text, read_questionnaire
from tests.rules.instrument.broken import EDITION

AGENDA = Path(__file__).resolve().parents[3] / "papers" / "agenda-1-2567.txt"
BEFORE_THE_QUESTIONNAIRE = "ผู้เฝ้าอำนวยการ"  # stands in item 2.1; only a whole agenda shows it
# What the edition's notes and the domain's list name beside the corrections.
SAID_OTHERWISE = {"<u>": "tag", "<ol": "tag", "ของของ": "doubled", "]": "bracket"}


@cache
def whole() -> Questionnaire:
    return read_questionnaire(lines_of_text(AGENDA.read_text("utf-8")))


def part() -> Questionnaire:
    """Item 3.1 alone, as somebody would copy it."""
    text = AGENDA.read_text("utf-8")
    return read_questionnaire(lines_of_text(text[text.index("๓.๑ การประเมิน") : text.index("๓.๒ การขับเคลื่อน")]))


def test_all_51_rows_with_code_section_and_pillar() -> None:
    edition = load_edition(EDITION)
    found = [(row.code, row.pillar) for row in whole().found.rows]
    assert found == [(row.code, row.pillar) for row in edition.rows]
    sections = [(r.code, r.section) for r in whole().found.rows if r.pillar != "P4"]
    assert sections == [(row.code, row.section) for row in edition.rows if row.pillar != "P4"]


def test_who_is_asked_is_29_14_8_and_34_rows_look_beyond_the_parent() -> None:
    rows = whole().found.rows
    asked = Counter(row.informants for row in rows)
    assert [asked[each] for each in (Informants.ALL_AGENCIES, Informants.PROVINCIAL_OFFICE)] == [29, 14]
    assert asked[Informants.ALL_AGENCIES_AND_STATISTICS] == 8
    edition = load_edition(EDITION)
    assert [row.beyond for row in rows] == [row.beyond_parent_department for row in edition.rows]
    assert sum(row.beyond for row in rows) == 34
    assert [row.informants for row in rows] == [row.informants for row in edition.rows]


def test_seven_weights_make_100_and_carry_both_titles() -> None:
    edition = load_edition(EDITION)
    assert [pillar.weight for pillar in whole().found.pillars] == [pillar.weight for pillar in edition.scored_pillars]
    assert [pillar.title_en for pillar in whole().found.pillars] == [p.title_en for p in edition.scored_pillars]


def test_the_printed_window_is_read_and_those_without_dates_are_told() -> None:
    (printed,) = [row for row in whole().found.rows if row.window]
    window = load_edition(EDITION).by_code["G2"].window
    assert window and (printed.code, printed.window) == ("G2", (window.start, window.end))
    assert [each.code for each in whole().anomalies if each.kind == "no_dates"] == ["G3", "P3.1"]


def test_every_slip_that_the_edition_corrects_is_reported_on_its_line() -> None:
    lines = AGENDA.read_text("utf-8").split("\n")
    told = {(each.line, each.kind) for each in whole().anomalies}
    letters = ("tag", "doubled", "bracket", "spelling", "almost")
    corrections = load_edition(EDITION).corrections
    assert len(corrections) == 13
    for correction in corrections:
        at = [number for number, line in enumerate(lines, 1) if correction.printed in line]
        assert any((number, kind) in told for number in at for kind in letters), correction.printed


def test_of_the_questionnaires_part_alone_all_but_the_one_that_stands_elsewhere() -> None:
    found = " ".join(each.found for each in part().anomalies)
    assert "ทั้งหมดก็" in found and "โครงการสร้างพื้นฐาน" in found and "รู้บาลดิจิทัล" in found and "นำนั้หนัก" in found
    assert "มาตรฐานการปรับปรุง" in found and "ของของ" in found and "<ol" in found and "eriences]" in found
    assert BEFORE_THE_QUESTIONNAIRE not in found
    assert BEFORE_THE_QUESTIONNAIRE in {each.found for each in whole().anomalies}


def test_rows_without_parent_and_the_row_asked_of_others_are_told() -> None:
    missing = [each.found for each in whole().anomalies if each.kind == "missing_parent"]
    assert missing == ["P2.2", "P4.5", "P6.2"]
    assert [each.code for each in whole().anomalies if each.kind == "other_informants"] == ["P5.3.1"]
    assert not [
        each for each in whole().anomalies if each.kind in ("gap", "duplicate", "order", "unknown_informant", "weights")
    ]


def test_the_report_stays_short_enough_to_be_read() -> None:
    of_letters = [
        each for each in whole().anomalies if each.kind in ("almost", "odd_one", "doubled", "spelling", "bracket", "digits")
    ]
    assert len(of_letters) <= 10
    assert len(whole().anomalies) <= 45
