"""Until when an agency has time: the round's own day, or the day of its newest extension. The day counts until midnight."""

from __future__ import annotations

from datetime import date

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from phrom.agencies.models import Agency
from phrom.survey.models.rounds import Extension, Round


def own_deadline() -> Coalesce:
    """For a query of asks: the last day of each ask's agency in its round, without a query of its own."""
    newest = Extension.objects.filter(round=OuterRef("round"), agency=OuterRef("agency")).order_by("-id")
    return Coalesce(Subquery(newest.values("until")[:1]), F("round__internal_deadline"))


def deadline_of(round: Round, agency: Agency) -> date:
    """The last day of one agency: one query."""
    newest = Extension.objects.filter(round=round, agency=agency).order_by("-id").values_list("until", flat=True).first()
    return newest or round.internal_deadline
