"""What the script is told after evidence was attached or taken away: the row's evidence as it now stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from phrom.rules.instrument.model import Question
from phrom.survey.actions.answering import question_of
from phrom.survey.models import Ask, EvidenceLink
from phrom.survey.pages.papers import Expected, Paper, expected_of, papers_of


@dataclass(frozen=True)
class EvidenceList:
    """A row's evidence: what is there, and what is expected."""

    ask_id: int
    papers: tuple[Paper, ...]
    expected: tuple[Expected, ...]
    editable: bool
    question: Question
    claims: bool = True


def evidence_list(ask: Ask) -> EvidenceList:
    """The row's evidence: one query."""
    question = question_of(ask)
    links = EvidenceLink.objects.standing().filter(ask=ask)
    papers = papers_of(links, question)
    return EvidenceList(ask.pk, papers, expected_of(question, papers), ask.editable, question)


def evidence_reply(ask: Ask, words: str) -> dict[str, Any]:
    """`html` is the list anew, escaped by the template; `words` says what happened; `count` is how many there are."""
    found = evidence_list(ask)
    return {
        "words": words,
        "count": len(found.papers),
        "html": render_to_string("survey/answering/evidence_list.html", {"row": found}),
    }
