"""An edition's folder to an `Edition`, or every problem of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from phrom.rules.instrument.canonical import with_hash
from phrom.rules.instrument.condition_checks import check_conditions
from phrom.rules.instrument.draft import Draft, draft
from phrom.rules.instrument.model import Edition, Kpi
from phrom.rules.instrument.problems import EditionProblems, Problem, problem
from phrom.rules.instrument.row_checks import check_rows
from phrom.rules.instrument.scale_checks import check_kpi, check_levels
from phrom.rules.instrument.tree import MOST_BYTES, Document, nothing, parse
from phrom.rules.instrument.whole_checks import check_whole

__all__ = ["EditionProblems", "Problem", "edition_of", "load_edition", "read", "read_cases"]

CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (check_whole, check_rows, check_conditions, check_levels, check_kpi)


def load_edition(folder: Path) -> Edition:
    """Return the edition of the folder with its hash. Raises EditionProblems with all defects, each with file and line."""
    if not folder.is_dir():
        raise EditionProblems([problem(".", 1, "missing_folder", folder=folder.name)])
    return edition_of(read(folder, "edition.yaml"), read(folder, "levels.yaml"), read(folder, "kpi.yaml"))


def edition_of(edition: Document, levels: Document, kpi: Document) -> Edition:
    """Return the edition that three documents make. Raises EditionProblems with all defects of all three."""
    found = draft(edition, levels, kpi)
    problems = [*found.problems, *(problem for check in CHECKS for problem in check(found))]
    if problems:
        raise EditionProblems(problems)
    return with_hash(_edition(found))


def read(folder: Path, file: str) -> Document:
    """Read one file of an edition. Never raises for what is in it, or when it is missing: the document says."""
    try:
        with (folder / file).open("rb") as source:
            return parse(source.read(MOST_BYTES + 1), file)
    except OSError:
        return nothing(problem(file, 1, "missing_file", name=file))


def read_cases(folder: Path) -> tuple[Document, ...]:
    """Read every file of the edition's `cases` folder, by name; none when there is no such folder."""
    return tuple(read(folder, f"cases/{path.name}") for path in sorted((folder / "cases").glob("*.yaml")))


def _edition(found: Draft) -> Edition:
    head, kpi = found.head.value, found.kpi_head.value
    if head is None or kpi is None:
        raise AssertionError("a draft without problems has its heads")
    return Edition(
        **head.model_dump(include={"id", "fiscal_year", "title", "issuer", "source", "status", "notes", "invented"}),
        pillars=tuple(piece.value for piece in found.pillars if piece.value is not None),
        rows=tuple(row for _, row in found.sound_rows),
        levels=tuple(piece.value for piece in found.assumptions if piece.value is not None),
        corrections=tuple(piece.value for piece in found.corrections if piece.value is not None),
        kpi=Kpi(
            **kpi.model_dump(exclude={"sub_indicators"}),
            sub_indicators=tuple(piece.value for piece in found.sub_indicators if piece.value is not None),
        ),
    )
