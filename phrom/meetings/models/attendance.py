"""Who said they would come, and who came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.committee.models import Seat
from phrom.meetings.models.meetings import Meeting

PERSON = settings.AUTH_USER_MODEL


class ReplyKind(models.TextChoices):
    """The answer form (แบบตอบรับ)."""

    COMING = "coming", "มาประชุมด้วยตนเอง"
    SUBSTITUTE = "substitute", "มอบผู้แทนมาประชุม"
    NOT_COMING = "not_coming", "ไม่สามารถมาประชุม"


class Reply(models.Model):
    """The newest answer of a seat to an invitation; name, position and phone are those of who comes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ReplyKind)
    name = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    replied_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="reply_once_a_seat")]


class AttendanceKind(models.TextChoices):
    """Members who came, sent somebody, asked for leave or stayed away; participants are not members."""

    CAME = "came", "มาประชุม"
    SUBSTITUTE = "substitute", "มาประชุมแทน"
    LEAVE = "leave", "ลาประชุม"
    ABSENT = "absent", "ไม่มาประชุม"
    PARTICIPANT = "participant", "ผู้เข้าร่วมประชุม"


class Attendance(models.Model):
    """How a seat was filled at a meeting, or, without a seat, a participant: all as it was that day.

    `position` is that of whoever is named (a substitute's own), `holder_name` who held the seat; `person` is set where whoever
    is named has an account, so that who attended is known when the minutes are circulated.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=AttendanceKind)
    name = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    holder_name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance")
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once_a_seat"),
            models.CheckConstraint(
                condition=Q(seat=None, kind="participant") | (Q(seat__isnull=False) & ~Q(kind="participant")),
                name="attendance_participants_have_no_seat",
            ),
        ]
