"""Minutes: begun from the agenda, one pen, nothing overwritten, circulated, commented by those who were there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from phrom.meetings.actions.attendance import add_participant
from phrom.meetings.actions.holding import open_meeting
from phrom.meetings.actions.minutes import CannotCirculate, TextNotKept, circulate, draft_minutes, save_text
from phrom.meetings.actions.minutes_comments import CommentRefused, DidNotAttend, answer_comment, comment
from phrom.meetings.actions.pen import RESTS_AFTER, PenElsewhere, ask_for_pen, give_pen, take_pen
from phrom.meetings.actions.recording import record_resolution
from phrom.meetings.actions.resolving import correct_resolution, withdraw_resolution
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.minutes_texts import newest_texts
from phrom.meetings.models import Minutes, MinutesText, Resolution
from phrom.shared.journal.models import AuditEvent
from tests.factories.follow_ups import make_follow_up
from tests.meetings.hall import ADDRESS, AFTER, BEGAN, UNTIL, Hall, hold_meeting, make_hall, send_minutes, write_minutes

pytestmark = pytest.mark.django_db
SOON = AFTER + timedelta(minutes=10)
LATER = AFTER + RESTS_AFTER


@pytest.fixture
def hall() -> Hall:
    return make_hall()


def text_of(minutes: Minutes, hall: Hall, number: str = "3.1") -> MinutesText:
    return newest_texts(minutes)[hall.items[number].pk]


def save(minutes: Minutes, hall: Hall, text: str, version: int = 1, by: str = "secretary", at: Any = SOON) -> MinutesText:
    return save_text(minutes=minutes, item=hall.items["3.1"], text=text, version=version, by=getattr(hall, by), at=at)


def test_they_begin_with_what_the_agenda_says_and_are_begun_once(hall: Hall) -> None:
    minutes = write_minutes(hall)
    assert text_of(minutes, hall).text == "ฝ่ายเลขานุการรายงานผลปีก่อน"
    assert minutes.taker == hall.secretary.name
    assert draft_minutes(meeting=hall.meeting, by=hall.second, at=SOON) == minutes
    assert Minutes.objects.get().editor == hall.secretary


def test_nothing_is_minuted_before_the_meeting_began(hall: Hall) -> None:
    with pytest.raises(MeetingStands):
        draft_minutes(meeting=hall.meeting, by=hall.secretary, at=BEGAN)


def test_a_text_is_a_version_upon_a_version_and_the_same_text_is_none(hall: Hall) -> None:
    minutes = write_minutes(hall)
    assert save(minutes, hall, "แก้แล้ว  \r\nบรรทัดสอง\n").text == "แก้แล้ว\nบรรทัดสอง"
    assert save(minutes, hall, "แก้แล้ว\nบรรทัดสอง", version=1).version == 2
    assert minutes.texts.filter(item=hall.items["3.1"]).count() == 2


def test_what_was_written_upon_an_old_version_comes_back_with_both_texts(hall: Hall) -> None:
    minutes = write_minutes(hall)
    save(minutes, hall, "ของอีกแท็บ")
    with pytest.raises(TextNotKept) as refused:
        save(minutes, hall, "ของแท็บนี้", version=1)
    assert (refused.value.mine, refused.value.theirs and refused.value.theirs.text) == ("ของแท็บนี้", "ของอีกแท็บ")
    assert text_of(minutes, hall).text == "ของอีกแท็บ"


def test_who_has_not_the_pen_keeps_the_text_in_hand(hall: Hall) -> None:
    minutes = write_minutes(hall)
    with pytest.raises(TextNotKept) as refused:
        save(minutes, hall, "ของคนที่สอง", by="second")
    assert refused.value.mine == "ของคนที่สอง"
    assert hall.secretary.name in refused.value.th


def test_the_pen_is_taken_after_half_an_hour_or_by_consent(hall: Hall) -> None:
    minutes = write_minutes(hall)
    with pytest.raises(PenElsewhere):
        take_pen(minutes=minutes, by=hall.second, at=LATER - timedelta(seconds=1))
    assert ask_for_pen(minutes=minutes, by=hall.second, at=SOON).wanted_by == hall.second
    with pytest.raises(PenElsewhere):
        give_pen(minutes=minutes, by=hall.second, at=SOON)
    given = give_pen(minutes=minutes, by=hall.secretary, at=SOON)
    assert (given.editor, given.wanted_by) == (hall.second, None)
    assert take_pen(minutes=minutes, by=hall.secretary, at=SOON + RESTS_AFTER).editor == hall.secretary


def test_saving_keeps_the_pen_fresh_and_laying_it_down_frees_it(hall: Hall) -> None:
    minutes = write_minutes(hall)
    save(minutes, hall, "เขียนอยู่", at=LATER - timedelta(minutes=1))
    with pytest.raises(PenElsewhere):
        take_pen(minutes=minutes, by=hall.second, at=LATER)
    assert give_pen(minutes=minutes, by=hall.secretary, at=LATER).editor is None
    assert take_pen(minutes=minutes, by=hall.second, at=LATER).editor == hall.second


def test_they_go_to_those_who_attended_after_the_commit(hall: Hall, django_capture_on_commit_callbacks: Any) -> None:
    minutes = write_minutes(hall)
    with django_capture_on_commit_callbacks(execute=True):
        post = circulate(minutes=minutes, comments_until=UNTIL, by=hall.secretary, at=AFTER, address=ADDRESS)
        assert mail.outbox == []
    assert post.addressed == 2
    assert {each.to[0] for each in mail.outbox} == {hall.member.email, hall.official.email}
    assert all(ADDRESS in each.body and "19 มิถุนายน 2567" in each.body for each in mail.outbox)


def test_a_mail_server_that_is_away_undoes_nothing(
    hall: Hall, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = write_minutes(hall)
    monkeypatch.setattr("phrom.meetings.actions.minutes_posting.get_connection", _no_server)
    with django_capture_on_commit_callbacks(execute=True):
        post = circulate(minutes=minutes, comments_until=UNTIL, by=hall.secretary, at=AFTER, address=ADDRESS)
    assert post.failed
    assert Minutes.objects.get().circulated_at == AFTER


def _no_server() -> None:
    raise ConnectionRefusedError


def test_what_is_not_ready_does_not_go_out_and_all_reasons_are_told(hall: Hall) -> None:
    open_meeting(meeting=hall.meeting, opened_at=BEGAN, by=hall.secretary, at=BEGAN)
    minutes = draft_minutes(meeting=hall.meeting, by=hall.secretary, at=BEGAN)
    with pytest.raises(CannotCirculate) as refused:
        circulate(minutes=minutes, comments_until=date(2024, 6, 1), by=hall.secretary, at=BEGAN, address=ADDRESS)
    assert len(refused.value.reasons) == 3
    assert Minutes.objects.get().circulated_at is None


def test_nothing_goes_out_while_another_writes_nor_twice(hall: Hall) -> None:
    minutes = write_minutes(hall)
    send = lambda by, at: circulate(minutes=minutes, comments_until=UNTIL, by=by, at=at, address=ADDRESS)  # noqa: E731
    with pytest.raises(PenElsewhere):
        send(hall.second, SOON)
    send(hall.secretary, SOON)
    with pytest.raises(MeetingStands):
        send(hall.secretary, SOON)


def test_those_who_were_there_ask_for_corrections_and_get_an_answer(hall: Hall) -> None:
    minutes = send_minutes(hall)
    asked = comment(minutes=minutes, item=hall.items["3.1"], text="แก้เป็น 47 ข้อ", by=hall.official, at=SOON)
    with pytest.raises(CommentRefused):
        answer_comment(comment=asked, taken=False, answer=" ", by=hall.secretary, at=SOON)
    answer_comment(comment=asked, taken=True, answer="", by=hall.secretary, at=SOON)
    assert save(minutes, hall, "แบบสำรวจมี 47 ข้อ").version == 2
    asked.refresh_from_db()
    assert (asked.taken, asked.answered_by) == (True, hall.secretary)


def test_who_was_not_there_and_who_comes_too_late_does_not_comment(hall: Hall) -> None:
    minutes = send_minutes(hall)
    ask = lambda by, at=SOON, text="แก้คำผิด": comment(minutes=minutes, item=None, text=text, by=by, at=at)  # noqa: E731
    with pytest.raises(DidNotAttend):
        ask(hall.second)
    with pytest.raises(MeetingStands):
        ask(hall.official, at=AFTER + timedelta(days=8))
    with pytest.raises(CommentRefused):
        ask(hall.official, text="  ")
    assert ask(hall.member).made_by == hall.member


def test_drafts_are_not_commented(hall: Hall) -> None:
    minutes = write_minutes(hall)
    with pytest.raises(MeetingStands):
        comment(minutes=minutes, item=None, text="แก้คำผิด", by=hall.member, at=SOON)


def test_a_participant_comments_too(hall: Hall) -> None:
    add_participant(meeting=hall.meeting, name=hall.second.name, position="", by=hall.secretary, at=BEGAN)
    minutes = send_minutes(hall)
    assert comment(minutes=minutes, item=None, text="ตกชื่อหน่วยงาน", by=hall.second, at=SOON)


def test_several_resolutions_on_an_item_are_put_right_with_their_old_words_kept(hall: Hall) -> None:
    hold_meeting(hall)
    second = record_resolution(item=hall.items["3.1"], kind="agreed", text="ตามเสนอ", by=hall.secretary, at=AFTER)
    assert hall.items["3.1"].resolutions.count() == 2
    correct_resolution(resolution=second, kind="approved", text="ตามที่เสนอ", due_on=UNTIL, by=hall.second, at=SOON)
    second.refresh_from_db()
    assert (second.kind, second.corrected_by) == ("approved", hall.second)
    assert AuditEvent.objects.get(event="meeting.resolution_corrected").details["old_text"] == "ตามเสนอ"
    withdraw_resolution(resolution=second, by=hall.secretary, at=SOON)
    assert not Resolution.objects.filter(pk=second.pk).exists()


def test_a_resolution_on_which_something_rests_is_not_taken_out(hall: Hall) -> None:
    hold_meeting(hall)
    resolution = hall.items["3.1"].resolutions.get()
    make_follow_up(resolution, hall.office)
    with pytest.raises(MeetingStands):
        withdraw_resolution(resolution=resolution, by=hall.secretary, at=SOON)
    assert Resolution.objects.filter(pk=resolution.pk).exists()
    assert not AuditEvent.objects.filter(event="meeting.resolution_withdrawn").exists()


def test_after_circulation_a_resolution_changes_only_for_a_comment_that_was_taken(hall: Hall) -> None:
    minutes = send_minutes(hall)
    resolution = hall.items["3.1"].resolutions.get()
    change = {"resolution": resolution, "kind": "assigned", "text": "แก้", "due_on": None, "by": hall.secretary, "at": SOON}
    asked = comment(minutes=minutes, item=hall.items["3.1"], text="มติไม่ครบ", by=hall.member, at=SOON)
    with pytest.raises(MeetingStands):
        correct_resolution(**change)
    with pytest.raises(MeetingStands):
        record_resolution(item=hall.items["3.1"], kind="agreed", text="ใหม่", by=hall.secretary, at=SOON)
    answer_comment(comment=asked, taken=True, answer="", by=hall.secretary, at=SOON)
    assert correct_resolution(**change).text == "แก้"


def test_nothing_is_resolved_on_a_withdrawn_item(hall: Hall) -> None:
    item = hall.items["3.1"]
    item.withdrawn_at, item.withdrawn_by = BEGAN, hall.secretary
    item.save()
    with pytest.raises(Exception, match="ถูกถอนแล้ว"):
        record_resolution(item=item, kind="agreed", text="เห็นชอบ", by=hall.secretary, at=BEGAN)
