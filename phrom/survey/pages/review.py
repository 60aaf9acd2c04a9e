"""The reviewer's queue: who has sent what, one agency at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.letters.sent import Sent
from phrom.rules.instrument.model import Edition, Pillar, Question
from phrom.rules.scoring.sheet import Answer as AnswerValue
from phrom.rules.scoring.words import in_words
from phrom.shared.thai.dates import thai_when
from phrom.survey.actions.reviewing import seen_marks
from phrom.survey.actions.submitting import standing
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round
from phrom.survey.models.inquiries import waits_for_agency, waits_for_reviewer
from phrom.survey.pages.heads import RoundHead, round_head
from phrom.survey.pages.letters import letters_of, may_write
from phrom.survey.sheets import answer_of

OFF_PATH = "ไม่ต้องตอบ เพราะไม่เข้าเงื่อนไขของข้อนี้"


@dataclass(frozen=True)
class AgencyLine:
    """One agency in the side list, with how many of its rows wait and were accepted."""

    id: int
    name: str
    waiting: int
    accepted: int
    asks: int
    returned: int
    inquired: int
    told: int
    here: bool = False


@dataclass(frozen=True)
class QueueRow:
    """One sent row: `seen` goes back with the bulk form; `errors` keep it out of a bulk acceptance."""

    ask_id: int
    question: Question
    said: str
    proofs: int
    seen: str
    errors: int
    warnings: int
    sent: str


@dataclass(frozen=True)
class QueuePage:
    """What waits for review."""

    head: RoundHead
    agencies: tuple[AgencyLine, ...]
    agency: Agency | None
    pillars: tuple[Pillar, ...]
    pillar: str
    rows: tuple[QueueRow, ...]
    answered: tuple[Ask, ...]
    sent: Sent | None
    may_write: bool

    @property
    def returned(self) -> int:
        """Rows that are with agencies again."""
        return sum(line.returned for line in self.agencies)

    @property
    def here(self) -> AgencyLine | None:
        """The line of the agency that is shown."""
        return next((line for line in self.agencies if line.here), None)

    @property
    def clean(self) -> int:
        """Rows shown that have no error: what a bulk acceptance would take."""
        return sum(not row.errors for row in self.rows)

    @property
    def waiting(self) -> int:
        """Rows that wait at all agencies."""
        return sum(line.waiting for line in self.agencies)

    @property
    def accepted(self) -> int:
        """Rows accepted at all agencies."""
        return sum(line.accepted for line in self.agencies)

    @property
    def asks(self) -> int:
        """Rows put to all agencies."""
        return sum(line.asks for line in self.agencies)


def queue_page(round: Round, access: Access, today: date, *, agency: str = "", pillar: str = "") -> QueuePage:
    """Nine queries at most, seven where nothing came back and nothing was answered.

    Without a choice the first agency with something waiting is shown; a foreign agency is none.
    """
    edition = edition_of(round.survey)
    lines = _lines(round)
    chosen = next((line for line in lines if str(line.id) == agency), None)
    chosen = chosen or next((line for line in lines if line.waiting), None)
    shown = Agency.objects.filter(pk=chosen.id).first() if chosen else None
    rows = _rows(round, edition, shown, today) if shown else ()
    pillar = pillar if any(row.question.pillar == pillar for row in rows) else ""
    return QueuePage(
        head=round_head(round, access, "review", today),
        agencies=tuple(replace(line, here=line is chosen) for line in lines),
        agency=shown,
        pillars=tuple(each for each in edition.pillars if any(row.question.pillar == each.code for row in rows)),
        pillar=pillar,
        rows=tuple(row for row in rows if not pillar or row.question.pillar == pillar),
        answered=_answered(round) if any(line.told for line in lines) else (),
        sent=letters_of(round, [chosen.id]).get(chosen.id) if chosen and chosen.returned else None,
        may_write=may_write(access, round),
    )


def _answered(round: Round) -> tuple[Ask, ...]:
    """Rows whose inquiry the agency answered and the reviewer has not closed."""
    asks = Ask.objects.filter(waits_for_reviewer(), round=round, withdrawn_at=None).select_related("agency")
    return tuple(asks.order_by("agency__position", "agency__name", "position"))


def waiting_asks(round: Round) -> QuerySet[Ask]:
    """Rows that wait for review, agency by agency in printed order: the order of previous and next."""
    sent = Ask.objects.filter(round=round, withdrawn_at=None, state=AskState.SUBMITTED)
    return sent.order_by("agency__position", "agency__name", "position")


def next_waiting(round: Round, after: Ask) -> str:
    """Where a reviewer goes after deciding: the next row of the same agency, then any other, else the queue."""
    asks = waiting_asks(round).exclude(pk=after.pk)
    same = asks.filter(agency=after.agency)
    following = same.filter(position__gt=after.position).first() or same.first() or asks.first()
    return reverse("review_ask", args=[following.pk]) if following else reverse("review", args=[round.pk])


def url_at(queue: Sequence[int], place: int) -> str:
    """The address of the row at a place of the queue; empty outside it."""
    return reverse("review_ask", args=[queue[place]]) if 0 <= place < len(queue) else ""


def value_of(edition: Edition, ask: Ask) -> AnswerValue:
    """The stored answer as a value; an empty one when there is none."""
    return answer_of(edition, ask.code, ask.answer.content) if hasattr(ask, "answer") else AnswerValue()


def _lines(round: Round) -> list[AgencyLine]:
    asks = Ask.objects.filter(round=round, withdrawn_at=None).order_by()
    rows = asks.values_list("agency_id", "agency__name").annotate(
        waiting=Count("id", filter=Q(state=AskState.SUBMITTED)),
        accepted=Count("id", filter=Q(state=AskState.ACCEPTED)),
        asks=Count("id"),
        returned=Count("id", filter=Q(state=AskState.RETURNED)),
        inquired=Count("id", filter=waits_for_agency()),
        told=Count("id", filter=waits_for_reviewer()),
    )
    return [AgencyLine(*row) for row in rows.order_by("agency__position", "agency__name")]


def _rows(round: Round, edition: Edition, agency: Agency, today: date) -> tuple[QueueRow, ...]:
    asks = Ask.objects.filter(round=round, agency=agency, state=AskState.SUBMITTED, withdrawn_at=None)
    marks = seen_marks(asks)
    sent = dict(Review.objects.filter(ask__in=asks, kind=ReviewKind.SUBMITTED).order_by("id").values_list("ask_id", "at"))
    kept = Count("evidence_links", filter=Q(evidence_links__removed_at=None))
    proofs = dict(asks.order_by().values_list("pk").annotate(kept=kept))
    return tuple(
        QueueRow(
            ask_id=row.ask.pk,
            question=row.question,
            said=in_words(row.question, value_of(edition, row.ask)) if row.asked else OFF_PATH,
            proofs=proofs[row.ask.pk],
            seen=marks[row.ask.pk],
            errors=len(row.errors),
            warnings=len(row.warnings),
            sent=thai_when(sent[row.ask.pk]) if row.ask.pk in sent else "",
        )
        for row in standing(round=round, agency=agency, today=today)
        if row.ask.pk in marks
    )
