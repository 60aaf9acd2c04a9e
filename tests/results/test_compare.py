"""Two years side by side: totals said which is which, rows matched by the crosswalk, what is new and what is gone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phrom.agencies.models import Agency, Person
from phrom.results.pages.compare import ComparePage
from phrom.rules.instrument.load import load_edition
from phrom.survey.models import AskState, Round
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.results import EDITION, make_official_result
from tests.factories.survey import make_answered, make_round

pytestmark = pytest.mark.django_db
BEFORE = load_edition(Path(__file__).resolve().parents[2] / "editions/dga-province-2566")


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def round(body: Agency) -> Round:
    return make_round(body, EDITION)


@pytest.fixture
def chair(body: Agency) -> Person:
    return make_member(body, "chair")


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(person: Person, round: Round) -> tuple[ComparePage, str]:
    response = client_of(person).get(f"/rounds/{round.pk}/compare/")
    page: ComparePage = response.context["page"]
    return page, response.content.decode()


def test_with_only_an_official_total_of_last_year_the_totals_stand_alone(body: Agency, round: Round, chair: Person) -> None:
    make_official_result(body)
    page, text = page_of(chair, round)
    last, this = page.years
    assert (last.year, last.official, last.estimated) == (2566, Decimal("37.87"), None)
    assert (this.year, this.official) == (2567, None)
    assert "37.87" in text
    assert "วาระที่ 2.2" in text
    assert "เทียบได้เฉพาะคะแนนรวม" in text
    assert "ประมาณการ" in text
    assert (page.pairs, page.chart) == ((), None)


def test_rows_are_matched_and_their_answers_and_marks_stand_side_by_side(body: Agency, round: Round, chair: Person) -> None:
    agency, last = make_agency(body), make_round(body, BEFORE)
    make_answered(last, agency, "P1.1", True, AskState.ACCEPTED, detail="แผนเดิม", provider="own")
    make_answered(last, agency, "P4.1", 3, AskState.ACCEPTED)
    make_answered(round, agency, "P4.1", 5, AskState.ACCEPTED)
    page, text = page_of(chair, round)
    pairs = {pair.after.code: pair for pair in page.pairs}
    assert (pairs["P4.1"].before.said, pairs["P4.1"].after.said) == ("3 รายการ", "5 รายการ")
    assert pairs["P4.1"].is_changed
    assert (pairs["P4.5.1"].before.code, pairs["P4.5.1"].relation) == ("P4.2", "เหมือนเดิม")
    assert len(page.new) == 34
    assert [side.code for side in page.removed] == ["P5.2"]
    assert page.chart is not None
    assert page.chart.has_last
    assert "คะแนนรายเสาหลักของสองปี" in text


def test_an_invented_year_is_said_to_be_invented(body: Agency, round: Round, chair: Person) -> None:
    make_round(body, BEFORE)
    _, text = page_of(chair, round)
    assert "โครงสร้างสมมติเพื่อทดลอง" in text
    assert "สมมติขึ้นทั้งหมด" in text


def test_only_who_may_open_the_province_s_row_is_led_there(body: Agency, round: Round, chair: Person) -> None:
    make_round(body, BEFORE)
    page, _ = page_of(chair, round)
    assert {pair.after.url for pair in page.pairs} == {""}
    page, _ = page_of(make_member(body, "coordinator"), round)
    assert all(pair.after.url.endswith(f"/consolidation/{pair.after.code}/") for pair in page.pairs)


def test_many_offices_cost_no_more_queries(body: Agency, round: Round, chair: Person) -> None:
    last, client = make_round(body, BEFORE), client_of(chair)
    counts = []
    for _ in range(2):
        for _ in range(4):
            agency = make_agency(body)
            make_answered(last, agency, "P4.1", 3, AskState.ACCEPTED)
            make_answered(round, agency, "P4.1", 4, AskState.ACCEPTED)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/rounds/{round.pk}/compare/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 24


def test_a_stranger_sees_nothing(round: Round) -> None:
    assert client_of(make_member(make_body(), "coordinator")).get(f"/rounds/{round.pk}/compare/").status_code == 404
