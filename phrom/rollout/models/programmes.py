"""The drive: its parties, its targets, who looks after which district, which offices take part."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phrom.agencies.models import Agency
from phrom.meetings.models import Resolution
from phrom.rollout.models.local_governments import LocalGovernment

PERSON = settings.AUTH_USER_MODEL


class Stage(models.TextChoices):
    """How far an office is. Which of them are facts and which are recorded: `phrom.rollout.stages`."""

    INVITED = "invited", "เชิญแล้ว"
    JOINED = "joined", "มีบัญชีแล้ว"
    TRAINED = "trained", "อบรมแล้ว"
    FIRST_LETTER = "first_letter", "ส่งฉบับแรกแล้ว"
    ACTIVE = "active", "ใช้งานจริง"
    QUIET = "quiet", "เงียบไป"
    DROPPED = "dropped", "ถอนตัว"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes by whose they are."""

    def of_bodies(self, body_ids: Sequence[int]) -> ProgrammeQuerySet:
        """Those of these provinces."""
        return self.filter(body__in=body_ids)


class Programme(models.Model):
    """A drive. A letter counts as handled when it was accepted and closed within `handled_within_days` of its arrival;
    an office is active while one was in the last `active_within_days`."""

    body = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=300)
    mandate = models.TextField(max_length=2000, blank=True)
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes")
    handled_within_days = models.PositiveIntegerField(default=7)
    active_within_days = models.PositiveIntegerField(default=30)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="programme_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(handled_within_days__gte=1, active_within_days__gte=1), name="programme_days_from_one"
            ),
            models.UniqueConstraint(fields=["body", "name"], name="programme_once"),
        ]
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return self.name


class PartyRole(models.TextChoices):
    """What a party of the agreement does."""

    IN_CHARGE = "in_charge", "หน่วยงานรับผิดชอบ"
    SIGNATORY = "signatory", "ผู้ลงนามในบันทึกข้อตกลง"
    SUPPORTER = "supporter", "หน่วยงานสนับสนุน"


class Party(models.Model):
    """Who stands behind the drive; `agency` where it is one of ours."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="parties")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=20, choices=PartyRole)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "parties"
        constraints = [models.UniqueConstraint(fields=["programme", "name", "role"], name="party_once")]
        ordering = ["role", "id"]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """So many offices at least so far by a day."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="targets")
    stage = models.CharField(max_length=20, choices=Stage)
    number = models.PositiveIntegerField()
    by_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "stage", "by_day"], name="target_once")]
        ordering = ["by_day", "id"]


class DistrictOfficer(models.Model):
    """Who looks after the offices of a district; "" are those of the whole province."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="district_officers")
    district = models.CharField(max_length=100, blank=True)
    officer = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "district"], name="district_officer_once")]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments by whose they are."""

    def of_bodies(self, body_ids: Sequence[int]) -> EnrolmentQuerySet:
        """Those in the programmes of these provinces."""
        return self.filter(programme__body__in=body_ids)

    def of_agencies(self, agency_ids: Sequence[int]) -> EnrolmentQuerySet:
        """Those of these offices themselves."""
        return self.filter(local_government__agency__in=agency_ids)


class Enrolment(models.Model):
    """An office's membership of a programme; being enrolled is being invited. That it joined is a fact: its accounts."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="enrolments")
    local_government = models.ForeignKey(LocalGovernment, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField()
    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "local_government"], name="enrolment_once")]
        ordering = ["local_government__district", "local_government__kind", "local_government__agency__name"]
