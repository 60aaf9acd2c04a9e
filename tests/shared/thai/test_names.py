"""When two names are one name, when they are worth a look, and when they are two things."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from phrom.shared.thai.names import ALIKE, alike_pairs, likeness, name_core, name_key

NAMES = YAML(typ="safe").load((Path(__file__).parent / "names.yaml").read_text("utf-8"))
THAI = st.text(alphabet="กขคงจฉชซญดตถทนบปพฟมยรลวสหอ" + "ะาิีุูเแโไ่้ำ๑๒12 ()-", max_size=30)


@pytest.mark.parametrize(("one", "other"), NAMES["same"])
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(("one", "other"), NAMES["alike"])
def test_two_names_worth_a_look(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(("one", "other"), NAMES["apart"])
def test_two_different_things(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert likeness(one, other) < ALIKE


def test_sara_am_stays_one_letter() -> None:
    assert "ำ" in name_key("น้ำ")


def test_a_name_of_one_general_word_keeps_it() -> None:
    assert name_core("ระบบงาน") == "ระบบงาน"
    assert name_core("(ระบบ)") == "ระบบ"


@given(THAI)
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(THAI, THAI)
def test_likeness_does_not_ask_who_is_first(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


@given(st.lists(THAI, max_size=12))
def test_the_quick_way_finds_the_pairs_that_looking_at_all_finds(names: list[str]) -> None:
    numbered = dict(enumerate(names))
    slow = {(a, b) for a in numbered for b in numbered if a < b and likeness(names[a], names[b]) >= ALIKE}
    assert {(a, b) for a, b, _ in alike_pairs(numbered)} == slow


def test_a_thousand_names_take_little_time() -> None:
    words = ("จองคิว", "ร้องเรียน", "ขอใบอนุญาต", "ติดตามงาน", "ลงทะเบียน", "แจ้งเหตุ", "ชำระภาษี", "ตรวจสอบสิทธิ")
    places = ("โรงพยาบาล", "ที่ว่าการอำเภอ", "เทศบาล", "สำนักงานที่ดิน", "สถานศึกษา")
    names = {n: f"ระบบ{words[n % 8]}{places[n % 5]}{words[(n // 40) % 8]}หน่วยที่{n // 320}" for n in range(1000)}
    begun = time.process_time()
    assert sum(1 for _ in alike_pairs(names)) > 0
    assert time.process_time() - begun < 15
