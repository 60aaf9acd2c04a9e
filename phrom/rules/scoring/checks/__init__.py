"""What is wrong with a sheet, all of it at once: one function a rule, each a sentence in Thai and English.

Codes below 20 are about one sheet (here), 20 to 39 about the province (`province`), from 40 on about the work itself
(phrom/survey/work.py). An error (E..) keeps an agency from submitting, a warning (W..) does not. A new rule is a function
and a line in `RULES`; a code that was given once is never given to another rule.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.checks import answers, doubts, lists, windows
from phrom.rules.scoring.checks.case import Case, Problem, Rule, Severity, severity_of
from phrom.rules.scoring.path import on_path
from phrom.rules.scoring.sheet import AnswerSheet

__all__ = ["RULES", "Problem", "Severity", "check"]

RULES: tuple[tuple[str, Rule], ...] = (
    ("E01", answers.unknown_row),
    ("E02", answers.not_answered),
    ("E03", answers.wrong_kind),
    ("E04", answers.out_of_range),
    ("E05", answers.bad_url),
    ("E06", answers.unknown_choice),
    ("E07", answers.evidence_missing),
    ("E08", windows.evidence_outside_window),
    ("E09", answers.day_to_come),
    ("E10", answers.provider_missing),
    ("E11", answers.parent_department_alone),
    ("E12", answers.above_its_limit),
    ("E13", answers.detail_missing),
    ("E14", answers.cannot_without_reason),
    ("W01", answers.off_the_path),
    ("W02", windows.evidence_without_day),
    ("W03", doubts.evidence_under_a_no),
    ("W04", doubts.says_nothing),
    ("W05", doubts.draft_in_a_slot),
    ("W06", doubts.link_without_https),
    ("W07", doubts.one_paper_for_many_rows),
    ("W08", doubts.only_loose_evidence),
    ("W17", lists.number_without_list),
    ("W18", lists.less_than_its_list),
    ("W19", lists.list_item_without_evidence),
    ("W10", windows.evidence_partly_in_window),
)


def check(
    edition: Edition, sheet: AnswerSheet, *, asked: Collection[str] | None = None, today: date | None = None
) -> list[Problem]:
    """Every problem of a sheet, in the printed order of the rows. `asked` limits it to an agency's own rows (None: all).

    Without `today` nothing is said about days that are still to come.
    """
    rows = tuple(row for row in edition.asked_rows if asked is None or row.code in asked)
    case = Case(edition, sheet, rows, on_path(edition, sheet, asked), today)
    found = [Problem(rule.__name__, row, severity_of(code), th, en, code) for code, rule in RULES for row, th, en in rule(case)]
    place = {row.code: number for number, row in enumerate(edition.rows)}
    return sorted(found, key=lambda problem: (place.get(problem.row, len(place)), problem.severity is Severity.WARNING))
