"""`phrom restore IN --data DIR`: a backup is checked whole, then put in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from phrom.config.restoring import CannotRestore, restore
from phrom.shared.thai import clock


class Command(BaseCommand):
    """Exit code 0 when restored; 1 with the reason when refused, and then nothing was changed."""

    help = "Check a backup, then restore it into the data folder"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """From where, and whether it may replace what is there."""
        parser.add_argument("source", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace what is in the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and say what."""
        try:
            manifest = restore(options["source"], Path(settings.DATA), clock.now(), replace=options["replace"])
        except CannotRestore as refused:
            raise CommandError(str(refused)) from refused
        rows = sum(table["rows"] for table in manifest["tables"].values())
        made_at = manifest["made_at"]
        self.stdout.write(f"กู้คืนแล้ว / restored: {rows:,} rows, {len(manifest['members']) - 1} files, made at {made_at}")
