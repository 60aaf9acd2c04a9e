"""Who may know of a secret letter besides those who handle secret letters at its office."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from phrom.letters.models.incoming import Incoming
from phrom.letters.models.letters import Letter

PERSON = settings.AUTH_USER_MODEL


class SecretReader(models.Model):
    """A person named for one secret letter, for ever or until a moment. `broke_glass`: they took it themselves, saying why."""

    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="readers")
    incoming = models.ForeignKey(Incoming, null=True, blank=True, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)
    broke_glass = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(letter=None, incoming__isnull=False) | Q(letter__isnull=False, incoming=None),
                name="secret_reader_of_one",
            ),
        ]
