"""Keeping scores with their day, and closing a round together with its final score."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.results.models import OfficialResult, Snapshot
from phrom.results.sheets import last_year_of, standing_of, three_of
from phrom.rules.scoring.figures import kpi_json, scorecard_json, totals_json
from phrom.shared.journal.record import record
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.freezing import freeze_round
from phrom.survey.editions import edition_of
from phrom.survey.models import Round


@transaction.atomic
def take_snapshot(*, round: Round, by: Person, at: datetime) -> Snapshot:
    """Keep the scorecard and KPI as they are at this moment. Refuses RoundClosed: the freeze kept the last."""
    refuse_when_frozen(round)
    return _kept(round, by, at)


def _kept(round: Round, by: Person, at: datetime) -> Snapshot:
    standing = standing_of(round)
    frozen = standing.answer_set
    snapshot = Snapshot.objects.create(
        round=round,
        is_final=frozen is not None,
        edition_hash=standing.edition.hash,
        set_sha256=frozen.sha256 if frozen else "",
        scorecard=scorecard_json(standing.scorecard) | totals_json(three_of(standing)),
        kpi=kpi_json(standing.kpis),
        taken_by=by,
        taken_at=at,
    )
    details: dict[str, object] = {"total": str(standing.scorecard.total), "final": snapshot.is_final}
    record("results.snapshot", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return snapshot


@transaction.atomic
def freeze(*, round: Round, by: Person, at: datetime, confirmed: bool = False) -> Snapshot:
    """Close the round and keep its final score, both or neither. Refuses what `survey.freeze_round` refuses."""
    before = last_year_of(round, edition_of(round.survey))
    freeze_round(round=round, by=by, at=at, confirmed=confirmed, last_year=before.total if before else None)
    closed = Round.objects.select_related("body", "survey").get(pk=round.pk)
    return _kept(closed, by, at)


@transaction.atomic
def record_official_result(
    *,
    body: Agency,
    fiscal_year: int,
    total: Decimal,
    source: str,
    by: Person,
    at: datetime,
    level: int | None = None,
    level_name: str = "",
    best_pillar: str = "",
    weakest_pillar: str = "",
) -> OfficialResult:
    """Keep what was announced for a body and fiscal year (Buddhist era), with its source; once a year."""
    result = OfficialResult.objects.create(
        body=body,
        fiscal_year=fiscal_year,
        total=total,
        level=level,
        level_name=level_name,
        best_pillar=best_pillar,
        weakest_pillar=weakest_pillar,
        source=source,
        recorded_by=by,
        recorded_at=at,
    )
    details: dict[str, object] = {"fiscal_year": fiscal_year, "total": str(total)}
    record("results.official", by=by, about=f"agency:{body.pk}", at=at, chain=body.code, details=details)
    return result
