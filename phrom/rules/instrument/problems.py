"""A problem of an edition: where it is and what it is, in Thai and English. Sentences live in one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phrom.rules.instrument.sentences import SENTENCES


@dataclass(frozen=True, order=True)
class Problem:
    """One defect: file (relative to the edition's folder), line (from 1), a stable code, and the sentence in both languages."""

    file: str
    line: int
    code: str
    th: str
    en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.th} | {self.en}"


class EditionProblems(Exception):
    """An edition that must not be used. `problems` holds every defect that was found, ordered by file and line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def problem(file: str, line: int, code: str, **words: object) -> Problem:
    """Return a problem whose sentences come from the table; `words` fill their gaps, cut to a length that a screen can show."""
    th, en = SENTENCES[code]
    short = {name: _short(word) for name, word in words.items()}
    return Problem(file, line, code, th.format(**short), en.format(**short))


def _short(word: object) -> str:
    text = str(word)
    return text if len(text) <= 120 else text[:117] + "..."
