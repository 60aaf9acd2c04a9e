"""The in-tray about letters: to accept, in hand, due, to approve, to number, to mend, to send; secret ones only for readers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phrom.agencies.access import access_of
from phrom.agencies.models import Person
from phrom.desk.exchange_tasks import exchange_tasks
from phrom.desk.letter_tasks import letter_tasks
from phrom.desk.pages import desk_page
from phrom.desk.task import Task
from phrom.letters.actions.alarms import Wrong, raise_alarm
from phrom.letters.models import Incoming, Letter, Office, RecipientState, Secrecy, Speed
from phrom.shared.thai.clock import local_date
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.letters import (
    AT,
    make_accepted,
    make_clerk,
    make_draft,
    make_incoming,
    make_issued,
    make_office,
    make_recipient,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def clerk(office: Office) -> Person:
    return make_clerk(office)


def tasks(person: Person, at: datetime = LATER) -> list[Task]:
    return list(letter_tasks(access_of(person, local_date(at)), at))


def told(person: Person) -> list[tuple[str, int, int | None]]:
    return [(task.what.split(":")[0], task.count, task.days) for task in tasks(person)]


def change(row: Any, **more: Any) -> Any:
    type(row).objects.filter(pk=row.pk).update(**more)
    row.refresh_from_db()
    return row


def test_letters_to_accept_are_one_line_that_tells_of_the_most_urgent(office: Office, clerk: Person) -> None:
    make_incoming(office)
    assert told(clerk) == [("ลงรับหนังสือ", 1, None)]
    make_incoming(office, speed=Speed.MOST_URGENT)
    assert told(clerk) == [("ลงรับหนังสือ (ด่วนที่สุด 1 ฉบับ)", 2, 0)]
    assert tasks(clerk)[0].url == f"/letters/in/?office={office.pk}"


def test_who_does_not_accept_letters_is_not_bothered_with_them(office: Office) -> None:
    make_incoming(office)
    assert told(make_clerk(office, "official")) == [] == told(make_clerk(office, "head"))


def test_a_neighbour_and_the_coordinator_of_the_province_see_nothing_of_it(office: Office) -> None:
    make_incoming(office)
    body = office.agency.own_body
    assert told(make_member(make_agency(body), "clerk")) == [] == told(make_member(make_agency(body), "coordinator"))


def test_what_is_refused_recalled_or_accepted_waits_no_more(office: Office, clerk: Person) -> None:
    make_accepted(make_incoming(office))
    change(make_incoming(office), recalled_at=AT)
    change(make_incoming(office), refused_at=AT, refused_by=clerk, refused_as="rejected")
    assert told(clerk) == []


def test_a_letter_in_hand_is_told_to_whom_it_was_given(office: Office, clerk: Person) -> None:
    official = make_clerk(office, "official")
    change(make_accepted(make_incoming(office)), assigned_to=official, due_on=date(2024, 6, 20))
    assert told(official) == [("ดำเนินการตามหนังสือ", 0, 8)]
    assert told(clerk) == []


@pytest.mark.parametrize(
    ("due", "what"), [(date(2024, 6, 11), "หนังสือเลยกำหนด"), (date(2024, 6, 15), "หนังสือใกล้ครบกำหนด")], ids=["late", "soon"]
)
def test_what_is_due_is_told_to_clerk_and_head(office: Office, clerk: Person, due: date, what: str) -> None:
    change(make_accepted(make_incoming(office)), due_on=due)
    days = (due - local_date(LATER)).days
    assert told(clerk) == told(make_clerk(office, "head")) == [(what, 0, days)]
    assert told(make_clerk(office, "official")) == []


def test_a_closed_matter_is_not_due(office: Office, clerk: Person) -> None:
    change(make_accepted(make_incoming(office)), due_on=date(2024, 6, 1), closed_at=AT, closed_by=clerk)
    assert told(clerk) == []


def test_a_draft_wanders_from_its_writer_to_the_head_and_to_who_numbers_it(office: Office, clerk: Person) -> None:
    official, head = make_clerk(office, "official"), make_clerk(office, "head")
    draft = make_draft(office, by=official)

    def seen() -> list[list[str]]:
        return [[what for what, *_ in told(person)] for person in (official, head, clerk)]

    assert seen() == [["ร่างหนังสือที่ยังไม่เสร็จ"], [], []]
    change(draft, submitted_by=official, submitted_at=AT)
    assert seen() == [[], ["ให้ความเห็นชอบหนังสือ"], []]
    change(draft, approved_by=head, approved_at=AT)
    assert seen() == [[], [], ["ออกเลขหนังสือที่เห็นชอบแล้ว"]]
    change(draft, approved_by=None, approved_at=None, submitted_by=None, submitted_at=None, returned_because="แก้วันที่")
    assert seen() == [["แก้ร่างหนังสือที่ถูกส่งคืน"], [], []]
    assert tasks(official)[0].kind == "returned"


def test_what_came_back_and_what_is_to_be_carried_is_told_a_letter(office: Office, clerk: Person) -> None:
    letter = make_issued(make_draft(office))
    for state in (RecipientState.REJECTED, RecipientState.EXPIRED, RecipientState.QUEUED, RecipientState.DELIVERED):
        make_recipient(letter, name=f"ที่ว่าการอำเภอ {state}", state=state)
    assert told(clerk) == [("หนังสือถูกส่งกลับ", 2, 0), ("ส่งหนังสือด้วยตนเองแล้วบันทึก", 1, None)]
    change(letter, voided_by=clerk, voided_at=AT, voided_because="ออกซ้ำ")
    assert told(clerk) == []


def test_secret_letters_stand_apart_for_who_handles_them_and_nowhere_else(office: Office, clerk: Person) -> None:
    make_incoming(office, secrecy=Secrecy.SECRET)
    make_incoming(office)
    change(make_accepted(make_incoming(office, secrecy=Secrecy.SECRET)), due_on=date(2024, 6, 1))
    change(make_draft(office, secrecy=Secrecy.SECRET), drafted_by=clerk)
    make_recipient(make_issued(make_draft(office, secrecy=Secrecy.SECRET)), state=RecipientState.REJECTED)
    assert told(clerk) == [("ลงรับหนังสือ", 1, None)]
    registrar = tasks(make_clerk(office, "secret_registrar"))
    assert [(task.what.split(":")[0], task.secret) for task in registrar if task.secret] == [
        ("ลงรับหนังสือลับ", True),
        ("หนังสือเลยกำหนด", True),
        ("หนังสือถูกส่งกลับ", True),
    ]
    assert [task.what for task in registrar if not task.secret] == ["ลงรับหนังสือ"]


def test_alarms_of_own_letters_for_clerks_and_all_others_for_who_keeps_the_exchange(office: Office, clerk: Person) -> None:
    letter = make_issued(make_draft(office))
    wrong = Wrong("late", "letter:1", "หนังสือด่วนยังไม่ถึงปลายทาง", "an urgent letter has not arrived")
    raise_alarm(wrong, at=AT, office=office, letter=letter)
    raise_alarm(Wrong("altered", "delivery:2", "ข้อความซ้ำแต่เนื้อหาต่าง", "altered"), at=AT)
    administrator = make_member(make_body(), "administrator")
    found = {each: list(exchange_tasks(access_of(each, local_date(AT)))) for each in (clerk, administrator)}
    assert [task.url for task in found[clerk]] == [f"/letters/out/{letter.pk}/"]
    assert [(task.url, task.count) for task in found[administrator]] == [("/exchange/alarms/", 1)]


@pytest.mark.parametrize("many", [1, 12])
def test_four_queries_whatever_waits(office: Office, clerk: Person, many: int) -> None:
    for _ in range(many):
        make_incoming(office)
        change(make_accepted(make_incoming(office)), due_on=date(2024, 6, 1))
        make_draft(office, by=clerk)
        make_recipient(make_issued(make_draft(office)), state=RecipientState.REJECTED)
    access = access_of(clerk, local_date(LATER))
    with CaptureQueriesContext(connection) as queries:
        found = list(letter_tasks(access, LATER))
    assert (len(queries), len(found)) == (4, 1 + 3 * many)


def test_they_stand_on_the_first_screen(office: Office, clerk: Person) -> None:
    make_incoming(office)
    page = desk_page(access_of(clerk, local_date(LATER)), LATER)
    assert [task.act for task in page.tasks] == ["ลงรับ"]
    assert (Incoming.objects.count(), Letter.objects.count()) == (1, 0)
