"""Levels cover 0 to 100 without a gap or an overlap and agree with what the source prints; KPI steps rise."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from phrom.rules.instrument.draft import Draft
from phrom.rules.instrument.model import Band, LevelAssumption, SubIndicator
from phrom.rules.instrument.problems import Problem
from phrom.rules.instrument.tree import Place

MEASURES = ("pillars_at_level", "score_against_last_year")
INTERPOLATIONS = ("linear", "step")


def check_levels(draft: Draft) -> Iterator[Problem]:
    """Yield the problems of levels.yaml."""
    if draft.levels_head.value and not draft.assumptions and not draft.levels_head.dropped:
        yield draft.levels.problem(("assumptions",), "no_levels")
    seen: set[str] = set()
    for piece in draft.assumptions:
        assumption = piece.value
        if assumption is None:
            continue
        if assumption.code in seen:
            yield draft.levels.problem((*piece.place, "code"), "duplicate_assumption", name=assumption.code)
        seen.add(assumption.code)
        if not assumption.source.strip():
            yield draft.levels.problem((*piece.place, "source"), "level_without_source", name=assumption.code)
        if "bands" not in piece.dropped:
            yield from _bands(draft, piece.place, assumption)


def _bands(draft: Draft, place: Place, assumption: LevelAssumption) -> Iterator[Problem]:
    name = assumption.code
    before: Band | None = None
    if not assumption.bands:
        yield draft.levels.problem((*place, "bands"), "bands_start", name=name, found="-")
    for index, band in enumerate(assumption.bands):
        where = (*place, "bands", index, "at_least")
        if before is None and band.at_least != 0:
            yield draft.levels.problem(where, "bands_start", name=name, found=band.at_least)
        if not 0 <= band.at_least <= 100:
            yield draft.levels.problem(where, "bands_beyond_100", name=name, found=band.at_least)
        if before is not None and band.at_least <= before.at_least:
            yield draft.levels.problem(where, "bands_not_rising", name=name, found=band.at_least, before=before.at_least)
        if band.level != index + 1:
            yield draft.levels.problem((*place, "bands", index, "level"), "levels_not_counted", name=name, found=band.level)
        if band.must_contain is not None:
            yield from _contains(draft, (*place, "bands", index, "must_contain"), assumption, band, band.must_contain)
        before = band


def _contains(draft: Draft, where: Place, assumption: LevelAssumption, band: Band, score: Decimal) -> Iterator[Problem]:
    reached = [other for other in assumption.bands if other.at_least <= score]
    found = max(reached, key=lambda other: other.at_least).level if reached else 0
    if found != band.level or score > 100:
        words = {"score": score, "level": band.level, "name": assumption.code, "found": found}
        yield draft.levels.problem(where, "must_contain_outside", **words)


def check_kpi(draft: Draft) -> Iterator[Problem]:
    """Yield the problems of kpi.yaml."""
    head = draft.kpi_head.value
    if head is None:
        return
    dropped = draft.kpi_head.dropped
    if "weight" not in dropped and not 0 < head.weight <= 100:
        yield draft.kpi.problem(("weight",), "kpi_weight", found=head.weight)
    if "interpolation" not in dropped and head.interpolation not in INTERPOLATIONS:
        allowed = ", ".join(INTERPOLATIONS)
        yield draft.kpi.problem(("interpolation",), "kpi_interpolation", found=head.interpolation, allowed=allowed)
    complete = all(piece.value is not None and not piece.dropped & {"weight"} for piece in draft.sub_indicators)
    total = sum((piece.value.weight for piece in draft.sub_indicators if piece.value is not None), Decimal(0))
    if complete and "sub_indicators" not in dropped and total != 100:
        yield draft.kpi.problem(("sub_indicators",), "kpi_weights_not_100", total=total)
    seen: set[str] = set()
    for piece in draft.sub_indicators:
        if piece.value is None:
            continue
        if piece.value.code in seen:
            yield draft.kpi.problem((*piece.place, "code"), "kpi_duplicate", name=piece.value.code)
        seen.add(piece.value.code)
        yield from _sub_indicator(draft, piece.place, piece.value)


def _sub_indicator(draft: Draft, place: Place, sub: SubIndicator) -> Iterator[Problem]:
    if sub.measures not in MEASURES:
        yield draft.kpi.problem((*place, "measures"), "kpi_measures", found=sub.measures, allowed=", ".join(MEASURES))
    if sub.measures == "pillars_at_level":
        yield from _level(draft, place, sub)
    if not sub.steps:
        yield draft.kpi.problem((*place, "steps"), "kpi_no_steps", name=sub.code)
    for index, step in enumerate(sub.steps):
        where = (*place, "steps", index)
        if index and (step.points <= sub.steps[index - 1].points or step.value <= sub.steps[index - 1].value):
            yield draft.kpi.problem((*where, "value"), "kpi_steps_not_rising", name=sub.code)
        if not 0 <= step.points <= 100:
            words = {"why_th": "คะแนนต้องอยู่ใน 0-100", "why_en": "points lie between 0 and 100"}
            yield draft.kpi.problem((*where, "points"), "kpi_step_value", name=sub.code, found=step.points, **words)
        if sub.measures == "pillars_at_level" and (step.value != step.value.to_integral_value() or step.value < 0):
            words = {"why_th": "ต้องเป็นจำนวนเต็ม", "why_en": "it must be a whole number"}
            yield draft.kpi.problem((*where, "value"), "kpi_step_value", name=sub.code, found=step.value, **words)


def _level(draft: Draft, place: Place, sub: SubIndicator) -> Iterator[Problem]:
    for piece in draft.assumptions:
        assumption = piece.value
        if assumption is None or "bands" in piece.dropped:
            continue
        if sub.level not in {band.level for band in assumption.bands}:
            words = {"name": sub.code, "level": sub.level, "assumption": assumption.code}
            yield draft.kpi.problem((*place, "level"), "kpi_level", **words)
