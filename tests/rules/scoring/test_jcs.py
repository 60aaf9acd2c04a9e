"""The canonical form of a frozen set: the examples that RFC 8785 gives, and that nothing is lost or read in two ways."""

from __future__ import annotations

import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.scoring.jcs import NotCanonical, canonical

TEXT = st.text(st.characters(codec="utf-8"))
LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=20
)

# RFC 8785, appendix B: the bits of a number and how it is written.
BITS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


def test_the_example_of_the_rfc() -> None:
    given_there = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical(given_there) == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_stand_by_their_utf_16_code_units_not_by_their_code_points() -> None:
    """The order that the RFC gives in 3.2.3: a key beyond the first plane sorts by its surrogates, before U+FB33."""
    shuffled = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "ö": 7}
    assert list(json.loads(canonical(shuffled))) == ["\r", "1", "\x80", "ö", "€", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize(("bits", "written"), BITS.items())
def test_a_number_is_written_as_ecmascript_writes_it(bits: str, written: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical(number) == written


def test_thai_stays_as_it_is_and_only_what_must_be_is_escaped() -> None:
    assert canonical("มีข้อมูล ๑๒ \x7f\u2028") == '"มีข้อมูล ๑๒ \x7f\u2028"'
    assert canonical('\b\t\n\f\r\x1f"\\') == '"\\b\\t\\n\\f\\r\\u001f\\"\\\\"'


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, 2**53, -(2**53), "\ud800", {"\udfff": 1}, {1: 2}, {1, 2}, b"x"]
)
def test_what_not_every_reader_would_read_alike_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical([value])


@given(VALUES)
def test_reading_it_back_gives_the_same_value_and_the_same_text(value: object) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(TEXT, LEAVES, max_size=6))
def test_the_order_in_which_keys_were_given_does_not_matter(members: dict[str, object]) -> None:
    assert canonical(dict(reversed(members.items()))) == canonical(members)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back_exactly(number: float) -> None:
    assert float(canonical(number)) == number


@given(st.dictionaries(st.text("กขabAB09_.", max_size=5), st.integers(0, 99) | TEXT, max_size=5))
def test_what_was_frozen_before_was_already_canonical(document: dict[str, object]) -> None:
    """Codes, names and texts as our sets have them: the text, and so every hash printed so far, stays the same."""
    assert canonical(document) == json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
