"""Bytes that were kept: one row for each content, whoever brought it under whatever name."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """A content in the store, found by its SHA-256. The name belongs to whoever refers to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256
