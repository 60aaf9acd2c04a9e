"""งานของฉันจากการขับเคลื่อน: ใครเห็นเรื่องใด เรียงตามที่รอนานที่สุด ด้วยคำถามเดียวต่อฐานข้อมูล.

The in-tray of the drive: who sees which case, the longest waiting first, in one query however many wait.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phrom.agencies.access import access_of
from phrom.agencies.models import Person
from phrom.desk.pages import tasks_of
from phrom.desk.rollout_tasks import rollout_tasks
from phrom.desk.task import Task
from phrom.rollout.models import Enrolment
from tests.factories.agencies import make_agency, make_body, make_member, make_person
from tests.factories.rollout import AT, TODAY, make_case, make_enrolment, make_local, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment() -> Enrolment:
    return make_enrolment()


def tasks(person: Person) -> list[Task]:
    return list(rollout_tasks(access_of(person, TODAY)))


@pytest.mark.parametrize(
    ("role", "expected"),
    [("coordinator", 1), ("supporter", 1), ("chair", 0), ("auditor", 0), ("official", 0), ("clerk", 0)],
)
def test_who_helps_sees_what_waits_for_an_answer(enrolment: Enrolment, role: str, expected: int) -> None:
    make_case(enrolment)
    assert len(tasks(make_member(enrolment.programme.body, role))) == expected


def test_the_office_itself_its_neighbour_and_another_province_see_nothing_of_it(enrolment: Enrolment) -> None:
    make_case(enrolment)
    body = enrolment.programme.body
    for agency, role in (
        (enrolment.local_government.agency, "local_clerk"),
        (make_local(body).agency, "local_head"),
        (make_body(name="จังหวัดลำพูน"), "supporter"),
        (make_agency(make_body(name="จังหวัดลำปาง")), "coordinator"),
    ):
        assert tasks(make_member(agency, role)) == []


def test_a_line_says_the_subject_and_the_office_and_leads_to_the_case(enrolment: Enrolment) -> None:
    case = make_case(enrolment)
    (task,) = tasks(make_member(enrolment.programme.body, "supporter"))
    assert task.what == "ตอบคำขอความช่วยเหลือ: ลงรับแล้วไม่เห็นเลขรับ"
    assert (task.where, task.act) == (enrolment.local_government.agency.name, "ตอบ")
    assert task.url == reverse("support_case", args=[case.pk])
    assert (task.secret, task.days) == (False, None)


def test_the_longest_waiting_comes_first_and_what_is_answered_or_closed_not_at_all(enrolment: Enrolment) -> None:
    by = make_person()
    for days, subject in ((1, "เมื่อวาน"), (9, "นานแล้ว"), (3, "สามวัน")):
        make_case(enrolment, at=AT - timedelta(days=days), subject=subject)
    make_case(enrolment, subject="ตอบแล้ว", answered_at=AT, answered_by=by)
    make_case(enrolment, subject="ปิดแล้ว", closed_at=AT, closed_by=by)
    found = tasks(make_member(enrolment.programme.body, "supporter"))
    assert [task.what.split(": ")[1] for task in found] == ["นานแล้ว", "สามวัน", "เมื่อวาน"]


@pytest.mark.parametrize("many", [1, 30])
def test_one_query_however_many_wait(many: int) -> None:
    programme = make_programme()
    for _ in range(many):
        make_case(make_enrolment(programme))
    access = access_of(make_member(programme.body, "supporter"), TODAY)
    with CaptureQueriesContext(connection) as queries:
        assert len(list(rollout_tasks(access))) == many
    assert len(queries) == 1


def test_who_helps_nobody_costs_no_query() -> None:
    access = access_of(make_member(make_agency(make_body()), "clerk"), TODAY)
    access.body_ids("rollout.support")
    with CaptureQueriesContext(connection) as queries:
        assert list(rollout_tasks(access)) == []
    assert len(queries) == 0


def test_what_has_a_day_stands_before_what_has_none_on_the_first_screen(enrolment: Enrolment) -> None:
    make_case(enrolment)
    access = access_of(make_member(enrolment.programme.body, "coordinator"), TODAY)
    found = tasks_of(access, AT)
    assert [task.kind for task in found] == ["rollout"]
    assert list(found) == sorted(found, key=lambda task: task.urgency)


def test_who_helps_in_one_province_and_only_reads_in_another_is_asked_by_the_first_alone(enrolment: Enrolment) -> None:
    make_case(enrolment, subject="ที่ช่วย")
    elsewhere = make_enrolment()
    make_case(elsewhere, subject="ที่อ่านได้เท่านั้น")
    person = make_member(enrolment.programme.body, "supporter")
    person.memberships.create(agency=elsewhere.programme.body, role="auditor", starts_on="2024-01-01")
    assert [task.what.split(": ")[1] for task in tasks(person)] == ["ที่ช่วย"]
