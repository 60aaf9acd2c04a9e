"""The small components: a word always, nothing unescaped, nothing that the policy refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import engines

from phrom.shared.ui.shapes import SHAPES, TONES

BAD = "<script>alert(1)</script>\" onload='x"


def draw(source: str, **context: Any) -> str:
    return " ".join(engines["django"].from_string("{% load ui %}" + source).render(context).split())


@pytest.mark.parametrize("kind", SHAPES)
def test_a_state_has_a_word_a_shape_and_a_colour(kind: str) -> None:
    page = draw("{% tag kind 'ส่งแล้ว' %}", kind=kind)
    assert "</svg>ส่งแล้ว</span>" in page
    assert SHAPES[kind] in page
    assert f"state--{TONES[kind]}" in page


def test_an_unknown_state_is_a_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        draw("{% tag 'lost' 'หาย' %}")


@pytest.mark.parametrize(("days", "words"), [(-2, "เลยกำหนด 2 วัน"), (0, "ครบกำหนดวันนี้"), (3, "เหลือ 3 วัน"), (30, "เหลือ 30 วัน")])
def test_days_left_in_words(days: int, words: str) -> None:
    assert words in draw("{% days_left days %}", days=days)


@pytest.mark.parametrize(
    "source",
    [
        "{% tag 'open' bad bad %}",
        "{% estimate bad %}",
        "{% crumbs bad bad %}",
        "{% nothing_yet bad bad bad bad %}",
        "{% figure bad bad bad bad %}",
        "{% progress 1 2 bad %}",
    ],
)
def test_what_people_typed_stays_text(source: str) -> None:
    page = draw(source, bad=BAD)
    assert "<script" not in page
    assert not re.search(r"\"\s*onload='", page)


def test_each_form_has_its_own_key() -> None:
    assert draw("{% once_key %}") != draw("{% once_key %}")


def test_words_stay_whole_and_text_stays_text() -> None:
    page = draw("{{ text|whole_words }}", text=f"ธรรมาภิบาลข้อมูล {BAD}")
    assert page.startswith('<span class="word">ธรรมาภิบาล</span>ข้อมูล &lt;script&gt;')


def test_nothing_of_nothing_is_an_empty_bar() -> None:
    page = draw("{% progress 0 0 'ตอบแล้ว' %}")
    assert 'max="1" value="0"' in page
    assert "ตอบแล้ว 0 จาก 0" in page


def test_an_empty_place_inside_a_loop_is_not_the_loops_own() -> None:
    assert draw("{% for n in '12' %}{% nothing_yet n n %}{% endfor %}").count('class="empty"') == 2


def test_the_way_back_wants_pairs() -> None:
    with pytest.raises(ValueError, match="zip"):
        draw("{% crumbs 'งานของฉัน' %}")
