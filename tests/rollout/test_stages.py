"""ขั้นของหน่วยงาน: กรณีตัวอย่างภาษาไทยใน stages.yaml และคุณสมบัติที่ต้องจริงเสมอ.

Stages: cases in Thai, and what must always hold.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from phrom.rollout.models import Stage, StageRecord
from phrom.rollout.stages import Facts, reached, stage_by_fact, standing_of

# How far each stage is. Joined and quiet are as far: a quiet office has an account and does nothing with it.
STEP: dict[str, int] = {
    Stage.DROPPED: 0,
    Stage.INVITED: 1,
    Stage.JOINED: 2,
    Stage.QUIET: 2,
    Stage.TRAINED: 3,
    Stage.FIRST_LETTER: 4,
    Stage.ACTIVE: 5,
}
TODAY, DAYS = date(2024, 6, 14), 30
CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("stages.yaml").read_text("utf-8"))
days = st.dates(date(2023, 10, 1), TODAY)
some_day = st.none() | days


def records_of(case: dict[str, Any]) -> list[StageRecord]:
    return [StageRecord(stage=stage, happened_on=on) for stage, on in case.get("บันทึก", [])]


def facts_of(case: dict[str, Any]) -> Facts:
    lately = case.get("ดำเนินการเร็ว ๆ นี้", 0)
    joined, first, last = (case.get(word) for word in ("มีบัญชีเมื่อ", "ส่งฉบับแรกเมื่อ", "ล่าสุด"))
    return Facts(joined, first, last, handled=lately, handled_lately=lately)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ชื่อ"])
def test_the_case(case: dict[str, Any]) -> None:
    standing = standing_of(facts_of(case), records_of(case), TODAY, DAYS)
    assert standing.stage == case["ขั้น"]
    assert case.get("ไม่ตรงกัน", "") in standing.said_apart
    assert bool(standing.said_apart) == ("ไม่ตรงกัน" in case)


@st.composite
def seen(draw: st.DrawFn) -> Facts:
    """Facts that can be: who handled lately has acted lately, who sent has acted since."""
    joined, first, acted = draw(some_day), draw(some_day), draw(some_day)
    lately = draw(st.integers(0, 3))
    recent = [TODAY - timedelta(days=draw(st.integers(0, DAYS)))] if lately else []
    acts = [day for day in (first, acted, *recent) if day]
    return Facts(joined, first, max(acts, default=None), handled=lately, handled_lately=lately)


def step(facts: Facts) -> int:
    stage = stage_by_fact(facts, TODAY, DAYS)
    return STEP[stage] if stage else 0


@given(seen(), days)
def test_one_more_account_never_takes_an_office_back(facts: Facts, day: date) -> None:
    assert step(replace(facts, joined_on=facts.joined_on or day)) >= step(facts)


@given(seen(), days)
def test_one_more_letter_sent_never_takes_an_office_back(facts: Facts, day: date) -> None:
    more = replace(facts, first_sent_on=min(facts.first_sent_on or day, day), last_on=max(facts.last_on or day, day))
    assert step(more) >= step(facts)


@given(seen(), st.integers(0, DAYS))
def test_one_more_letter_handled_lately_makes_it_active(facts: Facts, ago: int) -> None:
    day = TODAY - timedelta(days=ago)
    more = replace(facts, handled_lately=facts.handled_lately + 1, last_on=max(facts.last_on or day, day))
    assert stage_by_fact(more, TODAY, DAYS) == Stage.ACTIVE


@given(seen(), st.lists(st.tuples(st.sampled_from(Stage.values), days), max_size=4))
def test_a_record_never_makes_an_office_active_and_only_a_record_drops_it(facts: Facts, told: list[tuple[str, date]]) -> None:
    records = [StageRecord(stage=stage, happened_on=day) for stage, day in sorted(told, key=lambda each: each[1])]
    standing = standing_of(facts, records, TODAY, DAYS)
    by_fact = stage_by_fact(facts, TODAY, DAYS)
    if standing.stage in (Stage.ACTIVE, Stage.FIRST_LETTER, Stage.QUIET, Stage.JOINED):
        assert standing.stage == by_fact
    assert (standing.stage == Stage.DROPPED) == (bool(records) and records[-1].stage == Stage.DROPPED)


@given(seen(), st.lists(st.tuples(st.sampled_from(Stage.values), days), max_size=4))
def test_where_the_newest_record_and_the_facts_differ_it_is_said(facts: Facts, told: list[tuple[str, date]]) -> None:
    records = [StageRecord(stage=stage, happened_on=day) for stage, day in sorted(told, key=lambda each: each[1])]
    standing = standing_of(facts, records, TODAY, DAYS)
    if records and records[-1].stage in (Stage.JOINED, Stage.FIRST_LETTER, Stage.ACTIVE, Stage.QUIET):
        assert bool(standing.said_apart) == (records[-1].stage != standing.by_fact)


@given(seen())
def test_what_was_reached_holds_the_stage_and_all_that_it_needs(facts: Facts) -> None:
    standing = standing_of(facts, [], TODAY, DAYS)
    found = reached(standing, facts, [])
    assert {Stage.INVITED, standing.stage} <= found
    assert facts.first_sent_on is None or Stage.FIRST_LETTER in found
