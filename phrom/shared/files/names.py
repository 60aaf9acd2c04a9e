"""File names as people wrote them: Thai stays letter for letter, tricks are refused."""

from __future__ import annotations

import re
import unicodedata

from phrom.shared.ui.refusals import Refusal

LONGEST = 255
# Direction controls let "gpj.exe" read as "exe.jpg". The zero-width space and joiners stay: Thai text uses them.
_DIRECTION = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff")


class BadName(Refusal):
    """The file's name is empty, too long, or holds characters that cannot be seen."""

    status = 422


def clean_name(name: str) -> str:
    """Return the name without its folders, otherwise unchanged. Refuses what is empty, over 255 characters or invisible."""
    last = re.split(r"[/\\]", name)[-1].strip(" ")
    if not last.strip(". \u200b"):
        raise BadName("ไฟล์นี้ไม่มีชื่อ กรุณาตั้งชื่อไฟล์แล้วแนบอีกครั้ง", "The file has no name. Please name it and attach it again.")
    if len(last) > LONGEST:
        raise BadName(
            f"ชื่อไฟล์ยาวเกิน {LONGEST} ตัวอักษร กรุณาตั้งชื่อให้สั้นลงแล้วแนบอีกครั้ง",
            f"The file name is longer than {LONGEST} characters. Please shorten it and attach it again.",
        )
    if any(letter in _DIRECTION or unicodedata.category(letter) in ("Cc", "Cs") for letter in name):
        raise BadName(
            "ชื่อไฟล์มีอักขระที่มองไม่เห็น กรุณาพิมพ์ชื่อใหม่แล้วแนบอีกครั้ง",
            "The file name holds invisible characters. Please type a new name and attach it again.",
        )
    return last


def extension_of(name: str) -> str:
    """The part after the last dot in small letters, without the dot; empty where there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""
