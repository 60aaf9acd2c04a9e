"""Random answers, sheets and agencies for properties; and answers that are worse than a given one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product

from hypothesis import strategies as st

from phrom.rules.instrument.model import Edition, Kind
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet, Proof, Provider, Stance, Value
from tests.factories.rules import make_little_edition

EDITION = make_little_edition()
PROVIDERS = (Provider.OWN, Provider.BOTH, Provider.PARENT, Provider.UNKNOWN)
PROOFS = (
    (),
    (Proof("หลักฐาน.pdf", "plan"),),
    (Proof("หลักฐาน.pdf", "", date(2024, 1, 1)),),
    (Proof("เก่า.pdf", "", date(2020, 1, 1)),),
)
ODD: tuple[Value, ...] = (
    True,
    0,
    3,
    -1,
    Decimal("-0.01"),
    Decimal("50"),
    Decimal("100.01"),
    "",
    "ข้อความ",
    ("zz",),
    ("a", "a"),
    date(2024, 6, 11),
)
VALUES: dict[Kind, tuple[Value, ...]] = {
    Kind.YES_NO: (True, False),
    Kind.MANY: ((), ("a",), ("b", "c"), ("d", "a"), ("a", "b", "c", "d")),
    Kind.COUNT: (0, 1, 2, 3, 5, 8),
    Kind.PERCENT: (Decimal(0), Decimal("0.01"), Decimal("33.33"), Decimal("85.5"), Decimal(100)),
    Kind.DATE: (date(2024, 6, 11),),
    Kind.URL: ("https://chiangmai.go.th",),
    Kind.TEXT: ("ข้อความ", "อีกข้อความ"),
}
CONFIRMED = Answer(stance=Stance.CONFIRMS)
SILENT = (Answer(), Answer(cannot="ไม่มีข้อมูล"))


@cache
def sound(kind: Kind) -> tuple[Answer, ...]:
    """Answers of a kind, those who said nothing and those who cannot."""
    given = product(VALUES[kind], PROVIDERS, PROOFS)
    return (*SILENT, *(Answer(value, provider=provider, proofs=proofs) for value, provider, proofs in given))


@cache
def any_at_all(kind: Kind) -> tuple[Answer, ...]:
    """Sound answers, those that add, differ or confirm, and others whose value may be of any kind."""
    odd = tuple(Answer(value, provider=provider) for value, provider in product(ODD, PROVIDERS))
    towards = tuple(replace(answer, stance=stance) for answer in sound(kind) for stance in (Stance.ADDS, Stance.DIFFERS))
    return (*sound(kind), *odd, *towards, CONFIRMED)


def sheets(edition: Edition = EDITION, pool: Callable[[Kind], tuple[Answer, ...]] = sound) -> st.SearchStrategy[AnswerSheet]:
    """A sheet with an answer of some sort to every asked row. One choice a row, so that examples are quick to make."""
    return st.fixed_dictionaries({row.code: st.sampled_from(pool(row.kind)) for row in edition.asked_rows}).map(AnswerSheet)


@cache
def _worse(kind: Kind, answer: Answer) -> tuple[Answer, ...]:
    """Answers that claim no more: fewer ticks, a lower figure, no, nothing, only the parent's, or the same."""
    lower: list[Value] = [None, *(value for value in VALUES[kind] if _at_most(value, answer.value))]
    return (answer, replace(answer, provider=Provider.PARENT), *(replace(answer, value=value) for value in lower))


def _at_most(value: Value, other: Value) -> bool:
    if isinstance(value, tuple) and isinstance(other, tuple):
        return set(value) <= set(other)
    return isinstance(value, (int, Decimal)) and isinstance(other, (int, Decimal)) and value <= other


def worse_sheets(sheet: AnswerSheet) -> st.SearchStrategy[AnswerSheet]:
    """A sheet none of whose answers claims more."""
    kinds = {row.code: row.kind for row in EDITION.asked_rows}
    worse = {code: st.sampled_from(_worse(kinds[code], answer)) for code, answer in sheet.answers.items()}
    return st.fixed_dictionaries(worse).map(AnswerSheet)


@st.composite
def agencies(draw: st.DrawFn) -> list[AgencySheet]:
    """Up to four agencies, each asked some of the rows, one of them perhaps in the lead."""
    found = []
    rows = EDITION.asked_rows
    for name in draw(st.lists(st.sampled_from("กขคงจ"), unique=True, max_size=4)):
        asked = [row for row, wanted in zip(rows, draw(st.tuples(*[st.integers(0, 3)] * len(rows))), strict=True) if wanted]
        answers = {row.code: draw(st.sampled_from(any_at_all(row.kind))) for row in asked}
        lead = frozenset(row.code for row in asked) if draw(st.booleans()) else frozenset()
        found.append(AgencySheet(name, f"หน่วยงาน {name}", AnswerSheet(answers), lead, frozenset(answers)))
    return found
