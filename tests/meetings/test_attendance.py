"""Who came: ticked seat by seat, quorum in words, kept as of that day, filled at the close."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from phrom.committee.models import Holder
from phrom.meetings.actions.attendance import (
    Mark,
    MarkedMeanwhile,
    NobodyNamed,
    add_participant,
    fingerprint,
    mark_attendance,
    remove_participant,
)
from phrom.meetings.actions.holding import TimeRefused, close_meeting, open_meeting
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.attendance_sheet import attendance_sheet
from phrom.meetings.attendees import attended
from phrom.meetings.models import Attendance, Meeting
from phrom.shared.journal.models import AuditEvent
from tests.factories.committee import RECORDED, make_holder
from tests.meetings.hall import AFTER, BEGAN, ENDED, Hall, attend, hold_meeting, make_hall, send_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    return make_hall()


def tick(hall: Hall, *marks: Mark, by: str = "secretary") -> dict[int, type[Exception]]:
    """Save marks; returns what was refused."""
    outcome = mark_attendance(meeting=hall.meeting, marks=marks, by=getattr(hall, by), at=BEGAN)
    return {seat: type(refusal) for seat, refusal in outcome.refused.items()}


def row(hall: Hall, seat: int) -> Attendance:
    return hall.meeting.attendance.get(seat=hall.seats[seat])


def test_the_quorum_is_told_in_words_while_people_arrive(hall: Hall) -> None:
    words = lambda: attendance_sheet(hall.meeting).presence.words  # noqa: E731
    assert words() == "มาแล้ว 0 จาก 5 ยังไม่ครบองค์ประชุม (ต้องมีอย่างน้อย 3 ขาดอีก 3)"
    tick(hall, Mark(hall.seats[0].pk, "came"), Mark(hall.seats[5].pk, "came"))
    assert words() == "มาแล้ว 1 จาก 5 ยังไม่ครบองค์ประชุม (ต้องมีอย่างน้อย 3 ขาดอีก 2)"
    attend(hall)
    assert words() == "มาแล้ว 3 จาก 5 ครบองค์ประชุม (ต้องมีอย่างน้อย 3)"


def rest(hall: Hall, *marks: Mark) -> int:
    """Press the button for everybody else; returns how many seats are left without a mark."""
    return mark_attendance(meeting=hall.meeting, marks=marks, by=hall.secretary, at=BEGAN, rest_came=True).left


def test_one_press_ticks_everybody_else_but_the_vacant_seat(hall: Hall) -> None:
    away = Mark(hall.seats[2].pk, "leave", note="ติดราชการต่างจังหวัด")
    assert rest(hall, away, Mark(hall.seats[0].pk, "")) == 1
    kinds = {found.seat_id: found.kind for found in hall.meeting.attendance.all()}
    came = {hall.seats[place].pk: "came" for place in (0, 1, 4, 5)}
    assert kinds == came | {hall.seats[2].pk: "leave"}
    event = AuditEvent.objects.get(event="meeting.attendance_marked")
    assert len(event.details["rows"]) == 5


def test_who_answered_otherwise_is_not_ticked_with_the_rest(hall: Hall) -> None:
    for place, kind in ((0, "not_coming"), (1, "substitute"), (2, "coming")):
        hall.meeting.replies.create(seat=hall.seats[place], kind=kind, replied_by=hall.secretary, replied_at=BEGAN)
    assert rest(hall) == 3
    assert {found.seat for found in hall.meeting.attendance.all()} == {hall.seats[2], hall.seats[4], hall.seats[5]}


def test_the_rest_changes_nothing_that_was_ticked_and_happens_once(hall: Hall) -> None:
    attend(hall)
    before = {found.pk: fingerprint(found) for found in hall.meeting.attendance.all()}
    for _ in range(2):
        assert rest(hall) == 1
    after = {found.pk: fingerprint(found) for found in hall.meeting.attendance.all()}
    assert before.items() <= after.items()
    assert AuditEvent.objects.filter(event="meeting.attendance_marked").count() == 2


def test_a_substitute_is_kept_by_name_and_position_and_known_by_account(hall: Hall) -> None:
    attend(hall)
    kept = row(hall, 1)
    assert (kept.name, kept.position, kept.holder_name) == ("นางสาวบัวตอง สุขใจ", "รองหัวหน้าสำนักงาน", "นายอินทร แสนเมือง")
    assert kept.person == hall.official
    assert attended(hall.meeting, hall.official)
    assert attended(hall.meeting, hall.member)
    assert not attended(hall.meeting, hall.secretary)


def test_rows_that_say_nothing_are_refused_and_the_others_are_kept(hall: Hall) -> None:
    nameless, vacant, good = (hall.seats[number].pk for number in (1, 3, 0))
    refused = tick(hall, Mark(nameless, "substitute", "นายนิรนาม", " "), Mark(vacant, "came"), Mark(good, "came"))
    assert refused == {nameless: NobodyNamed, vacant: NobodyNamed}
    assert [each.seat_id for each in hall.meeting.attendance.all()] == [good]


def test_two_secretaries_on_one_seat_the_second_is_told_and_nothing_is_overwritten(hall: Hall) -> None:
    seat = hall.seats[2].pk
    tick(hall, Mark(seat, "came"))
    assert tick(hall, Mark(seat, "leave", note="ป่วย"), by="second") == {seat: MarkedMeanwhile}
    assert row(hall, 2).kind == "came"
    assert tick(hall, Mark(seat, "leave", note="ป่วย", seen=fingerprint(row(hall, 2))), by="second") == {}
    assert (row(hall, 2).kind, row(hall, 2).note) == ("leave", "ป่วย")


def test_a_row_that_was_not_touched_does_not_undo_what_another_ticked(hall: Hall) -> None:
    seat = hall.seats[2].pk
    tick(hall, Mark(seat, "came"))
    shown = fingerprint(row(hall, 2))
    tick(hall, Mark(seat, "absent", seen=shown), by="second")
    assert tick(hall, Mark(seat, "came", seen=shown)) == {}
    assert row(hall, 2).kind == "absent"


def test_closing_fills_what_was_not_ticked(hall: Hall) -> None:
    seats = hall.seats
    hall.meeting.replies.create(seat=seats[4], kind="not_coming", note="ไปราชการ", replied_by=hall.member, replied_at=RECORDED)
    open_meeting(meeting=hall.meeting, opened_at=BEGAN, by=hall.secretary, at=BEGAN)
    tick(hall, *(Mark(seats[number].pk, "came") for number in (0, 1, 2)))
    close_meeting(meeting=hall.meeting, closed_at=ENDED, by=hall.secretary, at=ENDED)
    assert [(row(hall, number).kind, row(hall, number).note) for number in (3, 4, 5)] == [
        ("absent", ""),
        ("leave", "ไปราชการ"),
        ("absent", ""),
    ]
    said = AuditEvent.objects.get(event="meeting.closed").details["without_mark"]
    assert len(said) == 3


def test_what_happens_to_the_committee_later_does_not_change_who_came(hall: Hall) -> None:
    before = _who(hold_meeting(hall))
    Holder.objects.filter(seat=hall.seats[0]).update(
        ends_on=date(2024, 6, 10), end_recorded_by=hall.secretary, end_recorded_at=AFTER
    )
    make_holder(hall.seats[0], "นายคนใหม่ มาทีหลัง", starts_on=date(2024, 6, 11), recorded_at=AFTER)
    make_holder(hall.seats[3], "นางเพิ่งรู้ ว่ามี", recorded_at=AFTER)
    assert _who(hall.meeting) == before


def _who(meeting: Meeting) -> list[tuple[str, str]]:
    sheet = attendance_sheet(meeting)
    return [(line.seat.title, line.mark.name if line.mark else "?") for line in sheet.lines] + [("", sheet.presence.words)]


def test_a_correction_after_the_close_still_knows_the_holder(hall: Hall) -> None:
    hold_meeting(hall)
    mark = Mark(hall.seats[1].pk, "came", seen=fingerprint(row(hall, 1)))
    mark_attendance(meeting=hall.meeting, marks=[mark], by=hall.secretary, at=AFTER)
    assert row(hall, 1).name == "นายอินทร แสนเมือง"


@pytest.mark.parametrize(
    ("opened", "asked_at"),
    [(BEGAN + timedelta(hours=1), BEGAN), (BEGAN - timedelta(days=1), BEGAN)],
    ids=["to come", "of another day"],
)
def test_a_time_that_cannot_be_is_refused(hall: Hall, opened: object, asked_at: object) -> None:
    with pytest.raises(TimeRefused):
        open_meeting(meeting=hall.meeting, opened_at=opened, by=hall.secretary, at=asked_at)  # type: ignore[arg-type]
    assert Meeting.objects.get(pk=hall.meeting.pk).opened_at is None


def test_it_ends_after_it_began_and_not_before_it_was_opened(hall: Hall) -> None:
    with pytest.raises(MeetingStands):
        close_meeting(meeting=hall.meeting, closed_at=ENDED, by=hall.secretary, at=ENDED)
    open_meeting(meeting=hall.meeting, opened_at=BEGAN, by=hall.secretary, at=BEGAN)
    with pytest.raises(TimeRefused):
        close_meeting(meeting=hall.meeting, closed_at=BEGAN, by=hall.secretary, at=ENDED)


def test_nobody_is_ticked_before_the_day_nor_in_a_cancelled_meeting_nor_after_the_minutes_went_out(hall: Hall) -> None:
    mark = [Mark(hall.seats[3].pk, "absent", note="แก้ทีหลัง")]
    with pytest.raises(MeetingStands):
        mark_attendance(meeting=hall.meeting, marks=mark, by=hall.secretary, at=BEGAN - timedelta(days=1))
    send_minutes(hall)
    with pytest.raises(MeetingStands):
        mark_attendance(meeting=hall.meeting, marks=mark, by=hall.secretary, at=AFTER)
    Meeting.objects.filter(pk=hall.meeting.pk).update(cancelled_at=AFTER, cancelled_by=hall.secretary)
    with pytest.raises(MeetingStands):
        open_meeting(meeting=hall.meeting, opened_at=BEGAN, by=hall.secretary, at=AFTER)


def test_participants_are_no_members_and_may_be_taken_out_again(hall: Hall) -> None:
    guest = add_participant(meeting=hall.meeting, name=" นางสาวบัวตอง  สุขใจ ", position="", by=hall.secretary, at=BEGAN)
    assert (guest.name, guest.person) == ("นางสาวบัวตอง สุขใจ", hall.official)
    assert attendance_sheet(hall.meeting).presence.members == 5
    remove_participant(participant=guest, by=hall.secretary, at=BEGAN)
    with pytest.raises(ObjectDoesNotExist):
        Attendance.objects.get(pk=guest.pk)
    with pytest.raises(NobodyNamed):
        add_participant(meeting=hall.meeting, name="  ", position="ใคร", by=hall.secretary, at=BEGAN)
