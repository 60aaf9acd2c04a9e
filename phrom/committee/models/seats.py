"""Seats of a committee by position, and who holds or stands in for them from when to when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phrom.agencies.models import Agency
from phrom.committee.models.orders import Order
from phrom.shared.journal.constraints import both_or_neither


class SeatCategory(models.TextChoices):
    """Which part of the province a seat comes from, as order 3046/2567 lists them."""

    CENTRAL = "central", "ราชการบริหารส่วนกลาง"
    REGIONAL = "regional", "ราชการบริหารส่วนภูมิภาค"
    STATE_ENTERPRISE = "state_enterprise", "รัฐวิสาหกิจ"
    EDUCATION = "education", "สถานศึกษา"
    LOCAL_GOVERNMENT = "local_government", "องค์กรปกครองส่วนท้องถิ่น"
    PRIVATE = "private", "ภาคเอกชน"
    NETWORK = "network", "ภาคเครือข่าย"


class SeatRole(models.TextChoices):
    """What a seat is in the committee."""

    CHAIR = "chair", "ประธานกรรมการ"
    VICE_CHAIR = "vice_chair", "รองประธานกรรมการ"
    MEMBER = "member", "กรรมการ"
    MEMBER_SECRETARY = "member_secretary", "กรรมการและเลขานุการ"
    MEMBER_ASSISTANT = "member_assistant", "กรรมการและผู้ช่วยเลขานุการ"
    ASSISTANT_SECRETARY = "assistant_secretary", "ผู้ช่วยเลขานุการ"


class Seat(models.Model):
    """A position that an order appoints, in its order of precedence. An amending order may end it (`ended_by`)."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="seats")
    precedence = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    category = models.CharField(max_length=20, choices=SeatCategory)
    role = models.CharField(max_length=20, choices=SeatRole, default=SeatRole.MEMBER)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    ended_by = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="ended_seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "precedence"], name="seat_precedence_once_in_order")]
        ordering = ["precedence", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_member(self) -> bool:
        """True where the seat counts for the quorum: an assistant secretary is not a member."""
        return self.role != SeatRole.ASSISTANT_SECRETARY


class Holder(models.Model):
    """Who holds a seat, from a day to a day (both included). `person` is set where the holder has an account."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holders")
    name = models.CharField(max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="seats_held"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    end_recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    end_recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="holder_ends_after_start"),
            both_or_neither("end_recorded_by", "end_recorded_at", "holder_end_recorded_who_and_when"),
        ]
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return self.name


class Substitution(models.Model):
    """Somebody who may come for the holder of a seat, from a day to a day (both included); `reference` names the paper."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="substitutions")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=300)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="substitutions"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    end_recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    end_recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="substitution_ends_after_start"
            ),
            both_or_neither("end_recorded_by", "end_recorded_at", "substitution_end_recorded_who_and_when"),
        ]
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return self.name
