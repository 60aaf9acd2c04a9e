"""The journal: what was done, by whom, when; each entry carries the hash of the one before. No foreign keys, on purpose."""

from __future__ import annotations

from django.db import models


class JournalHead(models.Model):
    """The end of one chain; its row is the lock that puts entries in order."""

    chain = models.CharField(max_length=60, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class AuditEvent(models.Model):
    """One entry. `about` names the thing ("ask:12"), `details` holds only words and figures that may be kept."""

    chain = models.CharField(max_length=60)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="journal_sequence_once")]
        indexes = [models.Index(fields=["about"])]


class OneTimeKey(models.Model):
    """A key that came with a form and was used up; `outcome` is where the first use led, so that a repeat leads there too.

    `sent` is the SHA-256 of who sent what to which address: a repeat is the same in all three.
    """

    key = models.CharField(max_length=80, unique=True)
    sent = models.CharField(max_length=64)
    outcome = models.CharField(max_length=500)
    used_at = models.DateTimeField()
