"""What is different between two answers to one row, in words: value, detail, provider, what cannot be said, stance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from phrom.rules.instrument.model import Question
from phrom.rules.scoring.sheet import Answer, Stance
from phrom.rules.scoring.words import detail_in_words, provider_in_words, value_in_words

STANCES = {Stance.CONFIRMS: "ยืนยันตามหน่วยงานหลัก", Stance.ADDS: "เพิ่มเติม", Stance.DIFFERS: "เห็นต่าง", Stance.NONE: ""}


@dataclass(frozen=True)
class Change:
    """One part of an answer as it was and as it is; empty words where nothing was said."""

    part: str
    before: str
    after: str


def changes(question: Question, before: Answer, after: Answer) -> tuple[Change, ...]:
    """The parts that differ, in the order in which they are asked; none when both say the same."""
    said = ((part, words(question, before), words(question, after)) for part, words in PARTS.items())
    return tuple(Change(part, old, new) for part, old, new in said if old != new)


def _value(question: Question, answer: Answer) -> str:
    """The value without what is said elsewhere."""
    bare = replace(answer, cannot="", stance=Stance.NONE)
    return value_in_words(question, bare) if answer.value is not None else ""


PARTS: dict[str, Callable[[Question, Answer], str]] = {
    "คำตอบ": _value,
    "รายละเอียด": detail_in_words,
    "ผู้จัดหา": lambda question, answer: provider_in_words(answer),
    "ตอบไม่ได้เพราะ": lambda question, answer: answer.cannot,
    "ท่าทีต่อหน่วยงานหลัก": lambda question, answer: STANCES[answer.stance],
}
