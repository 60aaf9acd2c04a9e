"""`./run bench`: measures, prints a table, writes build/bench.json. Figures only; nothing here passes or fails."""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from pathlib import Path

from tests.bench import issuing, papers, saving, scoring, searching
from tests.bench.table import Line, shown

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Run every part, or those named."""
    parts = {
        "saving": saving.measure,
        "scoring": scoring.measure,
        "issuing": issuing.measure,
        "papers": papers.measure,
        "searching": searching.measure,
    }
    wanted = [name for name in arguments if name in parts] or list(parts)
    lines: list[Line] = []
    for name in wanted:
        print(f"กำลังวัด / measuring: {name}", flush=True)
        with tempfile.TemporaryDirectory(prefix="phrom-bench-") as folder:
            lines += parts[name](Path(folder))
    print(shown(lines))
    out = ROOT / "build/bench.json"
    out.parent.mkdir(exist_ok=True)
    figures = {"python": platform.python_version(), "lines": [line.as_json() for line in lines]}
    out.write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    print(f"\n{out.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
