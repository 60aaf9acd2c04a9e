"""What the database itself refuses: half of who and when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


def both_or_neither(one: str, other: str, name: str) -> models.CheckConstraint:
    """Two columns that are empty together or filled together."""
    both = {f"{one}__isnull": False, f"{other}__isnull": False}
    return models.CheckConstraint(condition=Q(**{one: None, other: None}) | Q(**both), name=name)
