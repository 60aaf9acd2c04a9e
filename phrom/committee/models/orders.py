"""Orders that make or amend a committee."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.agencies.models import Agency
from phrom.shared.files.models import StoredFile


class Quorum(models.TextChoices):
    """How many of the members must come. The agenda is silent; an order states it, else "half" holds."""

    HALF = "half", "อย่างน้อยกึ่งหนึ่ง"
    MORE_THAN_HALF = "more_than_half", "เกินกึ่งหนึ่ง"


class Order(models.Model):
    """An order (คำสั่ง) that appoints a committee: number/year of the Buddhist era, its dates, and what it replaces or amends.

    `effective_on` is when it holds, `recorded_at` when the system learned of it: a roster can be asked for both.
    """

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="orders")
    number = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    issued_on = models.DateField()
    effective_on = models.DateField()
    title = models.CharField(max_length=500)
    chair_post = models.CharField(max_length=300)
    composition = models.TextField(blank=True)
    seat_count = models.PositiveIntegerField(null=True)
    quorum = models.CharField(max_length=20, choices=Quorum, default=Quorum.HALF)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    amends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=255, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="order_number_once_a_year"),
            models.CheckConstraint(condition=Q(replaces=None) | Q(amends=None), name="order_replaces_or_amends"),
        ]
        ordering = ["-issued_on"]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
