"""งานของฉันจากการแลกเปลี่ยน: เหตุขัดข้องถึงใคร กี่เรื่อง และไม่มีคำใดของหนังสือลับ.

Alarms in the in-tray: to whom, how many, once they are seen no more; and not a word of a secret letter, on the screen of who
may not read it or in a mail.
"""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phrom.agencies.access import access_of
from phrom.agencies.models import Person
from phrom.config.digest import send_digests
from phrom.desk.exchange_tasks import exchange_tasks
from phrom.desk.task import Task
from phrom.letters.actions.alarms import Wrong, raise_alarm, see_alarm
from phrom.letters.models import Alarm, Letter, Office, Secrecy
from phrom.shared.thai.clock import local_date
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.letters import AT, make_clerk, make_draft, make_issued, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def alarm(letter: Letter | None = None, about: str = "delivery:1", office: Office | None = None) -> Alarm:
    wrong = Wrong("late", about, "หนังสือด่วนยังไม่ถึงปลายทาง", "an urgent letter has not arrived")
    return raise_alarm(wrong, at=AT, office=letter.office if letter else office, letter=letter)


def tasks(person: Person) -> list[Task]:
    return list(exchange_tasks(access_of(person, local_date(AT))))


def test_the_clerk_of_the_letters_office_is_told_and_no_other(office: Office) -> None:
    alarm(make_issued(make_draft(office)))
    assert len(tasks(make_clerk(office))) == 1
    for role in ("official", "head"):
        assert tasks(make_clerk(office, role)) == []
    assert tasks(make_clerk(make_office())) == []


def test_each_letter_is_a_line_and_what_somebody_saw_is_gone(office: Office) -> None:
    clerk = make_clerk(office)
    first, _ = (alarm(make_issued(make_draft(office)), f"letter:{place}") for place in range(2))
    assert len(tasks(clerk)) == 2
    see_alarm(alarm=first, by=clerk, at=AT)
    assert len(tasks(clerk)) == 1


def test_the_same_alarm_again_is_one_line(office: Office) -> None:
    letter = make_issued(make_draft(office))
    for _ in range(3):
        alarm(letter, "letter:1")
    assert len(tasks(make_clerk(office))) == 1


def test_all_that_is_about_no_letter_is_one_line_with_its_count_for_who_keeps_the_exchange() -> None:
    for place in range(4):
        alarm(about=f"delivery:{place}")
    (task,) = tasks(make_member(make_body(), "administrator"))
    assert (task.count, task.unit, task.url) == (4, "เรื่อง", "/exchange/alarms/")


def test_an_alarm_about_a_secret_letter_stands_in_nobodys_in_tray_and_in_no_mail(office: Office) -> None:
    alarm(make_issued(make_draft(office, subject="นกขมิ้นเหลืองอ่อน", secrecy=Secrecy.SECRET)))
    people = [make_clerk(office), make_clerk(office, "secret_registrar"), make_member(make_body(), "administrator")]
    assert [tasks(person) for person in people] == [[], [], []]
    from_eight = AT.replace(hour=3)
    send_digests(at=from_eight)
    assert not any("นกขมิ้น" in each.body or "ยังไม่ถึงปลายทาง" in each.body for each in mail.outbox)


@pytest.mark.parametrize("many", [1, 12])
def test_two_queries_at_most_whatever_is_wrong(office: Office, many: int) -> None:
    body = office.agency.own_body
    for place in range(many):
        alarm(make_issued(make_draft(office)), f"letter:{place}")
        alarm(about=f"delivery:{place}")
    person = make_member(body, "administrator")
    person.memberships.create(agency=office.agency, role="clerk", starts_on="2024-01-01")
    access = access_of(person, local_date(AT))
    access.agency_ids("letter.issue")
    with CaptureQueriesContext(connection) as queries:
        assert len(list(exchange_tasks(access))) == many + 1
    assert len(queries) <= 2


def test_somebody_with_nothing_to_do_with_letters_is_told_nothing() -> None:
    alarm()
    assert tasks(make_member(make_agency(make_body()), "auditor")) == []
