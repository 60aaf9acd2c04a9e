"""What a rule looks at and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phrom.rules.instrument.model import Edition, Question
from phrom.rules.scoring.claims import fits, positive
from phrom.rules.scoring.sheet import Answer, AnswerSheet


class Severity(StrEnum):
    """An error must be put right before submitting; a warning is worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One finding of one rule about one row. `code` is the rule's short name on pages and in the API, the same for ever.

    `agency` is whose answer it is about, where it is not the whole sheet's.
    """

    rule: str
    row: str
    severity: Severity
    th: str
    en: str
    code: str
    agency: str = ""


@dataclass(frozen=True)
class Case:
    """What a rule looks at. `rows` are the rows put to whoever answers; `today` is None where no day is known."""

    edition: Edition
    sheet: AnswerSheet
    rows: tuple[Question, ...]
    path: frozenset[str]
    today: date | None

    def on_path(self) -> Iterator[tuple[Question, Answer]]:
        """Rows that are to be answered, with their answers."""
        return ((row, self.sheet.get(row.code)) for row in self.rows if row.code in self.path)

    def claims(self) -> Iterator[tuple[Question, Answer]]:
        """Rows on the path where something fitting is claimed to exist."""
        return ((row, answer) for row, answer in self.on_path() if fits(row, answer.value) and positive(answer.value))


Finding = tuple[str, str, str]
"""Row code, Thai sentence, English sentence."""

Rule = Callable[[Case], Iterator[Finding]]


def severity_of(code: str) -> Severity:
    """What a code's first letter says: E is an error, W a warning."""
    return {"E": Severity.ERROR, "W": Severity.WARNING}[code[0]]
