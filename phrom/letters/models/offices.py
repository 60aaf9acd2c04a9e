"""Offices as correspondents: their codes, their address in the exchange, and the directory of offices at other nodes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import models
from django.db.models import F, Q

from phrom.agencies.models import Agency


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices by whose they are."""

    def of_agencies(self, agency_ids: Sequence[int]) -> OfficeQuerySet:
        """Those of these agencies."""
        return self.filter(agency__in=agency_ids)


class Office(models.Model):
    """An agency as a correspondent. `uuid` is its stable address between installations; it never changes."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="office")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    letter_code = models.CharField(max_length=40, blank=True)
    ministry_code = models.CharField(max_length=20, blank=True)
    department_code = models.CharField(max_length=20, blank=True)
    saraban_email = models.EmailField(blank=True)
    head_approves = models.BooleanField(default=False)
    circulars_apart = models.BooleanField(default=True)
    destroys_electronic = models.BooleanField(default=False)
    objects = OfficeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.agency.name


class DirectoryQuerySet(models.QuerySet["DirectoryEntry"]):
    """Entries by day."""

    def in_force(self, on: date) -> DirectoryQuerySet:
        """Those that hold on this day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class DirectoryEntry(models.Model):
    """An office at a node from a day to a day. Without `peer` it is received for here (`office`); one host may serve many."""

    office_uuid = models.UUIDField()
    name = models.CharField(max_length=300)
    ministry_code = models.CharField(max_length=20, blank=True)
    department_code = models.CharField(max_length=20, blank=True)
    peer = models.ForeignKey("letters.Peer", null=True, blank=True, on_delete=models.PROTECT, related_name="offices")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="hostings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    objects = DirectoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "directory entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(peer=None, office__isnull=False) | Q(peer__isnull=False, office=None),
                name="directory_here_or_there",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="directory_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["office_uuid"])]
        ordering = ["name", "starts_on"]

    def __str__(self) -> str:
        return self.name
