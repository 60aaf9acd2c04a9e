"""คณะกรรมการ 35 ตำแหน่ง ระเบียบวาระ 60 เรื่อง: ทุกหน้าของการประชุมใช้คำสั่งฐานข้อมูลเท่าเดิม."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phrom.agencies.models import Person
from phrom.meetings.models import Meeting
from tests.factories.committee import make_holder, make_seat
from tests.meetings.hall import AFTER, Hall, make_hall
from tests.meetings.test_refusals import drafted

pytestmark = pytest.mark.django_db
PAGES = ("meeting", "agenda", "attendance", "resolutions", "minutes", "minutes_edit", "follow_ups", "meetings")


@pytest.fixture
def hall() -> Hall:
    hall = make_hall()
    drafted(hall)
    return hall


def grow(hall: Hall) -> None:
    """To 35 seats and 60 items, each held, each with a text, a resolution and a version of the minutes."""
    for _ in range(35 - len(hall.seats)):
        make_holder(make_seat(hall.meeting.order))
    minutes = hall.meeting.minutes
    for number in range(2, 61 - 3):
        item = hall.meeting.items.create(parent=hall.items["3"], number=f"3.{number}", title="เรื่อง", position=30 + number)
        item.papers.create(position=1, kind="text", text="ข้อความ", made_by=hall.secretary, made_at=AFTER)
        item.resolutions.create(kind="agreed", text="เห็นชอบ", recorded_by=hall.secretary, recorded_at=AFTER)
        minutes.texts.create(item=item, version=1, text="ที่ประชุม", saved_by=hall.secretary, saved_at=AFTER)


def queries(meeting: Meeting, page: str, person: Person) -> int:
    """How many a page asks, read a second time."""
    client = Client()
    client.force_login(person, backend="phrom.agencies.signin.backend.PersonBackend")
    address = reverse(page) if page in ("follow_ups", "meetings") else reverse(page, args=[meeting.pk])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", PAGES)
def test_a_full_committee_and_a_long_agenda_ask_no_more(hall: Hall, page: str) -> None:
    small = queries(hall.meeting, page, hall.secretary)
    grow(hall)
    assert queries(hall.meeting, page, hall.secretary) <= small + 1
    assert small <= 25
