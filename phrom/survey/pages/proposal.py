"""The province's set before a second person: what it says, how far it is, who laid it, who approved it or sent it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from phrom.agencies.access import Access
from phrom.meetings.models import Resolution, ResolutionKind
from phrom.rules.instrument.model import Edition, Pillar, Question
from phrom.rules.scoring.merge import Merged
from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.words import in_words
from phrom.survey import sheets
from phrom.survey.actions.freezing import Readiness, readiness
from phrom.survey.actions.proposing import newest_proposal, still_holds
from phrom.survey.editions import edition_of
from phrom.survey.models import Round, SetProposal
from phrom.survey.pages.heads import RoundHead, round_head
from phrom.survey.set_document import content_of, fingerprint_of, set_content

MOST_EARLIER = 10
AGREEING = (ResolutionKind.AGREED, ResolutionKind.APPROVED, ResolutionKind.ADOPTED)


class Standing(StrEnum):
    """Where the set stands between two people."""

    NONE = "none"
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    VOID = "void"


@dataclass(frozen=True)
class SaidRow:
    """One row and what the province answers to it."""

    question: Question
    said: str
    given: bool
    overridden: bool


@dataclass(frozen=True)
class ProposalPage:
    """What the page shows. `total` is an estimate; `fingerprint` goes back with the form."""

    head: RoundHead
    round: Round
    standing: Standing
    proposal: SetProposal | None
    earlier: tuple[SetProposal, ...]
    fingerprint: str
    total: Decimal
    readiness: Readiness
    pillars: tuple[tuple[Pillar, tuple[SaidRow, ...]], ...]
    may_lay: bool
    may_decide: bool
    is_own: bool
    may_freeze: bool

    @property
    def given(self) -> int:
        """Rows to which the province has an answer."""
        return sum(row.given for _, rows in self.pillars for row in rows)

    @property
    def asked(self) -> int:
        """Rows that are asked."""
        return sum(len(rows) for _, rows in self.pillars)


def proposal_page(round: Round, access: Access, today: date) -> ProposalPage:
    """Ten queries at most, however many agencies answered."""
    edition = edition_of(round.survey)
    merged = sheets.province_of(round, edition)
    fingerprint = fingerprint_of(content_of(round, edition, merged))
    proposals = _proposals(round)
    proposal = proposals[0] if proposals else None
    standing = standing_between(proposal, fingerprint, frozen=round.is_frozen)
    is_own = proposal is not None and access.person is not None and proposal.by_id == access.person.pk
    may_freeze = access.can("round.freeze", round.body) and not round.is_frozen
    return ProposalPage(
        head=round_head(round, access, "set_proposal", today),
        round=round,
        standing=standing,
        proposal=proposal,
        earlier=tuple(proposals[1:]),
        fingerprint=fingerprint,
        total=score(edition, merged.sheet).total,
        readiness=readiness(round),
        pillars=_pillars(edition, merged),
        may_lay=may_freeze and standing in (Standing.NONE, Standing.RETURNED, Standing.VOID),
        may_decide=standing is Standing.WAITING and not is_own and not round.is_frozen,
        is_own=is_own,
        may_freeze=may_freeze and standing is Standing.APPROVED,
    )


def approval_now(round: Round) -> Standing:
    """Where the set of an open round stands, for the page that closes it."""
    proposal = newest_proposal(round)
    if proposal is None or round.is_frozen:
        return standing_between(proposal, "", frozen=round.is_frozen)
    return standing_between(proposal, fingerprint_of(set_content(round)), frozen=False)


def standing_between(proposal: SetProposal | None, fingerprint: str, *, frozen: bool) -> Standing:
    """A change after the set was laid makes both the proposal and an approval void; a frozen set changes no more."""
    if proposal is None:
        return Standing.NONE
    if proposal.returned_at is not None:
        return Standing.RETURNED
    if not frozen and not still_holds(proposal, fingerprint):
        return Standing.VOID
    return Standing.APPROVED if proposal.approved_at is not None else Standing.WAITING


def resolutions_of(round: Round) -> tuple[Resolution, ...]:
    """The body's resolutions that agree to something, the newest first: one of them may have approved the set."""
    found = Resolution.objects.filter(item__meeting__body=round.body_id, kind__in=AGREEING).select_related("item__meeting")
    return tuple(found.order_by("-item__meeting__held_at", "-pk"))


def _proposals(round: Round) -> Sequence[SetProposal]:
    people = ("by", "approved_by", "returned_by", "resolution__item__meeting")
    return tuple(round.proposals.select_related(*people).order_by("-id")[:MOST_EARLIER])


def _pillars(edition: Edition, merged: Merged) -> tuple[tuple[Pillar, tuple[SaidRow, ...]], ...]:
    return tuple(
        (pillar, tuple(_row(question, merged) for question in edition.rows_of(pillar.code))) for pillar in edition.pillars
    )


def _row(question: Question, merged: Merged) -> SaidRow:
    found = merged.rows[question.code]
    return SaidRow(question, in_words(question, found.answer), found.answer.given, found.overridden)
