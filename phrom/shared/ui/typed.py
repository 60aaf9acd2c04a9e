"""What is typed or posted: a name on one line with nothing unseen in it, a day as Thai offices write it, an id, a hash."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms

from phrom.shared.thai.dates import BadDate, parse_date
from phrom.shared.ui.refusals import Refusal

# Zero-width space, joiner and non-joiner stay: Thai needs them. What turns the direction of the text round may hide a name.
_TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
_BREAKS = re.compile(r"[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
_LONGEST_ID = 18  # nineteen digits do not fit into the column
_TH = "มีอักขระที่มองไม่เห็นปนอยู่ กรุณาลบข้อความในช่องนี้แล้วพิมพ์ใหม่"


class NotOneLine(Refusal):
    """A name or a title with a line break, a control character or a turn of direction in it."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "ชื่อต้องอยู่ในบรรทัดเดียวและไม่มีอักขระที่มองไม่เห็น ยังไม่มีอะไรถูกบันทึก กรุณาลบแล้วพิมพ์ใหม่",
            "A name is one line without characters that cannot be seen. Nothing was saved. Please type it again.",
            where=where,
        )


class OneLine(forms.CharField):
    """A text field for a name or a title: line breaks that came along when pasting become a space, the rest is refused."""

    def to_python(self, value: Any) -> Any:
        """Return the text on one line."""
        return super().to_python(_BREAKS.sub(" ", value) if isinstance(value, str) else value)

    def run_validators(self, value: Any) -> None:
        """Refuse what cannot be seen, before and in place of Django's words about it."""
        refuse_unseen(value)
        super().run_validators(value)


class ThaiDate(forms.CharField):
    """A day, typed the ways people type it (11/6/2567, ๑๑ มิ.ย. ๖๗, 2024-06-11); refuses days that do not exist."""

    def to_python(self, value: Any) -> Any:
        """Return the date, or None when nothing was typed."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except BadDate as problem:
            raise forms.ValidationError(problem.th) from problem


def posted_id(text: str) -> int:
    """The id that a page sent back; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID else 0


def plain_hash(text: str) -> str:
    """A hash as it was typed from paper: capitals, blanks and line breaks do not matter."""
    return "".join(text.split()).lower()


def refuse_unseen(text: str) -> None:
    """A validator for any text field of one line."""
    if _has_unseen(text):
        raise forms.ValidationError(_TH, code="unseen")


def refuse_unless_one_line(text: str, *, where: str) -> None:
    """The same for an action, whichever way it was called. Raises NotOneLine."""
    if _has_unseen(text):
        raise NotOneLine(where)


def _has_unseen(text: str) -> bool:
    return any(letter in _TURNS or unicodedata.category(letter) in _UNSEEN for letter in text)
