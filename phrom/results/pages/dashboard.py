"""ผลของจังหวัด: total, levels under each assumption, pillars, KPI; and one pillar opened to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.results.models import OfficialResult, Snapshot
from phrom.results.pages.three import Three, three_scores_of
from phrom.results.sheets import Standing, standing_of, three_of
from phrom.rules.instrument.model import LevelAssumption, Pillar, Question
from phrom.rules.scoring.kpi import KpiResult, SubResult
from phrom.rules.scoring.marks import Mark
from phrom.rules.scoring.readings import ThreeScores
from phrom.rules.scoring.rounding import plain
from phrom.rules.scoring.words import in_words
from phrom.shared.thai.digits import to_arabic
from phrom.shared.ui.charts import Bar, BarChart, Ladder, RadarChart, Rung, ScaleBand
from phrom.survey.models import Round
from phrom.survey.pages.heads import RoundHead, round_head

POINTS_ASSUMED = "คะแนนต่อข้อเป็นประมาณการของระบบ สพร. ยังไม่เผยแพร่"


@dataclass(frozen=True)
class LevelUnder:
    """The total's level under one named assumption."""

    assumption: LevelAssumption
    level: int
    name: str
    chosen: bool
    url: str


@dataclass(frozen=True)
class KpiUnder:
    """The KPI under one named assumption."""

    assumption: LevelAssumption
    result: KpiResult
    chosen: bool


@dataclass(frozen=True)
class DashboardPage:
    """What the dashboard shows; `chosen` is the level assumption that charts and ladders rest on."""

    head: RoundHead
    round: Round
    is_frozen: bool
    set_sha256: str
    chosen: LevelAssumption
    total: Decimal
    difference: Decimal | None
    last_year: OfficialResult | None
    levels: tuple[LevelUnder, ...]
    bars: BarChart
    radar: RadarChart
    ladders: tuple[Ladder, ...]
    kpi_points: Decimal | None
    kpis: tuple[KpiUnder, ...]
    kpi_note: str
    snapshots: tuple[Snapshot, ...]
    may_snapshot: bool
    may_freeze: bool
    may_pack: bool
    three: Three


@dataclass(frozen=True)
class RowLine:
    """One row of a pillar: the provincial answer in words, its mark, why, and where its sources are."""

    question: Question
    answer: str
    mark: Mark
    because: str
    url: str
    claimed: Mark
    evidenced: Mark


@dataclass(frozen=True)
class PillarPage:
    """One pillar opened."""

    head: RoundHead
    round: Round
    is_frozen: bool
    pillar: Pillar
    percent: Decimal | None
    points: Decimal | None
    out_of: Decimal | None
    weight: Decimal | None
    levels: tuple[tuple[str, int, str], ...]
    rows: tuple[RowLine, ...]


def dashboard_page(access: Access, round: Round, wanted: str, today: date) -> DashboardPage:
    """Score the round and lay it out; `wanted` is the assumption asked for, the first one otherwise."""
    standing = standing_of(round)
    chosen = next((one for one in standing.edition.levels if one.code == wanted), standing.edition.levels[0])
    last_year = standing.last_year
    return DashboardPage(
        head=round_head(round, access, "dashboard", today),
        round=round,
        is_frozen=standing.answer_set is not None,
        set_sha256=standing.answer_set.sha256 if standing.answer_set else "",
        chosen=chosen,
        total=standing.scorecard.total,
        difference=standing.scorecard.total - last_year.total if last_year else None,
        last_year=last_year,
        levels=levels_under(standing, chosen),
        bars=bars(standing, chosen),
        radar=RadarChart(title="เรดาร์ของเจ็ดเสาหลัก", bars=_bars(standing, chosen), estimate=POINTS_ASSUMED),
        ladders=tuple(_ladder(sub, chosen) for sub in standing.kpi(chosen.code).subs),
        kpi_points=standing.kpi(chosen.code).points,
        kpis=kpis_under(standing, chosen),
        kpi_note=kpi_note(standing),
        snapshots=tuple(Snapshot.objects.filter(round=round).select_related("taken_by")[:10]),
        may_snapshot=access.can("results.record", round.body),
        may_freeze=access.can("round.freeze", round.body) and not round.is_frozen,
        may_pack=access.can("pack.make", round.body),
        three=three_scores_of(standing, three_of(standing), POINTS_ASSUMED),
    )


def pillar_page(access: Access, round: Round, code: str, today: date) -> PillarPage:
    """One pillar's rows with their marks; 404 for a code that the edition does not have."""
    standing = standing_of(round)
    pillars = {pillar.code: pillar for pillar in standing.edition.pillars}
    pillar = pillars.get(code)
    scored = next((score for score in standing.scorecard.pillars if score.code == code), None)
    if pillar is None:
        raise Http404
    three = three_of(standing)
    names = {one.code: one.name for one in standing.edition.levels}
    levels = scored.levels.items() if scored else ()
    return PillarPage(
        head=round_head(round, access, "dashboard", today),
        round=round,
        is_frozen=standing.answer_set is not None,
        pillar=pillar,
        percent=scored.percent if scored else None,
        points=scored.points if scored else None,
        out_of=scored.out_of if scored else None,
        weight=pillar.weight,
        levels=tuple((names[assumption], band.level, band.name) for assumption, band in levels),
        rows=tuple(_row(access, standing, three, question) for question in standing.edition.rows_of(code)),
    )


def bars(standing: Standing, chosen: LevelAssumption) -> BarChart:
    """The seven pillars on the scale of the chosen assumption's bands."""
    scale = tuple(ScaleBand(f"ระดับ {band.level}", band.at_least) for band in chosen.bands)
    return BarChart(
        title="คะแนนรายเสาหลัก (ร้อยละ)", bars=_bars(standing, chosen), bands=scale, estimate=f"{POINTS_ASSUMED}; {chosen.name}"
    )


def kpi_note(standing: Standing) -> str:
    """What in the KPI is provisional, in words."""
    weights = " และ ".join(plain(sub.weight) for sub in standing.edition.kpi.sub_indicators)
    return f"น้ำหนักของตัวชี้วัดย่อย ({weights}) และการคิดคะแนนระหว่างขั้นเป็นค่าชั่วคราว เอกสารต้นทางไม่ได้กำหนด"


def levels_under(standing: Standing, chosen: LevelAssumption) -> tuple[LevelUnder, ...]:
    """The total's level under each named assumption."""
    bands = standing.scorecard.levels
    address = reverse("dashboard", args=[standing.round.pk])
    return tuple(
        LevelUnder(one, bands[one.code].level, bands[one.code].name, one is chosen, f"{address}?assumption={one.code}")
        for one in standing.edition.levels
    )


def kpis_under(standing: Standing, chosen: LevelAssumption) -> tuple[KpiUnder, ...]:
    """The KPI under each named assumption."""
    return tuple(KpiUnder(one, standing.kpi(one.code), one is chosen) for one in standing.edition.levels)


def _bars(standing: Standing, chosen: LevelAssumption) -> tuple[Bar, ...]:
    titles = {pillar.code: pillar.title for pillar in standing.edition.pillars}
    return tuple(
        Bar(
            code=pillar.code,
            label=titles[pillar.code],
            value=pillar.percent,
            url=reverse("dashboard_pillar", args=[standing.round.pk, pillar.code]),
            note=f"ระดับ {pillar.levels[chosen.code].level} {pillar.levels[chosen.code].name}",
        )
        for pillar in standing.scorecard.pillars
    )


def _ladder(sub: SubResult, chosen: LevelAssumption) -> Ladder:
    rungs = tuple(
        Rung(step.points, to_arabic(step.text), sub.reached is not None and step.points <= sub.reached.points)
        for step in sub.steps
    )
    here = f"ได้ {plain(sub.value)}" + (f" คิดเป็น {plain(sub.points)} คะแนน" if sub.points is not None else "")
    missing = f"ขาดอีก {plain(sub.missing)} จะถึงขั้น {plain(sub.next.points)}" if sub.next and sub.missing is not None else ""
    return Ladder(to_arabic(sub.title), rungs, here, missing if sub.steps else sub.because, f"{POINTS_ASSUMED}; {chosen.name}")


def _row(access: Access, standing: Standing, three: ThreeScores, question: Question) -> RowLine:
    code = question.code
    may = access.can("answer.consolidate", standing.round.body)
    url = reverse("consolidation_row", args=[standing.round.pk, code]) if may else ""
    answer = in_words(question, standing.merged.sheet.get(code))
    return RowLine(
        question=question,
        answer=answer,
        mark=standing.scorecard.rows[code],
        because=standing.merged.rows[code].because,
        url=url,
        claimed=three.claimed.rows[code],
        evidenced=three.evidenced.rows[code],
    )
