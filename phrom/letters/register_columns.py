"""The columns of old registers and of our own export, and the words in which offices head them."""

from __future__ import annotations

import re

from phrom.shared.thai.words import search_key

NUMBER, DATED, OWN, THEIRS, THEIR_DATE = "เลขทะเบียน", "วันที่", "ที่", "ที่ (ของเรื่อง)", "ลงวันที่"
FROM, TO, SUBJECT, ACTION, REMARK, STATE = "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ", "สถานะเลข"
_SEPARATORS = re.compile(r"[\s./()\-:–]+")


def plain(title: str) -> str:
    """A title as it is compared: without blanks, dots, strokes and brackets."""
    return search_key(_SEPARATORS.sub("", title))


def _titles(**words: str) -> dict[str, str]:
    columns = {"number": NUMBER, "dated": DATED, "own": OWN, "theirs": THEIRS, "their_date": THEIR_DATE}
    return {plain(word): columns[name] for name, text in words.items() for word in text.split("|")}


_EVERYWHERE = {
    plain(word): column
    for column, words in (
        (FROM, "จาก|จากหน่วยงาน|ผู้ส่ง|หน่วยงานที่ส่ง|ส่งจาก"),
        (TO, "ถึง|เรียน|ถึงหน่วยงาน|ผู้รับ|ส่งถึง"),
        (SUBJECT, "เรื่อง|ชื่อเรื่อง|เรื่องที่รับ|เรื่องที่ส่ง"),
        (ACTION, "การปฏิบัติ|ผู้ปฏิบัติ|การดำเนินการ"),
        (REMARK, "หมายเหตุ"),
        (STATE, "สถานะเลข|สถานะ"),
    )
    for word in words.split("|")
}
_NUMBERS = "เลขทะเบียน|เลขที่|เลขทะเบียนที่|ทะเบียนเลขที่"
RECEIVED = _EVERYWHERE | _titles(
    number=f"{_NUMBERS}|เลขทะเบียนรับ|เลขรับ|เลขที่รับ|ทะเบียนรับ|รับที่|เลขรับที่",
    dated="วันที่|วันที่รับ|รับวันที่|วันเดือนปี|วันเดือนพศ|วันเดือนปีที่รับ|วันที่ลงรับ",
    theirs="ที่|ที่หนังสือ|เลขที่หนังสือ|เลขหนังสือ|หนังสือที่",
    their_date="ลงวันที่|หนังสือลงวันที่|วันที่หนังสือ|ลงวันที่หนังสือ",
)
SENT = _EVERYWHERE | _titles(
    number=f"{_NUMBERS}|เลขทะเบียนส่ง|เลขส่ง|เลขที่ส่ง|ทะเบียนส่ง|ส่งที่|ลำดับ|ลำดับที่",
    own="ที่|ที่หนังสือ|เลขที่หนังสือ|เลขหนังสือ|หนังสือที่",
    dated="ลงวันที่|วันที่|วันที่ส่ง|ส่งวันที่|วันเดือนปี|วันเดือนพศ|หนังสือลงวันที่",
)
