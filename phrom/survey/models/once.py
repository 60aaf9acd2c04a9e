"""Rows asked once, as queries."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from phrom.survey.models.rounds import AskedOnce, Round


def is_asked_once() -> Exists:
    """For a query of asks: the row is asked once in the round."""
    return Exists(AskedOnce.objects.filter(round=OuterRef("round"), code=OuterRef("code"), ended_at=None))


def asked_once_of(round: Round, codes: Collection[str] | None = None) -> frozenset[str]:
    """The rows that are asked once now, all or among `codes`: one query."""
    found = AskedOnce.objects.filter(round=round, ended_at=None)
    if codes is not None:
        found = found.filter(code__in=codes)
    return frozenset(found.values_list("code", flat=True))
