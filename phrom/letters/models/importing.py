"""The file an old register came from: kept, so that an auditor can hold the imported lines against it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phrom.letters.models.codes import Book
from phrom.letters.models.offices import Office
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither

PERSON = settings.AUTH_USER_MODEL


class RegisterImport(models.Model):
    """A file that was read without errors and shown; once somebody applies it, its rows stand in the register of the year."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="register_imports")
    book = models.CharField(max_length=20, choices=Book)
    year = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    read_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    applied_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_neither("applied_by", "applied_at", "register_import_applied_who_and_when")]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
