"""Letters that an office writes: drafted, approved where the office wants it, numbered, issued; never changed after that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.agencies.models import Person
from phrom.letters.models.codes import LetterKind, Retention, Secrecy, Speed
from phrom.letters.models.offices import Office
from phrom.letters.models.registers import RegisterEntry
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither

PERSON = settings.AUTH_USER_MODEL


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by who may read them and by state."""

    def readable(
        self, person: Person, agency_ids: Sequence[int], secret_agency_ids: Sequence[int], at: object
    ) -> LetterQuerySet:
        """Those of these agencies; secret ones only for who handles them there or was named (and not ended) as a reader."""
        until = Q(readers__until=None) | Q(readers__until__gt=at)
        named = self.model._base_manager.filter(until, readers__person=person).values("pk")
        return self.filter(
            Q(office__agency__in=agency_ids, secrecy=Secrecy.NORMAL)
            | ~Q(secrecy=Secrecy.NORMAL) & (Q(office__agency__in=secret_agency_ids) | Q(pk__in=named))
        )

    def drafts(self) -> LetterQuerySet:
        """Those without a number."""
        return self.filter(issued_at=None, voided_at=None)

    def issued(self) -> LetterQuerySet:
        """Those with a number, void or not."""
        return self.filter(issued_at__isnull=False)


class Letter(models.Model):
    """A letter, memo, order, announcement or certificate of an office.

    Texts keep their line breaks. `version` counts the changes of the draft. `content` is the document as it was
    issued (shared.documents JSON), `sha256` the hash of its canonical form. `sent_for` names what it was written for
    ("follow_up:12", "resolution:3", "round:1"), for the rooms above.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind)
    speed = models.CharField(max_length=3, choices=Speed, default=Speed.NORMAL)
    secrecy = models.CharField(max_length=3, choices=Secrecy, default=Secrecy.NORMAL)
    is_circular = models.BooleanField(default=False)
    subject = models.CharField(max_length=500)
    opening = models.CharField(max_length=60, blank=True)
    addressed_to = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    closing = models.CharField(max_length=100, blank=True)
    signer = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=200, blank=True)
    signer_position = models.CharField(max_length=500, blank=True)
    acting_for = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=500, blank=True)
    copies_to = models.CharField(max_length=500, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answer_to = models.ForeignKey("letters.Incoming", null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    sent_for = models.CharField(max_length=120, blank=True)
    retention = models.CharField(max_length=10, choices=Retention, blank=True)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    returned_because = models.CharField(max_length=500, blank=True)
    issued_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    dated = models.DateField(null=True)
    entry = models.OneToOneField(RegisterEntry, null=True, on_delete=models.PROTECT, related_name="letter")
    content = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    voided_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_because = models.CharField(max_length=500, blank=True)
    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("submitted_by", "submitted_at", "letter_submitted_who_and_when"),
            both_or_neither("approved_by", "approved_at", "letter_approved_who_and_when"),
            both_or_neither("issued_by", "issued_at", "letter_issued_who_and_when"),
            both_or_neither("voided_by", "voided_at", "letter_voided_who_and_when"),
            both_or_neither("entry", "issued_at", "letter_issued_with_its_number"),
        ]
        indexes = [models.Index(fields=["sent_for"]), models.Index(fields=["office", "issued_at"])]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_secret(self) -> bool:
        """True when only named people may know of it."""
        return self.secrecy != Secrecy.NORMAL

    @property
    def is_issued(self) -> bool:
        """True once it has its number; from then on nothing in it changes."""
        return self.issued_at is not None

    @property
    def is_destroyed(self) -> bool:
        """True once a list of destruction was carried out upon it: its number stays, its words and files are gone."""
        return self.entry is not None and self.entry.destroyed_at is not None

    def is_late(self, today: date) -> bool:
        """True when the day by which an answer was asked for has passed."""
        return self.answer_by is not None and today > self.answer_by


class Reference(models.Model):
    """A line of อ้างถึง: what was written before, as text and, where it is in our books, as the row."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="references")
    text = models.CharField(max_length=500)
    to_letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="referred_by")
    to_incoming = models.ForeignKey(
        "letters.Incoming", null=True, blank=True, on_delete=models.PROTECT, related_name="referred_by"
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]


class Attachment(models.Model):
    """A line of สิ่งที่ส่งมาด้วย with its file. `described` is printed ("บัญชีรายชื่อ จำนวน 1 ฉบับ")."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255, blank=True)
    described = models.CharField(max_length=500)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
