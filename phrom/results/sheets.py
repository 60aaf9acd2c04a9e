"""A round as figures: from the frozen set when there is one, else from what stands now. The bridge to the scoring rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from phrom.results.models import OfficialResult
from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.kpi import KpiResult, assess
from phrom.rules.scoring.merge import Merged
from phrom.rules.scoring.scorecard import Scorecard, score
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Round
from phrom.survey.sheets import merged_from_set, province_of


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

    def kpi(self, assumption: str) -> KpiResult:
        """The KPI under one assumption."""
        return next(result for result in self.kpis if result.assumption == assumption)


def standing_of(round: Round) -> Standing:
    """Score a round: six queries at most, however many agencies answered."""
    edition = edition_of(round.survey)
    answer_set = AnswerSet.objects.filter(round=round).first()
    merged = province_of(round, edition) if answer_set is None else merged_from_set(edition, answer_set.document)
    last_year = last_year_of(round, edition)
    before = (last_year.total if last_year else None) if answer_set is None else frozen_last_year(answer_set)
    scorecard = score(edition, merged.sheet)
    kpis = tuple(assess(edition.kpi, scorecard, before, one.code) for one in edition.levels)
    return Standing(round, edition, merged, scorecard, kpis, last_year, answer_set)


def last_year_of(round: Round, edition: Edition) -> OfficialResult | None:
    """What was announced for the body for the year before the edition's."""
    return OfficialResult.objects.filter(body=round.body_id, fiscal_year=edition.fiscal_year - 1).first()


def frozen_last_year(answer_set: AnswerSet) -> Decimal | None:
    """Last year's total as it was known when the set was frozen: what was computed stays computed the same."""
    written = json.loads(answer_set.document).get("last_year")
    return None if written is None else Decimal(written)
