"""Which rooms follow a letter that was sent for them, and which knows the districts: the one place that knows all (ADR 10)."""

from __future__ import annotations

from phrom.agencies.places import PLACES
from phrom.letters.followers import FOLLOWERS
from phrom.meetings.actions import letters as meetings
from phrom.rollout.scopes import districts_of
from phrom.survey.actions import letters as survey


def close_loops() -> None:
    """Fill the lists once, when the program starts."""
    FOLLOWERS[:] = [meetings.follow_letter, survey.follow_letter]
    PLACES[:] = [districts_of]
