"""`phrom backup OUT`: a backup while people work."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from phrom.config.backup import make_backup
from phrom.config.tables import refuse_when_there_are_none
from phrom.shared.thai import clock


class Command(BaseCommand):
    """Exit code 0; 1 when the backup was made but stored files were already damaged or gone."""

    help = "Back up the database and the stored files while running"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say where it is."""
        refuse_when_there_are_none()
        made = make_backup(options["out"], clock.now())
        self.stdout.write(f"สำรองข้อมูลแล้ว / backed up: {made.path} ({made.size:,} bytes)")
        for sha256 in made.missing:
            self.stdout.write(f"ไฟล์เสียหายหรือหายไปก่อนสำรอง / damaged or gone before the backup: {sha256}")
        if made.missing:
            sys.exit(1)
