"""What is not done yet: by resolution and office, with days late on a day, before a meeting; and as it is printed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from phrom.meetings.models import Meeting, NoteKind
from phrom.meetings.open_matters import open_follow_ups
from phrom.meetings.papers.open_matters import open_matters_blocks
from phrom.shared.documents.content import Paragraph, Table
from tests.factories.agencies import make_agency, make_body
from tests.factories.follow_ups import make_follow_up, make_note
from tests.factories.meetings import HELD, make_item, make_meeting, make_resolution

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 1)


def next_meeting(meeting: Meeting, number: int = 2, days: int = 60) -> Meeting:
    another = make_meeting(meeting.body, number=number)
    Meeting.objects.filter(pk=another.pk).update(held_at=HELD + timedelta(days=days))
    another.refresh_from_db()
    return another


def test_what_is_open_is_told_by_resolution_and_office_with_days_late() -> None:
    body = make_body()
    meeting = make_meeting(body)
    first, second = (make_resolution(make_item(meeting, number)) for number in ("3.1", "3.2"))
    last_office, first_office = make_agency(body), make_agency(body)
    type(first_office).objects.filter(pk=first_office.pk).update(position=0)
    late = make_follow_up(first, first_office)
    make_follow_up(first, last_office, answered_at=HELD)
    make_follow_up(first, closed_at=HELD)
    make_follow_up(second, first_office, due_on=date(2024, 7, 31))
    found = open_follow_ups(body, TODAY)
    assert [each.resolution for each in found] == [first, second]
    assert [(m.follow_up.agency, m.days_late, m.is_late) for m in found[0].matters] == [
        (first_office, 10, True),
        (last_office, 0, False),
    ]
    assert ([m.follow_up for m in found[0].late], found[0].to_check, found[0].done) == ([late], 1, 0)
    assert (found[1].matters[0].days_left, found[1].late) == (30, ())


def test_only_the_bodys_own_and_only_of_earlier_meetings() -> None:
    meeting = make_meeting()
    earlier = make_follow_up(make_resolution(make_item(meeting)))
    coming = next_meeting(meeting)
    make_follow_up(make_resolution(make_item(coming)))
    make_follow_up()
    assert [m.follow_up for each in open_follow_ups(meeting.body, TODAY, before=coming) for m in each.matters] == [earlier]
    assert open_follow_ups(meeting.body, TODAY, before=meeting) == ()
    assert len(open_follow_ups(meeting.body, TODAY)) == 2


def test_the_newest_word_stands_with_each_office() -> None:
    one = make_follow_up()
    make_note(one, "เริ่มรวบรวม")
    make_note(one, "รวบรวมครบแล้ว")
    silent = make_follow_up(one.resolution)
    found = open_follow_ups(one.resolution.item.meeting.body, TODAY)[0]
    words = {m.follow_up: m.newest.text if m.newest else None for m in found.matters}
    assert words == {one: "รวบรวมครบแล้ว", silent: None}


@pytest.mark.parametrize("offices", [1, 40])
def test_it_costs_three_queries(offices: int, django_assert_num_queries: Any) -> None:
    resolution = make_resolution()
    for _ in range(offices):
        make_note(make_follow_up(resolution))
    body = resolution.item.meeting.body
    with django_assert_num_queries(3):
        for found in open_follow_ups(body, TODAY):
            open_matters_blocks(found, TODAY)


def test_the_paper_tells_the_resolution_and_a_row_for_each_office() -> None:
    resolution = make_resolution()
    late = make_follow_up(resolution)
    make_note(late, "รวบรวมหลักฐานแล้ว 12 จาก 29 ข้อ")
    returned = make_follow_up(resolution, due_on=date(2024, 7, 31))
    make_note(returned, "ขอคำสั่งที่ลงนามแล้ว", NoteKind.RETURNED)
    make_follow_up(resolution, due_on=TODAY)
    found = open_follow_ups(resolution.item.meeting.body, TODAY)[0]
    intro, counted, table = open_matters_blocks(found, TODAY)
    assert isinstance(intro, Paragraph)
    assert isinstance(counted, Paragraph)
    assert isinstance(table, Table)
    assert intro.text.startswith("ตามมติที่ประชุมครั้งที่ 1/2567 วาระที่ 3.1 เห็นชอบให้")
    assert counted.text == "ณ วันที่ 1 กรกฎาคม 2567 หน่วยงานที่ยังดำเนินการไม่แล้วเสร็จ 3 หน่วยงาน เลยกำหนด 1 หน่วยงาน ดังนี้"
    assert [row[2:] for row in table.rows] == [
        ("21 มิ.ย. 2567", "10", "รวบรวมหลักฐานแล้ว 12 จาก 29 ข้อ"),
        ("31 ก.ค. 2567", "-", "ขอให้ทำเพิ่ม: ขอคำสั่งที่ลงนามแล้ว"),
        ("1 ก.ค. 2567", "-", "ยังไม่รายงาน"),
    ]


def test_a_very_long_report_does_not_fill_the_paper() -> None:
    one = make_follow_up()
    make_note(one, "ก" * 3000)
    found = open_follow_ups(one.resolution.item.meeting.body, TODAY)[0]
    table = open_matters_blocks(found, TODAY)[-1]
    assert isinstance(table, Table)
    assert len(table.rows[0][-1]) == 401
