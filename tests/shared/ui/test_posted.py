"""What pages send back: ids that are none find nothing, and days are read as Thai offices write them."""

from __future__ import annotations

from datetime import date

import pytest
from django.forms import ValidationError

from phrom.shared.ui.typed import ThaiDate, posted_id


@pytest.mark.parametrize("text", ["", " ", "0", "-1", "1.5", "๑", "²", "1 ", "1e3", "abc", "9" * 19, "9" * 5000])
def test_what_is_no_id_finds_nothing(text: str) -> None:
    assert posted_id(text) == 0


@pytest.mark.parametrize(("text", "found"), [("1", 1), ("042", 42), ("9" * 18, int("9" * 18))])
def test_an_id_is_itself(text: str, found: int) -> None:
    assert posted_id(text) == found


@pytest.mark.parametrize("text", ["11/6/2567", "๑๑ มิ.ย. ๖๗", "2024-06-11", " 11 มิถุนายน 2567 "])
def test_a_day_is_read_however_it_is_typed(text: str) -> None:
    assert ThaiDate().clean(text) == date(2024, 6, 11)


@pytest.mark.parametrize("text", ["31/6/2567", "29 ก.พ. 2566", "เมื่อวาน", "11/6", "9" * 400])
def test_a_day_that_does_not_exist_is_refused_in_thai(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ThaiDate().clean(text)
    assert any("ก" <= letter <= "๛" for letter in refused.value.messages[0])


def test_a_day_may_be_left_out_where_it_is_not_required() -> None:
    assert ThaiDate(required=False).clean("") is None
