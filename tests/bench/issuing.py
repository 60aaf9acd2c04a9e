"""How many letters an office issues in a second: sixteen hands at one book, each letter with its number, paper and journal.

On SQLite in the bench's folder, and on PostgreSQL where a server can be started here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.table import Line
from tests.environment import postgres_address

ROOT = Path(__file__).resolve().parents[2]
HANDS, LETTERS = 16, 8


def measure(folder: Path) -> list[Line]:
    """One line for each database."""
    lines = [_measured("SQLite", folder / "sqlite", "", "")]
    try:
        address = postgres_address()
    except (ImportError, OSError, subprocess.SubprocessError) as missing:
        return [*lines, Line("letters issued per second, PostgreSQL", "not measured", note=type(missing).__name__)]
    return [*lines, _measured("PostgreSQL", folder / "postgres", address, "40/s (G07)")]


def _measured(name: str, data: Path, address: str, aim: str) -> Line:
    environment = {**os.environ, "PHROM_DATA": str(data), "PHROM_DB": address}
    command = [sys.executable, "-m", "tests.bench.issuing"]
    told = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout
    figures = json.loads(told.splitlines()[-1])
    note = f"{figures['statements']} queries, {figures['cpu_ms']:.0f} ms CPU each; {HANDS} hands, {figures['doubles']} doubles"
    return Line(f"letters issued per second, {name}", f"{figures['a_second']:.0f}/s", aim, note)


def main() -> None:
    """In a process of its own, since the settings are read once: the drafts, one issued alone, the rest by all hands."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "phrom.config.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from phrom.letters.models import Letter, Register, Via
    from tests.factories.letters import make_clerk, make_draft, make_office, make_recipient
    from tests.faults.issuers import issue, moment

    call_command("migrate", verbosity=0)
    office = make_office()
    by, drafts = make_clerk(office), []
    for number in range(HANDS * LETTERS + 2):
        drafts.append(make_draft(office, by=by, subject=f"0/{number}"))
        make_recipient(drafts[-1], via=Via.HAND)
    issue(drafts.pop(), by, moment(0, 0), aborts=False)
    with CaptureQueriesContext(connection) as alone:
        issue(drafts.pop(), by, moment(0, 0), aborts=False)
    begun, cpu = time.perf_counter(), time.process_time()
    _by_all_hands(drafts, by)
    took, used = time.perf_counter() - begun, time.process_time() - cpu
    numbers = list(Letter.objects.values_list("entry__number", flat=True))
    doubles = len(numbers) - len(set(numbers)) + Register.objects.get().last_number - len(numbers)
    a_second, cpu_ms = len(drafts) / took, used / len(drafts) * 1000
    print(json.dumps({"a_second": a_second, "cpu_ms": cpu_ms, "statements": len(alone), "doubles": doubles}))


def _by_all_hands(drafts, by) -> None:  # noqa: ANN001
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    from tests.faults.issuers import issue, moment

    def hand(number: int) -> None:
        for draft in drafts[number::HANDS]:
            issue(draft, by, moment(0, 0), aborts=False)
        connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(hand, range(HANDS)))


if __name__ == "__main__":
    main()
