"""A round as figures: from the frozen set when there is one, else from what stands now. The bridge to the scoring rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from phrom.results.models import OfficialResult
from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.kpi import KpiResult, assess
from phrom.rules.scoring.merge import Merged
from phrom.rules.scoring.readings import ThreeScores
from phrom.rules.scoring.scorecard import Scorecard, score
from phrom.rules.scoring.sheet import Answer
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Round
from phrom.survey.sheets import RoundAnswers, answers_of, merged_from_set, overrides_of, said
from phrom.survey.sheets import merged as merged_now

Read = tuple[RoundAnswers, dict[str, Answer]]
"""The agencies' answers and the province's own decisions, as they were read."""


@dataclass(frozen=True)
class Standing:
    """Where a body stands: provincial answers, scorecard, the KPI under each assumption, last year's official result."""

    round: Round
    edition: Edition
    merged: Merged
    scorecard: Scorecard
    kpis: tuple[KpiResult, ...]
    last_year: OfficialResult | None
    answer_set: AnswerSet | None
    read: Read | None = None

    def kpi(self, assumption: str) -> KpiResult:
        """The KPI under one assumption."""
        return next(result for result in self.kpis if result.assumption == assumption)


def standing_of(round: Round) -> Standing:
    """Score a round: six queries at most, however many agencies answered."""
    edition = edition_of(round.survey)
    answer_set = AnswerSet.objects.filter(round=round).first()
    read = None if answer_set else _read(round, edition)
    merged = merged_now(edition, *read) if read else merged_from_set(edition, answer_set.document if answer_set else "")
    last_year = last_year_of(round, edition)
    before = (last_year.total if last_year else None) if answer_set is None else frozen_last_year(answer_set)
    scorecard = score(edition, merged.sheet)
    kpis = tuple(assess(edition.kpi, scorecard, before, one.code) for one in edition.levels)
    return Standing(round, edition, merged, scorecard, kpis, last_year, answer_set, read)


def three_of(standing: Standing) -> ThreeScores:
    """A round scored three times: what is claimed, what of it is proved, what was accepted.

    No query while the round is open; three once it is frozen, when nothing that was said changes any more.
    """
    found, overrides = standing.read or _read(standing.round, standing.edition)
    words, proofs = said(standing.edition, found, overrides)
    return ThreeScores(score(standing.edition, words.sheet), score(standing.edition, proofs.sheet), standing.scorecard)


def _read(round: Round, edition: Edition) -> Read:
    return answers_of(round, edition), overrides_of(round, edition)


def last_year_of(round: Round, edition: Edition) -> OfficialResult | None:
    """What was announced for the body for the year before the edition's."""
    return OfficialResult.objects.filter(body=round.body_id, fiscal_year=edition.fiscal_year - 1).first()


def frozen_last_year(answer_set: AnswerSet) -> Decimal | None:
    """Last year's total as it was known when the set was frozen: what was computed stays computed the same."""
    written = json.loads(answer_set.document).get("last_year")
    return None if written is None else Decimal(written)
