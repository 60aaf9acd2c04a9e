"""`phrom seed FILE.json`: makes provinces, people and rounds; prints users, ids and start addresses as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from pydantic import ValidationError

from phrom.config import demo_clock
from phrom.config.seeding.load import load_seed
from phrom.config.seeding.shape import Seed
from phrom.rules.instrument.load import EditionProblems
from phrom.shared.thai import clock
from phrom.shared.ui.refusals import Refusal

# What a file can get wrong: unreadable, not of the shape, naming what is not there, doubling what is, refused by an action.
REFUSED = (OSError, ValueError, KeyError, ObjectDoesNotExist, IntegrityError, Refusal, EditionProblems)


NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


class Command(BaseCommand):
    """Loads a seed."""

    help = "Make provinces, agencies, people and rounds from a JSON file (docs/seed.schema.json)"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all of it or none of it."""
        call_command("migrate", interactive=False, verbosity=0)
        try:
            seed = Seed.model_validate_json(options["file"].read_text("utf-8"))
            made = _quietly(seed)
        except REFUSED as problem:
            raise CommandError(_told(problem)) from problem
        if seed.clock:
            demo_clock.keep(settings.DATA, demo_now=seed.clock, real_now=clock.now() - settings.PHROM_CLOCK_OFFSET)
        self.stdout.write(json.dumps(made, ensure_ascii=False, indent=1))


def _quietly(seed: Seed) -> dict[str, object]:
    """Load it without mailing anybody: the meetings that it tells of were called long ago."""
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, NO_MAIL
    try:
        return load_seed(seed, at=seed.clock or clock.now())
    finally:
        settings.EMAIL_BACKEND = usual


def _told(problem: Exception) -> str:
    if isinstance(problem, ValidationError):
        places = (f"{'.'.join(str(step) for step in each['loc'])}: {each['msg']}" for each in problem.errors())
        return "ไฟล์ไม่ถูกต้อง ยังไม่มีอะไรถูกบันทึก / the file is not valid, nothing was saved:\n" + "\n".join(places)
    if isinstance(problem, KeyError):
        return f"ยังไม่มีอะไรถูกบันทึก ไฟล์อ้างถึง {problem} ซึ่งไม่มีในไฟล์ / nothing was saved: {problem} is not in the file"
    return f"ยังไม่มีอะไรถูกบันทึก / nothing was saved: {problem}"
