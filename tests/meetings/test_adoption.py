"""Minutes are adopted by a later meeting that has an item for it; then they never change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from phrom.meetings.actions.adoption import CannotAdopt, adopt
from phrom.meetings.actions.attendance import Mark, mark_attendance
from phrom.meetings.actions.minutes import Signers, TextNotKept, circulate, name_signers, save_text
from phrom.meetings.actions.minutes_comments import comment
from phrom.meetings.actions.pen import PenElsewhere, take_pen
from phrom.meetings.actions.recording import record_resolution
from phrom.meetings.actions.resolving import correct_resolution
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.models import HeadKind, KeptPaper, Minutes
from phrom.meetings.papers.minutes import minutes_document
from phrom.shared.documents.canonical import from_json, sha256_of, sha256_of_json
from phrom.shared.files.store import read
from tests.factories.agencies import make_body
from tests.factories.meetings import make_meeting
from tests.meetings.hall import ADDRESS, AFTER, NEXT, UNTIL, Hall, make_hall, next_meeting, send_minutes, write_minutes

pytestmark = pytest.mark.django_db
THEN = NEXT + timedelta(hours=2)


@pytest.fixture
def hall() -> Hall:
    return make_hall()


def test_the_later_meeting_resolves_and_the_paper_is_kept_with_its_hash(hall: Hall) -> None:
    minutes = send_minutes(hall)
    later = next_meeting(hall)
    kept = adopt(minutes=minutes, in_meeting=later, by=hall.secretary, at=THEN)
    minutes.refresh_from_db()
    assert (minutes.adopted_in, minutes.adopted_by, minutes.editor) == (later, hall.secretary, None)
    assert kept.sha256 == sha256_of_json(kept.content) == sha256_of(from_json(kept.content))
    assert b"pdfaid" in b"".join(read(kept.pdf))
    [resolution] = later.items.get(kind=HeadKind.ADOPTION).resolutions.all()
    assert (resolution.kind, resolution.text) == ("adopted", "รับรองรายงานการประชุมครั้งที่ 1/2567 โดยไม่มีการแก้ไข")


def test_what_was_corrected_after_circulation_is_adopted_as_corrected(hall: Hall) -> None:
    minutes = send_minutes(hall)
    save_text(
        minutes=minutes, item=hall.items["3.1"], text="แก้ตามที่ขอ", version=1, by=hall.secretary, at=AFTER + timedelta(hours=1)
    )
    later = next_meeting(hall)
    kept = adopt(minutes=minutes, in_meeting=later, by=hall.secretary, at=THEN)
    assert "แก้ตามที่ขอ" in str(kept.content)
    assert later.items.get(kind=HeadKind.ADOPTION).resolutions.get().text.endswith("โดยมีการแก้ไข")


def refuse(minutes: Minutes, hall: Hall, meeting: object, kind: type[Exception] = CannotAdopt, at: object = THEN) -> None:
    with pytest.raises(kind):
        adopt(minutes=minutes, in_meeting=meeting, by=hall.secretary, at=at)  # type: ignore[arg-type]
    assert Minutes.objects.get(pk=minutes.pk).adopted_at is None
    assert not KeptPaper.objects.exists()


def test_not_before_circulation(hall: Hall) -> None:
    minutes = write_minutes(hall)
    refuse(minutes, hall, next_meeting(hall))


def test_not_in_the_same_nor_in_an_earlier_meeting_nor_in_another_province(hall: Hall) -> None:
    minutes = send_minutes(hall)
    refuse(minutes, hall, hall.meeting)
    refuse(minutes, hall, next_meeting(hall, held_at=hall.meeting.held_at - timedelta(days=30)))
    abroad = make_meeting(make_body(), number=2)
    abroad.held_at, abroad.opened_at, abroad.opened_by = NEXT, NEXT, hall.secretary
    abroad.save()
    abroad.items.create(number="2", kind=HeadKind.ADOPTION, title="รับรองรายงานการประชุม", position=1)
    refuse(minutes, hall, abroad)


def test_not_in_a_meeting_that_was_not_opened_or_has_no_item_for_it(hall: Hall) -> None:
    minutes = send_minutes(hall)
    later = next_meeting(hall)
    later.items.filter(kind=HeadKind.ADOPTION).update(withdrawn_at=THEN, withdrawn_by=hall.secretary)
    refuse(minutes, hall, later)
    later.items.update(withdrawn_at=None, withdrawn_by=None)
    later.opened_at = later.opened_by = None
    later.save()
    refuse(minutes, hall, later)


def test_not_with_a_comment_unanswered_nor_while_somebody_writes(hall: Hall) -> None:
    minutes = send_minutes(hall)
    later = next_meeting(hall)
    asked = comment(minutes=minutes, item=None, text="แก้ชื่อสถานที่", by=hall.member, at=AFTER)
    refuse(minutes, hall, later)
    asked.delete()
    take_pen(minutes=minutes, by=hall.second, at=THEN)
    refuse(minutes, hall, later, PenElsewhere)


def test_after_adoption_nothing_changes_whatever_is_tried(hall: Hall) -> None:
    minutes = send_minutes(hall)
    later = next_meeting(hall)
    kept = adopt(minutes=minutes, in_meeting=later, by=hall.secretary, at=THEN)
    before = (sha256_of(minutes_document(hall.meeting)), KeptPaper.objects.values().get(pk=kept.pk))
    minutes, by, at = Minutes.objects.get(pk=minutes.pk), hall.secretary, THEN
    item, resolution = hall.items["3.1"], hall.items["3.1"].resolutions.get()
    writes = (
        lambda: take_pen(minutes=minutes, by=by, at=at),
        lambda: save_text(minutes=minutes, item=item, text="แก้ย้อนหลัง", version=1, by=by, at=at),
        lambda: name_signers(minutes=minutes, signers=Signers("คนอื่น"), by=by, at=at),
        lambda: comment(minutes=minutes, item=item, text="แก้ย้อนหลัง", by=hall.member, at=AFTER),
        lambda: circulate(minutes=minutes, comments_until=UNTIL, by=by, at=at, address=ADDRESS),
        lambda: correct_resolution(resolution=resolution, kind="agreed", text="อื่น", due_on=None, by=by, at=at),
        lambda: record_resolution(item=item, kind="agreed", text="เพิ่ม", by=by, at=at),
        lambda: mark_attendance(meeting=hall.meeting, marks=[Mark(hall.seats[3].pk, "absent")], by=by, at=at),
        lambda: adopt(minutes=minutes, in_meeting=later, by=by, at=at),
    )
    for write in writes:
        with pytest.raises((MeetingStands, TextNotKept)):
            write()
    assert (sha256_of(minutes_document(hall.meeting)), KeptPaper.objects.values().get(pk=kept.pk)) == before


def test_somebody_who_writes_while_it_is_printed_makes_it_printed_anew(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = send_minutes(hall)
    later = next_meeting(hall)
    from phrom.meetings.actions import adoption

    printed, make = [], adoption.make

    def slow_printer(document: object, body: object, at: object) -> object:
        made = make(document, body, at)  # type: ignore[arg-type]
        if not printed:
            save_text(minutes=minutes, item=hall.items["3.1"], text="เขียนทันก่อนพิมพ์เสร็จ", version=1, by=hall.secretary, at=AFTER)
        printed.append(made)
        return made

    monkeypatch.setattr(adoption, "make", slow_printer)
    kept = adopt(minutes=minutes, in_meeting=later, by=hall.secretary, at=THEN)
    assert len(printed) == 2
    assert "เขียนทันก่อนพิมพ์เสร็จ" in str(kept.content)
