"""Cases of an edition: what an officer of the statistical office wrote that given answers should earn, and whether they do.

A case gives answers (`given`, or `sheets` of several agencies that are merged first) in the JSON form of `exchange`. It
expects any of: marks by row, percent by pillar, total, levels, KPI, merged values, rows off the path, findings of the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from phrom.rules.instrument.informants import AgencyRef, route
from phrom.rules.instrument.model import Edition, Frozen
from phrom.rules.instrument.problems import Problem
from phrom.rules.instrument.shape import shape
from phrom.rules.instrument.tree import Document, Place
from phrom.rules.scoring.checks import check
from phrom.rules.scoring.exchange import BadAnswer, answer_from_json, answer_to_json
from phrom.rules.scoring.kpi import assess
from phrom.rules.scoring.merge import merge
from phrom.rules.scoring.path import on_path
from phrom.rules.scoring.scorecard import Scorecard, score
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet


class GivenSheet(Frozen):
    """One agency's answers in a case that merges; `kind` decides which rows it is asked and leads."""

    agency: str
    kind: str
    answers: dict[str, dict[str, Any]]


class ExpectedKpi(Frozen):
    """KPI points under one level assumption, in all and by sub-indicator; null where they cannot be computed."""

    points: Decimal | None = None
    subs: dict[str, Decimal | None] = {}


class Expected(Frozen):
    """What should come out. Only what is named is compared."""

    marks: dict[str, Decimal] = {}
    pillars: dict[str, Decimal] = {}
    total: Decimal | None = None
    level: dict[str, int] = {}
    pillar_levels: dict[str, dict[str, int]] = {}
    kpi: dict[str, ExpectedKpi] = {}
    merged: dict[str, Any] = {}
    off_path: tuple[str, ...] = ()
    findings: dict[str, tuple[str, ...]] = {}


class Case(Frozen):
    """One case: a name, the thought behind it, answers, last year's total, what should come out."""

    name: str
    note: str = ""
    given: dict[str, dict[str, Any]] = {}
    sheets: tuple[GivenSheet, ...] = ()
    last_year: Decimal | None = None
    expect: Expected


@dataclass(frozen=True)
class CasesResult:
    """How many cases there are and passed, and every problem with file and line."""

    count: int
    passed: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Outcome:
    """What the rules made of a case."""

    edition: Edition
    case: Case
    sheet: AnswerSheet
    card: Scorecard


Difference = tuple[Place, str, object, object]
"""Place inside `expect`, what it is about, expected, found."""


def run_cases(edition: Edition, documents: Sequence[Document]) -> CasesResult:
    """Run all cases of all files. A case that cannot be read counts as not passed."""
    problems: list[Problem] = []
    names: set[str] = set()
    count = passed = 0
    for document in documents:
        problems += document.problems
        for place, data in _raw_cases(document):
            found = tuple(_run(edition, document, place, data, names))
            problems += found
            count += 1
            passed += not found
    return CasesResult(count, passed, tuple(problems))


def _raw_cases(document: Document) -> Iterator[tuple[Place, object]]:
    """Each case of a file with its place; a file without a list of cases gives itself, to be refused."""
    listed = (document.data or {}).get("cases")
    if isinstance(listed, list):
        yield from ((("cases", index), data) for index, data in enumerate(listed))
    elif document.data is not None:
        yield (), document.data


def _run(edition: Edition, document: Document, place: Place, data: object, names: set[str]) -> Iterator[Problem]:
    piece = shape(document, place, data, Case)
    yield from piece.problems
    case = piece.value
    if case is None or piece.problems:
        return
    if case.name in names:
        yield document.problem((*place, "name"), "case_twice", name=case.name)
    names.add(case.name)
    if case.expect == Expected():
        yield document.problem((*place, "expect"), "case_expects_nothing", name=case.name)
    wrong = [*_unknown(edition, document, place, case), *_bad_answers(edition, document, place, case)]
    yield from wrong
    if wrong:
        return
    sheet = _sheet(edition, case)
    outcome = Outcome(edition, case, sheet, score(edition, sheet))
    for compare in COMPARISONS:
        for where, what, expected, found in compare(outcome):
            words = {"name": case.name, "what": what, "expected": _shown(expected), "found": _shown(found)}
            yield document.problem((*place, "expect", *where), "case_failed", **words)


def _unknown(edition: Edition, document: Document, place: Place, case: Case) -> Iterator[Problem]:
    expect = case.expect
    asked = {row.code for row in edition.asked_rows}
    for key, codes in (("marks", expect.marks), ("merged", expect.merged), ("findings", expect.findings)):
        for code in codes.keys() - asked:
            yield document.problem((*place, "expect", key, code), "case_unknown_row", name=case.name, row=code)
    for code in set(expect.off_path) - asked:
        yield document.problem((*place, "expect", "off_path"), "case_unknown_row", name=case.name, row=code)
    pillars = {pillar.code for pillar in edition.scored_pillars}
    assumptions = {assumption.code for assumption in edition.levels}
    subs = {sub.code for sub in edition.kpi.sub_indicators}
    named: list[tuple[Place, str, str, set[str]]] = [(("pillars", code), "pillar", code, pillars) for code in expect.pillars]
    for key in ("level", "pillar_levels", "kpi"):
        named += [((key, code), "assumption", code, assumptions) for code in getattr(expect, key)]
    for assumption, levels in expect.pillar_levels.items():
        named += [(("pillar_levels", assumption, code), "pillar", code, pillars) for code in levels]
    for assumption, kpi in expect.kpi.items():
        named += [(("kpi", assumption, "subs", code), "sub-indicator", code, subs) for code in kpi.subs]
    for where, what, code, known in named:
        if code not in known:
            yield document.problem((*place, "expect", *where), "case_unknown", name=case.name, what=what, found=code)


def _bad_answers(edition: Edition, document: Document, place: Place, case: Case) -> Iterator[Problem]:
    groups: list[tuple[Place, Mapping[str, dict[str, Any]]]] = [(("given",), case.given)]
    groups += [(("sheets", index, "answers"), sheet.answers) for index, sheet in enumerate(case.sheets)]
    for where, answers in groups:
        for code, data in answers.items():
            row = edition.by_code.get(code)
            if row is None or not row.asked:
                yield document.problem((*place, *where, code), "case_unknown_row", name=case.name, row=code)
                continue
            try:
                answer_from_json(row, data)
            except BadAnswer as bad:
                for each in bad.problems:
                    words = {"name": case.name, "row": code, "why_th": each.th, "why_en": each.en}
                    yield document.problem((*place, *where, code), "case_bad_answer", **words)


def _sheet(edition: Edition, case: Case) -> AnswerSheet:
    """The province's sheet: what the agencies' sheets merge to, with `given` in place of what it names."""
    refs = [AgencyRef(sheet.agency, sheet.kind) for sheet in case.sheets]
    routings = route(edition, refs)
    sheets = [
        AgencySheet(
            agency=given.agency,
            name=given.agency,
            sheet=_answers(edition, given.answers),
            lead=frozenset(each.row_code for each in routings if each.agency_code == given.agency and each.lead),
            asked=frozenset(each.row_code for each in routings if each.agency_code == given.agency),
        )
        for given in case.sheets
    ]
    merged = merge(edition, sheets).sheet.answers if sheets else {}
    return AnswerSheet({**merged, **_answers(edition, case.given).answers})


def _answers(edition: Edition, given: Mapping[str, dict[str, Any]]) -> AnswerSheet:
    return AnswerSheet({code: answer_from_json(edition.by_code[code], data) for code, data in given.items()})


def _marks(outcome: Outcome) -> Iterator[Difference]:
    for code, expected in outcome.case.expect.marks.items():
        yield from _differ(("marks", code), code, expected, outcome.card.rows[code].points)


def _pillars(outcome: Outcome) -> Iterator[Difference]:
    for code, expected in outcome.case.expect.pillars.items():
        yield from _differ(("pillars", code), f"{code} %", expected, outcome.card.pillar(code).percent)


def _total(outcome: Outcome) -> Iterator[Difference]:
    if outcome.case.expect.total is not None:
        yield from _differ(("total",), "total", outcome.case.expect.total, outcome.card.total)


def _levels(outcome: Outcome) -> Iterator[Difference]:
    for assumption, expected in outcome.case.expect.level.items():
        yield from _differ(("level", assumption), f"level {assumption}", expected, outcome.card.levels[assumption].level)
    for assumption, levels in outcome.case.expect.pillar_levels.items():
        for code, expected in levels.items():
            found = outcome.card.pillar(code).levels[assumption].level
            yield from _differ(("pillar_levels", assumption, code), f"level {assumption} {code}", expected, found)


def _kpi(outcome: Outcome) -> Iterator[Difference]:
    for assumption, expected in outcome.case.expect.kpi.items():
        result = assess(outcome.edition.kpi, outcome.card, outcome.case.last_year, assumption)
        if "points" in expected.model_fields_set:
            yield from _differ(("kpi", assumption, "points"), f"KPI {assumption}", expected.points, result.points)
        found = {sub.code: sub.points for sub in result.subs}
        for code, points in expected.subs.items():
            yield from _differ(("kpi", assumption, "subs", code), f"KPI {assumption} {code}", points, found[code])


def _merged(outcome: Outcome) -> Iterator[Difference]:
    for code, expected in outcome.case.expect.merged.items():
        answer = outcome.sheet.answers.get(code, Answer())
        yield from _differ(("merged", code), code, expected, answer_to_json(answer)["value"])


def _off_path(outcome: Outcome) -> Iterator[Difference]:
    path = on_path(outcome.edition, outcome.sheet)
    for code in outcome.case.expect.off_path:
        yield from _differ(("off_path",), code, "off the path", "off the path" if code not in path else "on the path")


def _findings(outcome: Outcome) -> Iterator[Difference]:
    found: dict[str, set[str]] = {}
    for problem in check(outcome.edition, outcome.sheet):
        found.setdefault(problem.row, set()).add(problem.rule)
    for code, rules in outcome.case.expect.findings.items():
        yield from _differ(("findings", code), code, sorted(rules), sorted(found.get(code, set())))


def _differ(where: Place, what: str, expected: object, found: object) -> Iterator[Difference]:
    if expected != found:
        yield where, what, expected, found


def _shown(value: object) -> str:
    return "-" if value is None else ", ".join(map(str, value)) or "-" if isinstance(value, list) else str(value)


COMPARISONS: tuple[Callable[[Outcome], Iterator[Difference]], ...] = (
    _marks,
    _pillars,
    _total,
    _levels,
    _kpi,
    _merged,
    _off_path,
    _findings,
)
