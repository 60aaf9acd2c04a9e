"""Three scores side by side: what was said, what of it is proved, what was accepted; as a picture and by pillar."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from phrom.results.sheets import Standing
from phrom.rules.instrument.model import Pillar
from phrom.rules.scoring.readings import ThreeScores
from phrom.shared.ui.charts import Bar, BarChart

CLAIMED = "ตามที่ตอบทั้งหมด"
EVIDENCED = "ที่มีหลักฐานครบและอยู่ในช่วงเวลา"
REVIEWED = "ที่ผู้ประสานงานรับแล้ว"
TITLE = "สามคะแนน: ตอบ พิสูจน์ รับแล้ว (ร้อยละ)"


@dataclass(frozen=True)
class ThreeLine:
    """One pillar's percents, with the page of its rows."""

    pillar: Pillar
    claimed: Decimal
    evidenced: Decimal
    reviewed: Decimal
    url: str


@dataclass(frozen=True)
class Three:
    """The picture, and the pillars behind it."""

    chart: BarChart
    lines: tuple[ThreeLine, ...]


def three_scores_of(standing: Standing, scores: ThreeScores, assumed: str) -> Three:
    """From scores that were computed already: no query."""
    totals = ((CLAIMED, scores.claimed), (EVIDENCED, scores.evidenced), (REVIEWED, scores.reviewed))
    bars = tuple(Bar(code="", label=label, value=card.total, url="#three") for label, card in totals)
    return Three(
        chart=BarChart(title=TITLE, bars=bars, value_label="ร้อยละ", estimate=assumed),
        lines=tuple(
            ThreeLine(
                pillar,
                scores.claimed.pillar(pillar.code).percent,
                scores.evidenced.pillar(pillar.code).percent,
                scores.reviewed.pillar(pillar.code).percent,
                reverse("dashboard_pillar", args=[standing.round.pk, pillar.code]),
            )
            for pillar in standing.edition.scored_pillars
        ),
    )
