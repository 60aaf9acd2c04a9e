"""Mail into a folder: one .eml a message, on the disk before the sender is told it was sent."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from phrom.shared.files.durable import sync_folder


class EmlFolder(BaseEmailBackend):
    """Writes each message to `settings.PHROM_MAIL_DIR`; a mail gateway, or a person, reads it from there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Return how many messages were kept. An `OSError` of the disk goes to the caller: nothing is lost in silence."""
        folder = Path(settings.PHROM_MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _keep(folder, message.message().as_bytes())
        return len(email_messages)


def _keep(folder: Path, content: bytes) -> None:
    """Write beside, flush, rename, flush the folder: a reader sees the whole message or none."""
    name = f"{secrets.token_hex(12)}.eml"
    part = folder / f".{name}.part"
    with part.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.rename(folder / name)
    sync_folder(folder)
