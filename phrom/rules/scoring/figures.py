"""A scorecard and its KPI as JSON: what a snapshot keeps, `phrom score` prints and the independent program compares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from phrom.rules.instrument.model import Band, KpiStep
from phrom.rules.scoring.kpi import KpiResult, SubResult
from phrom.rules.scoring.readings import ThreeScores
from phrom.rules.scoring.scorecard import Scorecard


def scorecard_json(scorecard: Scorecard) -> dict[str, Any]:
    """Marks, pillars, total and levels; figures as text with two decimals, so that nothing is rounded twice."""
    return {
        "status": scorecard.status.value,
        "total": str(scorecard.total),
        "levels": _levels(scorecard.levels.items()),
        "pillars": {
            pillar.code: {
                "weight": str(pillar.weight),
                "points": str(pillar.points),
                "out_of": str(pillar.out_of),
                "percent": str(pillar.percent),
                "levels": _levels(pillar.levels.items()),
            }
            for pillar in scorecard.pillars
        },
        "rows": {
            code: {"points": str(mark.points), "out_of": str(mark.out_of), "because": mark.because}
            for code, mark in scorecard.rows.items()
        },
    }


def totals_json(three: ThreeScores) -> dict[str, str]:
    """The totals of the two readings that are not official, to stand beside the official one."""
    return {"claimed": str(three.claimed.total), "evidenced": str(three.evidenced.total)}


def kpi_json(results: Iterable[KpiResult]) -> dict[str, Any]:
    """KPI results by the assumption that they rest on."""
    return {
        result.assumption: {
            "points": None if result.points is None else str(result.points),
            "subs": {sub.code: _sub(sub) for sub in result.subs},
        }
        for result in results
    }


def _levels(levels: Iterable[tuple[str, Band]]) -> dict[str, int]:
    return {assumption: band.level for assumption, band in levels}


def _sub(sub: SubResult) -> dict[str, Any]:
    return {
        "value": str(sub.value),
        "points": None if sub.points is None else str(sub.points),
        "reached": _step(sub.reached),
        "next": _step(sub.next),
        "missing": None if sub.missing is None else str(sub.missing),
        "because": sub.because,
    }


def _step(step: KpiStep | None) -> str | None:
    return None if step is None else str(step.points)
