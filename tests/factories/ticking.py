"""What the periodic work remembers."""

from __future__ import annotations

from datetime import datetime

from phrom.agencies.models import Person
from phrom.config.models import Mailed, PeriodicRun


def make_run(name: str, begun_at: datetime) -> PeriodicRun:
    """A piece of work that began at this moment."""
    return PeriodicRun.objects.create(name=name, begun_at=begun_at)


def make_mailed(person: Person, about: str, at: datetime) -> Mailed:
    """A mail that somebody claimed already."""
    return Mailed.objects.create(person=person, about=about, claimed_at=at)
