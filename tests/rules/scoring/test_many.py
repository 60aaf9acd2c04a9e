"""Many bodies at once are scored exactly as each alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrom.rules.instrument.model import Condition, Edition, Kind
from phrom.rules.scoring import many
from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.sheet import Answer, AnswerSheet
from tests.factories.rules import YES, above, make_edition, make_question, make_sheet
from tests.rules.scoring.strategies import EDITION, any_at_all, sheets

SUMS = settings(max_examples=30, deadline=None, derandomize=True, database=None)


def same(edition: Edition, found: list[AnswerSheet]) -> None:
    bodies = {f"body-{number}": sheet for number, sheet in enumerate(found)}
    scores = many.score_sheets(edition, bodies)
    assert scores.bodies == tuple(bodies)
    for place, sheet in enumerate(found):
        card = score(edition, sheet)
        assert scores.status is card.status
        assert scores.total(place) == card.total
        assert {code: scores.level(place, code) for code in card.levels} == card.levels
        for pillar in card.pillars:
            assert scores.percent(place, pillar.code) == pillar.percent
            assert {code: scores.pillar_level(place, pillar.code, code) for code in pillar.levels} == pillar.levels


@SUMS
@given(st.lists(sheets(), max_size=6))
def test_many_equal_one(found: list[AnswerSheet]) -> None:
    same(EDITION, found)


@SUMS
@given(st.lists(sheets(pool=any_at_all), max_size=6))
def test_many_equal_one_for_strange_answers(found: list[AnswerSheet]) -> None:
    same(EDITION, found)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Random points, full marks, weights and chains of conditions."""
    rows: list[Any] = []
    for number in range(draw(st.integers(2, 8))):
        condition = None
        if rows and draw(st.booleans()):
            tests = st.sampled_from(["yes", "given"])
            leaves = st.builds(Condition, code=st.sampled_from([row.code for row in rows]), test=tests)
            parts = draw(st.lists(leaves, min_size=1, max_size=2))
            condition = (
                parts[0] if len(parts) == 1 else Condition(**{draw(st.sampled_from(["all_of", "any_of"])): tuple(parts)})
            )
        kind = draw(st.sampled_from([Kind.YES_NO, Kind.COUNT, Kind.PERCENT]))
        points = str(draw(st.decimals("0.01", "99.99", places=2)))
        rows.append(make_question(f"P{number % 3 + 1}.{number}", kind, points, draw(st.integers(1, 13)), asked_when=condition))
    pillars = sorted({row.pillar for row in rows})
    cuts = [0, *sorted(draw(st.lists(st.integers(0, 1000), min_size=len(pillars) - 1, max_size=len(pillars) - 1))), 1000]
    weights: dict[str, str | None] = {code: str((cuts[place + 1] - cuts[place]) / 10) for place, code in enumerate(pillars)}
    return make_edition(*rows, weights=weights)


@SUMS
@given(editions().flatmap(lambda edition: st.tuples(st.just(edition), st.lists(sheets(edition), min_size=1, max_size=3))))
def test_many_equal_one_for_any_edition(pair: tuple[Edition, list[AnswerSheet]]) -> None:
    same(*pair)


def test_no_bodies_no_scores() -> None:
    assert len(many.score_sheets(EDITION, {}).totals) == 0


def test_a_large_matrix_is_worked_through_in_pieces() -> None:
    one = many.matrix_of_sheets(EDITION, {"a": make_sheet(P1_1=YES), "b": make_sheet(P3_1=YES, P1_2=Answer(("a",)))})
    copies = 5_000
    large = many.Matrix(tuple(map(str, range(2 * copies))), np.tile(one.cells, (copies, 1)))
    scores = many.score_matrix(EDITION, large)
    assert set(scores.totals[::2]) == set(many.score_matrix(EDITION, one).totals[:1])
    assert set(scores.totals[1::2]) == set(many.score_matrix(EDITION, one).totals[1:])


def test_kept_cells_make_the_same_matrix_in_any_order() -> None:
    answers = [("b", "P1.1", YES), ("a", "P1.2", Answer(("a", "b"))), ("a", "P1.1", YES), ("b", "P9.9", YES)]
    asked = [each for each in answers if each[1] in EDITION.by_code]
    cells = [(body, code, many.encode(EDITION.by_code[code], answer)) for body, code, answer in asked]
    first = many.matrix_of_answers(EDITION, ["a", "b"], answers)
    second = many.matrix_of_cells(EDITION, ["a", "b"], reversed(cells))
    assert np.array_equal(first.cells, second.cells)
    assert first.bodies == second.bodies == ("a", "b")


def test_a_matrix_of_another_edition_is_refused() -> None:
    matrix = many.matrix_of_sheets(EDITION, {"a": make_sheet()})
    with pytest.raises(ValueError, match="edition"):
        many.score_matrix(make_edition(make_question("P1.1")), matrix)


def test_points_too_fine_for_the_fast_sums_are_exact_too() -> None:
    primes = (9_973, 9_967, 9_949, 9_941, 9_931)
    edition = make_edition(*(make_question(f"P1.{prime}", Kind.COUNT, "1", prime) for prime in primes))
    assert many.plan(edition).units.dtype == object
    same(edition, [AnswerSheet({f"P1.{prime}": Answer(prime // part) for prime in primes}) for part in (1, 2, 3, 9_000)])


def test_a_condition_that_points_forward_is_refused() -> None:
    edition = make_edition(make_question("P1.1", asked_when=above("P1.2")), make_question("P1.2", Kind.COUNT))
    with pytest.raises(ValueError, match="backward"):
        many.plan(edition)


def test_two_editions_with_the_same_hash_are_not_taken_for_one() -> None:
    edition = make_edition(make_question("P1.1", points="1"), make_question("P1.2", points="1"), hash="x")
    other = make_edition(make_question("P1.1", points="3"), make_question("P1.2", points="1"), hash="x")
    found = [many.score_sheets(each, {"a": make_sheet(P1_1=YES)}).total(0) for each in (edition, other)]
    assert [str(total) for total in found] == ["50.00", "75.00"]
