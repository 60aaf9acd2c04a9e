"""What goes into the boxes of the surveyor's portal, line by line in its order, and whether it fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from phrom.rules.instrument.model import Edition
from phrom.rules.instrument.portal import Portal
from phrom.rules.scoring.sheet import Answer
from phrom.rules.scoring.words import detail_in_words, value_in_words


@dataclass(frozen=True)
class RekeyLine:
    """One line: what is pasted and how long it may be (None: nobody knows)."""

    code: str
    text: str
    answer: str
    limit: int | None
    answered: bool

    @property
    def length(self) -> int:
        """Characters as browsers count them in a box: UTF-16 units."""
        return len(self.answer.encode("utf-16-le")) // 2

    @property
    def over(self) -> int:
        """How many characters are too many; nothing is ever cut."""
        return max(0, self.length - self.limit) if self.limit else 0


def rekey_lines(edition: Edition, portal: Portal, answers: Mapping[str, Answer]) -> Iterator[RekeyLine]:
    """Every asked row in the portal's order with the words that go into its box: the answer, below it its detail."""
    for row in portal.rows:
        question, answer = edition.by_code[row.code], answers[row.code]
        words = "\n".join(part for part in (value_in_words(question, answer), detail_in_words(question, answer)) if part)
        yield RekeyLine(row.code, question.text, words, portal.limit_of(row, question.kind), answer.given)
