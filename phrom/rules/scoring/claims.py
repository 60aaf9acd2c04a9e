"""What one answer claims: does it fit its row, how much does it count, who provides it, is it proved.

`amount` is a whole number of `steps`: the one scale that marks of one body and of many bodies share, so both are exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from phrom.rules.instrument.model import EvidenceSlot, Kind, Question
from phrom.rules.scoring.rounding import two_places
from phrom.rules.scoring.sheet import Answer, Proof, Provider, Value
from phrom.rules.scoring.windows import Place, place

PERCENT_STEPS = 10_000
URL = re.compile(r"https?://[^\s/?#.]+\.[^\s]+", re.IGNORECASE)
Meter = Callable[[Value], int]


def fits(question: Question, value: Value) -> bool:
    """True when the value is of the row's kind; True and False are no numbers."""
    match question.kind:
        case Kind.YES_NO:
            return isinstance(value, bool)
        case Kind.MANY:
            return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
        case Kind.COUNT:
            return type(value) is int
        case Kind.PERCENT:
            return isinstance(value, Decimal) or type(value) is int
        case Kind.DATE:
            return isinstance(value, date)
        case Kind.URL | Kind.TEXT:
            return isinstance(value, str)
        case Kind.HEADING:
            return False


def in_range(question: Question, value: Value) -> bool:
    """True for a fitting value that can be: a percent from 0 to 100, a count from 0, a web address that is one (or empty)."""
    if question.kind is Kind.PERCENT:
        return isinstance(value, (int, Decimal)) and Decimal(value).is_finite() and 0 <= value <= 100
    if question.kind is Kind.URL:
        return isinstance(value, str) and (not value.strip() or URL.fullmatch(value.strip()) is not None)
    return question.kind is not Kind.COUNT or (isinstance(value, int) and value >= 0)


def steps(question: Question) -> int:
    """How many equal steps lead to all points of the row."""
    if question.kind is Kind.PERCENT:
        return PERCENT_STEPS
    if question.kind in (Kind.MANY, Kind.COUNT) and question.points:
        return question.points.full_at
    return 1


def meter(question: Question) -> Meter:
    """A function from a value to its steps, 0 for nothing, for no, and for what does not fit or cannot be."""
    full = steps(question)
    match question.kind:
        case Kind.YES_NO:
            return lambda value: int(value is True)
        case Kind.MANY:
            known = frozenset(choice.code for choice in question.choices)
            return lambda value: min(len(known.intersection(value)), full) if isinstance(value, tuple) else 0
        case Kind.COUNT:
            return lambda value: max(0, min(value, full)) if type(value) is int else 0
        case Kind.PERCENT:
            return lambda value: _percent_steps(question, value)
        case Kind.URL:
            return lambda value: int(isinstance(value, str) and URL.fullmatch(value.strip()) is not None)
        case Kind.TEXT:
            return lambda value: int(isinstance(value, str) and bool(value.strip()))
        case Kind.DATE:
            return lambda value: int(isinstance(value, date))
        case Kind.HEADING:
            return lambda value: 0


def _percent_steps(question: Question, value: Value) -> int:
    if isinstance(value, (int, Decimal)) and fits(question, value) and in_range(question, value):
        return int(two_places(value) * 100)
    return 0


def parent_alone(question: Question, answer: Answer) -> bool:
    """True when the row asks for what is beyond the parent department and the answer names only the parent's."""
    return question.beyond_parent_department and answer.provider is Provider.PARENT


def amount(question: Question, answer: Answer) -> int:
    """The answer's steps, from 0 to `steps(question)`. What the parent department alone provides counts 0 on a beyond row."""
    return 0 if parent_alone(question, answer) else meter(question)(answer.value)


def answered(value: Value) -> bool:
    """True when there is a value, be it no or an empty list."""
    return value is not None and value != ""


def positive(value: Value) -> bool:
    """True when the value says that there is something: yes, one tick or more, a number above zero, a date, a text."""
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def missing_slots(question: Question, answer: Answer) -> tuple[EvidenceSlot, ...]:
    """Required evidence that is not there. A loose proof (no slot named) fills the first slot that is still empty.

    Evidence that lies wholly outside the row's window proves nothing about it (`windows`).
    """
    proofs = [proof for proof in answer.proofs if inside_window(question, proof)]
    named = {proof.slot for proof in proofs if proof.slot}
    empty = [slot for slot in question.evidence if slot.required and slot.code not in named]
    return tuple(empty[sum(1 for proof in proofs if not proof.slot) :])


def inside_window(question: Question, proof: Proof) -> bool:
    """True unless the proof lies wholly outside the row's window; partly and without a day it proves, with a warning."""
    return place(question.window, proof) is not Place.OUTSIDE
