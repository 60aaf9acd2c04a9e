"""Events of the journal in words, by a lookup table; an event without a sentence is shown by its own name."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}


def sentence(event: str) -> str:
    """The Thai sentence for an event."""
    return SENTENCES.get(event, event)
