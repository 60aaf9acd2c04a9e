"""Three readings of the same answers: claimed, proved, accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given

from phrom.rules.instrument.model import EvidenceSlot, Kind, Merge
from phrom.rules.scoring.merge import merge
from phrom.rules.scoring.readings import claimed, evidenced, proved_only
from phrom.rules.scoring.sheet import AgencySheet, AnswerSheet
from tests.factories.rules import NO, YEAR, YES, make_agency_sheet, make_edition, make_proof, make_question
from tests.rules.scoring.strategies import CONFIRMED, EDITION, agencies

PLAN = (EvidenceSlot(code="plan", name="แผนปฏิบัติการ"),)
ROW = make_question("P1.1", evidence=PLAN, window=YEAR)
COUNT = make_question("P1.2", Kind.COUNT, merge=Merge.SUM, evidence=PLAN)
PAPER = make_proof("plan", date(2024, 1, 1))
OLD = make_proof("plan", date(2020, 1, 1))


def readings(**answers: object) -> tuple[object, object]:
    edition = make_edition(ROW, COUNT)
    sheets = [make_agency_sheet("1", **answers)]  # type: ignore[arg-type]
    return claimed(edition, sheets).sheet.get("P1.1").value, evidenced(edition, sheets).sheet.get("P1.1").value


def test_a_word_without_its_paper_is_claimed_and_not_proved() -> None:
    assert readings(P1_1=YES) == (True, None)
    assert readings(P1_1=replace(YES, proofs=(PAPER,))) == (True, True)


def test_a_paper_of_another_year_proves_nothing() -> None:
    assert readings(P1_1=replace(YES, proofs=(OLD,))) == (True, None)


def test_a_no_needs_no_paper() -> None:
    assert readings(P1_1=NO) == (False, False)


def test_a_confirmation_needs_no_paper_of_its_own() -> None:
    sheet = AnswerSheet({"P1.1": CONFIRMED})
    assert proved_only(make_edition(ROW), sheet) == sheet


def test_numbers_count_only_where_they_are_proved() -> None:
    edition = make_edition(ROW, COUNT)
    seven, five = replace(YES, value=7), replace(YES, value=5, proofs=(PAPER,))
    sheets = [make_agency_sheet("1", P1_2=seven), make_agency_sheet("2", P1_2=five)]
    assert claimed(edition, sheets).sheet.get("P1.2").value == 12
    assert evidenced(edition, sheets).sheet.get("P1.2").value == 5


def test_a_decision_of_the_province_needs_proof_to_be_proved() -> None:
    edition = make_edition(ROW, COUNT)
    assert evidenced(edition, [], {"P1.1": YES}).sheet.get("P1.1").value is None
    assert claimed(edition, [], {"P1.1": YES}).sheet.get("P1.1").value is True


@given(agencies())
def test_where_everything_is_proved_all_readings_are_one(found: list[AgencySheet]) -> None:
    proved = [replace(each, sheet=proved_only(EDITION, each.sheet)) for each in found]
    assert evidenced(EDITION, proved).sheet == merge(EDITION, proved).sheet == claimed(EDITION, proved).sheet
    assert evidenced(EDITION, found).sheet == evidenced(EDITION, proved).sheet
