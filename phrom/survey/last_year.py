"""The year before: the body's round of it, its frozen answers, and how its rows belong to this year's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from phrom.rules.instrument.crosswalk import Crosswalk, Relation, crosswalk_file, load_crosswalk
from phrom.rules.instrument.load import EditionProblems
from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.carrying import carried
from phrom.rules.scoring.merge import Merged
from phrom.rules.scoring.sheet import Answer, AnswerSheet
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Round
from phrom.survey.sheets import merged_from_set


@dataclass(frozen=True)
class YearBefore:
    """Last year's round with its edition and the crosswalk to this year's."""

    round: Round
    edition: Edition
    crosswalk: Crosswalk


def year_before(round: Round, edition: Edition, editions: Path) -> YearBefore | None:
    """The body's round of the year before; None where there is none, or no sound crosswalk between the editions: one query."""
    before = (
        Round.objects.filter(body=round.body_id, survey__fiscal_year=edition.fiscal_year - 1)
        .select_related("survey", "body")
        .defer("survey__document")
        .order_by("-opened_at")
        .first()
    )
    if before is None:
        return None
    earlier = edition_of(before.survey)
    crosswalk = crosswalk_between(editions, earlier, edition)
    return YearBefore(before, earlier, crosswalk) if crosswalk else None


def crosswalk_between(editions: Path, before: Edition, after: Edition) -> Crosswalk | None:
    """The crosswalk that lies beside the editions; None where there is none or it has defects (the command names them)."""
    file = crosswalk_file(editions, before.id, after.id)
    if not file.is_file():
        return None
    stat = file.stat()
    key = (str(file), stat.st_mtime_ns, stat.st_size, before.hash, after.hash)
    if key not in _KEPT:
        _KEPT[key] = _load(file, before, after)
    return _KEPT[key]


def _load(file: Path, before: Edition, after: Edition) -> Crosswalk | None:
    try:
        return load_crosswalk(file, before, after)
    except EditionProblems:
        return None


_KEPT: dict[tuple[str, int, int, str, str], Crosswalk | None] = {}


def frozen_answers(before: YearBefore) -> Merged | None:
    """Last year's provincial answers as they were frozen; None while that round is open: one query."""
    document = AnswerSet.objects.filter(round=before.round).values_list("document", flat=True).first()
    return merged_from_set(before.edition, document) if document else None


def same_rows(before: YearBefore | None, edition: Edition) -> AnswerSheet:
    """Last year's provincial answers under this year's codes, of rows that ask the same: at most one query."""
    merged = frozen_answers(before) if before else None
    if before is None or merged is None:
        return AnswerSheet()
    answers: dict[str, Answer] = {}
    for match in before.crosswalk.rows:
        if match.relation is Relation.EQUAL:
            earlier, later = before.edition.by_code[match.before], edition.by_code[match.after]
            found = carried(earlier, later, match, merged.sheet.get(match.before))
            if found is not None:
                answers[match.after] = found
    return AnswerSheet(answers)
