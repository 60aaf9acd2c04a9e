"""Thai digits ๐๑๒๓๔๕๖๗๘๙ and back."""

from __future__ import annotations

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def to_thai(text: object) -> str:
    """The text with 0-9 written as Thai digits; everything else stays as it is."""
    return str(text).translate(_TO_THAI)


def to_arabic(text: object) -> str:
    """The text with Thai digits written as 0-9; everything else stays as it is."""
    return str(text).translate(_TO_ARABIC)
