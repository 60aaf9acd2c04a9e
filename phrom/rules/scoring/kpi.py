"""The province's KPI from a scorecard: steps 50 / 75 / 100 (agenda 1/2567, 3.1), points between steps, guards at the ends.

What happens between steps, and where a target would lie below 0 or above 100, is printed nowhere: the edition says how
(`interpolation`, provisional), and a target is held inside 0 to 100 with a sentence that says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from phrom.rules.instrument.model import Kpi, KpiStep, SubIndicator
from phrom.rules.scoring.rounding import plain, two_places
from phrom.rules.scoring.scorecard import Scorecard

AGAINST_LAST_YEAR = "score_against_last_year"
GUARDED = "เป้าหมายที่คำนวณได้อยู่นอกช่วง 0 ถึง 100 จึงใช้ค่าขอบของช่วง (เอกสารต้นทางไม่ได้กำหนดกรณีนี้)"
NO_LAST_YEAR = "ยังไม่มีคะแนนปีก่อน จึงคำนวณตัวชี้วัดย่อยนี้ไม่ได้"


@dataclass(frozen=True)
class SubResult:
    """One sub-indicator: `value` reached, what it earned of 100 (None: cannot be computed), the steps with their real targets.

    `reached` is the highest step reached, `next` the one after it, `missing` what is short of `next` in the value's own unit.
    """

    code: str
    title: str
    value: Decimal
    earned: Fraction | None
    weight: Decimal
    steps: tuple[KpiStep, ...]
    reached: KpiStep | None
    next: KpiStep | None
    missing: Decimal | None
    because: str

    @property
    def points(self) -> Decimal | None:
        """The points, 0 to 100, with two decimals."""
        return None if self.earned is None else two_places(self.earned)


@dataclass(frozen=True)
class KpiResult:
    """The KPI under one level assumption; `points` 0 to 100 weighted by sub-indicator, None while one cannot be computed."""

    assumption: str
    subs: tuple[SubResult, ...]
    points: Decimal | None


def assess(kpi: Kpi, scorecard: Scorecard, last_year: Decimal | None, assumption: str) -> KpiResult:
    """The KPI of a scorecard. `last_year` is last year's official total, None when there is none; nothing is guessed."""
    subs = tuple(_sub(kpi, sub, scorecard, last_year, assumption) for sub in kpi.sub_indicators)
    return KpiResult(assumption, subs, _together(subs))


def _together(subs: tuple[SubResult, ...]) -> Decimal | None:
    weights = sum((Fraction(sub.weight) for sub in subs), Fraction(0))
    earned = [Fraction(sub.weight) * sub.earned for sub in subs if sub.earned is not None]
    return two_places(sum(earned, Fraction(0)) / weights) if weights and len(earned) == len(subs) else None


def _sub(kpi: Kpi, sub: SubIndicator, scorecard: Scorecard, last_year: Decimal | None, assumption: str) -> SubResult:
    value = _value(sub, scorecard, assumption)
    if sub.measures == AGAINST_LAST_YEAR and last_year is None:
        return SubResult(sub.code, sub.title, value, None, sub.weight, (), None, None, None, NO_LAST_YEAR)
    steps, guarded = targets(sub, last_year)
    reached = max((step for step in steps if step.value <= value), key=lambda step: step.points, default=None)
    ahead = min((step for step in steps if step.value > value), key=lambda step: step.value, default=None)
    earned = _points(value, reached, ahead, linear=kpi.interpolation == "linear")
    missing = ahead.value - value if ahead else None
    because = _because(value, earned, ahead, missing) + (f" {GUARDED}" if guarded else "")
    return SubResult(sub.code, sub.title, value, earned, sub.weight, steps, reached, ahead, missing, because)


def _value(sub: SubIndicator, scorecard: Scorecard, assumption: str) -> Decimal:
    if sub.measures == AGAINST_LAST_YEAR:
        return scorecard.total
    return Decimal(sum(1 for pillar in scorecard.pillars if pillar.levels[assumption].level >= sub.level))


def targets(sub: SubIndicator, last_year: Decimal | None) -> tuple[tuple[KpiStep, ...], bool]:
    """The steps with their targets as values to reach, lowest first, and whether one had to be held inside 0 to 100."""
    steps = tuple(sorted(sub.steps, key=lambda step: step.points))
    if sub.measures != AGAINST_LAST_YEAR:
        return steps, False
    wanted = [(last_year or Decimal(0)) + step.value for step in steps]
    held = [min(max(value, Decimal(0)), Decimal(100)) for value in wanted]
    return tuple(step.model_copy(update={"value": value}) for step, value in zip(steps, held, strict=True)), held != wanted


def _points(value: Decimal, reached: KpiStep | None, ahead: KpiStep | None, *, linear: bool) -> Fraction:
    """0 below the first step; the last step's points at or above it; between two steps along the line, or the lower step's."""
    if reached is None:
        return Fraction(0)
    if ahead is None or not linear:
        return Fraction(reached.points)
    part = Fraction(value - reached.value) / Fraction(ahead.value - reached.value)
    return Fraction(reached.points) + part * Fraction(ahead.points - reached.points)


def _because(value: Decimal, points: Fraction, ahead: KpiStep | None, missing: Decimal | None) -> str:
    if ahead is None or missing is None:
        return f"ได้ {plain(value)} ถึงเป้าหมายขั้นสูงแล้ว คิดเป็น {plain(points)} คะแนน"
    return f"ได้ {plain(value)} คิดเป็น {plain(points)} คะแนน ขาดอีก {plain(missing)} จะถึงขั้น {plain(ahead.points)} คะแนน"
