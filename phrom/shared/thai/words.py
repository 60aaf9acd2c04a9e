"""Thai text: keys for searching, and phrases that a line must not break. What was typed is never changed."""

from __future__ import annotations

import re
import unicodedata

from phrom.shared.thai.digits import to_arabic

_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_MARK_BEFORE_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_TWO_E = "\u0e40\u0e40"

_GAP = re.compile("(?<=[\u0e01-\u0e5b\uf700-\uf71a])\\s+(?=[\u0e01-\u0e5b\uf700-\uf71a])")
_TONE_BEFORE_VOWEL = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a\u0e47])")
# Old Thai fonts keep shifted marks and legless letters apart, and so do the PDFs printed with them.
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_SHIFTED = f"\u0e10\u0e34\u0e35\u0e36\u0e37{_TONES}{_TONES}\u0e0d\u0e31\u0e4d\u0e47{_TONES}\u0e38\u0e39\u0e3a"
SHIFTED_MARKS = {0xF700 + number: letter for number, letter in enumerate(_SHIFTED)}

# The phrases of official papers that a line must not break, longest first.
_PHRASES = "ลงวันที่|ณ วันที่|เมื่อวันที่|ครั้งที่|ระเบียบวาระที่|คำสั่งที่|หนังสือที่|ลำดับที่|คณะกรรมการ|คณะทำงาน|ความพร้อม|รัฐบาลดิจิทัล"
_PHRASES += "|สารสนเทศ|สิ่งแวดล้อม|ผู้บริหาร|ผู้อำนวยการ|ผู้ว่าราชการ|หน่วยงาน|สำนักงาน|จังหวัด|งบประมาณ|ข้อมูล|ข้อเสนอแนะ|รายการ"
_PHRASES += "|ทรัพยากรธรรมชาติ|หมายเลข|เนื่องจาก|ทั้งนี้|ไตรมาส|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน"
_PHRASES += "|ประเทศไทย|เชียงใหม่|เชียงราย|ตุลาคม|พฤศจิกายน|ธันวาคม|แพลตฟอร์ม|เชื่อมโยง|ได้ยาก|ยุ่งยาก|ยากลำบาก"
FIXED_PHRASES = tuple(sorted(_PHRASES.split("|"), key=len, reverse=True))


def text_key(text: str) -> str:
    """Key for finding words in what a program read out of a file: `search_key`, and more is forgiven.

    A PDF breaks lines within Thai words, takes ำ apart, puts a tone before its vowel, and names shifted marks of old fonts. No
    space between two Thai letters counts, on either side of the comparison.
    """
    plain = _GAP.sub("", _ZERO_WIDTH.sub("", text)).translate(SHIFTED_MARKS)
    return search_key(_TONE_BEFORE_VOWEL.sub("\\2\\1", plain))


def search_key(text: str) -> str:
    """Key for finding: NFC (never NFKC, it rewrites ำ), one case, one kind of digit and of space.

    Two common slips of the keyboard are forgiven: ํ + า for ำ, เ + เ for แ. Only for comparing.
    """
    plain = unicodedata.normalize("NFD", _ZERO_WIDTH.sub("", text)).casefold()
    plain = _MARK_BEFORE_AM.sub("\\1\u0e33", plain).replace(_TWO_E, "แ")
    return unicodedata.normalize("NFC", " ".join(to_arabic(plain).split()))
