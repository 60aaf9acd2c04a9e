"""Opening and closing words by who is written to, and the words for signing in another's place: data, no code.

Source: the appendix of the regulation on correspondence that lists คำขึ้นต้น, สรรพนาม and คำลงท้าย; royal persons are left to
the officer's own typing, since they need words of their own in the text too.
"""

from __future__ import annotations

from typing import NamedTuple


class Phrase(NamedTuple):
    """A pair of words for one kind of addressee."""

    key: str
    whom: str
    opening: str
    closing: str


PHRASES = (
    Phrase("official", "ส่วนราชการและบุคคลทั่วไป", "เรียน", "ขอแสดงความนับถือ"),
    Phrase("high", "ประธานองคมนตรี นายกรัฐมนตรี ประธานรัฐสภา ประธานศาลฎีกา รัฐบุรุษ", "กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง"),
    Phrase("senior_monk", "สมเด็จพระราชาคณะ และรองสมเด็จพระราชาคณะ", "นมัสการ", "ขอนมัสการด้วยความเคารพอย่างยิ่ง"),
    Phrase("abbot", "พระราชาคณะ", "นมัสการ", "ขอนมัสการด้วยความเคารพอย่างสูง"),
    Phrase("monk", "พระภิกษุสงฆ์ทั่วไป", "นมัสการ", "ขอนมัสการด้วยความเคารพ"),
)
OWN = "own"
ACTING = ("รักษาราชการแทน", "ปฏิบัติราชการแทน", "รักษาการในตำแหน่ง", "ทำการแทน")


def phrase_of(opening: str, closing: str) -> str:
    """The key of the pair; `own` for words that stand in no list, the first pair where nothing was chosen yet."""
    if not opening and not closing:
        return PHRASES[0].key
    found = (one.key for one in PHRASES if one.opening == opening and closing in ("", one.closing))
    return next(found, OWN)
