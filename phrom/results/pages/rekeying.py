"""กรอกในระบบของผู้สำรวจ: a line for each answer in the portal's order, whether it fits, and who typed it in already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from phrom.results.models import RekeyTick
from phrom.results.papers.portal import RekeyLine, rekey_lines
from phrom.rules.instrument.portal import Portal, load_portal
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Round
from phrom.survey.pages.heads import RoundHead
from phrom.survey.sheets import merged_from_set, province_of


@dataclass(frozen=True)
class RekeyRow:
    """A line on the page, with who ticked it off and when."""

    line: RekeyLine
    by: str
    at: datetime | None


@dataclass(frozen=True)
class RekeyPage:
    """All lines in the portal's order."""

    head: RoundHead
    round: Round
    portal: Portal
    rows: tuple[RekeyRow, ...]

    @property
    def done(self) -> int:
        """How many lines are ticked off."""
        return sum(row.at is not None for row in self.rows)

    @property
    def too_long(self) -> tuple[RekeyLine, ...]:
        """Lines that do not fit their box."""
        return tuple(row.line for row in self.rows if row.line.over)


def rekey_page(round: Round, head: RoundHead, editions: Path) -> RekeyPage:
    """The frozen set's answers, or today's with an open round; the ticks are one query."""
    edition = edition_of(round.survey)
    frozen = AnswerSet.objects.filter(round=round).first()
    merged = merged_from_set(edition, frozen.document) if frozen else province_of(round, edition)
    portal = load_portal(editions / edition.id, edition)
    ticks = {tick.code: tick for tick in RekeyTick.objects.filter(round=round, undone_at=None).select_related("by")}
    lines = rekey_lines(edition, portal, {row.code: merged.sheet.get(row.code) for row in edition.asked_rows})
    rows = tuple(
        RekeyRow(
            line, ticks[line.code].by.name if line.code in ticks else "", ticks[line.code].at if line.code in ticks else None
        )
        for line in lines
    )
    return RekeyPage(head, round, portal, rows)
