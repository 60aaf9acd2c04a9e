"""A second click, or a second secretary, upon what was taken away a moment ago: a refusal in words, and nothing told twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from phrom.committee.actions.seats import SeatGiven, change_seat, remove_seat
from phrom.committee.models import Seat
from phrom.meetings.actions.agenda import add_item, edit_item, move_item, remove_item
from phrom.meetings.actions.follow_ups import open_follow_ups
from phrom.meetings.actions.papers import edit_text, move_paper, put_text, remove_paper
from phrom.meetings.actions.recording import record_resolution
from phrom.meetings.actions.resolving import correct_resolution, withdraw_resolution
from phrom.meetings.models import AgendaItem, Paper, Resolution
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from tests.factories.calling import CALLED, head_of, make_called
from tests.factories.committee import RECORDED, make_order, make_seat
from tests.meetings.hall import AFTER, hold_meeting, make_hall

pytestmark = pytest.mark.django_db


def told(event: str) -> int:
    return AuditEvent.objects.filter(event=event).count()


def test_an_item_taken_away_twice_is_told_once() -> None:
    hall = make_hall()
    meeting = make_called(hall.body, hall.secretary)
    given: dict[str, Any] = {"by": hall.secretary, "at": CALLED}
    item = add_item(meeting=meeting, head=head_of(meeting, "1"), title="เรื่องหนึ่ง", **given)
    stale = AgendaItem.objects.select_related("meeting__body").get(pk=item.pk)
    remove_item(item=item, **given)
    for act in (
        lambda: remove_item(item=stale, **given),
        lambda: move_item(item=stale, up=True, **given),
        lambda: edit_item(item=stale, title="ก", presenter="", resolves=True, **given),
        lambda: put_text(item=stale, text="ข้อความ", **given),
    ):
        with pytest.raises(Refusal):
            act()
    assert told("agenda.item_removed") == 1


def test_a_paper_taken_away_twice_is_told_once() -> None:
    hall = make_hall()
    meeting = make_called(hall.body, hall.secretary)
    given: dict[str, Any] = {"by": hall.secretary, "at": CALLED}
    paper = put_text(item=head_of(meeting, "1"), text="ข้อความ", **given)
    stale = Paper.objects.select_related("item__meeting__body").get(pk=paper.pk)
    remove_paper(paper=paper, **given)
    for act in (
        lambda: remove_paper(paper=stale, **given),
        lambda: move_paper(paper=stale, up=True, **given),
        lambda: edit_text(paper=stale, text="ข้อความใหม่", seen=1, **given),
    ):
        with pytest.raises(Refusal):
            act()
    assert told("paper.removed") == 1


def test_a_resolution_taken_out_twice_is_told_once() -> None:
    hall = make_hall()
    hold_meeting(hall)
    given: dict[str, Any] = {"by": hall.secretary, "at": AFTER}
    made = record_resolution(item=hall.items["3.1"], kind="agreed", text="เห็นชอบ", **given)
    stale = Resolution.objects.select_related("item__meeting__body").get(pk=made.pk)
    withdraw_resolution(resolution=made, **given)
    with pytest.raises(Refusal):
        withdraw_resolution(resolution=stale, **given)
    with pytest.raises(Refusal):
        correct_resolution(resolution=stale, kind="agreed", text="อย่างอื่น", due_on=None, **given)
    with pytest.raises(Refusal):
        open_follow_ups(resolution=stale, agencies=[hall.office], due_on=date(2024, 7, 1), task="ดำเนินการ", **given)
    assert told("meeting.resolution_withdrawn") == 1


def test_a_seat_taken_out_twice_is_told_once() -> None:
    hall = make_hall()
    seat = make_seat(make_order(hall.body, 4001))
    stale = Seat.objects.select_related("order__body", "agency").get(pk=seat.pk)
    given: dict[str, Any] = {"by": hall.secretary, "at": RECORDED}
    remove_seat(seat=seat, **given)
    with pytest.raises(Refusal):
        remove_seat(seat=stale, **given)
    with pytest.raises(Refusal):
        change_seat(seat=stale, given=SeatGiven("ตำแหน่งใหม่", "regional"), **given)
    assert told("seat.removed") == 1
