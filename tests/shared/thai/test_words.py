"""Names are found however they were typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.shared.thai.words import search_key
from tests.shared.hard_thai import HARD_TEXTS


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
