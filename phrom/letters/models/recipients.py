"""To whom a letter goes, and what became of it there, row by row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.letters.models.codes import Via
from phrom.letters.models.letters import Letter
from phrom.letters.models.offices import DirectoryEntry, Office

PERSON = settings.AUTH_USER_MODEL


class RecipientState(models.TextChoices):
    """Where the letter is, for one recipient; the words that clerks know from eCMS."""

    WAITING = "waiting", "ยังไม่ส่ง"
    QUEUED = "queued", "รอส่ง"
    SENDING = "sending", "กำลังส่ง"
    DELIVERED = "delivered", "ถึงปลายทางแล้ว"
    ACCEPTED = "accepted", "ลงรับแล้ว"
    REJECTED = "rejected", "ปฏิเสธ"
    INVALID = "invalid", "หนังสือผิด"
    RECALLED = "recalled", "เรียกคืนแล้ว"
    EXPIRED = "expired", "ส่งไม่ถึงในกำหนด"


class Recipient(models.Model):
    """One addressee of a letter. `office` is one of ours, `entry` one at a peer; by hand it may be a name alone."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="recipients")
    via = models.CharField(max_length=10, choices=Via)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="letters_to")
    entry = models.ForeignKey(DirectoryEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RecipientState, default=RecipientState.WAITING)
    state_at = models.DateTimeField(null=True)
    accept_number = models.CharField(max_length=80, blank=True)
    accepted_on = models.DateField(null=True)
    recall_asked_at = models.DateTimeField(null=True)
    recall_asked_because = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_number = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "office"], name="recipient_office_once", condition=Q(office__isnull=False)
            ),
            models.UniqueConstraint(fields=["letter", "entry"], name="recipient_entry_once", condition=Q(entry__isnull=False)),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class RecipientStatus(models.Model):
    """One step of a letter at one recipient. `by_name` is the official there, `reason` what they said."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=10, choices=RecipientState)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    accept_number = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name_plural = "recipient statuses"
        ordering = ["id"]
