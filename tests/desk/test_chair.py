"""The chair's page: what was decided, what is done, what is late, the next meeting and the score."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency
from phrom.desk.chair import NAMED, ChairPage, chair_page
from phrom.meetings.models import Meeting
from phrom.results.models import OfficialResult
from tests.factories.agencies import make_agency, make_body, make_member, make_person
from tests.factories.follow_ups import make_follow_up
from tests.factories.meetings import HELD, make_item, make_meeting, make_resolution
from tests.factories.results import make_answered_round

pytestmark = pytest.mark.django_db
AT = datetime(2024, 7, 1, 3, tzinfo=UTC)


@pytest.fixture
def body() -> Agency:
    return make_body()


def seen(body: Agency, role: str = "chair", wanted: str = "") -> ChairPage:
    return chair_page(access_of(make_member(body, role), AT.date()), wanted, AT)


def test_each_resolution_tells_how_many_offices_are_done_and_who_is_late(body: Agency) -> None:
    resolution = make_resolution(make_item(make_meeting(body)))
    late = make_follow_up(resolution, make_agency(body), date(2024, 6, 21))
    later = make_follow_up(resolution, make_agency(body), date(2024, 6, 12))
    make_follow_up(resolution, answered_at=HELD)
    make_follow_up(resolution, answered_at=HELD, closed_at=HELD)
    page = seen(body)
    (one,) = page.decided
    assert (one.total, one.found.done, one.found.to_check, one.state) == (4, 1, 1, ("late", "ช้า 2 หน่วยงาน"))
    assert [(m.follow_up, m.days_late) for m in one.latest] == [(later, 19), (late, 10)]
    assert (page.offices, page.done, page.late, page.to_check) == (4, 1, 2, 1)


def test_a_phone_names_the_five_latest_and_counts_the_rest(body: Agency) -> None:
    resolution = make_resolution(make_item(make_meeting(body)))
    for _ in range(NAMED + 3):
        make_follow_up(resolution)
    (one,) = seen(body).decided
    assert (len(one.latest), one.more_late) == (NAMED, 3)


def test_a_decision_with_a_day_but_no_office_is_shown_and_a_mere_notice_is_not(body: Agency) -> None:
    meeting = make_meeting(body)
    asked = make_resolution(make_item(meeting, "3.1"))
    make_resolution(make_item(meeting, "3.2"), due_on=None)
    make_resolution()
    (one,) = seen(body).decided
    assert (one.resolution, one.state, one.left) == (asked, ("wait", "ยังไม่ได้มอบหน่วยงาน"), -10)


def test_what_is_done_counts_no_days_any_more(body: Agency) -> None:
    make_follow_up(make_resolution(make_item(make_meeting(body))), closed_at=HELD)
    (one,) = seen(body).decided
    assert (one.state, one.left) == (("done", "เสร็จทุกหน่วยงาน"), None)


def test_the_next_meeting_is_the_first_that_is_not_over(body: Agency) -> None:
    assert seen(body).next_meeting is None
    for number, (days, more) in enumerate(
        [(-1, {}), (3, {"cancelled_at": AT, "cancelled_by": make_person()}), (9, {}), (5, {})]
    ):
        meeting = make_meeting(body, number=number + 1)
        Meeting.objects.filter(pk=meeting.pk).update(held_at=AT + timedelta(days=days), **more)
    page = seen(body)
    assert (str(page.next_meeting), page.days_to_meeting) == ("4/2567", 5)


def test_a_meeting_this_morning_is_still_the_next_one(body: Agency) -> None:
    meeting = make_meeting(body)
    Meeting.objects.filter(pk=meeting.pk).update(held_at=AT - timedelta(hours=2))
    assert seen(body).days_to_meeting == 0


def test_the_score_and_kpi_stand_in_one_glance(client: Client) -> None:
    round = make_answered_round()
    OfficialResult.objects.create(
        body=round.body, fiscal_year=2566, total=Decimal("37.87"), source="DGA", recorded_by=make_person(), recorded_at=AT
    )
    score = seen(round.body).score
    assert score is not None
    assert score.difference == score.total - Decimal("37.87")
    client.force_login(make_member(round.body, "chair"))
    page = client.get("/chair/").content.decode()
    assert str(score.total) in page
    assert "ประมาณการ" in page
    assert "ต่ำกว่าปีก่อน" in page


def test_level_and_kpi_stand_under_each_named_assumption_and_each_is_called_an_estimate(client: Client) -> None:
    round = make_answered_round()
    score = seen(round.body).score
    assert score is not None
    names = [level.assumption.name for level, _ in score.under]
    assert names == [kpi.assumption.name for _, kpi in score.under]
    assert len(names) >= 2
    client.force_login(make_member(round.body, "chair"))
    page = client.get("/chair/").content.decode()
    for level, _ in score.under:
        assert f'<th scope="row" class="govuk-table__header">{level.assumption.name}</th>' in page
        assert f'{level.level} {level.name} <span class="estimate" title="ข้อสันนิษฐาน: {level.assumption.name}' in page
    assert score.kpi_note in page


def test_nothing_yet_teaches(client: Client, body: Agency) -> None:
    client.force_login(make_member(body, "chair"))
    page = client.get("/chair/").content.decode()
    for words in ("ยังไม่มีมติที่ต้องดำเนินการ", "ยังไม่มีนัดประชุม", "ยังไม่ได้เปิดรอบสำรวจ"):
        assert words in page


def test_another_body_cannot_be_asked_for(body: Agency) -> None:
    other = make_body()
    make_resolution(make_item(make_meeting(other)))
    page = seen(body, wanted=str(other.pk))
    assert (page.body, page.decided, page.bodies) == (body, (), ())


def test_somebody_of_two_bodies_chooses(body: Agency) -> None:
    other = make_body(name="จังหวัดลำพูน")
    person = make_member(body, "member")
    person.memberships.create(agency=other, role="member", starts_on=date(2024, 1, 1))
    page = chair_page(access_of(person, AT.date()), str(other.pk), AT)
    assert (page.body, len(page.bodies)) == (other, 2)


def test_an_office_does_not_see_the_page(client: Client, body: Agency) -> None:
    client.force_login(make_member(make_agency(body)))
    assert client.get("/chair/").status_code == 404


@pytest.mark.parametrize("many", [1, 25])
def test_the_queries_do_not_grow(client: Client, many: int, django_assert_max_num_queries: Any) -> None:
    round = make_answered_round()
    meeting = make_meeting(round.body)
    for number in range(many):
        resolution = make_resolution(make_item(meeting, f"3.{number}"))
        for _ in range(3):
            make_follow_up(resolution)
    client.force_login(make_member(round.body, "chair"))
    client.get("/chair/")
    with django_assert_max_num_queries(15):
        client.get("/chair/")
