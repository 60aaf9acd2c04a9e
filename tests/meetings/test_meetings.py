"""Meetings: recorded, resolved, read by the own body only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions.recording import MeetingRefused, record_item, record_meeting, record_resolution
from phrom.meetings.models import PaperKind
from phrom.meetings.pages.meetings import ResolutionLine
from phrom.meetings.pages.parts import parts_of
from phrom.shared.documents.canonical import blocks_to_json
from phrom.shared.documents.content import Column, Heading, Paragraph, Table
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_order
from tests.factories.meetings import HELD, make_item, make_meeting, make_paper, make_resolution

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
BACKEND = "phrom.agencies.signin.backend.PersonBackend"


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def secretary(body: Agency) -> Person:
    return make_member(body, "coordinator")


def test_a_meeting_with_item_and_resolution_is_recorded(body: Agency, secretary: Person) -> None:
    order = make_order(body)
    meeting = record_meeting(order=order, number=1, year=2567, held_at=HELD, venue="ศาลากลาง", by=secretary, at=AT)
    item = record_item(meeting=meeting, number="3.1", title="การสำรวจ", by=secretary, at=AT)
    found = record_resolution(item=item, kind="agreed", text=" เห็นชอบ ", due_on=date(2024, 6, 21), by=secretary, at=AT)
    assert str(found) == "มติที่ประชุมครั้งที่ 1/2567 วาระที่ 3.1"
    assert found.text == "เห็นชอบ"
    assert AuditEvent.objects.filter(chain=body.code).count() == 3


def test_what_is_there_already_and_what_says_nothing_is_refused(body: Agency, secretary: Person) -> None:
    item = make_item(make_meeting(body))
    meeting = item.meeting
    with pytest.raises(MeetingRefused):
        record_meeting(order=meeting.order, number=1, year=2567, held_at=HELD, venue="ก", by=secretary, at=AT)
    with pytest.raises(MeetingRefused):
        record_item(meeting=meeting, number="3.1", title="ซ้ำ", by=secretary, at=AT)
    for kind, text in (("agreed", "  "), ("decreed", "เห็นชอบ")):
        with pytest.raises(MeetingRefused):
            record_resolution(item=item, kind=kind, text=text, by=secretary, at=AT)


def test_a_generated_table_is_read_under_its_item_and_a_single_sentence_is_not_folded(client: Client, body: Agency) -> None:
    meeting = make_meeting(body)
    table = blocks_to_json((Table((Column("ตัวชี้วัด"), Column("ค่าน้ำหนัก", align="right")), (("ตัวชี้วัดที่ ๑", "๑๓"),)),))
    make_paper(make_item(meeting, "3.1"), PaperKind.GENERATED, title="ค่าน้ำหนักของตัวชี้วัด", content=table)
    said = blocks_to_json((Paragraph("ได้คะแนนร้อยละ ๓๗.๘๗"),))
    make_paper(make_item(meeting, "3.2"), PaperKind.GENERATED, content=said)
    make_paper(make_item(meeting, "3.3"), PaperKind.GENERATED, content=table)
    client.force_login(make_member(make_agency(body)), backend=BACKEND)
    page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "<summary>ตาราง: ค่าน้ำหนักของตัวชี้วัด</summary>" in page
    assert "<summary>ตาราง: ตัวชี้วัด · ค่าน้ำหนัก</summary>" in page
    assert page.count("<details") == 2
    assert 'data-label="ค่าน้ำหนัก">13<' in page
    assert "ได้คะแนนร้อยละ 37.87" in page


def test_a_resolution_does_not_say_its_kind_twice() -> None:
    found = make_resolution()
    assert ResolutionLine(found, None).kind == ""
    found.text = "ให้หน่วยงานตอบภายในกำหนด"
    assert ResolutionLine(found, None).kind == "เห็นชอบ"


def test_a_block_that_no_page_can_draw_is_told_to_whoever_writes_a_source() -> None:
    with pytest.raises(TypeError, match="Heading"):
        parts_of((Heading("หัวข้อ"),))


def test_an_official_reads_the_own_meetings_and_no_others(
    client: Client, body: Agency, django_assert_max_num_queries: Any
) -> None:
    meeting = make_meeting(body)
    for number in ("3", "3.1", "3.2", "4.1"):
        make_resolution(make_item(meeting, number))
    foreign = make_meeting(make_body(), number=9)
    client.force_login(make_member(make_agency(body)), backend=BACKEND)
    with django_assert_max_num_queries(6):
        page = client.get("/meetings/").content.decode()
    assert "1/2567" in page
    assert "9/2567" not in page
    with django_assert_max_num_queries(8):
        page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "เห็นชอบให้หน่วยงานตอบ" in page
    assert client.get(f"/meetings/{foreign.pk}/").status_code == 404
