"""What a clerk may write in a Word template, form by form: {{ title }}, {{ number }} and so on.

A template is data, never a program: names from this list and nothing else. So an uploaded file cannot run anything, and every
mistake in it can be named before a paper is made with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from phrom.shared.documents.content import Form

# {{ name }}; whatever else stands between the braces is reported.
PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
NAME = re.compile(r"[a-z_]+")


@dataclass(frozen=True)
class Placeholder:
    """A name that may stand between {{ and }}; `th` and `en` say what is put there."""

    name: str
    th: str
    en: str
    required: bool = True


_BODY = Placeholder(
    "body", "เนื้อหาทั้งหมดของเอกสาร (ต้องอยู่ลำพังในย่อหน้าของตน)", "the whole text of the paper (alone in its own paragraph)"
)
_TITLE = Placeholder("title", "ชื่อเอกสาร เช่น รายงานการประชุม", "the title of the paper")
_LINES = Placeholder("subtitle", "บรรทัดใต้ชื่อ เช่น ชื่อคณะกรรมการ ครั้งที่ วันเวลา สถานที่", "the lines under the title")
_SUBJECT = Placeholder("subtitle", "เรื่องของคำสั่งหรือประกาศ", "the subject of the order or announcement")
_NUMBER = Placeholder("number", "เลขที่ของหนังสือ (ไม่มีคำว่า “ที่”)", "the number of the letter, without the word ที่")
_OFFICE = Placeholder("office", "ส่วนราชการเจ้าของหนังสือและที่ตั้ง", "the issuing office and its address")
_DATE = Placeholder("date", "วันเดือนปีของหนังสือ", "the date of the letter")
_EMBLEM = Placeholder(
    "emblem", "ตราสัญลักษณ์จากหน้าตั้งค่า วางตามระยะของแบบ", "the emblem, placed as the form wants it", required=False
)
_NOTE = Placeholder("note", "หมายเหตุท้ายกระดาษ เช่น ประมาณการ", "the note at the foot, such as an estimate", required=False)

PLACEHOLDERS: dict[Form, tuple[Placeholder, ...]] = {
    "paper": (_TITLE, _LINES, _BODY, _NOTE),
    "agenda": (_TITLE, _LINES, _BODY, _NOTE),
    "letter": (_EMBLEM, _NUMBER, _OFFICE, _DATE, _BODY, _NOTE),
    "memo": (_EMBLEM, _OFFICE, _NUMBER, _DATE, _BODY, _NOTE),
    "order": (_EMBLEM, _TITLE, _NUMBER, _SUBJECT, _BODY, _NOTE),
    "minutes": (_TITLE, _LINES, _BODY, _NOTE),
    "extract": (_TITLE, _LINES, _BODY, _NOTE),
    "stamped": (_EMBLEM, _NUMBER, _BODY, _NOTE),
    "announcement": (_EMBLEM, _TITLE, _SUBJECT, _BODY, _NOTE),
    "certificate": (_EMBLEM, _NUMBER, _OFFICE, _BODY, _NOTE),
}


def known_form(name: str) -> Form:
    """The form of this name. Raises ValueError for a name that is none."""
    found: Form | None = next((one for one in get_args(Form) if one == name), None)
    if found is None:
        raise ValueError(f"no form of paper is called {name!r}")
    return found
