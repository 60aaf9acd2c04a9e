"""Overdue matters come back by themselves in the next agenda, are refreshed until it is frozen, and leave it when done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Person
from phrom.meetings.actions.agenda import add_item, lay_heads
from phrom.meetings.actions.bringing_back import bring_back, refresh_open_matters
from phrom.meetings.actions.follow_ups import close, note
from phrom.meetings.actions.papers import put_text
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.models import AgendaItem, FollowUp, HeadKind, Meeting, Paper
from phrom.shared.documents.canonical import blocks_from_json
from phrom.shared.documents.content import Table
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_member, make_person
from tests.factories.follow_ups import make_follow_up
from tests.factories.meetings import HELD, make_item, make_meeting, make_resolution

pytestmark = pytest.mark.django_db
AT = HELD + timedelta(days=20)


@pytest.fixture
def by() -> Person:
    return make_person("นางวันดี ผู้ประสานงาน")


@pytest.fixture
def one() -> FollowUp:
    return make_follow_up()


@pytest.fixture
def coming(one: FollowUp, by: Person) -> Meeting:
    earlier = one.resolution.item.meeting
    meeting = make_meeting(earlier.body, number=2)
    Meeting.objects.filter(pk=meeting.pk).update(number=None, year=None, held_at=HELD + timedelta(days=60))
    meeting.refresh_from_db()
    lay_heads(meeting=meeting, template="standard", by=by, at=AT)
    return meeting


def brought(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.filter(parent__kind=HeadKind.FOLLOW_UP))


def rows_of(item: AgendaItem) -> list[tuple[str, ...]]:
    blocks = blocks_from_json(item.papers.get().content)
    table = next(block for block in blocks if isinstance(block, Table))
    return list(table.rows)


def test_what_is_open_appears_under_its_head_with_its_offices_and_days_late(one: FollowUp, coming: Meeting, by: Person) -> None:
    added = bring_back(meeting=coming, by=by, at=AT)
    assert brought(coming) == added
    item = added[0]
    assert item.number.endswith(".1")
    assert item.title.startswith("ติดตามผลตามมติที่ประชุมครั้งที่ 1/2567 วาระที่ 3.1 เรื่อง การสำรวจ")
    assert rows_of(item) == [("1", one.agency.name, "21 มิ.ย. 2567", "10", "ยังไม่รายงาน")]


def test_again_adds_nothing_and_tells_nothing(one: FollowUp, coming: Meeting, by: Person) -> None:
    bring_back(meeting=coming, by=by, at=AT)
    told = AuditEvent.objects.count()
    assert bring_back(meeting=coming, by=by, at=AT) == []
    assert (len(brought(coming)), AuditEvent.objects.count()) == (1, told)


def test_a_later_day_and_a_new_report_refresh_the_paper(one: FollowUp, coming: Meeting, by: Person) -> None:
    bring_back(meeting=coming, by=by, at=AT)
    note(follow_up=one, text="เหลืออีก 2 ข้อ", by=by, at=AT)
    bring_back(meeting=coming, by=by, at=AT + timedelta(days=3))
    assert rows_of(brought(coming)[0])[0][3:] == ("13", "เหลืออีก 2 ข้อ")


def test_a_second_resolution_gets_an_item_of_its_own(one: FollowUp, coming: Meeting, by: Person) -> None:
    bring_back(meeting=coming, by=by, at=AT)
    make_follow_up(make_resolution(make_item(one.resolution.item.meeting, "4.1")))
    bring_back(meeting=coming, by=by, at=AT)
    assert [item.number[-2:] for item in brought(coming)] == [".1", ".2"]


def test_what_is_done_leaves_the_agenda_again(one: FollowUp, coming: Meeting, by: Person) -> None:
    bring_back(meeting=coming, by=by, at=AT)
    close(follow_up=one, because="ครบถ้วนแล้ว", by=by, at=AT)
    bring_back(meeting=coming, by=by, at=AT)
    assert brought(coming) == []
    assert not Paper.objects.exists()


def done_words(meeting: Meeting) -> str:
    return str(Paper.objects.get(item__meeting=meeting, source__startswith="open_matters").content)


def test_an_item_to_which_somebody_added_a_paper_stays_and_says_that_all_is_done(
    one: FollowUp, coming: Meeting, by: Person
) -> None:
    (item,) = bring_back(meeting=coming, by=by, at=AT)
    put_text(item=item, text="ขอให้ที่ประชุมทราบ", by=by, at=AT)
    close(follow_up=one, because="ครบถ้วนแล้ว", by=by, at=AT)
    bring_back(meeting=coming, by=by, at=AT)
    assert "ทุกหน่วยงานดำเนินการตามมติแล้วเสร็จ" in done_words(coming)


def invite(meeting: Meeting, by: Person) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(number=2, year=2567, invited_by=by, invited_at=AT)


def test_after_the_invitation_it_comes_late_with_its_reason_and_is_not_taken_away_silently(
    one: FollowUp, coming: Meeting, by: Person
) -> None:
    invite(coming, by)
    (item,) = bring_back(meeting=coming, by=by, at=AT)
    assert item.late_because == "เรื่องค้างจากมติที่ประชุมครั้งที่ 1/2567 วาระที่ 3.1"
    close(follow_up=one, because="ครบถ้วนแล้ว", by=by, at=AT)
    bring_back(meeting=coming, by=by, at=AT)
    assert "แล้วเสร็จ" in done_words(coming)


def test_a_frozen_agenda_stays_as_it_is(one: FollowUp, coming: Meeting, by: Person) -> None:
    bring_back(meeting=coming, by=by, at=AT)
    Meeting.objects.filter(pk=coming.pk).update(agenda_frozen_by=by, agenda_frozen_at=AT)
    before = Paper.objects.get().content
    bring_back(meeting=coming, by=by, at=AT + timedelta(days=9))
    assert Paper.objects.get().content == before


def test_an_agenda_without_such_a_head_and_a_body_without_open_matters_get_nothing(
    one: FollowUp, coming: Meeting, by: Person
) -> None:
    AgendaItem.objects.filter(kind=HeadKind.FOLLOW_UP).update(kind=HeadKind.OTHER)
    assert bring_back(meeting=coming, by=by, at=AT) == []
    AgendaItem.objects.filter(meeting=coming, kind=HeadKind.OTHER).update(kind=HeadKind.FOLLOW_UP)
    FollowUp.objects.update(closed_at=HELD, closed_by=by)
    assert bring_back(meeting=coming, by=by, at=AT) == []


def test_a_cancelled_meeting_takes_nothing_back(coming: Meeting, by: Person) -> None:
    Meeting.objects.filter(pk=coming.pk).update(cancelled_by=by, cancelled_at=AT)
    with pytest.raises(MeetingStands):
        bring_back(meeting=coming, by=by, at=AT)


def test_what_the_secretary_put_there_herself_stays(one: FollowUp, coming: Meeting, by: Person) -> None:
    head = coming.items.get(kind=HeadKind.FOLLOW_UP)
    own: Any = add_item(meeting=coming, head=head, title="ความคืบหน้าการย้ายห้องประชุม", by=by, at=AT)
    bring_back(meeting=coming, by=by, at=AT)
    assert brought(coming)[0].pk == own.pk
    assert len(brought(coming)) == 2


def test_making_current_before_the_freeze_adds_nothing(one: FollowUp, coming: Meeting, by: Person) -> None:
    bring_back(meeting=coming, by=by, at=AT)
    make_follow_up(make_resolution(make_item(one.resolution.item.meeting, "4.1")))
    note(follow_up=one, text="เหลืออีก 1 ข้อ", by=by, at=AT)
    refresh_open_matters(meeting=coming, by=by, at=AT)
    assert [rows_of(item)[0][4] for item in brought(coming)] == ["เหลืออีก 1 ข้อ"]


def test_choosing_a_template_brings_them_by_itself_and_a_button_brings_later_ones(
    client: Client, one: FollowUp, coming: Meeting
) -> None:
    coming.items.all().delete()
    client.force_login(make_member(coming.body, "coordinator"))
    address = f"/meetings/{coming.pk}/agenda/"
    client.post(address, {"template": "standard", "once": "k" * 20})
    assert len(brought(coming)) == 1
    make_follow_up(make_resolution(make_item(one.resolution.item.meeting, "4.1")))
    assert f'action="/meetings/{coming.pk}/open-matters/"' in client.get(address).content.decode()
    client.post(f"/meetings/{coming.pk}/open-matters/")
    assert len(brought(coming)) == 2
