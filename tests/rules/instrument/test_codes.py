from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.instrument.codes import BadCode, QuestionCode

CODES = st.builds(
    lambda letters, numbers: letters + ".".join(map(str, numbers)),
    st.sampled_from(["G", "P"]),
    st.lists(st.integers(1, 9999), min_size=1, max_size=8),
)
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@given(CODES)
def test_a_code_reads_back_as_it_was_written(text: str) -> None:
    assert str(QuestionCode.parse(text)) == text


@given(CODES)
def test_thai_digits_make_the_same_code(text: str) -> None:
    assert QuestionCode.parse(text.translate(THAI)) == QuestionCode.parse(text)


@given(CODES)
def test_a_child_stands_after_its_parent(text: str) -> None:
    parent, dot, _ = text.rpartition(".")
    assert not dot or QuestionCode.parse(parent) < QuestionCode.parse(text)


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_refused_in_two_languages(text: str) -> None:
    try:
        code = QuestionCode.parse(text)
    except BadCode as refused:
        assert refused.th and refused.en
    else:
        assert QuestionCode.parse(str(code)) == code


def test_sorted_as_people_count() -> None:
    codes = ["P2.1.10", "P10", "P2.1.9", "G1", "P2.1", "P2.1.9.1"]
    assert sorted(codes, key=QuestionCode.parse) == ["G1", "P2.1", "P2.1.9", "P2.1.9.1", "P2.1.10", "P10"]


def test_the_printed_form_of_g1_is_read() -> None:
    assert str(QuestionCode.parse(" g๑. ")) == "G1"


@pytest.mark.parametrize("text", ["", "1", "P2..1", "P0", "P2.01", "P2,1", "P²", "ก1", "PPPP1", "P2.1\n.1"])
def test_no_code(text: str) -> None:
    with pytest.raises(BadCode):
        QuestionCode.parse(text)
