"""`phrom verify`: is everything still what was kept?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from phrom.config.tables import refuse_when_there_are_none
from phrom.config.verifying import keep_checkpoint, verify_all
from phrom.shared.journal.verify import entries_as_json
from phrom.shared.thai import clock


class Command(BaseCommand):
    """Exit code 0 when all is whole, 1 when something is wrong."""

    help = "Check the journal, the stored files, the pinned editions and the frozen sets"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--json for machines; the rest for keeping proof elsewhere."""
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--checkpoint", action="store_true", help="when all is whole, write a checkpoint of the journal")
        parser.add_argument("--checkpoints", type=Path, help="folder of checkpoints to check against, kept elsewhere")
        parser.add_argument("--export", type=Path, help="write the journal for the stand-alone verifier")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and leave with the exit code."""
        refuse_when_there_are_none()
        found = verify_all(options["checkpoints"])
        if options["export"]:
            with options["export"].open("w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in entries_as_json())
        if options["checkpoint"] and not found.problems:
            keep_checkpoint(clock.now())
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not found.problems, **asdict(found)}, ensure_ascii=False, indent=1))
        else:
            for problem in found.problems:
                self.stdout.write(f"{problem.kind} {problem.which}: {problem.th} / {problem.en}")
            counts = ", ".join(f"{name} {count}" for name, count in found.checked.items())
            self.stdout.write(f"{'พบปัญหา / problems' if found.problems else 'ครบถ้วน / whole'} ({counts})")
        if found.problems:
            sys.exit(1)
