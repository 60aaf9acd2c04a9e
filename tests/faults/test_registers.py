"""64 issuers, killed six times, over the new year: every book is 1 to n in its year, no double, no gap (promises G07, G08)."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.environment import postgres_address
from tests.faults.issuers import ISSUERS, KINDS, LETTERS
from tests.servers import ROOT

pytestmark = pytest.mark.faults
KILLS, GROUPS = 6, 2
TOTAL = ISSUERS * LETTERS
Found = dict[str, Any]


class Issuers:
    """The worker processes; started, killed whole, started again."""

    def __init__(self, data: Path, db: str) -> None:
        self.told = data.parent / "told.txt"
        self.environment = {**os.environ, "PHROM_DATA": str(data), "PHROM_DB": db}
        self.processes: list[subprocess.Popen[bytes]] = []

    def run(self, *arguments: str) -> Found:
        done = subprocess.run(self._command(*arguments), cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, check=True)
        found: Found = json.loads(done.stdout)
        return found

    def start(self) -> None:
        each = ISSUERS // GROUPS
        for first in range(0, ISSUERS, each):
            command = self._command("work", str(first), str(first + each), str(self.told))
            self.processes.append(subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True))

    def kill(self) -> None:
        """kill -9, all at once."""
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self.processes:
            process.wait()
        self.processes = []

    def acknowledged(self) -> set[str]:
        """The whole lines that were written: letter, entry, number."""
        lines = self.told.read_text().splitlines(keepends=True) if self.told.exists() else []
        return {line.strip() for line in lines if line.endswith("\n") and not line.startswith("!")}

    def wait(self, letters: int, seconds: float = 240) -> None:
        """Until so many letters are acknowledged."""
        until = time.monotonic() + seconds
        while len(self.acknowledged()) < letters:
            assert time.monotonic() < until, f"{len(self.acknowledged())} letters"
            assert any(process.poll() is None for process in self.processes), "all workers ended"
            time.sleep(0.01)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.faults.issuers", *arguments]


def test_sqlite(tmp_path: Path) -> None:
    issue_and_kill(Issuers(tmp_path / "data", ""), "SQLite")


def test_postgres(tmp_path: Path) -> None:
    issue_and_kill(Issuers(tmp_path / "data", postgres_address()), "PostgreSQL")


def issue_and_kill(issuers: Issuers, name: str) -> None:
    issuers.run("make")
    seconds, before = 0.0, 0
    try:
        for stop in range(1, KILLS + 2):
            issuers.start()
            issuers.wait(before + 1)
            started, first = time.monotonic(), len(issuers.acknowledged())
            issuers.wait(TOTAL * stop // (KILLS + 1))
            seconds += time.monotonic() - started
            before = before or first
            issuers.kill()
            before = len(issuers.acknowledged())
    finally:
        issuers.kill()
    assert wrong_with(issuers.run("look"), issuers.acknowledged()) == []
    print(f"\n{name}: {TOTAL} letters, {TOTAL / seconds:.0f} numbers/s between the kills")


def wrong_with(found: Found, acknowledged: set[str]) -> list[str]:
    """Everything that is not as promised."""
    wrong = list(found["damages"])
    for book, register in found["registers"].items():
        if register["numbers"] != list(range(1, register["counter"] + 1)):
            wrong.append(f"{book}: gap or double")
    letters = found["letters"]
    wrong += [f"letter {each['pk']}: not issued" for each in letters if not each["issued"]]
    wrong += [f"letter {each['pk']}: wrong year" for each in letters if not each["year"] == each["dated"] == each["of"]]
    wrong += [f"entry {entry}: two letters" for entry, times in Counter(e["entry"] for e in letters).items() if times > 1]
    stands = {f"{each['pk']} {each['entry']} {each['number']}" for each in letters}
    wrong += [f"{line}: acknowledged otherwise" for line in sorted(acknowledged - stands)]
    wrong += [f"{found['without_letter']} numbers without a letter"] if found["without_letter"] else []
    wrong += [] if found["told"] == len(letters) == TOTAL else [f"the journal tells of {found['told']} letters"]
    wrong += [] if len(found["registers"]) == 2 * len(KINDS) else ["not five books in two years"]
    return wrong


def sound() -> tuple[Found, set[str]]:
    """What is found when all is well."""
    letters: list[Found] = []
    registers: dict[str, Found] = {}
    for pk in range(TOTAL):
        year, book = 2567 + pk % 2, f"book {pk // 2 % len(KINDS)}"
        register = registers.setdefault(f"{book} {year}", {"counter": 0, "numbers": []})
        register["counter"] += 1
        register["numbers"].append(register["counter"])
        known = {"pk": pk, "entry": pk, "number": register["counter"], "issued": True, "book": book}
        letters.append({**known, "year": year, "dated": year, "of": year})
    found = {"registers": registers, "letters": letters, "without_letter": 0, "damages": [], "told": TOTAL}
    return found, {f"{each['pk']} {each['entry']} {each['number']}" for each in letters}


DAMAGE: tuple[Callable[[Found], object], ...] = (
    lambda found: found["registers"]["book 0 2567"]["numbers"].pop(0),
    lambda found: found["registers"]["book 0 2567"]["numbers"].append(1),
    lambda found: found["letters"][7].update(issued=False),
    lambda found: found["letters"][7].update(year=2600),
    lambda found: found["letters"][7].update(number=9_999),
    lambda found: found["letters"][7].update(entry=8),
    lambda found: found.update(without_letter=1),
    lambda found: found.update(told=TOTAL + 1),
)


def test_this_test_can_go_red() -> None:
    assert wrong_with(*sound()) == []
    for damage in DAMAGE:
        found, acknowledged = sound()
        damage(found)
        assert wrong_with(found, acknowledged)
