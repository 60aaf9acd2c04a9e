"""Names stand in the order of the dictionary, are found however they were typed, and stay as typed."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.shared.thai.words import FIXED_PHRASES, glue, search_key, sort_key
from tests.shared.hard_thai import HARD_TEXTS

# The order of พจนานุกรม ฉบับราชบัณฑิตยสถาน: consonants first, a leading vowel after its consonant, tone marks between equals.
DICTIONARY = (
    "กก กรรม กราบ กลอน กะ กัน กา ก้า กำ กิน กี่ กุ้ง เก เก่ง แก แก้ว โก้ ใกล้ ไก่ ขา คน เชียงราย เชียงใหม่ "
    "ตาก น่าน แพร่ แม่ฮ่องสอน ฤดู ลำปาง ลำพูน ฦๅ อุตรดิตถ์ ฮอด"
).split()


@pytest.mark.parametrize("seed", range(5))
def test_names_are_sorted_as_the_dictionary_has_them(seed: int) -> None:
    shuffled = list(DICTIONARY)
    random.Random(seed).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == DICTIONARY


def test_tone_marks_decide_only_between_equals() -> None:
    assert sorted(["ก้าง", "กาบ", "กาง", "ก่าง"], key=sort_key) == ["กาง", "ก่าง", "ก้าง", "กาบ"]


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("ปี ๒๕๖๗", "ปี 2567"),
        ("นํ้า", "น้ำ"),
        ("กํา", "กำ"),
        ("เเม่ริม", "แม่ริม"),
        ("ผู\u200bว่า", "ผูว่า"),
        ("PCIO", "pcio"),
        ("cafe\u0301", "café"),
        ("สำนักงาน\u00a0จังหวัด ", "สำนักงาน จังหวัด"),
    ],
)
def test_found_however_it_was_typed(typed: str, sought: str) -> None:
    assert search_key(typed) == search_key(sought)


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_sara_am_is_never_taken_apart(text: str) -> None:
    assert search_key(text).count("ำ") >= text.count("ำ")


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)
    assert search_key(unicodedata.normalize("NFD", text)) == search_key(text)


def test_fixed_phrases_are_glued_and_nothing_is_lost() -> None:
    assert glue("คำสั่ง ลงวันที่ ๗") == "คำสั่ง ลง\u2060วัน\u2060ที่ ๗"
    assert all(glue(phrase).replace("\u2060", "") == phrase for phrase in FIXED_PHRASES)
