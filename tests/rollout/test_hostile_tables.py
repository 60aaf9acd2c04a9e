"""Lists of local governments made to do harm: refused in a moment, or told as what is to be mended; never taken as they are."""

from __future__ import annotations

import time

import pytest

from phrom.rollout.table_file import read_table
from phrom.shared.ui.refusals import Refusal

HEAD = "รหัส อปท.,ประเภท,ชื่อ\n"
SPRAWLING = {
    "a million columns": HEAD + "1" + "," * 1_000_000,
    "titles of a million columns": "," * 1_900_000,
    "a quote that never closes": HEAD + '"' + "a" * 1_900_000,
    "a quote over a million lines": HEAD + '"' + "a\n" * 900_000,
    "many quotes": HEAD + '"",' * 600_000,
    "nothing but lines": "\n" * 2_000_000,
    "old Mac lines": HEAD.strip() + "\r1," + "x\r" * 500_000,
}


@pytest.mark.parametrize("which", SPRAWLING)
def test_what_sprawls_is_refused_in_a_moment(which: str) -> None:
    data = SPRAWLING[which].encode()
    began = time.process_time()
    with pytest.raises(Refusal):
        read_table(data, "รายชื่อ.csv")
    assert time.process_time() - began < 1.5


@pytest.mark.parametrize("name", ["ก\u202eข", "\u200b", "\u2066ก"])
def test_a_name_that_cannot_be_seen_as_it_is_must_be_mended(name: str) -> None:
    found = read_table((HEAD + f"1,อบต.,{name}\n").encode(), "รายชื่อ.csv")
    assert (found.rows, [problem.row for problem in found.problems]) == ([], [2])


def test_thai_names_with_their_own_joiners_are_fine() -> None:
    found = read_table((HEAD + "1,อบต.,แม่\u200bแตง\n").encode(), "รายชื่อ.csv")
    assert (len(found.rows), found.problems) == (1, [])
