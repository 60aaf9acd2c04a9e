"""What a meeting resolved."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phrom.meetings.models.agenda import AgendaItem
from phrom.shared.journal.constraints import both_or_neither


class ResolutionKind(models.TextChoices):
    """What a meeting did with an item."""

    ACKNOWLEDGED = "acknowledged", "รับทราบ"
    AGREED = "agreed", "เห็นชอบ"
    APPROVED = "approved", "อนุมัติ"
    ASSIGNED = "assigned", "มอบหมาย"
    POSTPONED = "postponed", "เลื่อน"
    ADOPTED = "adopted", "รับรอง"


class Resolution(models.Model):
    """What was resolved on an item (มติ); `due_on` is the day by which it is to be done."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="resolutions")
    kind = models.CharField(max_length=20, choices=ResolutionKind)
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_neither("corrected_by", "corrected_at", "resolution_corrected_who_and_when")]

    def __str__(self) -> str:
        return f"มติที่ประชุมครั้งที่ {self.item.meeting} วาระที่ {self.item.number}"
