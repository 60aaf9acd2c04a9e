"""A round as figures, before and after it is frozen."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phrom.config.commands.score import score_file
from phrom.results.actions.scores import freeze, take_snapshot
from phrom.results.models import OfficialResult, Snapshot
from phrom.results.sheets import standing_of, three_of
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.models import AnswerSet, AskState, Round
from tests.factories.agencies import make_agency, make_person
from tests.factories.results import make_answered_round, make_official_result
from tests.factories.survey import AT, make_answered, make_approved

pytestmark = pytest.mark.django_db


def test_figures_come_from_the_accepted_answers() -> None:
    standing = standing_of(make_answered_round())
    assert standing.scorecard.pillar("P1").percent == Decimal("28.57")  # two of seven rows
    assert standing.merged.sheet.get("P4.1").value == 7


def test_last_year_of_another_province_is_not_ours() -> None:
    make_official_result(make_answered_round().body)
    assert standing_of(make_answered_round()).last_year is None


def test_kpi_counts_from_last_year() -> None:
    round = make_answered_round()
    make_official_result(round.body, "5.00")
    sub = standing_of(round).kpi("fifths").subs[1]
    assert [step.value for step in sub.steps] == [Decimal(0), Decimal("5.00"), Decimal("10.00")]


def test_freezing_keeps_the_figures_that_stood() -> None:
    round = make_answered_round()
    before = standing_of(round).scorecard
    make_approved(round)
    snapshot = freeze(round=round, by=make_person(), at=AT, confirmed=True)
    after = standing_of(Round.objects.get(pk=round.pk))
    assert after.scorecard == before
    assert snapshot.is_final and snapshot.scorecard["total"] == str(before.total)
    assert snapshot.set_sha256 == AnswerSet.objects.get(round=round).sha256


def test_a_later_announcement_does_not_change_what_was_frozen() -> None:
    round = make_answered_round()
    make_official_result(round.body, "5.00")
    make_approved(round)
    freeze(round=round, by=make_person(), at=AT, confirmed=True)
    kpis = standing_of(Round.objects.get(pk=round.pk)).kpis
    OfficialResult.objects.update(total=Decimal("90"))
    assert standing_of(Round.objects.get(pk=round.pk)).kpis == kpis


def test_the_command_scores_a_frozen_set_as_the_dashboard_does(tmp_path: Path) -> None:
    round = make_answered_round()
    make_official_result(round.body)
    make_approved(round)
    snapshot = freeze(round=round, by=make_person(), at=AT, confirmed=True)
    file = tmp_path / "set.json"
    file.write_text(AnswerSet.objects.get(round=round).document, encoding="utf-8")
    scored = json.loads(score_file(settings.PHROM_EDITIONS / "dga-province-2567", file))
    beside = {"claimed", "evidenced"}  # what was said and never accepted stands in no set
    assert {key: scored[key] for key in snapshot.scorecard.keys() - beside} == {
        key: value for key, value in snapshot.scorecard.items() if key not in beside
    }
    assert scored["kpi"] == snapshot.kpi


def test_a_second_freeze_is_refused_and_keeps_nothing() -> None:
    round = make_answered_round()
    make_approved(round)
    freeze(round=round, by=make_person(), at=AT, confirmed=True)
    with pytest.raises(RoundClosed):
        freeze(round=round, by=make_person(), at=AT, confirmed=True)
    assert Snapshot.objects.filter(round=round).count() == 1


def test_figures_are_not_kept_again_once_the_round_is_closed() -> None:
    round = make_answered_round()
    make_approved(round)
    freeze(round=round, by=make_person(), at=AT, confirmed=True)
    with pytest.raises(RoundClosed):
        take_snapshot(round=round, by=make_person(), at=AT)
    assert Snapshot.objects.filter(round=round).count() == 1


def test_a_snapshot_is_told_in_the_journal() -> None:
    round = make_answered_round()
    take_snapshot(round=round, by=make_person(), at=AT)
    assert AuditEvent.objects.get(chain=round.body.code, event="results.snapshot").about == f"round:{round.pk}"


def test_scoring_costs_the_same_however_many_agencies() -> None:
    round = make_answered_round()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        standing_of(round)
    assert len(queries) <= 6


def test_three_scores_tell_words_from_papers_and_papers_from_what_was_accepted() -> None:
    round = make_answered_round()
    body = round.body
    office = make_agency(body, "สำนักงานคลังจังหวัดเชียงใหม่")
    make_answered(round, office, "P1.1", True, AskState.OPEN)
    three = three_of(standing_of(round))
    assert three.reviewed == standing_of(round).scorecard
    assert three.claimed.rows["P1.1"].points > three.evidenced.rows["P1.1"].points == three.reviewed.rows["P1.1"].points
    assert three.claimed.total > three.evidenced.total >= three.reviewed.total


def test_the_three_scores_cost_no_further_query_and_are_kept_with_a_snapshot() -> None:
    round = make_answered_round()
    with CaptureQueriesContext(connection) as alone:
        standing_of(round)
    with CaptureQueriesContext(connection) as queries:
        three = three_of(standing_of(round))
    assert len(queries) == len(alone)
    kept = take_snapshot(round=round, by=make_person(), at=AT).scorecard
    assert (kept["claimed"], kept["evidenced"]) == (str(three.claimed.total), str(three.evidenced.total))


def test_what_was_said_can_still_be_scored_after_the_freeze() -> None:
    round = make_answered_round()
    make_answered(round, code="P1.1", value=True, state=AskState.OPEN)
    before = three_of(standing_of(round))
    make_approved(round)
    freeze(round=round, by=make_person(), at=AT, confirmed=True)
    after = three_of(standing_of(Round.objects.get(pk=round.pk)))
    assert (after.claimed, after.evidenced) == (before.claimed, before.evidenced)
