"""The editions that lie in the editions folder, with their defects: what a round can be opened from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from phrom.rules.instrument.load import EditionProblems, Problem, load_edition
from phrom.rules.instrument.model import Edition


@dataclass(frozen=True)
class Offer:
    """One folder: the edition, or what is wrong with it. `key` is the folder's name."""

    key: str
    edition: Edition | None
    problems: tuple[Problem, ...] = ()


def editions_in(folder: Path) -> tuple[Offer, ...]:
    """Every folder that holds an `edition.yaml`, newest name first, invented ones last; nothing is raised for a broken one."""
    if not folder.is_dir():
        return ()
    found = sorted((path.parent for path in folder.glob("*/edition.yaml")), reverse=True)
    return tuple(sorted((_offer(path) for path in found), key=lambda offer: bool(offer.edition and offer.edition.invented)))


def _offer(folder: Path) -> Offer:
    files = sorted(folder.glob("*.yaml"))
    return _read(folder, tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=16)
def _read(folder: Path, files: tuple[tuple[str, int, int], ...]) -> Offer:
    """Read and check an edition, anew only when one of its files changed: it takes a quarter of a second."""
    try:
        return Offer(folder.name, load_edition(folder))
    except EditionProblems as broken:
        return Offer(folder.name, None, tuple(broken.problems))
