"""Last year's texts in queries: whether a row has one that nobody settled."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from phrom.survey.models.rounds import CarriedAnswer


def any_carried() -> Exists:
    """For a query of asks: a text of last year lies beside the ask and nobody used or put it away."""
    return Exists(CarriedAnswer.objects.filter(ask=OuterRef("pk"), settled_at=None))
