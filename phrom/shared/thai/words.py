"""Thai text: the order of the dictionary, keys for searching, phrases that a line must not break.

What was typed is never changed: these make keys to compare and shapes to draw.
"""

from __future__ import annotations

import re
import unicodedata

from phrom.shared.thai.digits import to_arabic

WORD_JOINER = "\u2060"
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_LIGHT = re.compile("[\u0e2f\u0e46\u0e47-\u0e4e]")  # ฯ ๆ, ็ and the tone marks, ์: they decide only between equals
_MARK_BEFORE_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_TWO_E = "\u0e40\u0e40"

_PARTS = (
    ("ลง", "วัน", "ที่"),
    ("ณ", " ", "วัน", "ที่"),
    ("เมื่อ", "วัน", "ที่"),
    ("ครั้ง", "ที่"),
    ("ระเบียบ", "วาระ", "ที่"),
    ("คำ", "สั่ง", "ที่"),
    ("หนังสือ", "ที่"),
    ("ลำดับ", "ที่"),
    ("คณะ", "กรรมการ"),
    ("คณะ", "ทำงาน"),
    ("ความ", "พร้อม"),
    ("รัฐบาล", "ดิจิทัล"),
)
_GLUE = {"".join(parts): WORD_JOINER.join(parts) for parts in _PARTS}
# The phrases of official papers that a line must not break, longest first.
FIXED_PHRASES = tuple(sorted(_GLUE, key=lambda phrase: (-len(phrase), phrase)))
_GLUED = re.compile("|".join(map(re.escape, FIXED_PHRASES)))


def sort_key(text: str) -> tuple[str, str]:
    """Key for the order of the Royal Society's dictionary.

    A leading vowel counts after its consonant; tone marks decide only between equals.
    """
    plain = _ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text)).casefold().strip()
    swapped = _LEADING_VOWEL.sub(r"\2\1", to_arabic(plain))
    return _LIGHT.sub("", swapped), swapped


def search_key(text: str) -> str:
    """Key for finding: NFC (never NFKC, it rewrites ำ), one case, one kind of digit and of space.

    Two common slips of the keyboard are forgiven: ํ + า for ำ, เ + เ for แ. Only for comparing.
    """
    plain = unicodedata.normalize("NFD", _ZERO_WIDTH.sub("", text)).casefold()
    plain = _MARK_BEFORE_AM.sub("\\1\u0e33", plain).replace(_TWO_E, "แ")
    return unicodedata.normalize("NFC", " ".join(to_arabic(plain).split()))


def glue(text: str) -> str:
    """The text with U+2060 inside the fixed phrases of official papers ("ลงวันที่"), so that no line breaks there."""
    return _GLUED.sub(lambda found: _GLUE[found[0]], text)
