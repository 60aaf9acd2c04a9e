"""หลักฐานอยู่ในช่วงเวลาที่ถามหรือไม่: ตารางกรณีใน windows.yaml อ่านวันที่ด้วยตัวอ่านจริง แล้วสุ่มทุกแบบ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from phrom.rules.instrument.model import EvidenceSlot, Kind, Question, Window
from phrom.rules.scoring.checks import Severity, check
from phrom.rules.scoring.claims import inside_window, missing_slots
from phrom.rules.scoring.sheet import Answer, AnswerSheet, Proof
from phrom.rules.scoring.windows import Place, dates_in_words, place, window_in_words
from phrom.shared.thai.reading import parse_date
from tests.factories.rules import make_edition, make_question

TABLE = YAML(typ="safe", pure=True).load(Path(__file__).with_name("windows.yaml").read_text("utf-8"))
YEAR = Window(start=parse_date(TABLE["ช่วง"]["ตั้งแต่"]), end=parse_date(TABLE["ช่วง"]["ถึง"]))
PLACES = {"ใน": Place.INSIDE, "บางส่วน": Place.PARTLY, "นอก": Place.OUTSIDE, "ไม่มีวันที่": Place.NO_DATE}
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
MAYBE = st.none() | DAYS


def proof_of(case: dict[str, Any]) -> Proof:
    day: dict[str, Any] = {name: parse_date(case[key]) for key, name in KEYS.items() if key in case}
    return Proof(case.get("ชื่อ", "หลักฐาน"), **day)


KEYS = {"ออก": "issued_on", "ตั้งแต่": "starts_on", "ถึง": "ends_on"}


@pytest.mark.parametrize("case", TABLE["กรณี"], ids=lambda case: case["ชื่อ"])
def test_the_table(case: dict[str, Any]) -> None:
    assert place(None if case.get("ไม่กำหนดช่วง") else YEAR, proof_of(case)) is PLACES[case["ผล"]]


def test_the_table_has_forty_cases_and_every_outcome() -> None:
    assert len(TABLE["กรณี"]) >= 40
    assert {case["ผล"] for case in TABLE["กรณี"]} == set(PLACES)


@given(issued=MAYBE, starts=MAYBE, ends=MAYBE, edges=st.tuples(DAYS, DAYS))
def test_it_is_what_counting_the_days_says(
    issued: date | None, starts: date | None, ends: date | None, edges: tuple[date, date]
) -> None:
    """Each day of the evidence is looked at for itself; an open end reaches ten years further."""
    window = Window(start=min(edges), end=max(edges))
    found = place(window, Proof("ก", issued_on=issued, starts_on=starts, ends_on=ends))
    if starts is None and ends is None:
        starts = ends = issued
    if starts is None and ends is None:
        assert found is Place.NO_DATE
        return
    first = starts or date(2010, 1, 1)
    last = ends or date(2037, 12, 31)
    first, last = min(first, last), max(first, last)
    days = [window.start <= first + timedelta(number) <= window.end for number in range((last - first).days + 1)]
    assert found is (Place.INSIDE if all(days) else Place.PARTLY if any(days) else Place.OUTSIDE)


@given(day=DAYS, starts=MAYBE, ends=MAYBE, more=st.integers(0, 500))
def test_a_wider_window_never_puts_evidence_further_out(day: date, starts: date | None, ends: date | None, more: int) -> None:
    order = [Place.OUTSIDE, Place.PARTLY, Place.INSIDE]
    proof = Proof("ก", issued_on=day, starts_on=starts, ends_on=ends)
    wider = Window(start=YEAR.start - timedelta(more), end=YEAR.end + timedelta(more))
    assert order.index(place(wider, proof)) >= order.index(place(YEAR, proof))


@given(starts=DAYS, ends=DAYS)
def test_a_period_written_backward_is_read_forward(starts: date, ends: date) -> None:
    assert place(YEAR, Proof("ก", starts_on=starts, ends_on=ends)) is place(YEAR, Proof("ก", starts_on=ends, ends_on=starts))


SLOT = (EvidenceSlot(code="order", name="คำสั่ง"),)


def asked() -> Question:
    return make_question("P1.1", Kind.YES_NO, evidence=SLOT, window=YEAR)


PROVES = {Place.INSIDE: True, Place.PARTLY: True, Place.OUTSIDE: False, Place.NO_DATE: True}


@pytest.mark.parametrize("case", [case for case in TABLE["กรณี"] if "ไม่กำหนดช่วง" not in case], ids=lambda case: case["ชื่อ"])
def test_only_what_lies_wholly_outside_proves_nothing_and_what_is_unsure_is_said(case: dict[str, Any]) -> None:
    """Outside is an error and leaves its slot empty; partly and without a day prove, each with one warning of its own."""
    question, where = asked(), PLACES[case["ผล"]]
    answer = Answer(value=True, proofs=(replace(proof_of(case), slot="order"),))
    assert inside_window(question, answer.proofs[0]) is PROVES[where]
    assert bool(missing_slots(question, answer)) is not PROVES[where]
    found = {problem.rule: problem.severity for problem in check(make_edition(question), AnswerSheet({"P1.1": answer}))}
    told = {
        Place.INSIDE: {},
        Place.PARTLY: {"evidence_partly_in_window": Severity.WARNING},
        Place.OUTSIDE: {"evidence_outside_window": Severity.ERROR, "evidence_missing": Severity.ERROR},
        Place.NO_DATE: {"evidence_without_day": Severity.WARNING},
    }
    assert found == told[where]


def test_days_are_told_in_the_buddhist_era() -> None:
    both = Proof("ก", issued_on=date(2024, 7, 30), starts_on=date(2023, 10, 1), ends_on=date(2024, 3, 31))
    assert dates_in_words(both) == "ลงวันที่ 30 ก.ค. 2567 · ช่วง 1 ต.ค. 2566 ถึง 31 มี.ค. 2567"
    assert dates_in_words(Proof("ก", starts_on=date(2020, 9, 2))) == "ช่วง 2 ก.ย. 2563 เป็นต้นไป"
    assert dates_in_words(Proof("ก", ends_on=date(2024, 2, 29))) == "ช่วงจนถึง 29 ก.พ. 2567"
    assert dates_in_words(Proof("ก")) == ""
    assert window_in_words(YEAR) == "12 มิ.ย. 2566 ถึง 11 มิ.ย. 2567"
    told = check(make_edition(asked()), AnswerSheet({"P1.1": Answer(value=True, proofs=(proof_of({"ออก": "๑๑ มิ.ย. ๒๕๖๖"}),))}))
    assert any("ลงวันที่ 11 มิ.ย. 2566" in each.th and "12 มิ.ย. 2566 ถึง 11 มิ.ย. 2567" in each.th for each in told)
