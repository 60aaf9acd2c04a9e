"""When to try again, and when to leave a peer in peace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)
LEASE = timedelta(minutes=2)  # longer than a try may take: whoever was killed while trying holds the message no longer
EXPIRY = timedelta(days=3)
URGENT = timedelta(minutes=30)
BREAKS_AT = 5
LONGEST_REST = timedelta(minutes=30)
TRY_AGAIN = frozenset({408, 409, 425, 429})


def pause(tries: int, *, luck: Callable[[], float], pace: float = 1) -> timedelta:
    """How long to wait after this many tries: doubled from one minute to six hours, spread by luck (0 to 1)."""
    full = min(FIRST * (1 << min(max(tries, 1) - 1, 20)), LONGEST)
    return max(full * (0.5 + 0.5 * luck()), timedelta(seconds=1)) * pace


def rest(failures: int, *, pace: float = 1) -> timedelta | None:
    """How long no message is tried with a peer that failed this often in a row; None below five."""
    if failures < BREAKS_AT:
        return None
    return min(FIRST * (1 << min(failures - BREAKS_AT, 20)), LONGEST_REST) * pace


def tried_again(status: int) -> bool:
    """Whether the same message may be taken later, after this answer. Other answers of 400 and above say that it never will."""
    return status in TRY_AGAIN or not 400 <= status < 500
