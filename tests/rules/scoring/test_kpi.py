"""The KPI table of the agenda: 50, 75, 100 and what lies between, below and beyond."""

from __future__ import annotations

from decimal import Decimal

import pytest

from phrom.rules.instrument.model import Kind
from phrom.rules.scoring.kpi import GUARDED, NO_LAST_YEAR, KpiResult, SubResult, assess
from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.sheet import Answer
from tests.factories.rules import make_edition, make_kpi, make_question, make_sheet

ROW = make_question("P1.1", Kind.COUNT, "1", 10_000)


def kpi_at(total: str, last_year: str | None, interpolation: str = "linear") -> KpiResult:
    """The KPI of a body whose one pillar and total are `total`."""
    edition = make_edition(ROW, kpi=make_kpi(interpolation))
    card = score(edition, make_sheet(P1_1=Answer(int(Decimal(total) * 100))))
    assert card.total == Decimal(total)
    return assess(edition.kpi, card, None if last_year is None else Decimal(last_year), "fifths")


def against(total: str, last_year: str | None, interpolation: str = "linear") -> SubResult:
    return kpi_at(total, last_year, interpolation).subs[1]


@pytest.mark.parametrize(
    ("total", "points"),
    [
        ("27.86", "0.00"),
        ("27.87", "50.00"),
        ("32.87", "62.50"),
        ("37.87", "75.00"),
        ("40.37", "87.50"),
        ("42.87", "100.00"),
        ("99", "100.00"),
    ],
)
def test_chiang_mai_against_last_year(total: str, points: str) -> None:
    assert str(against(total, "37.87").points) == points


def test_by_steps_where_the_edition_says_so() -> None:
    assert against("40.37", "37.87", "step").points == 75


def test_what_is_reached_and_what_is_missing() -> None:
    sub = against("40.37", "37.87")
    assert sub.reached and sub.next
    assert (sub.reached.points, sub.next.points, sub.next.value, sub.missing) == (75, 100, Decimal("42.87"), Decimal("2.50"))
    assert sub.because == "ได้ 40.37 คิดเป็น 87.5 คะแนน ขาดอีก 2.5 จะถึงขั้น 100 คะแนน"


def test_without_last_year_nothing_is_guessed() -> None:
    result = kpi_at("50", None)
    assert result.subs[1].points is None
    assert result.subs[1].because == NO_LAST_YEAR
    assert result.points is None


@pytest.mark.parametrize(
    ("total", "last_year", "points"),
    [
        ("0", "4", "50.00"),
        ("2", "4", "62.50"),
        ("97", "97", "75.00"),
        ("98.5", "97", "87.50"),
        ("100", "97", "100.00"),
        ("100", "100", "100.00"),
        ("99.99", "100", "74.98"),
        ("0", "0", "75.00"),
    ],
)
def test_targets_are_held_inside_0_and_100(total: str, last_year: str, points: str) -> None:
    sub = against(total, last_year)
    assert all(0 <= step.value <= 100 for step in sub.steps)
    assert GUARDED in sub.because
    assert str(sub.points) == points


@pytest.mark.parametrize(
    ("percents", "points"), [((0, 0, 0), "0.00"), ((40, 39, 0), "50.00"), ((40, 40, 39), "75.00"), ((90, 90, 90), "100.00")]
)
def test_pillars_at_level_three(percents: tuple[int, ...], points: str) -> None:
    rows = [make_question(f"P{number}.1", Kind.COUNT, "1", 100) for number in (1, 2, 3)]
    edition = make_edition(*rows, weights={"P1": "30", "P2": "30", "P3": "40"})
    answers = {row.code: Answer(percent) for row, percent in zip(rows, percents, strict=True)}
    card = score(edition, make_sheet(**{code.replace(".", "_"): answer for code, answer in answers.items()}))
    assert str(assess(edition.kpi, card, None, "fifths").subs[0].points) == points


def test_the_whole_is_weighted_by_sub_indicator() -> None:
    result = kpi_at("40.37", "37.87")
    assert [str(sub.points) for sub in result.subs] == ["50.00", "87.50"]
    assert str(result.points) == "68.75"
