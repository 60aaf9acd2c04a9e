"""Where evidence lies against a window, asked of the database: the same as `phrom.rules.scoring.windows.place` says of one."""

from __future__ import annotations

from django.db.models import Q

from phrom.rules.instrument.model import Window
from phrom.rules.scoring.windows import Place

NO_PERIOD = Q(starts_on=None, ends_on=None)
NO_DAY = NO_PERIOD & Q(issued_on=None)


def placed(window: Window, where: Place) -> Q:
    """Evidence that lies so. Each condition is about known days only, so that NULL decides nothing."""
    day = NO_PERIOD & Q(issued_on__isnull=False)
    beyond = Q(starts_on__gt=window.end) | Q(ends_on__lt=window.start)
    within = Q(starts_on__range=(window.start, window.end), ends_on__range=(window.start, window.end))
    on_the_day = Q(issued_on__range=(window.start, window.end))
    outside = beyond | (day & (Q(issued_on__lt=window.start) | Q(issued_on__gt=window.end)))
    inside = within | (day & on_the_day)
    return {
        Place.INSIDE: inside,
        Place.OUTSIDE: outside,
        Place.NO_DATE: NO_DAY,
        Place.PARTLY: (Q(starts_on__isnull=False) | Q(ends_on__isnull=False))
        & (Q(starts_on=None) | Q(starts_on__lte=window.end))
        & (Q(ends_on=None) | Q(ends_on__gte=window.start))
        & (Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lt=window.start) | Q(ends_on__gt=window.end)),
    }[where]
