"""The board: counts that are true, who is late, what is at stake, the same few queries for 22 and for 200 agencies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.access import access_of
from phrom.survey.models import Ask, AskState, Round
from phrom.survey.pages.board import BoardPage, BoardRow, board_page
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import DEADLINE, make_answer, make_evidence, tiny_edition
from tests.survey.province import Province, make_province, open_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def round(province: Province) -> Round:
    return open_for(province)


def board(province: Province, round: Round, today: date = DEADLINE, **more: str) -> BoardPage:
    return board_page(round, access_of(province.coordinator, DEADLINE), today, **more)


def row_of(page: BoardPage, agency_id: int) -> BoardRow:
    return next(row for row in page.rows if row.agency_id == agency_id)


def put(round: Round, agency_id: int, code: str, state: str, *, answered: bool = True) -> Ask:
    ask = Ask.objects.get(round=round, agency=agency_id, code=code)
    Ask.objects.filter(pk=ask.pk).update(state=state)
    if answered:
        make_answer(ask, True)
    return ask


def test_states_and_answers_are_counted_by_agency_and_pillar(province: Province, round: Round) -> None:
    agency = province.others[0].pk
    put(round, agency, "P1.1", AskState.ACCEPTED)
    put(round, agency, "P1.2", AskState.SUBMITTED)
    put(round, agency, "P1.3", AskState.OPEN)
    put(round, agency, "P2.2", AskState.RETURNED)
    row = row_of(board(province, round), agency)
    first, second = row.by_pillar["P1"], row.by_pillar["P2"]
    assert (first.total, first.answered, first.accepted, first.submitted, first.returned) == (4, 3, 1, 1, 0)
    assert (second.returned, row.all.total, row.all.answered, row.all.unsent) == (1, 8, 4, 6)


def test_an_emptied_answer_is_not_counted_as_answered(province: Province, round: Round) -> None:
    agency = province.others[0].pk
    make_answer(Ask.objects.get(round=round, agency=agency, code="P1.1"), None)
    make_answer(Ask.objects.get(round=round, agency=agency, code="P1.2"), None, cannot="ไม่มีผู้รับผิดชอบ")
    assert row_of(board(province, round), agency).all.answered == 1


def test_withdrawn_rows_do_not_count(province: Province, round: Round) -> None:
    ask = put(round, province.others[0].pk, "P1.1", AskState.SUBMITTED)
    Ask.objects.filter(pk=ask.pk).update(withdrawn_by=province.coordinator, withdrawn_at=round.opened_at)
    row = row_of(board(province, round), province.others[0].pk)
    assert (row.all.total, row.all.submitted) == (7, 0)


def test_the_sums_below_are_the_sums_of_the_rows(province: Province, round: Round) -> None:
    put(round, province.others[0].pk, "P1.1", AskState.ACCEPTED)
    page = board(province, round)
    assert page.all.total == Ask.objects.count() == sum(tally.total for _, tally in page.sums)
    assert page.all.accepted == 1


def test_points_at_stake_fall_when_a_row_is_accepted(province: Province, round: Round) -> None:
    before = row_of(board(province, round), province.others[0].pk).all.stake
    put(round, province.others[0].pk, "P2.2", AskState.ACCEPTED)
    after = row_of(board(province, round), province.others[0].pk).all.stake
    assert before - after == pytest.approx(50 / len(tiny_edition().rows_of("P2")))


def test_an_agency_that_owes_every_row_holds_all_hundred_points(province: Province, round: Round) -> None:
    assert row_of(board(province, round), province.office.pk).all.stake == pytest.approx(100)


def test_the_most_at_stake_stands_first(province: Province, round: Round) -> None:
    Ask.objects.filter(round=round, agency=province.office).update(state=AskState.ACCEPTED)
    page = board(province, round)
    assert page.rows[-1].agency_id == province.office.pk
    assert board(province, round, sort="name").rows[0].agency_id == province.office.pk


@pytest.mark.parametrize(("day", "late"), [(DEADLINE, 0), (DEADLINE + timedelta(days=1), 3)])
def test_late_is_who_still_owes_rows_after_the_last_day(province: Province, round: Round, day: date, late: int) -> None:
    Ask.objects.filter(round=round, agency=province.office).update(state=AskState.SUBMITTED)
    page = board(province, round, day)
    assert page.late == late
    assert len(board(province, round, day, show="late").rows) == late


def test_filters_show_the_agencies_they_count(province: Province, round: Round) -> None:
    put(round, province.others[0].pk, "P1.1", AskState.RETURNED)
    counts = {choice.key: choice.count for choice in board(province, round).filters}
    for key, count in counts.items():
        assert len(board(province, round, show=key).rows) == count
    few = {"late": 0, "submitted": 0, "returned": 1, "accepted": 0, "extended": 0, "asked": 0}
    assert counts == {"all": 4, "unsent": 4, "stake": 4, **few}


@pytest.mark.parametrize("query", ["?show=nonsense&sort=nonsense", "?show=%00", "?sort='"])
def test_a_strange_filter_shows_everything(client: Client, province: Province, round: Round, query: str) -> None:
    client.force_login(province.coordinator)
    assert len(client.get(f"/rounds/{round.pk}/{query}").context["page"].rows) == 4


@pytest.mark.parametrize("others", [20, 198])
def test_eight_queries_for_22_and_for_200_agencies(client: Client, others: int, django_assert_max_num_queries: Any) -> None:
    province = make_province(others)
    round = open_for(province)
    client.force_login(province.coordinator)
    client.get(f"/rounds/{round.pk}/")
    with django_assert_max_num_queries(8):
        page = client.get(f"/rounds/{round.pk}/")
    assert len(page.context["page"].rows) == others + 2


def test_a_foreign_round_does_not_exist(client: Client, province: Province) -> None:
    foreign = open_for(make_province())
    client.force_login(province.coordinator)
    assert client.get(f"/rounds/{foreign.pk}/").status_code == 404
    assert client.get(f"/rounds/{foreign.pk}/board/{foreign.asks.first().agency_id}/").status_code == 404  # type: ignore[union-attr]


def test_an_agency_of_another_province_has_no_cell(client: Client, province: Province, round: Round) -> None:
    client.force_login(province.coordinator)
    assert client.get(f"/rounds/{round.pk}/board/{make_agency(make_body()).pk}/").status_code == 404


def test_a_cell_opens_to_its_rows_with_what_was_said(client: Client, province: Province, round: Round) -> None:
    ask = put(round, province.others[0].pk, "P1.1", AskState.SUBMITTED)
    make_evidence(ask)
    client.force_login(province.coordinator)
    page = client.get(f"/rounds/{round.pk}/board/{province.others[0].pk}/?pillar=P1").context["page"]
    assert [row.question.code for row in page.rows] == ["P1.1", "P1.2", "P1.3", "P1.4"]
    assert (page.rows[0].said, page.rows[0].proofs, page.rows[0].url) == ("มี", 1, f"/asks/{ask.pk}/review/")
    assert page.rows[1].url == ""


def test_the_chair_sees_how_far_but_not_what_was_said(client: Client, province: Province, round: Round) -> None:
    put(round, province.others[0].pk, "P1.1", AskState.SUBMITTED)
    client.force_login(make_member(province.body, "chair"))
    page = client.get(f"/rounds/{round.pk}/board/{province.others[0].pk}/").context["page"]
    assert {(row.said, row.url) for row in page.rows} == {("", "")}
    assert [door.label for door in page.head.doors] == ["กระดานความก้าวหน้า", "ผลคะแนน"]


def test_a_frozen_round_says_by_whom_and_when(client: Client, province: Province, round: Round) -> None:
    Round.objects.update(frozen_by=province.coordinator, frozen_at=round.opened_at)
    client.force_login(province.coordinator)
    assert f"{province.coordinator.name} ปิดรอบเมื่อ 11 มิ.ย. 2567" in client.get(f"/rounds/{round.pk}/").content.decode()
