"""คำถามของฉัน: each agency and round once, what came back first, one clear next step."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Membership, Person
from phrom.survey.models import Ask, AskState, Round
from phrom.survey.pages.my_asks import MyAsksPage, my_asks_page
from tests.factories.agencies import START, make_agency, make_body, make_member
from tests.factories.survey import AT, make_answer, make_answered, make_review, make_round, make_sheet

pytestmark = pytest.mark.django_db


def page_of(person: Person) -> MyAsksPage:
    return my_asks_page(access_of(person, AT.date()), AT)


def agency_with_sheet(body: Agency | None = None) -> tuple[Round, Agency, dict[str, Ask]]:
    round = make_round(body or make_body())
    agency = make_agency(round.body)
    return round, agency, make_sheet(round, agency)


def answer_all(asks: dict[str, Ask]) -> None:
    values = {
        "P1.1": False,
        "P1.2": [],
        "P1.3": "ก",
        "P1.4": "https://a.th",
        "P1.5": "2024-06-11",
        "P2.1.1": 1,
        "P2.1.2": 1,
        "P2.2": False,
    }
    for code, value in values.items():
        make_answer(asks[code], value)


def test_two_agencies_in_two_rounds_opened_at_the_same_moment_are_two_parts() -> None:
    first, second = agency_with_sheet(), agency_with_sheet()
    person = make_member(first[1])
    Membership.objects.create(person=person, agency=second[1], role="official", starts_on=START)
    assert sorted((part.agency.pk, part.total) for part in page_of(person).parts) == [(first[1].pk, 8), (second[1].pk, 8)]


def test_the_next_step_goes_from_beginning_to_waiting() -> None:
    _, agency, asks = agency_with_sheet()
    person = make_member(agency)
    assert page_of(person).parts[0].step.act == "เริ่มตอบ"
    answer_all(asks)
    assert page_of(person).parts[0].step.act == "ส่งให้ตรวจ"
    Ask.objects.update(state=AskState.SUBMITTED)
    assert "รอผู้ประสานงานตรวจ" in page_of(person).parts[0].step.words


def test_what_came_back_is_the_next_step_with_its_reason() -> None:
    ask = make_answered(state="returned")
    part = page_of(make_member(ask.agency)).parts[0]
    assert (part.step.act, part.step.slug) == ("แก้ข้อที่ส่งกลับ", "p1-1")
    assert part.returned[0].step is not None
    assert part.returned[0].step.reason == "กรุณาแนบคำสั่งฉบับล่าสุด"


def test_the_newest_return_is_the_one_that_counts() -> None:
    ask = make_answered(state="returned")
    make_review(ask, "returned", "ขอฉบับลงนาม")
    assert page_of(make_member(ask.agency)).parts[0].returned[0].step.reason == "ขอฉบับลงนาม"


def test_a_row_taken_away_is_not_counted() -> None:
    _, agency, asks = agency_with_sheet()
    Ask.objects.filter(pk=asks["P1.1"].pk).update(withdrawn_at=AT, withdrawn_by=make_member(agency))
    assert page_of(make_member(agency)).parts[0].total == 7


def test_a_frozen_round_stands_below_to_be_read(client: Client) -> None:
    _, agency, _ = agency_with_sheet()
    Round.objects.update(frozen_at=AT, frozen_by=make_member(agency))
    page = page_of(make_member(agency))
    assert (len(page.parts), len(page.closed)) == (0, 1)


def test_nobody_asked_is_told_what_will_stand_here(client: Client) -> None:
    client.force_login(make_member(make_agency(make_body())))
    assert "ยังไม่มีคำถามถึงหน่วยงานของท่าน" in client.get(reverse("my_asks")).content.decode()


def test_queries_do_not_grow_with_agencies(django_assert_num_queries: Any) -> None:
    body = make_body()
    round = make_round(body)
    person = make_member(make_agency(body))
    for _ in range(4):
        agency = make_agency(body)
        Membership.objects.create(person=person, agency=agency, role="official", starts_on=START)
        for ask in make_sheet(round, agency).values():
            Ask.objects.filter(pk=ask.pk).update(state=AskState.RETURNED)
    access = access_of(person, AT.date())
    with django_assert_num_queries(2):
        assert len(my_asks_page(access, AT).parts) == 4
