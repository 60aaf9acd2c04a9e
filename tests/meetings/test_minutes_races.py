"""Somebody changes what was resolved, or who came, at the very moment when the minutes go out or are adopted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from phrom.meetings.actions import attendance, resolving
from phrom.meetings.actions import recording as recording_acts
from phrom.meetings.actions.adoption import adopt
from phrom.meetings.actions.attendance import Mark, fingerprint, mark_attendance
from phrom.meetings.actions.minutes import circulate
from phrom.meetings.actions.minutes_comments import answer_comment, comment
from phrom.meetings.actions.pen import give_pen
from phrom.meetings.actions.recording import record_resolution
from phrom.meetings.actions.resolving import correct_resolution
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.models import Attendance, KeptPaper, Meeting, Minutes, Resolution
from phrom.meetings.papers.minutes import minutes_document
from phrom.shared.documents.canonical import sha256_of
from phrom.shared.ui.refusals import Refusal
from tests.factories.calling import make_called
from tests.meetings.hall import ADDRESS, AFTER, NEXT, UNTIL, make_hall, next_meeting, send_minutes, write_minutes
from tests.survey.test_rounds_together import together

pytestmark = pytest.mark.django_db(transaction=True)
LONG_ENOUGH = 1.5  # seconds in which the other would be through, were nothing held


def slow(monkeypatch: pytest.MonkeyPatch, room: Any, name: str, other: threading.Event) -> tuple[threading.Event, list[bool]]:
    """What `name` does waits for the other, written and not yet committed. Whether the other came through meanwhile."""
    written, seen, original = threading.Event(), list[bool](), getattr(room, name)

    def waiting(*args: Any, **more: Any) -> Any:
        written.set()
        seen.append(other.wait(LONG_ENOUGH))
        return original(*args, **more)

    monkeypatch.setattr(room, name, waiting)
    return written, seen


def overtaken(
    monkeypatch: pytest.MonkeyPatch, room: Any, name: str, slow_act: Callable[[], object], quick: Callable[[], object]
) -> tuple[bool, list[Refusal | None]]:
    """The quick act begins when the slow one has written; True when it was through before the slow one committed."""
    through = threading.Event()
    written, seen = slow(monkeypatch, room, name, through)

    def after() -> None:
        assert written.wait(20)
        quick()
        through.set()

    told = together(slow_act, after)
    return any(seen), told


def test_a_correction_is_over_before_the_minutes_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = make_hall()
    minutes, said = write_minutes(hall), Resolution.objects.select_related("item__meeting__body").get()
    given: dict[str, Any] = {"by": hall.secretary, "at": AFTER}
    between, told = overtaken(
        monkeypatch, resolving, "_tell",
        lambda: correct_resolution(resolution=said, kind="agreed", text="เห็นชอบ", due_on=None, **given),
        lambda: circulate(minutes=minutes, comments_until=UNTIL, address=ADDRESS, **given),
    )  # fmt: skip
    assert told == [None, None]
    assert not between


def test_a_mark_is_over_before_the_minutes_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = make_hall()
    minutes = write_minutes(hall)
    seat = hall.seats[2].pk
    mark = Mark(seat, "absent", seen=fingerprint(Attendance.objects.get(seat=seat)))
    given: dict[str, Any] = {"by": hall.secretary, "at": AFTER}
    between, told = overtaken(
        monkeypatch, attendance, "_tell",
        lambda: mark_attendance(meeting=hall.meeting, marks=[mark], **given),
        lambda: circulate(minutes=minutes, comments_until=UNTIL, address=ADDRESS, **given),
    )  # fmt: skip
    assert told == [None, None]
    assert not between


def test_a_new_resolution_is_over_before_the_minutes_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = make_hall()
    minutes = write_minutes(hall)
    given: dict[str, Any] = {"by": hall.secretary, "at": AFTER}
    between, told = overtaken(
        monkeypatch, recording_acts.journal, "record",
        lambda: record_resolution(item=hall.items["1"], kind="acknowledged", text="รับทราบ", **given),
        lambda: circulate(minutes=minutes, comments_until=UNTIL, address=ADDRESS, **given),
    )  # fmt: skip
    assert told == [None, None]
    assert not between


def test_what_was_adopted_is_what_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = make_hall()
    minutes = send_minutes(hall)
    give_pen(minutes=minutes, by=hall.secretary, at=AFTER)
    asked = comment(minutes=minutes, item=hall.items["3.1"], text="ขอแก้มติเป็นเห็นชอบ", by=hall.member, at=AFTER)
    answer_comment(comment=asked, taken=True, answer="", by=hall.secretary, at=AFTER)
    later, said = next_meeting(hall), Resolution.objects.select_related("item__meeting__body").get()
    given: dict[str, Any] = {"by": hall.secretary, "at": NEXT}
    overtaken(
        monkeypatch, resolving, "_tell",
        lambda: correct_resolution(resolution=said, kind="agreed", text="เห็นชอบ", due_on=None, **given),
        lambda: adopt(minutes=minutes, in_meeting=later, **given),
    )  # fmt: skip
    kept = KeptPaper.objects.get(meeting=hall.meeting)
    assert Minutes.objects.get(pk=minutes.pk).adopted_in_id == later.pk
    meeting = Meeting.objects.select_related("body", "order").get(pk=hall.meeting.pk)
    assert kept.sha256 == sha256_of(minutes_document(meeting))


def test_nothing_is_resolved_where_nobody_met() -> None:
    hall = make_hall()
    uncalled = make_called(hall.body, hall.secretary)
    Meeting.objects.filter(pk=hall.meeting.pk).update(
        cancelled_at=AFTER, cancelled_by=hall.secretary, cancelled_because="น้ำท่วมศาลากลาง"
    )
    for item in (hall.items["3.1"], uncalled.items.all()[0]):
        with pytest.raises(MeetingStands):
            record_resolution(item=item, kind="agreed", text="เห็นชอบ", by=hall.secretary, at=AFTER)
    assert not Resolution.objects.exists()
