"""Meetings of a committee and what they resolved."""

from __future__ import annotations

from django.db import models

from phrom.agencies.models import Agency
from phrom.committee.models import Order


class Meeting(models.Model):
    """Meeting number/year (calendar year of the Buddhist era) of the committee that an order made."""

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="meetings")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    held_at = models.DateTimeField()
    venue = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year", "number"], name="meeting_number_once_a_year")]
        ordering = ["-year", "-number"]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class ResolutionKind(models.TextChoices):
    """What a meeting did with an item."""

    ACKNOWLEDGED = "acknowledged", "รับทราบ"
    AGREED = "agreed", "เห็นชอบ"
    APPROVED = "approved", "อนุมัติ"
    ASSIGNED = "assigned", "มอบหมาย"
    POSTPONED = "postponed", "เลื่อน"


class AgendaItem(models.Model):
    """One item of a meeting's agenda, numbered as printed ("3.1")."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=500)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_number_once")]
        ordering = ["position"]


class Resolution(models.Model):
    """What was resolved on an item (มติ); `due_on` is the day by which it is to be done."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="resolutions")
    kind = models.CharField(max_length=20, choices=ResolutionKind)
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"มติที่ประชุมครั้งที่ {self.item.meeting} วาระที่ {self.item.number}"
