"""Who is asked what, changed in bulk: what was posted becomes so, and nothing is ever lost."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.routing import (
    Cell,
    LeadNotAsked,
    Routing,
    RoutingChange,
    StaleMatrix,
    UnknownCell,
    route_rows,
    routing_version,
)
from phrom.survey.models import Ask, Round
from tests.factories.agencies import make_agency, make_body
from tests.factories.survey import AT, make_answer, tiny_edition
from tests.survey.province import Province, cells_of, make_province, open_for

pytestmark = pytest.mark.django_db
ROWS = frozenset({"P1.1", "P1.2"})


def posted(round: Round, asked: Iterable[Cell], leads: dict[str, int] | None = None, codes: frozenset[str] = ROWS) -> Routing:
    """A form that was opened just now."""
    version = routing_version(Ask.objects.filter(round=round, code__in=codes))
    return Routing(codes, frozenset(asked), leads or {}, version)


def of_rows(round: Round, codes: Iterable[str] = ROWS) -> set[Cell]:
    """Who is asked these rows now."""
    return {cell for cell in cells_of(round) if cell[0] in codes}


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def round(province: Province) -> Round:
    return open_for(province)


def save(province: Province, round: Round, routing: Routing) -> RoutingChange:
    return route_rows(round=round, routing=routing, by=province.coordinator, at=AT)


def test_a_row_is_taken_from_an_agency_with_who_and_when(province: Province, round: Round) -> None:
    gone = ("P1.1", province.others[0].pk)
    assert save(province, round, posted(round, of_rows(round) - {gone})) == RoutingChange(withdrawn=1)
    ask = Ask.objects.get(round=round, code=gone[0], agency=gone[1])
    assert (ask.withdrawn_by, ask.withdrawn_at) == (province.coordinator, AT)


def test_an_answer_is_kept_when_its_row_is_taken_away_and_comes_back_with_it(province: Province, round: Round) -> None:
    ask = Ask.objects.get(round=round, code="P1.1", agency=province.others[0])
    answer = make_answer(ask, True)
    save(province, round, posted(round, of_rows(round) - {(ask.code, ask.agency_id)}))
    assert save(province, round, posted(round, of_rows(round) | {(ask.code, ask.agency_id)})) == RoutingChange(restored=1)
    ask.refresh_from_db()
    assert (ask.withdrawn_at, ask.answer, ask.versions.count()) == (None, answer, 1)


def test_a_row_is_put_to_an_agency_that_was_not_asked(province: Province, round: Round) -> None:
    codes = frozenset({"P1.5"})
    new = ("P1.5", province.others[0].pk)
    save(province, round, posted(round, of_rows(round, codes) | {new}, {"P1.5": province.office.pk}, codes))
    ask = Ask.objects.get(round=round, code="P1.5", agency=province.others[0])
    assert (ask.state, ask.lead, ask.pillar) == ("open", False, "P1")
    assert ask.position == Ask.objects.get(round=round, code="P1.5", agency=province.office).position


def test_an_agency_that_came_later_can_be_asked(province: Province, round: Round) -> None:
    late = make_agency(province.body)
    save(province, round, posted(round, of_rows(round) | {("P1.1", late.pk)}))
    assert ("P1.1", late.pk) in cells_of(round)


def test_the_lead_moves(province: Province, round: Round) -> None:
    first = {"P1.1": province.statistics.pk}
    assert save(province, round, posted(round, of_rows(round), first)).leads == 1
    assert save(province, round, posted(round, of_rows(round), {"P1.1": province.others[0].pk})).leads == 1
    assert list(Ask.objects.filter(code="P1.1", lead=True).values_list("agency", flat=True)) == [province.others[0].pk]


def test_a_lead_must_be_asked(province: Province, round: Round) -> None:
    agency = province.others[0].pk
    before = cells_of(round)
    with pytest.raises(LeadNotAsked, match=r"P1\.1"):
        save(province, round, posted(round, of_rows(round) - {("P1.1", agency)}, {"P1.1": agency}))
    assert cells_of(round) == before


def test_rows_that_were_not_on_the_page_stay(province: Province, round: Round) -> None:
    others = of_rows(round, {row.code for row in tiny_edition().asked_rows} - ROWS)
    save(province, round, posted(round, []))
    assert cells_of(round) == others


def test_two_coordinators_the_second_is_refused(province: Province, round: Round) -> None:
    both = [posted(round, []), posted(round, of_rows(round) - {("P1.1", province.office.pk)})]
    save(province, round, both[0])
    with pytest.raises(StaleMatrix):
        save(province, round, both[1])
    assert of_rows(round) == set()


def test_an_answer_saved_meanwhile_does_not_make_the_page_stale(province: Province, round: Round) -> None:
    page = posted(round, [])
    make_answer(Ask.objects.get(round=round, code="P1.1", agency=province.others[0]), True)
    assert save(province, round, page).withdrawn == len(province.agencies) * 2


def test_a_frozen_round_is_routed_no_more(province: Province, round: Round) -> None:
    page = posted(round, [])
    before = cells_of(round)
    Round.objects.update(frozen_by=province.coordinator, frozen_at=AT)
    with pytest.raises(RoundClosed):
        save(province, round, page)
    assert cells_of(round) == before


@pytest.mark.parametrize("code", ["P2.1", "P9.9", ""])
def test_a_heading_or_an_unknown_row_is_refused(province: Province, round: Round, code: str) -> None:
    with pytest.raises(UnknownCell):
        save(province, round, posted(round, [], codes=frozenset({code})))


def test_an_agency_of_another_province_is_refused(province: Province, round: Round) -> None:
    stranger = make_agency(make_body())
    with pytest.raises(UnknownCell):
        save(province, round, posted(round, of_rows(round) | {("P1.1", stranger.pk)}))
    assert not Ask.objects.filter(agency=stranger).exists()


def test_nothing_changed_writes_nothing(province: Province, round: Round) -> None:
    assert not save(province, round, posted(round, of_rows(round))).anything
    assert not AuditEvent.objects.filter(event="round.routed").exists()


def test_whatever_is_posted_becomes_so_and_no_ask_is_deleted(province: Province, round: Round) -> None:
    chance = random.Random(7)
    every = [(code, agency.pk) for code in sorted(ROWS) for agency in province.agencies]
    known: set[int] = set()
    for _ in range(25):
        wanted = {cell for cell in every if chance.random() < 0.5}
        leads = {code: chance.choice(found) for code in ROWS if (found := [a for c, a in sorted(wanted) if c == code])}
        save(province, round, posted(round, wanted, leads))
        assert of_rows(round) == wanted
        assert set(Ask.objects.filter(code__in=ROWS, lead=True).values_list("code", "agency")) == set(leads.items())
        now = set(Ask.objects.values_list("pk", flat=True))
        assert known <= now
        known = now


def fields(client: Client, url: str) -> dict[str, list[str]]:
    """What the page's form would send unchanged."""
    page = client.get(url).context["page"]
    return {
        "version": [page.version],
        "once": ["k" * 20],
        "row": [row.question.code for row in page.rows],
        "cell": [f"{row.question.code}:{cell.agency.pk}" for row in page.rows for cell in row.cells if cell.asked],
        **{f"lead-{row.question.code}": [str(row.lead or "")] for row in page.rows},
    }


def test_the_matrix_is_saved_through_its_page(client: Client, province: Province, round: Round) -> None:
    client.force_login(province.coordinator)
    url = f"/rounds/{round.pk}/matrix/"
    data = fields(client, url)
    gone = f"P1.1:{province.others[0].pk}"
    data["cell"].remove(gone)
    page = client.post(url, data, follow=True)
    assert "ถอน 1 ช่อง" in page.content.decode()
    assert ("P1.1", province.others[0].pk) not in cells_of(round)


def test_a_double_click_saves_once_and_leads_to_the_same_place(client: Client, province: Province, round: Round) -> None:
    client.force_login(province.coordinator)
    url = f"/rounds/{round.pk}/matrix/"
    data = fields(client, url) | {"cell": []}
    data |= {key: [""] for key in data if key.startswith("lead-")}
    assert client.post(url, data).headers["Location"] == client.post(url, data).headers["Location"]


def test_a_stale_page_is_told_so(client: Client, province: Province, round: Round) -> None:
    client.force_login(province.coordinator)
    url = f"/rounds/{round.pk}/matrix/"
    data = fields(client, url)
    save(province, round, posted(round, []))
    page = client.post(url, data)
    assert page.status_code == 409
    assert "มีผู้ประสานงานอีกคน" in page.content.decode()


@pytest.mark.parametrize("cell", ["P1.1", "P1.1:x", "P1.1:99999999999999999999", "P1.1:1'--", "๑:๑"])
def test_a_forged_box_is_refused(client: Client, province: Province, round: Round, cell: str) -> None:
    client.force_login(province.coordinator)
    url = f"/rounds/{round.pk}/matrix/"
    assert client.post(url, fields(client, url) | {"cell": [cell]}).status_code == 422


@pytest.mark.parametrize("code", ["P1.1\0", "ขP1.1", "P" * 21])
def test_a_forged_row_is_refused_before_the_database_is_asked(
    client: Client, province: Province, round: Round, code: str
) -> None:
    client.force_login(province.coordinator)
    url = f"/rounds/{round.pk}/matrix/"
    assert client.post(url, fields(client, url) | {"row": [code]}).status_code == 422


def test_a_foreign_round_has_no_matrix(client: Client, province: Province) -> None:
    foreign = open_for(make_province())
    client.force_login(province.coordinator)
    assert client.get(f"/rounds/{foreign.pk}/matrix/").status_code == 404


@pytest.mark.parametrize("others", [3, 30])
def test_queries_do_not_grow_with_agencies(client: Client, others: int, django_assert_max_num_queries: Any) -> None:
    province = make_province(others, people=True)
    round = open_for(province)
    client.force_login(province.coordinator)
    with django_assert_max_num_queries(7):
        assert client.get(f"/rounds/{round.pk}/matrix/").status_code == 200


def test_more_than_a_thousand_boxes_are_saved(client: Client) -> None:
    province = make_province(130)
    round = open_for(province)
    client.force_login(province.coordinator)
    url = f"/rounds/{round.pk}/matrix/?pillar=all"
    data = fields(client, url)
    assert len(data["cell"]) > 1000
    assert client.post(url, data).status_code == 302
