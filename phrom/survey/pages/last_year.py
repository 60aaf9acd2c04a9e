"""Before last year's texts are laid beside this year's rows: how the rows belong together and what would be laid where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from phrom.agencies.access import Access
from phrom.rules.instrument.crosswalk import WORDS, Match, Relation
from phrom.rules.instrument.model import Edition
from phrom.survey.actions.carrying_over import layings
from phrom.survey.editions import edition_of
from phrom.survey.last_year import YearBefore, year_before
from phrom.survey.models import CarriedAnswer, Round
from phrom.survey.pages.heads import Choice, RoundHead, round_head


@dataclass(frozen=True)
class MatchLine:
    """One line of the crosswalk: both rows in words, the relation, and beside how many agencies' rows a text would be laid."""

    relation: str
    before: str
    before_text: str
    after: str
    after_text: str
    note: str
    agencies: int


@dataclass(frozen=True)
class LastYearPage:
    """The preview. `before` is last year's title, empty where there is no round of it or no crosswalk to it."""

    head: RoundHead
    before: str
    year: int
    invented: bool
    note: str
    shows: tuple[Choice, ...]
    lines: tuple[MatchLine, ...]
    texts: int
    agencies: int
    laid: int
    confirmed: int
    may_lay: bool


def last_year_page(round: Round, access: Access, today: date, editions: Path, *, show: str) -> LastYearPage:
    """Nothing is laid by looking: eight queries at most."""
    edition = edition_of(round.survey)
    before = year_before(round, edition, editions)
    found = layings(round, before) if before else ()
    counts = Counter(each.ask.code for each in found)
    lines = _lines(before, edition, counts) if before else ()
    relations = Counter(match.relation for match in before.crosswalk.rows) if before else Counter[Relation]()
    show = show if show in set(Relation) else ""
    settled = list(CarriedAnswer.objects.filter(ask__round=round).values_list("settled_at", flat=True))
    return LastYearPage(
        head=round_head(round, access, "matrix", today),
        before=before.edition.title if before else "",
        year=edition.fiscal_year - 1,
        invented=bool(before and before.edition.invented),
        note=before.crosswalk.note if before else "",
        shows=tuple(Choice(each.value, WORDS[each], relations[each], each == show) for each in Relation),
        lines=tuple(line for line in lines if not show or line.relation == WORDS[Relation(show)]),
        texts=len(found),
        agencies=len({each.ask.agency_id for each in found}),
        laid=len(settled),
        confirmed=sum(each is not None for each in settled),
        may_lay=bool(found) and not round.is_frozen,
    )


def _lines(before: YearBefore, edition: Edition, counts: Counter[str]) -> tuple[MatchLine, ...]:
    return tuple(_line(before.edition, edition, match, counts) for match in before.crosswalk.rows)


def _line(earlier: Edition, later: Edition, match: Match, counts: Counter[str]) -> MatchLine:
    return MatchLine(
        relation=WORDS[match.relation],
        before=match.before,
        before_text=earlier.by_code[match.before].text if match.before else "",
        after=match.after,
        after_text=later.by_code[match.after].text if match.after else "",
        note=match.note,
        agencies=counts[match.after],
    )
