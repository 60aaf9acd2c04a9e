"""Rows make pillars, pillars make the total, levels are read from what is shown."""

from __future__ import annotations

from decimal import Decimal

from phrom.rules.instrument.model import Kind, Points, Status
from phrom.rules.scoring.scorecard import band_of, score
from phrom.rules.scoring.sheet import Answer
from tests.factories.rules import NO, YES, make_edition, make_levels, make_little_edition, make_question, make_sheet


def test_total_is_the_weighted_sum_of_the_pillars() -> None:
    rows = [make_question(code) for code in ("P1.1", "P1.2", "P2.1")]
    found = score(make_edition(*rows, weights={"P1": "13", "P2": "87"}), make_sheet(P1_1=YES, P1_2=NO, P2_1=YES))
    assert [str(pillar.percent) for pillar in found.pillars] == ["50.00", "100.00"]
    assert str(found.total) == "93.50"
    assert (found.pillar("P1").points, found.pillar("P1").out_of) == (10, 20)


def test_thirds_are_added_before_they_are_rounded() -> None:
    rows = [make_question(f"P1.{number}", Kind.COUNT, "1", 3) for number in (1, 2, 3)]
    found = score(make_edition(*rows), make_sheet(P1_1=Answer(1), P1_2=Answer(1), P1_3=Answer(1)))
    assert str(found.rows["P1.1"].points) == "0.33"
    assert str(found.pillars[0].points) == "1.00"
    assert str(found.total) == "33.33"


def test_everything_is_one_hundred_and_nothing_is_zero() -> None:
    edition = make_edition(make_question("P1.1"), make_question("P2.1"))
    assert str(score(edition, make_sheet(P1_1=YES, P2_1=YES)).total) == "100.00"
    assert str(score(edition, make_sheet()).total) == "0.00"


def test_the_general_part_has_a_mark_and_no_pillar() -> None:
    found = score(make_little_edition(), make_sheet(G_1=YES))
    assert "G.1" in found.rows
    assert [pillar.code for pillar in found.pillars] == ["P1", "P2", "P3"]
    assert found.total == 0


def test_a_pillar_without_points_scores_nothing() -> None:
    found = score(make_edition(make_question("P1.1", points="")), make_sheet(P1_1=YES))
    assert (found.pillars[0].percent, found.total) == (0, 0)


def test_levels_stand_under_every_assumption() -> None:
    fifths, quarters = make_levels("fifths"), make_levels("quarters", 25, 50, 75, 100)
    shown = {
        text: (band_of(fifths, Decimal(text)).level, band_of(quarters, Decimal(text)).level)
        for text in ("0", "19.99", "20", "24.99", "25", "37.87", "40", "99.99", "100")
    }
    assert shown == {
        "0": (1, 1),
        "19.99": (1, 1),
        "20": (2, 1),
        "24.99": (2, 1),
        "25": (2, 2),
        "37.87": (2, 2),
        "40": (3, 2),
        "99.99": (5, 4),
        "100": (5, 5),
    }


def test_a_level_never_contradicts_the_figure_beside_it() -> None:
    """2 of 3 points of 7 x ... = 39.996 % is shown as 40.00 and so is level 3."""
    row = make_question("P1.1", Kind.COUNT, "1", 25_000)
    found = score(make_edition(row), make_sheet(P1_1=Answer(9_999)))
    assert str(found.total) == "40.00"
    assert found.levels["fifths"].level == 3


def test_figures_are_estimates_until_all_points_are_official() -> None:
    official = Points(out_of=Decimal(1), status=Status.OFFICIAL)
    row, other = make_question("P1.1").model_copy(update={"points": official}), make_question("P1.2")
    assert score(make_edition(row), make_sheet()).status is Status.OFFICIAL
    assert score(make_edition(row, other), make_sheet()).status is Status.ESTIMATED
