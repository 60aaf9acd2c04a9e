"""Last year's text beside a row: what it says, and how the rows belong together. It does not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phrom.rules.instrument.crosswalk import WORDS, Relation
from phrom.rules.instrument.model import Edition, Question
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.words import detail_in_words, in_words
from phrom.survey.models import Ask, CarriedAnswer


@dataclass(frozen=True)
class Carried:
    """The text, the year and row it comes from, the crosswalk's word; `editable` where it may be used or put away."""

    words: str
    year: int
    code: str
    relation: str
    partial: bool
    editable: bool


def carried_beside(asks: Sequence[Ask], edition: Edition, *, frozen: bool) -> dict[int, Carried]:
    """The texts beside these asks, by ask id: one query, none where no ask has one."""
    having = [ask for ask in asks if getattr(ask, "carries", False)]
    if not having:
        return {}
    editable = {ask.pk: ask.editable and not frozen for ask in having}
    codes = {ask.pk: ask.code for ask in having}
    return {
        laid.ask_id: _carried(laid, edition.by_code[codes[laid.ask_id]], editable[laid.ask_id])
        for laid in CarriedAnswer.objects.filter(ask__in=having, settled_at=None)
    }


def _carried(laid: CarriedAnswer, question: Question, editable: bool) -> Carried:
    answer = answer_from_json(question, laid.content)
    words = in_words(question, answer) if answer.given else detail_in_words(question, answer)
    return Carried(words, laid.from_year, laid.from_code, WORDS[Relation(laid.relation)], not answer.given, editable)
