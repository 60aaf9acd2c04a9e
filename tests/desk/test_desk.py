"""The first screen: what waits, most urgent first."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from phrom.agencies.access import access_of
from phrom.desk.pages import desk_page
from phrom.desk.trail import thing
from phrom.survey.models import AskState
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import make_answered, make_ask, make_inquiry, make_round

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 14)
AT = datetime(2024, 6, 14, 3, tzinfo=UTC)


def test_what_was_returned_comes_first() -> None:
    round = make_round()
    agency = make_agency(round.body)
    make_ask(round, agency, "P1.2")
    make_ask(round, agency, "P1.1", AskState.RETURNED)
    page = desk_page(access_of(make_member(agency), TODAY), AT)
    assert [(task.kind, task.count) for task in page.tasks] == [("returned", 1), ("open", 1)]


def test_all_answered_leads_to_sending() -> None:
    round = make_round()
    agency = make_agency(round.body)
    make_answered(round, agency, state=AskState.OPEN)
    assert desk_page(access_of(make_member(agency), TODAY), AT).tasks[0].act == "ส่งให้ตรวจ"


def test_the_coordinator_sees_what_waits_for_review_in_her_province_only() -> None:
    round = make_round()
    make_ask(round, make_agency(round.body), "P1.1", AskState.SUBMITTED)
    coordinator = make_member(make_agency(round.body), "coordinator")
    stranger = make_member(make_agency(make_body()), "coordinator")
    assert [task.kind for task in desk_page(access_of(coordinator, TODAY), AT).tasks] == ["submitted"]
    assert desk_page(access_of(stranger, TODAY), AT).tasks == ()


def test_an_officials_rows_are_the_first_thing_on_the_first_screen_most_urgent_first(client: Client) -> None:
    round = make_round()
    agency = make_agency(round.body)
    for code in ("P1.3", "P2.2", "P1.5"):
        make_ask(round, agency, code)
    make_inquiry(make_answered(round, agency, "P1.2", ["ai"]))
    returned = make_answered(round, agency, "P2.1.1", 3, AskState.RETURNED)
    make_answered(round, agency, "P1.1")
    person = make_member(agency)
    (part,) = desk_page(access_of(person, TODAY), AT).own
    assert [row.code for row in part.rows] == ["P2.1.1", "P1.2", "P2.2", "P1.3", "P1.5"]
    assert (part.waiting, part.more, part.sent, part.total, part.days) == (5, 0, 2, 6, 7)
    assert part.rows[0].url.endswith(f"#a{returned.pk}")
    client.force_login(person)
    text = client.get("/").content.decode()
    assert text.index("คำถามของฉัน: ") < text.index("P2.1.1") < text.index("งานที่รอทั้งหมด")


def test_who_answers_nothing_sees_no_empty_list(client: Client) -> None:
    client.force_login(make_member(make_body(), "chair"))
    assert "คำถามของฉัน: " not in client.get("/").content.decode()


@pytest.mark.parametrize("about", ["\0", "ask:1\0", "ก" * 500])
def test_the_journal_about_something_that_cannot_be_is_empty(client: Client, about: str) -> None:
    client.force_login(make_member(make_body(), "auditor"))
    assert client.get("/journal/", {"about": about}).status_code == 200


def test_the_journal_names_things_in_words() -> None:
    assert [thing("round:2"), thing("pack:1"), thing("installation")] == ["รอบ 2", "ชุดเอกสารคำตอบ 1", "ระบบ"]
