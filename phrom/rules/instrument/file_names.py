"""Which rows a file's name names, and which expected evidence: "P1.5 คำสั่ง.pdf", "p2_1_4_1-รายงาน.docx", "G1.pdf"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from phrom.rules.instrument.model import Edition, EvidenceSlot, Question

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CODE = re.compile(r"(?<![A-Z0-9])([A-Z]{1,3})((?:[._-]?[1-9][0-9]*)(?:[._-][1-9][0-9]*)*)(?![A-Z0-9])")
_PART = re.compile(r"([._-]?)([0-9]+)")
_NOT_WORDS = re.compile(r"[\W_0-9]+")
A_YEAR = 100  # no row has so many sisters: "P1.5.2567" is P1.5 of a year
SHORTEST = 5  # letters that name an expectation


@dataclass(frozen=True)
class Named:
    """What a name says: rows of the edition, headings included, and what looks like a code of it but is none."""

    codes: tuple[str, ...]
    strange: tuple[str, ...]


def named_rows(name: str, edition: Edition) -> Named:
    """The rows that a file's name names, each once, in the order of the name. The extension is not looked at."""
    letters = {row.code[: len(row.code) - len(row.code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))] for row in edition.rows}
    codes: dict[str, None] = {}
    strange: dict[str, None] = {}
    for found in _CODE.finditer(_plain(name).upper()):
        if found[1] not in letters:
            continue
        parts = [(mark, int(digits)) for mark, digits in _PART.findall(found[2])]
        code = _known(found[1], parts, edition)
        if code:
            codes[code] = None
        else:
            strange[found[1] + ".".join(str(number) for _, number in parts)] = None
    return Named(tuple(codes), tuple(strange))


def slot_for(question: Question, name: str) -> str:
    """The code of the one expected piece that the name tells of; empty for none or for several."""
    said = _words(_CODE.sub(" ", _plain(name).upper()))
    fitting = [slot.code for slot in question.evidence if _tells(said, slot)]
    return fitting[0] if len(fitting) == 1 else ""


def _known(letters: str, parts: list[tuple[str, int]], edition: Edition) -> str:
    """The longest beginning that is a row. What is dropped must be no part of a code: after a stroke, or a year."""
    for length in range(len(parts), 0, -1):
        code = letters + ".".join(str(number) for _, number in parts[:length])
        if code in edition.by_code:
            return code
        mark, number = parts[length - 1]
        if mark not in ("-", "_") and number < A_YEAR:
            return ""
    return ""


def _tells(said: str, slot: EvidenceSlot) -> bool:
    wanted = _words(slot.name.upper())
    return len(said) >= SHORTEST and bool(wanted) and (wanted in said or said in wanted)


def _plain(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return unicodedata.normalize("NFC", _UNSEEN.sub("", stem)).translate(_THAI_DIGITS)


def _words(text: str) -> str:
    """Letters only: Thai marks are part of them, spaces, digits and strokes are not."""
    return _NOT_WORDS.sub("", "".join("x" if unicodedata.category(letter) == "Mn" else letter for letter in text))
