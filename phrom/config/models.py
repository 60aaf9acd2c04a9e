"""What the periodic work remembers, in the database, so that several machines and restarts agree on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PeriodicRun(models.Model):
    """When a piece of periodic work last began and ended, and what went wrong (empty when nothing did)."""

    name = models.CharField(max_length=60, unique=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.name


class Mailed(models.Model):
    """One mail of the installation's own accord to one person, never twice: `about` is "digest:2024-06-14" or "urgent:12".

    The row comes first and the mail after it. Without `sent_at` there was nothing to tell, or the power went in between.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "mailed"
        constraints = [models.UniqueConstraint(fields=["person", "about"], name="mailed_once")]

    def __str__(self) -> str:
        return self.about
