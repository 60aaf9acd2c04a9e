"""The rows behind one agency's line, or one cell, of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, AgencyKind
from phrom.letters.sent import Sent
from phrom.rules.instrument.model import Edition, Pillar, Question
from phrom.rules.scoring.words import NOT_ANSWERED, in_words
from phrom.shared.thai.dates import thai_when
from phrom.survey.actions.mandate import SENT
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Round
from phrom.survey.pages.heads import RoundHead, round_head
from phrom.survey.pages.letters import letters_of, may_write
from phrom.survey.sheets import answer_of

NOT_YET = (AskState.OPEN, AskState.WITH_HEAD)


@dataclass(frozen=True)
class RowLine:
    """One row at one agency. `said` is empty for readers who may not see answers; `url` where there is no page for them."""

    question: Question
    lead: bool
    kind: str
    word: str
    said: str
    when: str
    proofs: int
    url: str


@dataclass(frozen=True)
class CellPage:
    """An agency's rows of one pillar, or all of them."""

    head: RoundHead
    agency: Agency
    pillars: tuple[Pillar, ...]
    pillar: Pillar | None
    rows: tuple[RowLine, ...]
    may_read: bool
    open_url: str
    may_write: bool
    may_remind: bool
    owed: int
    returned: int
    sent: Sent | None


def cell_page(round: Round, access: Access, today: date, *, agency_id: int, pillar: str = "") -> CellPage:
    """Four queries: the agency (404 when it is not of this round's body), its asks with answers, their evidence, letters."""
    edition = edition_of(round.survey)
    agency = get_object_or_404(Agency, pk=agency_id, body=round.body_id)
    chosen = next((each for each in edition.pillars if each.code == pillar), None)
    asks = Ask.objects.filter(round=round, agency=agency, withdrawn_at=None).select_related("answer")
    kept = Count("evidence_links", filter=Q(evidence_links__removed_at=None))
    proofs = dict(asks.order_by().values_list("pk").annotate(kept=kept))
    found = [ask for ask in asks.order_by("position") if ask.code in edition.by_code]
    may_read = access.can("answer.view", agency)
    review = access.can("answer.review", agency)
    return CellPage(
        head=round_head(round, access, "board", today),
        agency=agency,
        pillars=tuple(each for each in edition.pillars if any(ask.pillar == each.code for ask in found)),
        pillar=chosen,
        rows=tuple(
            _line(edition, ask, proofs[ask.pk], may_read, review)
            for ask in found
            if chosen is None or ask.pillar == chosen.code
        ),
        may_read=may_read,
        open_url=reverse("answering", args=[round.pk, agency.pk]) if may_read else "",
        may_write=may_write(access, round) and agency.kind != AgencyKind.PROVINCIAL_OFFICE,
        may_remind=review and not round.is_frozen,
        owed=sum(1 for ask in found if ask.state not in SENT),
        returned=sum(1 for ask in found if ask.state == AskState.RETURNED),
        sent=letters_of(round, [agency.pk]).get(agency.pk),
    )


def _line(edition: Edition, ask: Ask, proofs: int, may_read: bool, may_review: bool) -> RowLine:
    question = edition.by_code[ask.code]
    answer = ask.answer if hasattr(ask, "answer") else None
    said = in_words(question, answer_of(edition, ask.code, answer.content)) if answer else NOT_ANSWERED
    return RowLine(
        question=question,
        lead=ask.lead,
        kind=ask.state,
        word=AskState(ask.state).label,
        said=said if may_read else "",
        when=thai_when(answer.at) if answer else "",
        proofs=proofs,
        url=reverse("review_ask", args=[ask.pk]) if may_review and ask.state not in NOT_YET else "",
    )
