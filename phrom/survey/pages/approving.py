"""The head's page: every row that waits for her, with answer, evidence, checks and what changed. Ten queries at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from phrom.agencies.models import Agency
from phrom.rules.scoring.checks import Problem
from phrom.rules.scoring.words import in_words
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import days_left, thai_when
from phrom.survey.actions.reviewing import seen_marks
from phrom.survey.actions.submitting import Standing, standing
from phrom.survey.models import AnswerVersion, Ask, AskState, EvidenceLink, Review, Round
from phrom.survey.pages.answering import Sheet
from phrom.survey.pages.changes import LEFT_ITS_WRITER, Since, since_last
from phrom.survey.pages.papers import Paper, papers_of
from phrom.survey.pages.review import OFF_PATH, value_of


@dataclass(frozen=True)
class WaitingRow:
    """One row that waits. `seen` goes back with the word on it; `prepared` says who laid it before the head and when."""

    standing: Standing
    said: str
    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]
    since: Since | None
    seen: str
    prepared: str


@dataclass(frozen=True)
class ApprovalPage:
    """What the head sees. `unsent` rows are still with those who answer."""

    round: Round
    agency: Agency
    rows: tuple[WaitingRow, ...]
    unsent: int
    sent: int
    deadline: date
    days: int

    @property
    def clean(self) -> int:
        """Rows that may go."""
        return sum(row.standing.approvable for row in self.rows)


def approval_page(sheet: Sheet, at: datetime) -> ApprovalPage:
    """The rows of this agency that wait for its head today."""
    waiting = [ask for ask in sheet.asks.values() if ask.state == AskState.WITH_HEAD]
    rows = standing(round=sheet.round, agency=sheet.agency, today=local_date(at)) if waiting else ()
    sent = sum(ask.state in (AskState.SUBMITTED, AskState.ACCEPTED) for ask in sheet.asks.values())
    return ApprovalPage(
        round=sheet.round,
        agency=sheet.agency,
        rows=_rows(sheet, [row for row in rows if row.ask.state == AskState.WITH_HEAD]),
        unsent=len(sheet.asks) - len(waiting) - sent,
        sent=sent,
        deadline=sheet.deadline,
        days=days_left(sheet.deadline, local_date(at)),
    )


def _rows(sheet: Sheet, waiting: list[Standing]) -> tuple[WaitingRow, ...]:
    if not waiting:
        return ()
    asks = [row.ask.pk for row in waiting]
    marks = seen_marks(Ask.objects.filter(pk__in=asks))
    steps = _by_ask(Review.objects.filter(ask__in=asks).select_related("by").order_by("id"))
    versions = _by_ask(AnswerVersion.objects.filter(ask__in=asks))
    links = _by_ask(EvidenceLink.objects.filter(ask__in=asks).select_related("evidence"))
    papers = _by_ask(EvidenceLink.objects.standing().filter(ask__in=asks))
    return tuple(
        WaitingRow(
            standing=row,
            said=in_words(row.question, value_of(sheet.edition, row.ask)) if row.asked else OFF_PATH,
            papers=papers_of(papers[row.ask.pk], row.question),
            problems=row.problems,
            since=since_last(
                sheet.edition,
                row.ask.code,
                steps=steps[row.ask.pk],
                versions=versions[row.ask.pk],
                links=links[row.ask.pk],
                kinds=LEFT_ITS_WRITER,
            ),
            seen=marks[row.ask.pk],
            prepared=_prepared(steps[row.ask.pk]),
        )
        for row in waiting
    )


def _prepared(steps: list[Review]) -> str:
    return f"{steps[-1].by.name} เสนอเมื่อ {thai_when(steps[-1].at)}" if steps else ""


def _by_ask(rows: Iterable[Any]) -> dict[int, list[Any]]:
    gathered: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        gathered[row.ask_id].append(row)
    return gathered
