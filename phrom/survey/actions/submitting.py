"""Sending an agency's answers to the coordinator: what is ready goes, what is not stays with the reason why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.model import Question
from phrom.rules.scoring.checks import Problem, Severity, check
from phrom.rules.scoring.path import codes_of, on_path
from phrom.rules.scoring.sheet import NOTHING, Answer, AnswerSheet
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.mandate import answer_when_all_is_sent
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, EvidenceLink, Review, ReviewKind, Round
from phrom.survey.models.deadlines import deadline_of
from phrom.survey.sheets import ALL, answers_of


class NothingToSubmit(Refusal):
    """No row is ready to be sent: all were sent, or none is complete."""

    def __init__(self) -> None:
        super().__init__(
            "ยังไม่มีข้อที่พร้อมส่ง หรือส่งไปหมดแล้ว สิ่งที่บันทึกไว้ยังอยู่ครบ กรุณาดูรายการข้อที่ยังขาดในหน้านี้",
            "No row is ready to be sent, or all were sent already. What was saved is safe. See what is missing on the page.",
        )


@dataclass(frozen=True)
class Standing:
    """One row before sending. `asked` is False off the path: nothing is to be answered, it goes along.

    `returned` is the step that sent it back, where nothing was changed since: it goes only when somebody says "as it is".
    """

    ask: Ask
    question: Question
    asked: bool
    decided: bool
    problems: tuple[Problem, ...]
    returned: Review | None = None
    answer: Answer = NOTHING

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be put right first."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is worth a look."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)

    @property
    def sendable(self) -> bool:
        """True when the rules let it go."""
        return self.ask.editable and self.decided and not self.errors

    @property
    def approvable(self) -> bool:
        """True when it waits for the agency's head and the rules let it go."""
        return self.ask.state == AskState.WITH_HEAD and self.decided and not self.errors

    @property
    def ready(self) -> bool:
        """True when it may be sent now without a further word."""
        return self.sendable and self.returned is None


def standing(*, round: Round, agency: Agency, today: date) -> tuple[Standing, ...]:
    """Every row of an agency with what its rules say, in printed order: two queries, two more where rows came back."""
    edition = edition_of(round.survey)
    found = answers_of(round, edition, agency=agency)
    sheets = found.sheets(ALL)
    sheet = sheets[0].sheet if sheets else AnswerSheet()
    codes = frozenset(ask.code for ask in found.asks)
    problems: dict[str, list[Problem]] = defaultdict(list)
    for problem in check(edition, sheet, asked=codes, today=today):
        problems[problem.row].append(problem)
    path = on_path(edition, sheet, codes)
    rows = [(ask, edition.by_code[ask.code]) for ask in found.asks if ask.code in edition.by_code]
    untouched = _untouched([ask for ask in found.asks if ask.state == AskState.RETURNED])
    return tuple(
        Standing(
            ask,
            row,
            row.code in path,
            _decided(row, sheet, codes, path),
            tuple(problems[row.code]),
            untouched.get(ask.pk),
            sheet.get(row.code),
        )
        for ask, row in rows
    )


@transaction.atomic
def submit_answers(*, round: Round, agency: Agency, by: Person, at: datetime, as_it_is: Collection[int] = ()) -> list[Review]:
    """Send every ready row of the agency and return the steps. Refuses RoundClosed and NothingToSubmit.

    `as_it_is` names asks that came back and go again without a change, because somebody decided so. Where the agency's head
    approves first, what others send waits there (PREPARED); where that was switched off, what waited goes along.
    """
    refuse_when_frozen(round)
    held = list(Ask.objects.select_for_update(of=("self",)).filter(round=round, agency=agency).order_by("pk"))
    found = standing(round=round, agency=agency, today=local_date(at)) if held else ()
    head_first = Agency.objects.filter(pk=agency.pk, head_approves=True).exists()
    rows = [row for row in found if row.ready or (row.sendable and row.ask.pk in as_it_is)]
    rows += [row for row in found if row.approvable and not head_first]
    if not rows:
        raise NothingToSubmit
    if head_first and not access_of(by, local_date(at)).can("answer.approve", agency):
        return _prepare(round, agency, rows, by, at)
    return send(round=round, agency=agency, rows=rows, approved=False, by=by, at=at)


def send(*, round: Round, agency: Agency, rows: Sequence[Standing], approved: bool, by: Person, at: datetime) -> list[Review]:
    """These rows leave the agency now, in the caller's transaction: states, steps, the journal with lateness, the follow-up."""
    steps = _step(rows, AskState.SUBMITTED, ReviewKind.SUBMITTED, by, at)
    late = local_date(at) > deadline_of(round, agency)
    details: dict[str, object] = {"agency": agency.code, "codes": [row.ask.code for row in rows], "late": late}
    event = "answers.approved" if approved else "answers.submitted"
    record(event, by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    answer_when_all_is_sent(round=round, agencies=[agency.pk], by=by, at=at)
    return steps


def _prepare(round: Round, agency: Agency, rows: Sequence[Standing], by: Person, at: datetime) -> list[Review]:
    """These rows go to the agency's head and nowhere else."""
    steps = _step(rows, AskState.WITH_HEAD, ReviewKind.PREPARED, by, at)
    details: dict[str, object] = {"agency": agency.code, "codes": [row.ask.code for row in rows]}
    record("answers.prepared", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return steps


def _step(rows: Sequence[Standing], state: AskState, kind: ReviewKind, by: Person, at: datetime) -> list[Review]:
    Ask.objects.filter(pk__in=[row.ask.pk for row in rows]).update(state=state)
    return Review.objects.bulk_create(Review(ask=row.ask, kind=kind, version=_version(row.ask), by=by, at=at) for row in rows)


def _untouched(asks: Sequence[Ask]) -> dict[int, Review]:
    """The step that sent each ask back, for those whose answer and evidence are as they were then."""
    if not asks:
        return {}
    steps = Review.objects.filter(ask__in=asks).newest_by_ask()
    touched = dict(
        EvidenceLink.objects.filter(ask__in=asks)
        .values_list("ask")
        .annotate(last=Max(Coalesce("removed_at", "changed_at", "added_at")))
        .values_list("ask", "last")
    )
    last = {
        ask.pk: max(filter(None, (touched.get(ask.pk), ask.answer.at if hasattr(ask, "answer") else None)), default=None)
        for ask in asks
    }
    return {pk: step for pk, step in steps.items() if (when := last[pk]) is None or when <= step.at}


def _version(ask: Ask) -> int:
    return ask.answer.version if hasattr(ask, "answer") else 0


def _decided(row: Question, sheet: AnswerSheet, asked: frozenset[str], path: frozenset[str]) -> bool:
    """True when it is settled whether the row is asked: the rows its condition looks at are answered or not asked either."""
    return all(sheet.get(code).given or code not in path for code in codes_of(row.asked_when) & asked)
