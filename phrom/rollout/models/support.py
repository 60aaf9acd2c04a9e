"""What is recorded about an office of the drive: stages, what holds it back, visits, its cases."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phrom.rollout.models.programmes import Enrolment, Stage
from phrom.shared.journal.constraints import both_or_neither

PERSON = settings.AUTH_USER_MODEL


class EvidenceKind(models.TextChoices):
    """On what a recorded stage rests."""

    LETTER = "letter", "หนังสือ"
    SIGN_IN = "sign_in", "ใบลงชื่อ"
    VISIT = "visit", "ไปเยี่ยม"
    PHONE = "phone", "โทรศัพท์"
    OTHER = "other", "อื่น ๆ"


class StageRecord(models.Model):
    """That an office reached a stage, as a person recorded it; never changed, a later record follows."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=20, choices=Stage)
    happened_on = models.DateField()
    evidence = models.CharField(max_length=20, choices=EvidenceKind, default=EvidenceKind.OTHER)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["happened_on", "id"]


class HoldbackReason(models.TextChoices):
    """Why an office does not go on."""

    NETWORK = "network", "เครือข่ายหรืออุปกรณ์ไม่พร้อม"
    STAFF = "staff", "ไม่มีเจ้าหน้าที่รับผิดชอบ"
    OTHER_SYSTEM = "other_system", "ใช้ระบบอื่นอยู่"
    ORDER = "order", "รอคำสั่งหรือระเบียบ"
    SIGNATURE = "signature", "ติดขัดเรื่องลายมือชื่ออิเล็กทรอนิกส์"
    EXECUTIVE = "executive", "ผู้บริหารยังไม่เห็นชอบ"
    OTHER = "other", "เหตุอื่น"


class Holdback(models.Model):
    """What holds an office back, from a day until somebody says that it is over."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="holdbacks")
    reason = models.CharField(max_length=20, choices=HoldbackReason)
    words = models.CharField(max_length=500, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="holdback_ends_after_start")
        ]
        ordering = ["-since", "-id"]


class VisitKind(models.TextChoices):
    """How help was brought."""

    VISIT = "visit", "ไปที่สำนักงาน"
    ONLINE = "online", "ประชุมออนไลน์"
    PHONE = "phone", "โทรศัพท์"
    TRAINING = "training", "อบรม"


class Visit(models.Model):
    """Help that was brought to an office: how, on which day, what came of it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=20, choices=VisitKind)
    visited_on = models.DateField()
    text = models.CharField(max_length=1000)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-visited_on", "-id"]


class SupportCaseQuerySet(models.QuerySet["SupportCase"]):
    """Cases by whose they are."""

    def of_bodies(self, body_ids: Sequence[int]) -> SupportCaseQuerySet:
        """Those in the programmes of these provinces."""
        return self.filter(enrolment__programme__body__in=body_ids)

    def of_agencies(self, agency_ids: Sequence[int]) -> SupportCaseQuerySet:
        """Those of these offices themselves."""
        return self.filter(enrolment__local_government__agency__in=agency_ids)


class SupportCase(models.Model):
    """An office asks for help, or an officer asks for it. `answered_at` is the first answer from the province's side."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="cases")
    subject = models.CharField(max_length=300)
    from_office = models.BooleanField()
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    answered_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    objects = SupportCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("answered_by", "answered_at", "case_answered_who_and_when"),
            both_or_neither("closed_by", "closed_at", "case_closed_who_and_when"),
        ]
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        """True until somebody closed it."""
        return self.closed_at is None


class CaseNote(models.Model):
    """What was written in a case, in order; `from_office` when the local government wrote it."""

    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=2000)
    from_office = models.BooleanField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
