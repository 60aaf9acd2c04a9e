"""Registers: an office's book of a Buddhist year. Numbers run 1, 2, 3 without gap; what was void stays visible."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.letters.models.codes import SECRET_BOOKS, Book
from phrom.letters.models.offices import Office
from phrom.shared.journal.constraints import both_or_neither

PERSON = settings.AUTH_USER_MODEL
NOTHING_BEFORE = "0" * 64


class RegisterQuerySet(models.QuerySet["Register"]):
    """Registers by who may read them."""

    def readable(self, agency_ids: Sequence[int], secret_agency_ids: Sequence[int]) -> RegisterQuerySet:
        """Books of these agencies; the secret ones only of those whose secret letters the reader handles."""
        return self.filter(
            Q(office__agency__in=agency_ids) & ~Q(book__in=SECRET_BOOKS)
            | Q(office__agency__in=secret_agency_ids, book__in=SECRET_BOOKS)
        )


class Register(models.Model):
    """A book of a year. Its row is the counter, taken in the letter's own transaction, last; and the end of its chain."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="registers")
    book = models.CharField(max_length=20, choices=Book)
    year = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField(default=0)
    line_count = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default=NOTHING_BEFORE)
    objects = RegisterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "book", "year"], name="register_once")]
        ordering = ["-year", "book"]

    def __str__(self) -> str:
        return f"{self.get_book_display()} {self.year}"


class EntryState(models.TextChoices):
    """What became of a number."""

    RESERVED = "reserved", "จองไว้"
    USED = "used", "ใช้แล้ว"
    VOID = "void", "ยกเลิก"


class RegisterEntry(models.Model):
    """A number with the columns of the register (forms 13 and 14). Never deleted, never given to another letter."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=EntryState)
    number_text = models.CharField(max_length=80)
    dated = models.DateField()
    their_number = models.CharField(max_length=80, blank=True)
    their_date = models.DateField(null=True, blank=True)
    from_name = models.CharField(max_length=300, blank=True)
    to_name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    taken_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    reserved_for = models.CharField(max_length=300, blank=True)
    voided_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_because = models.CharField(max_length=500, blank=True)
    imported = models.BooleanField(default=False)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "register entries"
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="register_number_once"),
            both_or_neither("voided_by", "voided_at", "entry_voided_who_and_when"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number_text


class RegisterLine(models.Model):
    """One act in a register, chained: `hash` is that of the line before and of this line's own words."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="lines")
    sequence = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    content = models.JSONField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "sequence"], name="register_line_once")]
        ordering = ["sequence"]
