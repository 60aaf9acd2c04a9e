"""Two acts of which each holds what the other waits for: PostgreSQL ends one, and it begins again from its start (ADR 12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

MOST_TRIES = 5
_CROSSED = {"40P01", "40001"}  # deadlock detected, could not serialize; SQLite lets one write at a time and knows neither
Made = TypeVar("Made")


def crossed(problem: BaseException) -> bool:
    """True when the database ended a transaction because it crossed another one: nothing of it was kept."""
    return isinstance(problem, OperationalError) and getattr(problem.__cause__, "sqlstate", "") in _CROSSED


def begin_again(act: Callable[[], Made]) -> Made:
    """Do a whole act; one that crossed another is done again. Only at a door: around the transaction, never within it."""
    for _ in range(MOST_TRIES - 1):
        try:
            return act()
        except OperationalError as problem:
            if not crossed(problem):
                raise
    return act()
