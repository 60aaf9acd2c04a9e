"""`phrom paper KIND WHICH --out DIR`: writes an official paper as DOCX and PDF and prints their paths."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from phrom.config.commands.paper import KINDS, NoSuchPaper, write_papers
from phrom.config.tables import refuse_when_there_are_none
from phrom.shared.thai import clock

UNKNOWN = 2


class Command(BaseCommand):
    """Exit code 0; 2 when the kind, the number or the body names nothing."""

    help = f"An official paper as DOCX and PDF: {', '.join(KINDS)}"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What, which, where to, and of which body."""
        parser.add_argument("kind")
        parser.add_argument("which")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--body", default="", help="code of the province or department; without it the first one")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and say where they are."""
        refuse_when_there_are_none()
        on = clock.local_date(clock.now())
        try:
            written = write_papers(options["kind"], options["which"], options["out"], body=options["body"], on=on)
        except NoSuchPaper as unknown:
            self.stderr.write(str(unknown))
            sys.exit(UNKNOWN)
        for path in written:
            self.stdout.write(str(path))
