"""The word that a letter carries which was sent for a resolution: made and read here alone."""

from __future__ import annotations

import re
from collections.abc import Collection

from phrom.letters.sent import Sent, sent_for

_WORD = re.compile(r"resolution:([0-9]{1,18})")


def word_for(resolution_id: int) -> str:
    """What a letter says that was sent for a resolution."""
    return f"resolution:{resolution_id}"


def resolution_in(word: str) -> int | None:
    """The id of the resolution that a letter was sent for; None for every other word."""
    found = _WORD.fullmatch(word)
    return int(found[1]) if found else None


def sent_of(resolutions: Collection[int]) -> dict[int, tuple[Sent, ...]]:
    """What was sent for these resolutions, by resolution. One query."""
    found = sent_for([word_for(each) for each in resolutions])
    return {resolution_in(word) or 0: sent for word, sent in found.items()}
