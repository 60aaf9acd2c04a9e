"""`checkpoint`: writes down where the journal ends, outside the database. The server runs it at its start and every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from phrom.config.verifying import keep_checkpoint
from phrom.shared.thai import clock


class Command(BaseCommand):
    """Prints the file that was written; nothing when the journal has not grown."""

    help = "Write a checkpoint of the journal into the data folder; copy it off the machine"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        if path := keep_checkpoint(clock.now()):
            self.stdout.write(str(path))
