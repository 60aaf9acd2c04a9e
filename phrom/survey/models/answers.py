"""Answers with all their versions, and the evidence that proves them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phrom.agencies.models import Agency
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.constraints import both_or_neither
from phrom.survey.models.rounds import Ask


class Answer(models.Model):
    """The newest answer to an ask. `content` holds value, detail, provider and cannot, as `phrom.survey.sheets` reads them."""

    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="answer")
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class AnswerVersion(models.Model):
    """Every version that was ever acknowledged, never changed, never deleted."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "version"], name="answer_version_once")]
        ordering = ["version"]


class Evidence(models.Model):
    """A file or a link in the body's library, brought by an agency, with what is known of its day, period and letter.

    A new version is a row of its own that `replaces` the older one; what was put under a row stays the version it was.
    Shared evidence may be seen and used by every agency of the body.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=255)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    url = models.URLField(max_length=2000, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    letter = models.CharField(max_length=120, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    version = models.PositiveIntegerField(default=1)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, url="") | (Q(file=None) & ~Q(url="")), name="evidence_file_or_link"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None) | Q(starts_on__lte=F("ends_on")), name="evidence_period_forward"
            ),
            both_or_neither("shared_by", "shared_at", "evidence_shared_who_and_when"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class EvidenceLinkQuerySet(models.QuerySet["EvidenceLink"]):
    """Evidence under many rows."""

    def standing(self) -> EvidenceLinkQuerySet:
        """What was not taken away, with the evidence, its agency, its file and its newer version: still one query."""
        whole = ("ask", "evidence__file", "evidence__agency", "evidence__replaced_by")
        return self.filter(removed_at=None).select_related(*whole)


class EvidenceLink(models.Model):
    """Evidence put under an ask, in a slot by name or loose, with the page and the words that prove it.

    Taken away means marked, never deleted. `changed_at` is the last change of what is said of it here or of itself.
    """

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="links")
    slot = models.CharField(max_length=40, blank=True)
    page = models.CharField(max_length=60, blank=True)
    quotation = models.CharField(max_length=1000, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    objects = EvidenceLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ask", "evidence"], condition=Q(removed_at=None), name="evidence_once_under_an_ask"
            ),
            both_or_neither("changed_by", "changed_at", "evidence_changed_who_and_when"),
            both_or_neither("removed_by", "removed_at", "evidence_removed_who_and_when"),
        ]
        ordering = ["id"]
