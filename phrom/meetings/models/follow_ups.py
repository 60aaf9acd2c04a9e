"""What became of a resolution, office by office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import models

from phrom.agencies.models import Agency
from phrom.meetings.models.resolutions import Resolution
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither
from phrom.shared.thai.clock import local_date

PERSON = settings.AUTH_USER_MODEL


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Follow-ups by what is still to be done."""

    def open(self) -> FollowUpQuerySet:
        """Those that nobody closed, answered or not."""
        return self.filter(closed_at=None)

    def to_do(self) -> FollowUpQuerySet:
        """Those that wait for their office."""
        return self.open().filter(answered_at=None)

    def to_check(self) -> FollowUpQuerySet:
        """Those that are answered and wait for the coordinator."""
        return self.open().filter(answered_at__isnull=False)

    def of_bodies(self, body_ids: Sequence[int]) -> FollowUpQuerySet:
        """Those that come from the meetings of these bodies."""
        return self.filter(resolution__item__meeting__body__in=body_ids)


class FollowUp(models.Model):
    """What an office is to do because of a resolution, and by which day. Open until somebody closes it with a reason."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="follow_ups")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="follow_ups")
    task = models.TextField()
    due_on = models.DateField()
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=500, blank=True)
    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resolution", "agency"], name="follow_up_once_an_office"),
            both_or_neither("answered_by", "answered_at", "follow_up_answered_who_and_when"),
            both_or_neither("closed_by", "closed_at", "follow_up_closed_who_and_when"),
        ]
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.resolution} ({self.agency.name})"

    @property
    def is_open(self) -> bool:
        """True until somebody closed it."""
        return self.closed_at is None

    @property
    def waits_for_check(self) -> bool:
        """True when the office says that it is done and nobody closed it yet."""
        return self.is_open and self.answered_at is not None

    def days_late(self, today: date) -> int:
        """Whole days after the due day: until it was answered, or closed unanswered, or until today. 0 when in time."""
        settled = self.answered_at or self.closed_at
        until = min(today, local_date(settled)) if settled else today
        return max(0, (until - self.due_on).days)


class NoteKind(models.TextChoices):
    """What a note on a follow-up says."""

    PROGRESS = "progress", "รายงานความคืบหน้า"
    ANSWERED = "answered", "รายงานว่าเสร็จแล้ว"
    RETURNED = "returned", "ขอให้ทำเพิ่ม"
    CLOSED = "closed", "ปิดเรื่อง"
    REOPENED = "reopened", "เปิดเรื่องอีกครั้ง"
    LETTER = "letter", "หนังสือ"
    LETTER_BACK = "letter_back", "หนังสือไม่ถึงหรือถูกส่งคืน"


class FollowUpNote(models.Model):
    """One step of a follow-up, with its evidence where there is any."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=20, choices=NoteKind)
    text = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
