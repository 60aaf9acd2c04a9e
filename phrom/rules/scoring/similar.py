"""Texts that say nearly the same: groups to be read side by side, so that one of them can stand for all.

Thai has no spaces between words; three letters in a row are compared instead, after spaces, marks, case and Thai digits are
put aside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
NEARLY = 0.6
"""Share of common trigrams from which two texts are shown as nearly the same."""


def plain(text: str) -> str:
    """The text without what does not change its meaning: spaces, punctuation, case, the kind of digits."""
    letters = unicodedata.normalize("NFC", text).translate(DIGITS).casefold()
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] in "LMN")


def trigrams(text: str) -> frozenset[str]:
    """Every three letters in a row; a shorter text is its own only piece, an empty one has none."""
    letters = plain(text)
    pieces = {letters[place : place + 3] for place in range(len(letters) - 2)} or {letters}
    return frozenset(pieces - {""})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 (nothing in common) to 1 (the same pieces); two texts without letters are alike."""
    return len(one & other) / len(one | other) if one | other else 1.0


def groups(texts: Sequence[str], nearly: float = NEARLY) -> tuple[tuple[int, ...], ...]:
    """Places of texts that say nearly the same as another of their group, larger groups first, then in the given order.

    Every place stands in exactly one group. Which texts stand together does not depend on their order.
    """
    pieces = [trigrams(text) for text in texts]
    home = list(range(len(texts)))
    for later in range(len(texts)):
        for earlier in range(later):
            if home[earlier] != home[later] and likeness(pieces[earlier], pieces[later]) >= nearly:
                gone, kept = max(home[earlier], home[later]), min(home[earlier], home[later])
                home = [kept if place == gone else place for place in home]
    found = [tuple(place for place, of in enumerate(home) if of == head) for head in sorted(set(home))]
    return tuple(sorted(found, key=len, reverse=True))
