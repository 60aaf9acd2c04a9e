"""What letters are found by: their words, normalised. Kept by the acts that write letters, never shown."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from phrom.letters.models.incoming import Incoming
from phrom.letters.models.letters import Letter


class Findable(models.Model):
    """The words of one letter as `search_key` makes them: number, names, subject, text, names of files.

    Substrings are looked for in it as they are: an index of Thai words, cut by a dictionary, finds 84 of 100 words and 6 of
    100 substrings.
    """

    letter = models.OneToOneField(Letter, null=True, on_delete=models.CASCADE, related_name="findable")
    incoming = models.OneToOneField(Incoming, null=True, on_delete=models.CASCADE, related_name="findable")
    key = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(letter=None, incoming__isnull=False) | Q(letter__isnull=False, incoming=None),
                name="findable_of_one",
            ),
        ]
