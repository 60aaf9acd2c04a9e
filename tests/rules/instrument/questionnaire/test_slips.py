"""Slips planted in tables of all sorts are found at their line, and sound texts are left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.questionnaire import lines_of_text, read_questionnaire
from phrom.rules.instrument.questionnaire.anomalies import SENTENCES
from tests.rules.instrument.broken import EDITION

CASES = YAML(typ="safe").load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_was_planted_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    found = read_questionnaire(lines_of_text(case["text"])).anomalies
    assert [[each.line, each.kind] for each in found] == [[line, kind] for line, kind, _ in case["find"]]
    for each, (_, _, words) in zip(found, case["find"], strict=True):
        assert not words or each.found == words
        assert each.th and each.en and "{" not in each.th + each.en


def test_every_kind_of_finding_has_its_case() -> None:
    assert {kind for case in CASES for _, kind, _ in case["find"]} == set(SENTENCES)


def test_the_corrected_edition_shows_no_slip_of_letters() -> None:
    edition = load_edition(EDITION)
    text = "\n".join(f"{row.code} {row.text}\tทุกหน่วยงาน" for row in edition.rows)
    slips = {"tag", "doubled", "bracket", "spelling", "almost", "odd_one"}
    assert [each for each in read_questionnaire(lines_of_text(text)).anomalies if each.kind in slips] == []


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading(text: str) -> None:
    for each in read_questionnaire(lines_of_text(text)).anomalies:
        assert each.line >= 1 and each.th and each.en


@given(
    st.lists(
        st.sampled_from(["P1.1 มีหรือไม่", "\tทุกหน่วยงาน", "หมวด", "ตัวชี้วัดที่ ๑ ก", "ร้อยละ ๑๐", "((", "<u>", "P๑.๐ ข"]), max_size=12
    )
)
def test_no_order_of_lines_breaks_the_reading(lines: list[str]) -> None:
    read_questionnaire(lines_of_text("\n".join(lines)))
