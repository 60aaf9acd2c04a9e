"""Letters that came to an office: they arrive by themselves, a person accepts them with the office's own number, and closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.agencies.models import Person
from phrom.letters.models.codes import Retention, Secrecy, Speed, Via
from phrom.letters.models.offices import Office
from phrom.letters.models.recipients import Recipient
from phrom.letters.models.registers import RegisterEntry
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither

PERSON = settings.AUTH_USER_MODEL


class IncomingQuerySet(models.QuerySet["Incoming"]):
    """Incoming letters by who may read them and by what is still to be done."""

    def readable(
        self, person: Person, agency_ids: Sequence[int], secret_agency_ids: Sequence[int], at: object
    ) -> IncomingQuerySet:
        """Those of these agencies; secret ones only for who handles them there or was named (and not ended) as a reader."""
        until = Q(readers__until=None) | Q(readers__until__gt=at)
        named = self.model._base_manager.filter(until, readers__person=person).values("pk")
        return self.filter(
            Q(office__agency__in=agency_ids, secrecy=Secrecy.NORMAL)
            | ~Q(secrecy=Secrecy.NORMAL) & (Q(office__agency__in=secret_agency_ids) | Q(pk__in=named))
        )

    def arrived(self) -> IncomingQuerySet:
        """Those that wait to be accepted or refused."""
        return self.filter(accepted_at=None, refused_at=None, recalled_at=None)

    def open(self) -> IncomingQuerySet:
        """Those that were accepted and are not closed."""
        return self.filter(accepted_at__isnull=False, closed_at=None, recalled_at=None)


class Incoming(models.Model):
    """A letter at its receiver. `entry` is the office's own number, date and time (the stamp ตรารับหนังสือ, form 12).

    `recall_asked_at`: the sender recalled it when it had our number already; a clerk decides. `disputed_at`: the sender says
    that the number which we told is wrong; it is told again.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="incoming")
    via = models.CharField(max_length=10, choices=Via)
    recipient = models.OneToOneField(Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="incoming")
    from_office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_name = models.CharField(max_length=300)
    to_name = models.CharField(max_length=300, blank=True)
    their_number = models.CharField(max_length=80, blank=True)
    their_date = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=500)
    speed = models.CharField(max_length=3, choices=Speed, default=Speed.NORMAL)
    secrecy = models.CharField(max_length=3, choices=Secrecy, default=Secrecy.NORMAL)
    note = models.CharField(max_length=500, blank=True)
    content = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    arrived_at = models.DateTimeField()
    accepted_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    entry = models.OneToOneField(RegisterEntry, null=True, on_delete=models.PROTECT, related_name="incoming")
    refused_as = models.CharField(max_length=10, blank=True)
    refused_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_because = models.CharField(max_length=500, blank=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_because = models.CharField(max_length=500, blank=True)
    recall_asked_at = models.DateTimeField(null=True)
    recall_asked_because = models.CharField(max_length=500, blank=True)
    recall_decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    recall_decided_at = models.DateTimeField(null=True)
    disputed_at = models.DateTimeField(null=True)
    disputed_because = models.CharField(max_length=500, blank=True)
    assigned_to = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="letters_in_hand")
    passed_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_on")
    due_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=500, blank=True)
    retention = models.CharField(max_length=10, choices=Retention, blank=True)
    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "incoming letters"
        constraints = [
            both_or_neither("accepted_by", "accepted_at", "incoming_accepted_who_and_when"),
            both_or_neither("entry", "accepted_at", "incoming_accepted_with_its_number"),
            both_or_neither("refused_by", "refused_at", "incoming_refused_who_and_when"),
            both_or_neither("closed_by", "closed_at", "incoming_closed_who_and_when"),
            both_or_neither("recall_decided_by", "recall_decided_at", "incoming_recall_decided_who_and_when"),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(refused_at=None), name="incoming_accepted_or_refused"),
        ]
        indexes = [models.Index(fields=["office", "accepted_at"]), models.Index(fields=["office", "closed_at"])]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_secret(self) -> bool:
        """True when only named people may know of it."""
        return self.secrecy != Secrecy.NORMAL

    @property
    def waits(self) -> bool:
        """True until somebody accepted or refused it, or its sender took it back."""
        return self.accepted_at is None and self.refused_at is None and self.recalled_at is None

    @property
    def recall_waits(self) -> bool:
        """True while the sender's request to have it back waits for a clerk's decision."""
        return self.recall_asked_at is not None and self.recall_decided_at is None and self.recalled_at is None

    @property
    def is_destroyed(self) -> bool:
        """True once a list of destruction was carried out upon it: its number stays, its words and files are gone."""
        return self.entry is not None and self.entry.destroyed_at is not None

    def is_late(self, today: date) -> bool:
        """True when it is still open after its due day."""
        return self.due_on is not None and self.closed_at is None and today > self.due_on


class IncomingFile(models.Model):
    """A file that came with a letter; one of them is the letter itself."""

    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    is_main = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-is_main", "position", "id"]


class StepKind(models.TextChoices):
    """What was done with an incoming letter inside its office."""

    INSTRUCTED = "instructed", "เกษียน"
    ASSIGNED = "assigned", "มอบหมาย"
    PASSED_ON = "passed_on", "ส่งต่อ"
    COPIED = "copied", "ส่งสำเนา"
    NOTED = "noted", "บันทึก"
    ANSWERED = "answered", "ตอบแล้ว"
    CLOSED = "closed", "ปิดเรื่อง"
    REOPENED = "reopened", "เปิดเรื่องอีกครั้ง"


class Step(models.Model):
    """One step of an incoming letter (เกษียน, มอบหมาย, ส่งต่อ ...), in order, never changed."""

    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind)
    text = models.CharField(max_length=1000, blank=True)
    to_person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
