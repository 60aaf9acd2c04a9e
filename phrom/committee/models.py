"""Orders that make a committee, and the seats they name."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phrom.agencies.models import Agency
from phrom.shared.files.models import StoredFile


class Order(models.Model):
    """An order (คำสั่ง) that appoints a committee: number/year of the Buddhist era, its dates, and what it replaces."""

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="orders")
    number = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    issued_on = models.DateField()
    effective_on = models.DateField()
    title = models.CharField(max_length=500)
    chair_post = models.CharField(max_length=300)
    composition = models.TextField(blank=True)
    seat_count = models.PositiveIntegerField(null=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year", "number"], name="order_number_once_a_year")]
        ordering = ["-issued_on"]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
