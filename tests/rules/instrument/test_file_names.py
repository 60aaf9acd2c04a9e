"""ชื่อไฟล์บอกข้อใด และเป็นหลักฐานรายการใด: ตารางใน file_names.yaml กับแบบสำรวจจริง."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from phrom.rules.instrument.file_names import named_rows, slot_for
from phrom.rules.instrument.load import load_edition

EDITION = load_edition(Path(__file__).resolve().parents[3] / "editions/dga-province-2567")
TABLE = YAML(typ="safe", pure=True).load(Path(__file__).with_name("file_names.yaml").read_text("utf-8"))
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
CODES = st.sampled_from([row.code for row in EDITION.rows])


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["ไฟล์"])
def test_the_table(case: dict[str, Any]) -> None:
    named = named_rows(case["ไฟล์"], EDITION)
    assert [list(named.codes), list(named.strange)] == [case.get("ข้อ", []), case.get("ไม่มีจริง", [])]
    if "รายการ" in case:
        assert slot_for(EDITION.by_code[named.codes[0]], case["ไฟล์"]) == case["รายการ"]


@given(
    CODES, st.sampled_from([" ", "_", "-", " - ", "(", "ก"]), st.sampled_from(["รายงาน", "ปี 2567", "", "final"]), st.booleans()
)
def test_every_code_is_found_however_it_is_written(code: str, mark: str, rest: str, thai: bool) -> None:
    for written in (code, code.lower(), code.replace(".", "_"), code.replace(".", "-"), code.translate(THAI)):
        name = f"{written}{mark}{rest.translate(THAI) if thai else rest}.pdf"
        assert named_rows(name, EDITION).codes == (code,), name


@given(st.text(max_size=300))
def test_no_name_is_a_fault_and_only_rows_are_found(name: str) -> None:
    assert set(named_rows(name, EDITION).codes) <= EDITION.by_code.keys()


@given(CODES, CODES)
def test_two_codes_are_both_told(one: str, other: str) -> None:
    assert set(named_rows(f"{one} และ {other}.pdf", EDITION).codes) == {one, other}
