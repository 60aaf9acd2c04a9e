"""One row on the reviewer's desk: answer, evidence, checks and history side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.letters.sent import Sent
from phrom.rules.instrument.model import Edition, Question
from phrom.rules.scoring.checks import Problem, Severity
from phrom.rules.scoring.claims import positive
from phrom.rules.scoring.words import in_words
from phrom.shared.thai.dates import thai_when
from phrom.survey.actions.reviewing import seen_of
from phrom.survey.actions.submitting import standing
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerVersion, Ask, AskState, EvidenceLink, Review, ReviewKind
from phrom.survey.models.inquiries import any_inquiry
from phrom.survey.models.scopes import asks_within
from phrom.survey.pages.changes import Since, since_last
from phrom.survey.pages.heads import RoundHead, round_head
from phrom.survey.pages.letters import letters_of, may_write
from phrom.survey.pages.papers import Expected, Paper, expected_of, papers_of, window_words
from phrom.survey.pages.review import OFF_PATH, url_at, value_of, waiting_asks
from phrom.survey.pages.row_inquiries import Thread, inquired, threads_of
from phrom.survey.sheets import answer_of

STEPS = {
    ReviewKind.PREPARED: "with_head",
    ReviewKind.TAKEN_BACK: "returned",
    ReviewKind.SUBMITTED: "submitted",
    ReviewKind.RETURNED: "returned",
    ReviewKind.ACCEPTED: "accepted",
    ReviewKind.REOPENED: "returned",
}


@dataclass(frozen=True)
class Step:
    """One step of a row's history: a version that was saved, or a review."""

    when: str
    who: str
    kind: str
    word: str
    text: str


@dataclass(frozen=True)
class ReviewPage:
    """One row. `seen` goes back with the decision; `place` is its number among the `waiting` ones, 0 when it does not wait."""

    head: RoundHead
    ask: Ask
    question: Question
    state_word: str
    said: str
    saved: str
    papers: tuple[Paper, ...]
    missing: tuple[Expected, ...]
    window: str
    problems: tuple[Problem, ...]
    history: tuple[Step, ...]
    since: Since | None
    threads: tuple[Thread, ...]
    sent: Sent | None
    may_write: bool
    seen: str
    previous_url: str
    next_url: str
    place: int
    waiting: int

    @property
    def can_decide(self) -> bool:
        """True while the row waits for a decision in an open round."""
        return self.ask.state == AskState.SUBMITTED and not self.closed

    @property
    def can_reopen(self) -> bool:
        """True for an accepted row of an open round."""
        return self.ask.state == AskState.ACCEPTED and not self.closed

    @property
    def sent_back(self) -> Step | None:
        """The step that sent the row back, while it is with the agency for that reason."""
        if self.ask.state != AskState.RETURNED:
            return None
        return next((step for step in self.history if step.kind == "returned"), None)

    @property
    def closed(self) -> bool:
        """True when nothing of the row may change: the round is frozen, or the row was taken from this agency."""
        return bool(self.head.frozen) or self.ask.withdrawn_at is not None


def review_page(access: Access, ask_id: int, today: date) -> ReviewPage:
    """One row; 404 for an ask of elsewhere. The number of queries does not depend on the size of the round."""
    asks = asks_within(access, "answer.review").select_related("answer__by", "round__frozen_by")
    ask = get_object_or_404(asks.annotate(inquired=any_inquiry()), pk=ask_id)
    edition = edition_of(ask.round.survey)
    question = edition.by_code[ask.code]
    papers = papers_of(EvidenceLink.objects.standing().filter(ask=ask), question)
    links = EvidenceLink.objects.filter(ask=ask).select_related("evidence")
    reviews = list(Review.objects.filter(ask=ask).select_related("by"))
    versions = list(AnswerVersion.objects.filter(ask=ask).select_related("by"))
    asked, problems = _findings(ask, today)
    queue = list(waiting_asks(ask.round).values_list("pk", flat=True))
    place = queue.index(ask.pk) if ask.pk in queue else -1
    answer = ask.answer if hasattr(ask, "answer") else None
    value = value_of(edition, ask)
    wanted = expected_of(question, papers) if positive(value.value) else ()
    return ReviewPage(
        head=round_head(ask.round, access, "review", today),
        ask=ask,
        question=question,
        state_word=str(AskState(ask.state).label),
        said=in_words(question, value) if asked or answer else OFF_PATH,
        saved=f"{answer.by.name} บันทึกเมื่อ {thai_when(answer.at)}" if answer else "",
        papers=papers,
        missing=tuple(each for each in wanted if not each.there),
        window=window_words(question),
        problems=problems,
        history=_history(edition, ask, versions, reviews),
        since=since_last(edition, ask.code, steps=reviews, versions=versions, links=links) if _is_sent(ask) else None,
        threads=threads_of([ask], may_speak=not ask.round.is_frozen).get(ask.pk, ()) if inquired([ask]) else (),
        sent=_told(ask),
        may_write=may_write(access, ask.round),
        seen=seen_of(ask),
        previous_url=url_at(queue, place - 1) if place > 0 else "",
        next_url=url_at(queue, place + 1) if place >= 0 else url_at(queue, 0),
        place=place + 1,
        waiting=len(queue),
    )


def _findings(ask: Ask, today: date) -> tuple[bool, tuple[Problem, ...]]:
    """Whether the row is asked under the agency's other answers, and what the checks say, errors first."""
    for row in standing(round=ask.round, agency=ask.agency, today=today):
        if row.ask.pk == ask.pk:
            return row.asked, tuple(sorted(row.problems, key=lambda problem: problem.severity is not Severity.ERROR))
    return False, ()


def _is_sent(ask: Ask) -> bool:
    return ask.state in (AskState.SUBMITTED, AskState.ACCEPTED)


def _told(ask: Ask) -> Sent | None:
    """The newest letter to the agency, where the row came back: does the agency know on paper?"""
    return letters_of(ask.round, [ask.agency_id]).get(ask.agency_id) if ask.state == AskState.RETURNED else None


def _history(edition: Edition, ask: Ask, versions: Iterable[AnswerVersion], reviews: Iterable[Review]) -> tuple[Step, ...]:
    """Versions and reviews together, the newest first."""
    steps = [(each.at, 0, _saved(edition, ask, each)) for each in versions]
    steps += [(each.at, 1, _reviewed(each)) for each in reviews]
    return tuple(step for _, _, step in sorted(steps, key=lambda each: each[:2], reverse=True))


def _saved(edition: Edition, ask: Ask, version: AnswerVersion) -> Step:
    said = in_words(edition.by_code[ask.code], answer_of(edition, ask.code, version.content))
    return Step(thai_when(version.at), version.by.name, "open", f"บันทึกครั้งที่ {version.version}", said)


def _reviewed(review: Review) -> Step:
    kind = ReviewKind(review.kind)
    return Step(thai_when(review.at), review.by.name, STEPS[kind], str(kind.label), review.reason)
