"""Lists of letters that an office asks to destroy (บัญชีหนังสือขอทำลาย, form 25, ข้อ 66-70), one for each calendar year.

Secret letters have a list of their own, as they have books of their own. A list is never removed, nor is a number: what is
carried out empties the letter and lets its files go, while the line in the register stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.letters.models.offices import Office
from phrom.letters.models.registers import RegisterEntry
from phrom.shared.journal.constraints import both_or_neither

PERSON = settings.AUTH_USER_MODEL


class Decision(models.TextChoices):
    """What becomes of a letter in a list."""

    DESTROY = "destroy", "ทำลาย"
    KEEP = "keep", "ขยายเวลาเก็บ"
    GIVE = "give", "มอบหอจดหมายเหตุแห่งชาติ"


class ListStep(models.TextChoices):
    """What a list waits for; each step follows the one before and none can be left out."""

    NAME = "name", "รอแต่งตั้งคณะกรรมการทำลายหนังสือ"
    DECIDE = "decide", "คณะกรรมการกำลังพิจารณา"
    APPROVE = "approve", "รอหัวหน้าหน่วยงานอนุมัติ"
    SEND = "send", "รอส่งสำนักหอจดหมายเหตุแห่งชาติ"
    ANSWER = "answer", "รอคำตอบของสำนักหอจดหมายเหตุแห่งชาติ"
    CARRY_OUT = "carry_out", "รอดำเนินการทำลาย"
    DONE = "done", "ทำลายแล้ว"


class DestructionQuerySet(models.QuerySet["DestructionList"]):
    """Lists by who may read them."""

    def readable(self, agency_ids: Sequence[int], secret_agency_ids: Sequence[int]) -> DestructionQuerySet:
        """Lists of these agencies; the secret ones only of those whose secret letters the reader handles."""
        return self.filter(
            Q(office__agency__in=agency_ids, is_secret=False) | Q(office__agency__in=secret_agency_ids, is_secret=True)
        )


class DestructionList(models.Model):
    """A list with its steps in order, each with who and when. `year` is the Buddhist year that ended."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="destruction_lists")
    year = models.PositiveIntegerField()
    is_secret = models.BooleanField(default=False)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    order_number = models.CharField(max_length=80, blank=True)
    named_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_document = models.CharField(max_length=80, blank=True)
    approved_name = models.CharField(max_length=200, blank=True)
    sent_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_number = models.CharField(max_length=80, blank=True)
    sent_on = models.DateField(null=True)
    answered_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_number = models.CharField(max_length=80, blank=True)
    carried_out_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    carried_out_at = models.DateTimeField(null=True)
    objects = DestructionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "is_secret"], name="destruction_list_once"),
            both_or_neither("named_by", "named_at", "destruction_named_who_and_when"),
            both_or_neither("reported_by", "reported_at", "destruction_reported_who_and_when"),
            both_or_neither("approved_by", "approved_at", "destruction_approved_who_and_when"),
            both_or_neither("sent_by", "sent_at", "destruction_sent_who_and_when"),
            both_or_neither("answered_by", "answered_at", "destruction_answered_who_and_when"),
            both_or_neither("carried_out_by", "carried_out_at", "destruction_carried_out_who_and_when"),
            models.CheckConstraint(
                condition=(Q(reported_at=None) | Q(named_at__isnull=False))
                & (Q(approved_at=None) | Q(reported_at__isnull=False))
                & (Q(sent_at=None) | Q(approved_at__isnull=False))
                & (Q(answered_at=None) | Q(sent_at__isnull=False))
                & (Q(carried_out_at=None) | Q(answered_at__isnull=False)),
                name="destruction_no_step_left_out",
            ),
        ]
        ordering = ["-year", "is_secret", "office"]

    def __str__(self) -> str:
        return f"บัญชีหนังสือ{'ลับ' if self.is_secret else ''}ขอทำลาย ประจำปี {self.year}"

    @property
    def step(self) -> ListStep:
        """What the list waits for."""
        marks = (self.named_at, self.reported_at, self.approved_at, self.sent_at, self.answered_at, self.carried_out_at)
        waiting = (step for step, mark in zip(ListStep, marks, strict=False) if mark is None)
        return next(waiting, ListStep.DONE)


class DestructionMember(models.Model):
    """A member of the committee that looks through the list; the first one chairs it."""

    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=200)
    position_title = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "position"], name="destruction_member_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class DestructionItem(models.Model):
    """A number in a list and what was decided on it. `keep_until` is the Buddhist year to whose end it is kept longer."""

    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="items")
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="destruction_items")
    position = models.PositiveIntegerField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    because = models.CharField(max_length=500, blank=True)
    keep_until = models.PositiveIntegerField(null=True)
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "entry"], name="destruction_entry_once"),
            both_or_neither("decided_by", "decided_at", "destruction_decided_who_and_when"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decision="") | Q(decided_at__isnull=False) & ~Q(decision=""),
                name="destruction_decided_what",
            ),
            models.CheckConstraint(
                condition=Q(decision="keep", keep_until__isnull=False) | ~Q(decision="keep") & Q(keep_until=None),
                name="destruction_kept_until",
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.entry.number_text
