"""Files from outside: refused quickly, with a line and a reason, never with a crash."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.instrument.tree import parse

BOMBS = [
    (b"", "empty_file"),
    (b"# nothing", "empty_file"),
    (b"- a\n- b\n", "not_a_mapping"),
    (b"a: 1\n---\nb: 2\n", "many_documents"),
    (b"a: 1\nb: [1\nc: 2\n", "bad_yaml"),
    (b"a: 1\n\tb: 2\n", "bad_yaml"),
    (b"a: 1\na: 2\n", "duplicate_key"),
    (b"a: &x 1\nb: *x\n", "alias"),
    (b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "alias"),
    (b"a: !!python/object:os.system x\n", "tag"),
    (b"a: " + b"[" * 100_000, "too_deep"),
    (b"a: " + b"{b: " * 5_000, "too_deep"),
    (b"".join(b" " * depth + b"a:\n" for depth in range(500)), "too_deep"),
    (b"a: " + b"9" * 500_000, "number_too_long"),
    (b'a: "\\ud800"\n', "bad_character"),
    (b'a: "\\0"\n', "bad_character"),
    (b"a: \xff\xfe\n", "not_utf8"),
    ("a: ก\n".encode("utf-16"), "not_utf8"),
    (b"? [a, b]\n: 1\n", "key_not_text"),
    (b"a: 1\n" * 300_000, "too_large"),
    (b"a: \x01\n", "bad_yaml"),
]


@pytest.mark.parametrize(("raw", "code"), BOMBS)
def test_bombs_are_refused_within_a_second(raw: bytes, code: str) -> None:
    start = time.process_time()  # our own second, however busy the machine is
    document = parse(raw, "edition.yaml")
    assert code in {problem.code for problem in document.problems}
    assert time.process_time() - start < 1


def test_the_line_is_the_line_of_the_defect() -> None:
    document = parse("ก: 1\nข:\n  ค: 2\n  ค: 3\n".encode(), "x.yaml")
    assert [(problem.line, problem.code) for problem in document.problems] == [(4, "duplicate_key")]


def test_plain_words_are_what_they_look_like() -> None:
    document = parse(
        b"\xef\xbb\xbfa: no\nb: 12:30\nc: 1.10\nd: '1.10'\ne: true\nf: ~\ng: 2024-06-11\nh: .nan\ni: 1e999\n", "x.yaml"
    )
    assert document.problems == ()
    assert list(document.data.values()) == ["no", "12:30", Decimal("1.10"), "1.10", True, None, "2024-06-11", ".nan", "1e999"]


@given(st.binary(max_size=300) | st.text(alphabet="ab:-[]{}&*!|>'\"#\n \t?%@`,.0", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    document = parse(raw, "x.yaml")
    assert document.data is not None or document.problems
    assert all(problem.line >= 1 for problem in document.problems)
