"""This year beside the last: official totals, the system's estimates, pillars, and the rows that the crosswalk matches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.urls import reverse

from phrom.agencies.access import Access
from phrom.results.models import OfficialResult
from phrom.results.pages.dashboard import POINTS_ASSUMED
from phrom.results.sheets import Standing, standing_of
from phrom.rules.instrument.crosswalk import WORDS, Match, Relation
from phrom.rules.scoring.marks import Mark
from phrom.rules.scoring.words import in_words
from phrom.shared.ui.charts import Bar, BarChart
from phrom.survey.last_year import YearBefore, year_before
from phrom.survey.models import Round
from phrom.survey.pages.heads import RoundHead, round_head


@dataclass(frozen=True)
class YearLine:
    """One year: what was announced, and what the system computes from its own answers (an estimate)."""

    year: int
    title: str
    official: Decimal | None
    source: str
    estimated: Decimal | None


@dataclass(frozen=True)
class Side:
    """One year's row: its code and text, the province's answer in words, and its mark."""

    code: str
    text: str
    said: str
    mark: Mark | None
    url: str = ""


@dataclass(frozen=True)
class RowPair:
    """A row of last year and the one of this year that belongs to it."""

    relation: str
    note: str
    before: Side
    after: Side

    @property
    def is_changed(self) -> bool:
        """True when the answers differ."""
        return self.before.said != self.after.said


@dataclass(frozen=True)
class ComparePage:
    """What the page shows. Without a round of last year, or a crosswalk to it, only the totals stand."""

    head: RoundHead
    round: Round
    years: tuple[YearLine, ...]
    before: str
    invented: bool
    is_open: bool
    chart: BarChart | None
    pairs: tuple[RowPair, ...]
    new: tuple[Side, ...]
    removed: tuple[Side, ...]

    @property
    def changed(self) -> int:
        """How many matched rows are answered otherwise."""
        return sum(pair.is_changed for pair in self.pairs)


def compare_page(access: Access, round: Round, today: date, editions: Path) -> ComparePage:
    """Score both years and lay them side by side: fifteen queries at most."""
    now = standing_of(round)
    before = year_before(round, now.edition, editions)
    then = standing_of(before.round) if before else None
    pairs, new, removed = _rows(access, before, then, now) if before and then else ((), (), ())
    return ComparePage(
        head=round_head(round, access, "dashboard", today),
        round=round,
        years=_years(round, now, then),
        before=before.edition.title if before else "",
        invented=bool(before and before.edition.invented),
        is_open=now.answer_set is None,
        chart=_chart(now, then) if then else None,
        pairs=pairs,
        new=new,
        removed=removed,
    )


def _years(round: Round, now: Standing, then: Standing | None) -> tuple[YearLine, ...]:
    year = now.edition.fiscal_year
    this_year = OfficialResult.objects.filter(body=round.body_id, fiscal_year=year).first()
    return (
        _year(year - 1, now.last_year, then),
        _year(year, this_year, now),
    )


def _year(year: int, official: OfficialResult | None, standing: Standing | None) -> YearLine:
    return YearLine(
        year=year,
        title=standing.edition.title if standing else "",
        official=official.total if official else None,
        source=official.source if official else "",
        estimated=standing.scorecard.total if standing else None,
    )


def _chart(now: Standing, then: Standing) -> BarChart:
    last = {pillar.code: pillar.percent for pillar in then.scorecard.pillars}
    titles = {pillar.code: pillar.title for pillar in now.edition.pillars}
    return BarChart(
        title="คะแนนรายเสาหลักของสองปี (ร้อยละ)",
        value_label=f"ปี {now.edition.fiscal_year}",
        last_label=f"ปี {then.edition.fiscal_year}",
        estimate=POINTS_ASSUMED,
        bars=tuple(
            Bar(code=pillar.code, label=titles[pillar.code], value=pillar.percent, last=last.get(pillar.code))
            for pillar in now.scorecard.pillars
        ),
    )


def _rows(
    access: Access, before: YearBefore, then: Standing, now: Standing
) -> tuple[tuple[RowPair, ...], tuple[Side, ...], tuple[Side, ...]]:
    may = access.can("answer.consolidate", now.round.body)
    matches = before.crosswalk.rows
    both = [match for match in matches if match.relation not in (Relation.NEW, Relation.REMOVED)]
    return (
        tuple(_pair(match, then, now, may=may) for match in both),
        tuple(_side(now, match.after, may=may) for match in matches if match.relation is Relation.NEW),
        tuple(_side(then, match.before, may=False) for match in matches if match.relation is Relation.REMOVED),
    )


def _pair(match: Match, then: Standing, now: Standing, *, may: bool) -> RowPair:
    return RowPair(WORDS[match.relation], match.note, _side(then, match.before, may=False), _side(now, match.after, may=may))


def _side(standing: Standing, code: str, *, may: bool) -> Side:
    question = standing.edition.by_code[code]
    return Side(
        code=code,
        text=question.text,
        said=in_words(question, standing.merged.sheet.get(code)),
        mark=standing.scorecard.rows.get(code) if question.points else None,
        url=reverse("consolidation_row", args=[standing.round.pk, code]) if may else "",
    )
