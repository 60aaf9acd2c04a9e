"""`phrom tick`: the periodic work that is due now; with `--loop` again every minute."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from phrom.config.ticking import tick
from phrom.shared.thai import clock

EVERY = 60  # seconds


class Command(BaseCommand):
    """Runs the table of phrom/config/ticking.py."""

    help = "Do the periodic work that is due: send letters, fetch them, daily mails"

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or for ever."""
        parser.add_argument("--loop", action="store_true", help="again every minute, until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        """What went wrong is printed; it stays in the database and in the log too."""
        self._once()
        while options["loop"]:
            time.sleep(EVERY)
            self._once()

    def _once(self) -> None:
        for name, trouble in tick(clock.now()).items():
            if trouble:
                self.stderr.write(f"{name}: {trouble}")
