"""Last year's answer as this year's row would have it: what may be laid beside it, never what counts.

A person confirms it or does not. Evidence is never carried: it belongs to its days.
"""

from __future__ import annotations

from dataclasses import replace

from phrom.rules.instrument.crosswalk import Match, Relation
from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.claims import answered, positive
from phrom.rules.scoring.sheet import Answer, Stance, Value


def carried(before: Question, after: Question, match: Match, answer: Answer) -> Answer | None:
    """What of the earlier answer fits the later row; None for nothing.

    equal: all of it. subset (the later row asks for less): "none" stays none, of a "yes" only its words. superset (asks for
    more): "yes" stays yes, of a "none" nothing. changed: its words alone. Ticks follow the option map; counts, percents, days
    and addresses are carried only where the rows are equal.
    """
    if not answer.given or match.relation in (Relation.NEW, Relation.REMOVED):
        return None
    words = _words(before, after, answer)
    kept = _value(after, match, answer.value) if _value_holds(match.relation, after, answer.value) else None
    if match.relation is Relation.EQUAL:
        found = replace(answer, value=kept, detail=words.detail, proofs=(), items=(), stance=Stance.NONE)
    elif kept is not None:
        found = replace(words, value=kept, provider=answer.provider)
    else:
        found = words
    return found if found.given or found.detail not in (None, "") else None


def _value_holds(relation: Relation, after: Question, value: Value) -> bool:
    """Whether last year's value is still true of the later row."""
    if relation is Relation.EQUAL:
        return True
    if relation is Relation.CHANGED or not answered(value) or after.kind not in (Kind.YES_NO, Kind.MANY):
        return False
    return positive(value) if relation is Relation.SUPERSET else (not positive(value) or after.kind is Kind.MANY)


def _value(after: Question, match: Match, value: Value) -> Value:
    if after.kind is not Kind.MANY or not isinstance(value, tuple):
        return value
    known = {choice.code for choice in after.choices}
    mapped = {match.option(code) for code in value}
    return tuple(choice.code for choice in after.choices if choice.code in mapped & known)


def _words(before: Question, after: Question, answer: Answer) -> Answer:
    """The texts alone: a text row's own, and the detail where both rows ask for one of the same kind."""
    same_detail = bool(before.detail and after.detail and before.detail.kind is after.detail.kind)
    text = answer.value if before.kind is after.kind is Kind.TEXT else None
    return Answer(value=text, detail=answer.detail if same_detail else None)
