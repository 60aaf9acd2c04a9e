"""`phrom edition crosswalk check FROM TO`: how the rows of two editions belong together, without a server."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from phrom.rules.instrument.crosswalk import WORDS, Crosswalk, Relation, crosswalk_file, load_crosswalk
from phrom.rules.instrument.load import EditionProblems, load_edition


def check(before: Path, after: Path) -> tuple[int, list[str]]:
    """Return 0 and how many rows stand in each relation, or 1 and every defect as `path:line: Thai | English`."""
    file = crosswalk_file(after.parent, before.name, after.name)
    try:
        found = load_crosswalk(file, load_edition(before), load_edition(after))
    except EditionProblems as broken:
        lines = [f"{file.parent / each.file}:{each.line}: {each.th} | {each.en}" for each in broken.problems]
        return 1, [*lines, f"พบข้อผิดพลาด {len(lines)} จุด | {len(lines)} defects"]
    return 0, [*_summary(found), "ผ่าน | passed"]


def _summary(found: Crosswalk) -> list[str]:
    counts = Counter(match.relation for match in found.rows)
    return [
        f"{found.before} -> {found.after}",
        *(f"{WORDS[each]} {counts[each]} ข้อ | {each.value} {counts[each]}" for each in Relation),
    ]
