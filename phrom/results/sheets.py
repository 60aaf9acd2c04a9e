"""A round as figures: from the frozen set when there is one, else from what stands now. The bridge to the scoring rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from phrom.results.models import OfficialResult
from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.kpi import KpiResult, assess
from phrom.rules.scoring.scorecard import Scorecard, score
from phrom.rules.scoring.sheet import AnswerSheet
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Round
from phrom.survey.sheets import province_of


@dataclass(frozen=True)
class Standing:
    """Where a body stands: its provincial sheet, scorecard, the KPI under each assumption, last year's official result."""

    round: Round
    edition: Edition
    sheet: AnswerSheet
    because: Mapping[str, str]
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
    if answer_set is None:
        merged = province_of(round, edition)
        sheet, because = merged.sheet, {code: row.because for code, row in merged.rows.items()}
    else:
        sheet, because = frozen_sheet(edition, answer_set), frozen_reasons(answer_set)
    last_year = OfficialResult.objects.filter(body=round.body_id, fiscal_year=edition.fiscal_year - 1).first()
    scorecard = score(edition, sheet)
    kpis = tuple(assess(edition.kpi, scorecard, _total(last_year), one.code) for one in edition.levels)
    return Standing(round, edition, sheet, because, scorecard, kpis, last_year, answer_set)


def frozen_sheet(edition: Edition, answer_set: AnswerSet) -> AnswerSheet:
    """The provincial sheet of a frozen set, read back from its document."""
    answers = json.loads(answer_set.document)["answers"]
    return AnswerSheet({code: answer_from_json(edition.by_code[code], answer, kept=True) for code, answer in answers.items()})


def frozen_reasons(answer_set: AnswerSet) -> dict[str, str]:
    """How each provincial answer of a frozen set came about, in one sentence."""
    provenance = json.loads(answer_set.document)["provenance"]
    return {code: row.get("because", "") for code, row in provenance.items()}


def _total(result: OfficialResult | None) -> Decimal | None:
    return result.total if result else None
