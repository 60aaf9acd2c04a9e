"""The province's own answers where a person decided otherwise than the rule, and the set once it is frozen."""

from __future__ import annotations

from django.conf import settings
from django.db import models

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


class AnswerSet(models.Model):
    """The frozen provincial set: canonical JSON with provenance, and its SHA-256. Never changes."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="answer_set")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
