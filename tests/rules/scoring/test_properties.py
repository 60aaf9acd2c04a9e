"""What holds for every sheet, every province, every order of agencies."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from phrom.rules.scoring.checks import check
from phrom.rules.scoring.exchange import answer_from_json, answer_to_json
from phrom.rules.scoring.kpi import assess
from phrom.rules.scoring.merge import merge
from phrom.rules.scoring.path import on_path
from phrom.rules.scoring.scorecard import Scorecard, score
from phrom.rules.scoring.sheet import AgencySheet, AnswerSheet
from tests.rules.scoring.strategies import EDITION, agencies, any_at_all, sheets, sound, worse_sheets

quick = settings(max_examples=50, deadline=None, derandomize=True, database=None)


@quick
@given(sheets().flatmap(lambda sheet: st.tuples(st.just(sheet), worse_sheets(sheet))))
def test_a_better_answer_never_lowers_a_score(pair: tuple[AnswerSheet, AnswerSheet]) -> None:
    better, worse = (score(EDITION, sheet) for sheet in pair)
    assert worse.total <= better.total
    for low, high in zip(worse.pillars, better.pillars, strict=True):
        assert (low.percent, low.points) <= (high.percent, high.points)
    assert all(worse.levels[code].level <= better.levels[code].level for code in worse.levels)


@quick
@given(sheets(), st.data())
def test_an_answer_off_the_path_never_counts(sheet: AnswerSheet, data: st.DataObject) -> None:
    path = on_path(EDITION, sheet)
    off = [row for row in EDITION.asked_rows if row.code not in path]
    changed = AnswerSheet({**sheet.answers, **{row.code: data.draw(st.sampled_from(sound(row.kind))) for row in off}})
    assert on_path(EDITION, changed) == path
    before, after = score(EDITION, sheet), score(EDITION, changed)
    assert (before.total, before.pillars) == (after.total, after.pillars)
    assert all(after.rows[row.code].points == 0 for row in off)


@quick
@given(sheets(pool=any_at_all))
def test_every_score_lies_between_0_and_100_and_adds_up(sheet: AnswerSheet) -> None:
    card = score(EDITION, sheet)
    assert 0 <= card.total <= 100
    for pillar in card.pillars:
        assert 0 <= pillar.points <= pillar.out_of
        assert 0 <= pillar.percent <= 100
    assert sum(pillar.weight for pillar in card.pillars) == 100
    shown = sum(pillar.weight * pillar.percent / 100 for pillar in card.pillars)
    assert abs(shown - card.total) <= Decimal("0.01")


@quick
@given(agencies(), st.randoms(use_true_random=False))
def test_the_order_of_agencies_does_not_matter(found: list[AgencySheet], chance: random.Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    assert merge(EDITION, found) == merge(EDITION, mixed)


@quick
@given(agencies())
def test_every_agency_that_was_asked_is_named_once_and_told_why(found: list[AgencySheet]) -> None:
    merged = merge(EDITION, found)
    assert list(merged.rows) == [row.code for row in EDITION.asked_rows]
    for code, row in merged.rows.items():
        assert [source.agency for source in row.sources] == sorted(sheet.agency for sheet in found if code in sheet.rows)
        assert all(source.because for source in row.sources)
        assert row.because
        assert all(source.answer.given for source in row.sources if source.used)


@quick
@given(agencies())
def test_nothing_comes_from_nowhere(found: list[AgencySheet]) -> None:
    """A provincial answer that earns points rests on an answer that was used; evidence comes from used answers only."""
    merged = merge(EDITION, found)
    card = score(EDITION, merged.sheet)
    for code, row in merged.rows.items():
        used = [source.answer for source in row.sources if source.used]
        assert used or card.rows[code].earned == 0
        assert set(row.answer.proofs) <= {proof for answer in used for proof in answer.proofs}


@quick
@given(agencies())
def test_a_merged_sheet_can_be_written_and_read_back(found: list[AgencySheet]) -> None:
    merged = merge(EDITION, found)
    for code, answer in merged.sheet.answers.items():
        row = EDITION.by_code[code]
        assert answer_from_json(row, answer_to_json(answer), kept=True) == answer
    assert check(EDITION, merged.sheet) == check(EDITION, merged.sheet)


@quick
@given(sheets().flatmap(lambda sheet: st.tuples(st.just(sheet), worse_sheets(sheet))), st.integers(0, 10_000))
def test_a_better_score_never_lowers_the_kpi(pair: tuple[AnswerSheet, AnswerSheet], last_year: int) -> None:
    def points(card: Scorecard, assumption: str) -> Decimal:
        found = assess(EDITION.kpi, card, Decimal(last_year).scaleb(-2), assumption).points
        assert found is not None
        return found

    better, worse = (score(EDITION, sheet) for sheet in pair)
    for assumption in better.levels:
        assert 0 <= points(worse, assumption) <= points(better, assumption) <= 100


@quick
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000))
def test_kpi_points_rise_with_the_total(first: int, second: int, last_year: int) -> None:
    card = score(EDITION, AnswerSheet({}))
    low, high = sorted((first, second))
    results = [
        assess(EDITION.kpi, replace(card, total=Decimal(total).scaleb(-2)), Decimal(last_year).scaleb(-2), "fifths").subs[1]
        for total in (low, high)
    ]
    assert (results[0].points or 0) <= (results[1].points or 0)
