"""Searching 5,000 pieces of evidence in Thai: any part of a word, one and two letters, and the whole page of a coordinator.

On SQLite in the bench's folder, and on PostgreSQL where a server can be started here (with `pg_trgm` only where it has it).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.table import Line
from tests.environment import postgres_address

ROOT = Path(__file__).resolve().parents[2]
PIECES, WORDS, ASKED = 5_000, 300, 60


def measure(folder: Path) -> list[Line]:
    """Four lines for each database."""
    lines = _measured("SQLite", folder / "sqlite", "")
    try:
        address = postgres_address()
    except (ImportError, OSError, subprocess.SubprocessError) as missing:
        return [*lines, Line("search in evidence, PostgreSQL", "not measured", note=type(missing).__name__)]
    return [*lines, *_measured("PostgreSQL", folder / "postgres", address)]


def _measured(name: str, data: Path, address: str) -> list[Line]:
    environment = {**os.environ, "PHROM_DATA": str(data), "PHROM_DB": address}
    command = [sys.executable, "-m", "tests.bench.searching"]
    told = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout
    figures: dict[str, str] = json.loads(told.splitlines()[-1])
    aims = {"three letters and more": "0.2 s"}
    return [
        Line(f"search {PIECES:,} pieces of evidence: {what}, {name}", figure, aims.get(what, ""))
        for what, figure in figures.items()
    ]


def main() -> None:
    """In a process of its own, since the settings are read once."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "phrom.config.settings"
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from phrom.agencies.access import access_of
    from phrom.shared.files.searching import texts_with, words_of
    from phrom.survey.models import Evidence
    from phrom.survey.pages.search import search_page
    from tests.factories.agencies import make_agency, make_body, make_member
    from tests.factories.texts import make_texts

    call_command("migrate", verbosity=0)
    body, at = make_body(), timezone.now()
    agencies, owner = [make_agency(body) for _ in range(22)], make_member(body, "coordinator")
    begun = time.perf_counter()
    texts = make_texts(PIECES, words=WORDS)
    kept = time.perf_counter() - begun
    Evidence.objects.bulk_create(
        Evidence(agency=agencies[number % 22], name=f"{number}.pdf", file=text.file, added_by=owner, added_at=at)
        for number, text in enumerate(texts)
    )
    access, dice = access_of(owner, at.date()), random.Random(3)
    long, short = _parts(dice, texts, 3, 20), _parts(dice, texts, 1, 2)
    size = sum(len(text.text) for text in texts) / PIECES
    search_page(access, at, typed="ก", only="", page=1)  # warm
    figures = {
        "keeping all rows and their index": f"{kept:.1f} s, {size:,.0f} letters each",
        "three letters and more": _times(long, lambda typed: texts_with(words_of(typed)).count()),
        "one and two letters": _times(short, lambda typed: texts_with(words_of(typed)).count()),
        "the coordinator's page": _times(long[:20], lambda typed: search_page(access, at, typed=typed, only="", page=1)),
    }
    print(json.dumps(figures))


def _parts(dice: random.Random, texts: list[Any], least: int, most: int) -> list[str]:
    found = []
    for _ in range(ASKED):
        text, length = dice.choice(texts).text, dice.randint(least, most)
        start = dice.randrange(len(text) - length)
        found.append(text[start : start + length])
    return found


def _times(typed: list[str], look: Callable[[str], object]) -> str:
    taken = []
    for words in typed:
        begun = time.perf_counter()
        look(words)
        taken.append(1000 * (time.perf_counter() - begun))
    taken.sort()
    return f"p50 {taken[len(taken) // 2]:.0f}, p95 {taken[int(len(taken) * 0.95)]:.0f}, slowest {taken[-1]:.0f} ms"


if __name__ == "__main__":
    main()
