"""Which rooms follow a letter that was sent for them: the one place that knows them all (ADR 10)."""

from __future__ import annotations

from phrom.letters.followers import FOLLOWERS
from phrom.meetings.actions import letters as meetings
from phrom.survey.actions import letters as survey


def close_loops() -> None:
    """Fill the list once, when the program starts."""
    FOLLOWERS[:] = [meetings.follow_letter, survey.follow_letter]
