"""Asking for the words of a kept file; who brings evidence asks."""

from __future__ import annotations

from phrom.shared.files.jobs import read_file_text
from phrom.shared.files.models import FileText, StoredFile
from phrom.shared.files.texts.kinds import READERS


def want_text(stored: StoredFile) -> None:
    """Have the content's words read soon; in the caller's transaction. Asking again, or for a picture, does nothing."""
    if stored.content_type not in READERS:
        return
    wanted, made = FileText.objects.get_or_create(file=stored)
    if made:
        read_file_text.enqueue(wanted.pk)
