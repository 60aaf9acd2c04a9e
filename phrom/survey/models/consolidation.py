"""The province's own answers where a person decided otherwise than the rule, and the set once it is frozen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phrom.meetings.models import Resolution
from phrom.shared.journal.constraints import both_or_neither
from phrom.survey.models.rounds import Round


class ProvinceAnswer(models.Model):
    """A provincial answer decided by a person against the rule's proposal, with the reason. `version` guards against loss."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="province_answers")
    code = models.CharField(max_length=20)
    content = models.JSONField()
    reason = models.TextField()
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="province_answer_once")]


class ProvinceDecision(models.Model):
    """Every decision of the province on a row, never changed, never deleted; `content` None: back to what the rule proposes."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="province_decisions")
    code = models.CharField(max_length=20)
    content = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["round", "code"], name="province_decision_by_row")]
        ordering = ["id"]


class TakenProposal(models.Model):
    """Somebody looked at what the province answers to a row and took it: `fingerprint` is what it said then.

    Taken again means written over; a row whose answer says something else now counts as changed since.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="taken_proposals")
    code = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="proposal_taken_once_a_row")]


class Justification(models.Model):
    """Why a warning about a round may stand. `subject` is a mark of what the warning said, `about` its words then.

    Once the warning says something else the reason covers nothing any more; it stays readable.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="justifications")
    check_code = models.CharField(max_length=12)
    code = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=1000)
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "check_code", "code", "subject"], name="justification_once_a_finding")
        ]


class SetProposal(models.Model):
    """The province's set laid before a second person: what it says (`fingerprint`), who lays it, who approves or sends it back.

    `resolution` is the one that approved the set, where a meeting did. The newest counts.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="proposals")
    fingerprint = models.CharField(max_length=64)
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="approved_sets")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            both_or_neither("approved_by", "approved_at", "set_approved_who_and_when"),
            both_or_neither("returned_by", "returned_at", "set_returned_who_and_when"),
            models.CheckConstraint(condition=Q(approved_by=None) | ~Q(approved_by=F("by")), name="set_approved_by_another"),
            models.CheckConstraint(condition=Q(approved_at=None) | Q(returned_at=None), name="set_approved_or_returned"),
        ]
        ordering = ["id"]

    @property
    def settled(self) -> bool:
        """True once somebody approved it or sent it back."""
        return self.approved_at is not None or self.returned_at is not None


class AnswerSet(models.Model):
    """The frozen provincial set: canonical JSON with provenance, and its SHA-256. Never changes."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="answer_set")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
