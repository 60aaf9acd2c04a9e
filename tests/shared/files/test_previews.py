"""What was shown travels in the page and comes back as it was, for the same thing, within a day, or not at all."""

from __future__ import annotations

import time
from unittest.mock import patch

import pytest

from phrom.shared.files.previews import A_DAY, PreviewLost, seal, unseal

ROWS = [[1, "นายอำเภอเมือง", "2024-06-11"], [2, "“ข้อความ” ยาว\nสองบรรทัด", ""]]


def test_rows_come_back_as_they_were_shown() -> None:
    assert unseal("roster", 7, seal("roster", 7, ROWS)) == ROWS


@pytest.mark.parametrize(("what", "about"), [("roster", 8), ("offices", 7)])
def test_a_preview_of_something_else_is_lost(what: str, about: int) -> None:
    with pytest.raises(PreviewLost):
        unseal(what, about, seal("roster", 7, ROWS))


def test_a_letter_changed_on_the_way_is_seen() -> None:
    sealed = seal("roster", 7, ROWS)
    with pytest.raises(PreviewLost) as lost:
        unseal("roster", 7, ("x" if sealed[0] != "x" else "y") + sealed[1:])
    assert "ยังไม่มีอะไรถูกบันทึก" in lost.value.th and "Nothing was saved" in lost.value.en


def test_after_a_day_the_file_is_asked_for_again() -> None:
    with patch("time.time", return_value=time.time() - A_DAY - 2):
        sealed = seal("roster", 7, ROWS)
    with pytest.raises(PreviewLost):
        unseal("roster", 7, sealed)
