"""A name is one line of visible text: what cannot be seen never gets into it, and nothing that can be seen is changed."""

from __future__ import annotations

import pytest
from django import forms

from phrom.shared.ui.typed import NotOneLine, OneLine, refuse_unless_one_line
from tests.shared.hard_thai import HARD_TEXTS

UNSEEN = ["\x00", "\x01", "\x07", "\x08", "\x1b[31m", "\x7f", "\x9d", "\u202e", "\u2066", "\ud800"]
BREAKS = ["\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]


class Typed(forms.Form):
    """A form with a name."""

    name = OneLine(label="ชื่อ", max_length=200)


def typed(text: str) -> Typed:
    return Typed({"name": text})


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_whatever_can_be_read_stays_as_it_was_typed(text: str) -> None:
    form = typed(text)
    assert form.is_valid()
    assert form.cleaned_data["name"] == text
    refuse_unless_one_line(text, where="name")


@pytest.mark.parametrize("joiner", ["\u200b", "\u200c", "\u200d", "\u00a0", "\u0e4d\u0e32"])
def test_what_thai_needs_to_break_and_join_words_stays(joiner: str) -> None:
    form = typed(f"ป่า{joiner}แป๋")
    assert form.is_valid()
    assert form.cleaned_data["name"] == f"ป่า{joiner}แป๋"


@pytest.mark.parametrize("brk", BREAKS, ids=ascii)
def test_a_line_break_pasted_from_a_sheet_becomes_a_space(brk: str) -> None:
    form = typed(f"นางสาวกิ่งแก้ว{brk}ศรีสุข{brk}")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "นางสาวกิ่งแก้ว ศรีสุข"


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_cannot_be_seen_is_refused_in_words(unseen: str) -> None:
    form = typed(f"นายใหม่{unseen} เพิ่งมา")
    assert not form.is_valid()
    assert "มองไม่เห็น" in form.errors["name"][0]


@pytest.mark.parametrize("unseen", [*UNSEEN, *BREAKS], ids=ascii)
def test_an_action_takes_neither(unseen: str) -> None:
    with pytest.raises(NotOneLine) as refused:
        refuse_unless_one_line(f"นายใหม่{unseen}เพิ่งมา", where="name")
    assert refused.value.where == "name"
    assert "ไม่มีอะไรถูกบันทึก" in refused.value.th and "Nothing was saved" in refused.value.en


def test_only_line_breaks_are_nothing_at_all() -> None:
    assert typed("\n\u2028\t").errors.as_data()["name"][0].code == "required"
