"""Codes of rows and pillars as the agenda prints them: G1, P2.1.10."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SHAPE = re.compile(r"([A-Z]{1,3})((?:[1-9][0-9]{0,3})(?:\.[1-9][0-9]{0,3}){0,7})?")


class BadCode(ValueError):
    """The text is no code. `th` and `en` say so to a person."""

    def __init__(self, text: str) -> None:
        shown = text[:40]
        self.th = f"“{shown}” ไม่ใช่รหัสข้อคำถาม รหัสที่ถูกต้อง เช่น G1 หรือ P2.1.10"
        self.en = f"'{shown}' is not a code; a code looks like G1 or P2.1.10"
        super().__init__(self.en)


@total_ordering
@dataclass(frozen=True)
class QuestionCode:
    """A code that sorts as people count: P2.1.10 comes after P2.1.9, and P2.1 before P2.1.1."""

    letters: str
    numbers: tuple[int, ...] = ()

    @classmethod
    def parse(cls, text: str) -> QuestionCode:
        """Return the code. Thai digits, small letters, outer spaces and the printed "G1." are taken. Raises BadCode."""
        plain = text.strip().translate(_THAI_DIGITS).upper().removesuffix(".")
        found = _SHAPE.fullmatch(plain) if plain.isascii() else None
        if found is None:
            raise BadCode(text)
        return cls(found[1], tuple(int(number) for number in found[2].split(".")) if found[2] else ())

    def __str__(self) -> str:
        return self.letters + ".".join(str(number) for number in self.numbers)

    def __lt__(self, other: QuestionCode) -> bool:
        return (self.letters, self.numbers) < (other.letters, other.numbers)
