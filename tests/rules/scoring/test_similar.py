"""Nearly equal texts find each other, whatever their order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.scoring.similar import groups, likeness, plain, trigrams

PLAN = "แผนพัฒนาดิจิทัลจังหวัดเชียงใหม่ พ.ศ. 2566-2570"
SAME = "แผนพัฒนาดิจิทัล จังหวัดเชียงใหม่ พ.ศ. ๒๕๖๖ - ๒๕๗๐"
NEAR = "แผนพัฒนาดิจิทัลของจังหวัดเชียงใหม่ พ.ศ. 2566-2570"
OTHER = "โครงการอบรมการใช้ปัญญาประดิษฐ์แก่บุคลากร"
TEXTS = st.lists(st.sampled_from([PLAN, SAME, NEAR, OTHER, "", " ", "ก", "AI", "a i", "น้ำ"]), max_size=8)


def test_spaces_marks_case_and_digits_do_not_matter() -> None:
    assert plain(PLAN) == plain(SAME)
    assert plain("Open Data (CSV)") == plain("opendata csv")


def test_vowels_and_tone_marks_matter() -> None:
    assert plain("น้ำ") != plain("นำ")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], ()),
        ([PLAN], ((0,),)),
        ([PLAN, OTHER], ((0,), (1,))),
        ([OTHER, PLAN, SAME, NEAR], ((1, 2, 3), (0,))),
        (["AI", "IoT"], ((0,), (1,))),
        (["", " "], ((0, 1),)),
    ],
)
def test_which_texts_stand_together(texts: list[str], expected: tuple[tuple[int, ...], ...]) -> None:
    assert groups(texts) == expected


@given(TEXTS)
def test_every_text_stands_in_exactly_one_group(texts: list[str]) -> None:
    assert sorted(place for group in groups(texts) for place in group) == list(range(len(texts)))


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_does_not_matter(texts: list[str], chance: random.Random) -> None:
    order = list(range(len(texts)))
    chance.shuffle(order)
    shuffled = groups([texts[place] for place in order])
    assert {frozenset(order[place] for place in group) for group in shuffled} == {frozenset(g) for g in groups(texts)}


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_lies_between_nothing_and_the_same(one: str, other: str) -> None:
    found = likeness(trigrams(one), trigrams(other))
    assert 0 <= found <= 1
    assert found == likeness(trigrams(other), trigrams(one))
    assert likeness(trigrams(one), trigrams(one)) == 1
