"""Bytes that were kept: one row for each content, whoever brought it under whatever name."""

from __future__ import annotations

from django.db import models


class Scan(models.TextChoices):
    """What the malware scanner said. Nothing, where none is set up; what waits or is infected is handed out to nobody."""

    NONE = "", "ไม่ได้ตั้งค่าเครื่องตรวจ"
    WAITING = "waiting", "รอตรวจมัลแวร์"
    CLEAN = "clean", "ตรวจแล้วไม่พบมัลแวร์"
    INFECTED = "infected", "พบมัลแวร์"


class StoredFile(models.Model):
    """A content in the store, found by its SHA-256. The name belongs to whoever refers to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.NONE, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.sha256

    @property
    def is_held(self) -> bool:
        """Whether nobody gets it: not looked at yet by the malware scanner, or infected."""
        return self.scan in (Scan.WAITING, Scan.INFECTED)


class TextState(models.TextChoices):
    """Where the reading of a content's text stands."""

    WAITING = "waiting", "รออ่านข้อความ"
    READ = "read", "อ่านข้อความแล้ว"
    EMPTY = "empty", "ไม่มีข้อความในไฟล์"
    FAILED = "failed", "อ่านข้อความไม่ได้"


class FileText(models.Model):
    """The words inside a content, read once in the background. `key` is the text as search looks at it.

    `why` says why it could not be read, or that only its beginning was.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="text")
    state = models.CharField(max_length=10, choices=TextState, default=TextState.WAITING)
    text = models.TextField(blank=True)
    key = models.TextField(blank=True)
    why = models.CharField(max_length=200, blank=True)
    tries = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(null=True, blank=True)
