"""A meeting of the committee that an order made."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models

from phrom.agencies.models import Agency
from phrom.committee.models import Order
from phrom.shared.journal.constraints import both_or_neither
from phrom.shared.thai.dates import bangkok, thai_date

PERSON = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """Meeting number/year (calendar year of the Buddhist era). It has no number until its invitation is issued.

    `memo_number` is that of the memo, where the invitation is a letter and a memo with numbers of their own.
    `held_at` is when it is to begin; `opened_at` and `closed_at` are when it did begin and end.
    """

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="meetings")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(null=True, blank=True)
    year = models.PositiveIntegerField(null=True, blank=True)
    held_at = models.DateTimeField()
    venue = models.CharField(max_length=500, blank=True)
    online_link = models.URLField(max_length=500, blank=True)
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True)
    calendar_sequence = models.PositiveIntegerField(default=0)
    letter_number = models.CharField(max_length=100, blank=True)
    letter_date = models.DateField(null=True, blank=True)
    memo_number = models.CharField(max_length=100, blank=True)
    invited_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(null=True)
    agenda_frozen_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    agenda_frozen_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="meeting_number_once_a_year"),
            both_or_neither("number", "year", "meeting_number_has_its_year"),
            both_or_neither("invited_by", "invited_at", "meeting_invited_who_and_when"),
            both_or_neither("agenda_frozen_by", "agenda_frozen_at", "meeting_agenda_frozen_who_and_when"),
            both_or_neither("opened_by", "opened_at", "meeting_opened_who_and_when"),
            both_or_neither("closed_by", "closed_at", "meeting_closed_who_and_when"),
            both_or_neither("cancelled_by", "cancelled_at", "meeting_cancelled_who_and_when"),
        ]
        ordering = ["-held_at", "-id"]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}" if self.number else "(ยังไม่ออกเลขครั้งที่)"

    @property
    def label(self) -> str:
        """The number as people say it, or the day while there is none."""
        return f"ครั้งที่ {self}" if self.number else f"วันที่ {thai_date(self.day)} (ยังไม่ออกเลขครั้งที่)"

    @property
    def day(self) -> date:
        """The day of the meeting, in Thailand."""
        return bangkok(self.held_at).date()

    @property
    def is_cancelled(self) -> bool:
        """True once it was called off; its number stays used."""
        return self.cancelled_at is not None

    @property
    def takes_replies(self) -> bool:
        """True from the invitation until the meeting opens."""
        return self.invited_at is not None and self.opened_at is None and not self.is_cancelled
