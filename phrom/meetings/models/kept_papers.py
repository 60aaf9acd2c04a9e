"""Papers as they were issued: content with its hash, and the PDF that was handed out."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from phrom.meetings.models.meetings import Meeting
from phrom.shared.files.models import StoredFile


class PaperForm(models.TextChoices):
    """Which paper of a meeting."""

    AGENDA = "agenda", "ระเบียบวาระการประชุม"
    INVITATION = "invitation", "หนังสือเชิญประชุม"
    MINUTES = "minutes", "รายงานการประชุม"


class KeptPaper(models.Model):
    """A paper that was frozen. `content` is the document as JSON, `sha256` the hash of its canonical form; it never changes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="kept_papers")
    form = models.CharField(max_length=20, choices=PaperForm)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
