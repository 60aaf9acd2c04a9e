"""Three readings of the same answers: what is claimed, what of it is proved, what of it was accepted.

The third is the official one and is the merge of the accepted sheets; the other two show how far words and papers reach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from phrom.rules.instrument.model import Edition, Question
from phrom.rules.scoring.claims import missing_slots, positive
from phrom.rules.scoring.merge import Merged, merge
from phrom.rules.scoring.scorecard import Scorecard
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet


@dataclass(frozen=True)
class ThreeScores:
    """The same questionnaire scored three times. `reviewed` is the one that counts."""

    claimed: Scorecard
    evidenced: Scorecard
    reviewed: Scorecard


def proved(question: Question, answer: Answer) -> bool:
    """True unless something is claimed whose required evidence is missing or lies outside the row's window."""
    return not positive(answer.value) or not missing_slots(question, answer)


def proved_only(edition: Edition, sheet: AnswerSheet) -> AnswerSheet:
    """The sheet without the claims that are not proved; a no, a cannot and a confirmation need no proof."""
    by_code = edition.by_code
    kept = {code: answer for code, answer in sheet.answers.items() if code not in by_code or proved(by_code[code], answer)}
    return AnswerSheet(kept)


def claimed(edition: Edition, sheets: Sequence[AgencySheet], overrides: Mapping[str, Answer] | None = None) -> Merged:
    """The provincial answers if every word of these sheets were proved."""
    return merge(edition, sheets, overrides, on_its_word=True)


def evidenced(edition: Edition, sheets: Sequence[AgencySheet], overrides: Mapping[str, Answer] | None = None) -> Merged:
    """The provincial answers from the proved claims of these sheets alone; the province's own decisions need proof too."""
    decided = {code: answer for code, answer in (overrides or {}).items() if proved(edition.by_code[code], answer)}
    return merge(edition, [replace(each, sheet=proved_only(edition, each.sheet)) for each in sheets], decided)
