"""A copy of the real edition with something broken in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from phrom.rules.instrument.load import EditionProblems, load_edition
from phrom.rules.instrument.problems import Problem

EDITION = Path(__file__).resolve().parents[3] / "editions" / "dga-province-2567"


def copy_edition(folder: Path) -> Path:
    """Return a copy of the edition of 2567 to break."""
    return Path(shutil.copytree(EDITION, folder / "edition"))


def plant(folder: Path, file: str, row: str, old: str, new: str) -> int:
    """Replace `old` by `new` in the first line that holds it, after the line `- code: row`; return that line's number."""
    path = folder / file
    lines = path.read_text("utf-8").split("\n")
    start = next(number for number, line in enumerate(lines) if line.strip() == f"- code: {row}") if row else 0
    number = next(number for number in range(start, len(lines)) if old in lines[number])
    lines[number] = lines[number].replace(old, new)
    path.write_text("\n".join(lines), "utf-8")
    return number + 1


def problems_of(folder: Path) -> list[Problem]:
    """Return what the loader finds; nothing for a sound edition."""
    try:
        load_edition(folder)
    except EditionProblems as found:
        return found.problems
    return []
