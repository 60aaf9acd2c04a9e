"""`phrom edition check DIR` and `phrom edition show DIR`: a questionnaire as data, without a server and without Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from phrom.rules.instrument.canonical import edition_json
from phrom.rules.instrument.load import EditionProblems, Problem, load_edition, read_cases
from phrom.rules.instrument.model import Edition, Informants
from phrom.rules.scoring.cases import CasesResult, run_cases


def check(folder: Path) -> tuple[int, list[str]]:
    """Return exit code 0 and what the edition holds, or 1 and every defect as `path:line: Thai | English`."""
    try:
        edition = load_edition(folder)
    except EditionProblems as found:
        return 1, _defects(folder, found.problems)
    cases = run_cases(edition, read_cases(folder))
    if cases.problems:
        return 1, [*_summary(edition), _cases_line(cases), *_defects(folder, cases.problems)]
    return 0, [*_summary(edition), _cases_line(cases), "ผ่าน | passed"]


def show(folder: Path) -> str:
    """Return the edition's canonical JSON. Raises EditionProblems for a broken edition."""
    return edition_json(load_edition(folder))


def _summary(edition: Edition) -> list[str]:
    informants = Counter(row.informants for row in edition.rows)
    beyond = sum(row.beyond_parent_department for row in edition.rows)
    weights = sum((pillar.weight for pillar in edition.scored_pillars if pillar.weight is not None), Decimal(0))
    headings = len(edition.rows) - len(edition.asked_rows)
    routing = (Informants.ALL_AGENCIES, Informants.PROVINCIAL_OFFICE, Informants.ALL_AGENCIES_AND_STATISTICS)
    counts = " / ".join(str(informants[kind]) for kind in routing)
    return [
        f"{edition.id} {edition.hash}",
        f"{len(edition.rows)} แถว: ถาม {len(edition.asked_rows)} หัวข้อ {headings} | {len(edition.rows)} rows: "
        f"{len(edition.asked_rows)} asked, {headings} headings",
        f"{counts} ทุกหน่วยงาน / สำนักงานจังหวัด / ทุกหน่วยงานและสถิติจังหวัด | "
        f"{counts} all agencies / provincial office / all agencies and statistical office",
        f"{beyond} แถว “นอกเหนือจากกรมต้นสังกัด” | {beyond} rows flagged beyond the parent department",
        f"น้ำหนักรวม {weights} | weights {weights}",
        f"แก้คำผิดของเอกสารต้นทาง {len(edition.corrections)} จุด | {len(edition.corrections)} corrections of the source",
    ]


def _cases_line(cases: CasesResult) -> str:
    return f"กรณีทดสอบผ่าน {cases.passed} จาก {cases.count} | {cases.passed} of {cases.count} cases passed"


def _defects(folder: Path, problems: Sequence[Problem]) -> list[str]:
    unique = sorted(set(problems))
    lines = [f"{folder / found.file}:{found.line}: {found.th} | {found.en}" for found in unique]
    return [*lines, f"พบข้อผิดพลาด {len(unique)} จุด | {len(unique)} defects"]
