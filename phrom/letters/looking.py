"""What a clerk looks for in a register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wanted:
    """Words that must all stand in a number's columns, a state, and the days between which it was given; empty: all."""

    text: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
