"""Last year's result, the KPI and the pillars, in the words of the agenda of 1/2567. Nothing here is an estimate."""

from __future__ import annotations

from decimal import Decimal

from phrom.agencies.models import Agency
from phrom.results.models import OfficialResult
from phrom.results.papers.missing import NoFigures
from phrom.rules.instrument.model import Edition, KpiStep, SubIndicator
from phrom.rules.scoring.kpi import AGAINST_LAST_YEAR, targets
from phrom.rules.scoring.rounding import plain
from phrom.shared.documents.content import Block, Column, Paragraph, Table


def last_year_blocks(body: Agency, edition: Edition) -> tuple[Block, ...]:
    """What was announced for the year before: total, level, best and weakest pillar. Refuses NoFigures without a result."""
    result = last_result(body, edition)
    if result is None:
        year = edition.fiscal_year - 1
        raise NoFigures(
            f"ยังไม่ได้บันทึกผลทางการปีงบประมาณ {year} ของ{body.name} จึงยังแทรกไม่ได้",
            f"The official result of fiscal year {year} is not recorded yet, so it cannot be inserted.",
        )
    return (Paragraph(" ".join(part for part in _sentence(result, edition) if part), indent=True),)


def _sentence(result: OfficialResult, edition: Edition) -> tuple[str, ...]:
    body = result.body.name
    titles = {pillar.code: f"Pillar{pillar.code.removeprefix('P')} : {pillar.title_en}" for pillar in edition.pillars}
    level = f"อยู่ระดับที่ {result.level} {result.level_name}".strip() if result.level is not None else ""
    best, weakest = titles.get(result.best_pillar), titles.get(result.weakest_pillar)
    return (
        f"ผลการประเมินระดับความพร้อมรัฐบาลดิจิทัลหน่วยงานภาครัฐของประเทศไทย ประจำปีงบประมาณ {result.fiscal_year}",
        f"{body}มีคะแนนรวมร้อยละ {result.total}",
        f"ซึ่งระดับความพร้อมการพัฒนาด้านดิจิทัลของ{body} {level}" if level else "",
        f"ตัวชี้วัดที่โดดเด่นที่สุด คือ {best}" if best else "",
        f"และตัวชี้วัดที่มีคะแนนต่ำที่สุด คือ {weakest}" if weakest else "",
    )


def kpi_blocks(body: Agency, edition: Edition) -> tuple[Block, ...]:
    """The KPI's table; the targets of the score follow from last year's result, or name it where it is not known yet.

    Refuses NoFigures where the edition has no sub-indicators.
    """
    subs = edition.kpi.sub_indicators
    if not subs:
        raise NoFigures(
            "แบบสำรวจนี้ไม่มีตัวชี้วัดย่อยของจังหวัด จึงไม่มีตารางให้แทรก",
            "This questionnaire has no sub-indicators, so there is no table to insert.",
        )
    result = last_result(body, edition)
    heads = tuple(Column(f"{step.title} ({plain(step.points)})".strip(), 2.2) for step in _rising(subs[0]))
    rows = tuple((f"{sub.code}. {sub.title}", *_targets_in_words(sub, edition.fiscal_year - 1, result)) for sub in subs)
    return (Table((Column("ตัวชี้วัดย่อย", 2), *heads), rows),)


def _targets_in_words(sub: SubIndicator, year: int, result: OfficialResult | None) -> tuple[str, ...]:
    steps = _rising(sub)
    if sub.measures != AGAINST_LAST_YEAR:
        return tuple(step.text for step in steps)
    if result is None:
        return tuple(f"คะแนนปี {year}{_offset(step.value)} (ยังไม่มีผลปี {year})" for step in steps)
    real, _ = targets(sub, result.total)
    return tuple(f"{target.value} คะแนน (คะแนนปี {year}{_offset(step.value)})" for step, target in zip(steps, real, strict=True))


def _offset(value: Decimal) -> str:
    return f"{'+' if value > 0 else '-'}{plain(abs(value))} คะแนน" if value else ""


def _rising(sub: SubIndicator) -> tuple[KpiStep, ...]:
    return tuple(sorted(sub.steps, key=lambda step: step.points))


def pillar_blocks(edition: Edition) -> tuple[Block, ...]:
    """The weighted pillars in their order with their weights."""
    rows = tuple(
        (f"ตัวชี้วัดที่ {number} {pillar.title} ({pillar.title_en})", f"จำนวนร้อยละ {plain(pillar.weight or Decimal(0))}")
        for number, pillar in enumerate(edition.scored_pillars, start=1)
    )
    return (Table((Column("ตัวชี้วัด", 5), Column("ค่าน้ำหนัก", 1.4)), rows),)


def last_result(body: Agency, edition: Edition) -> OfficialResult | None:
    """What was announced for the body for the year before the edition's."""
    return OfficialResult.objects.select_related("body").filter(body=body, fiscal_year=edition.fiscal_year - 1).first()
