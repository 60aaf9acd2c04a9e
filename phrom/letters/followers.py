"""Rooms above follow what became of a letter that was sent for them. The table is filled in `config`, which knows all rooms.

A follower runs in the transaction of the act that it follows: both happen, or neither (ADR 10).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.models import Person
from phrom.letters.models import Letter, Recipient


@dataclass(frozen=True)
class News:
    """What happened at one recipient: a `RecipientState`, or "answered" with the words and, where it is ours, the letter."""

    recipient: Recipient
    happened: str
    at: datetime
    by: Person | None = None
    words: str = ""
    answer: Letter | None = None


Follower = Callable[[News], None]
FOLLOWERS: list[Follower] = []


def tell(news: News) -> None:
    """Let every room above do its part. Only letters that were sent for something have followers."""
    if news.recipient.letter.sent_for:
        for follower in FOLLOWERS:
            follower(news)
