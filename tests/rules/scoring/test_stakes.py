"""What rows are worth: all asked rows are the whole, exactly, whatever the edition; parts add up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.instrument.load import load_edition
from phrom.rules.scoring.stakes import at_stake, stakes_of, whole_parts
from tests.factories.survey import tiny_edition

DGA = load_edition(Path(__file__).parents[3] / "editions" / "dga-province-2567")
CODES = [row.code for row in DGA.asked_rows]


def test_all_rows_of_the_real_questionnaire_are_the_hundred_points() -> None:
    assert sum(stakes_of(DGA).values()) == 100
    assert at_stake(DGA, CODES) == Decimal("100.00")


def test_a_pillars_rows_are_its_weight() -> None:
    for pillar in DGA.scored_pillars:
        assert at_stake(DGA, [row.code for row in DGA.rows_of(pillar.code)]) == pillar.weight


def test_a_row_of_the_tiny_questionnaire_is_its_share() -> None:
    assert at_stake(tiny_edition(), ["P1.1"]) == Decimal("10.00")
    assert at_stake(tiny_edition(), ["P1.1", "P1.1"]) == Decimal("10.00"), "named twice counts once"


def test_headings_general_rows_and_strange_codes_weigh_nothing() -> None:
    assert at_stake(DGA, ["P2.1.1.1.1.1", "nonsense"]) == 0
    assert [row.code for row in DGA.asked_rows if row.points is None and at_stake(DGA, [row.code])] == []


@given(st.sets(st.sampled_from(CODES)))
def test_what_is_chosen_and_what_is_left_are_the_whole(chosen: set[str]) -> None:
    stakes = stakes_of(DGA)
    parts = [sum((stakes.get(code, Fraction(0)) for code in codes), Fraction(0)) for codes in (chosen, set(CODES) - chosen)]
    assert sum(parts) == 100
    assert abs(at_stake(DGA, chosen) + at_stake(DGA, set(CODES) - chosen) - 100) <= Decimal("0.01")


@given(st.sets(st.sampled_from(CODES)))
def test_whole_parts_say_the_same_without_rounding(chosen: set[str]) -> None:
    parts, one = whole_parts(DGA)
    stakes = stakes_of(DGA)
    assert Fraction(sum(parts.get(code, 0) for code in chosen), one) == sum(stakes.get(code, Fraction(0)) for code in chosen)
