"""One answer row and one audit row."""

from django.db import models


class Saved(models.Model):
    """The row that is written."""

    ask = models.PositiveIntegerField(unique=True)
    value = models.TextField()
    at = models.DateTimeField()


class Audit(models.Model):
    """The row that tells of it."""

    ask = models.PositiveIntegerField()
    by = models.PositiveIntegerField()
    at = models.DateTimeField()
