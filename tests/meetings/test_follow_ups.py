"""Follow-ups: who is named, what an office reports, what the coordinator decides, how late it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions.follow_ups import (
    FollowUpMovedOn,
    FollowUpRefused,
    answer,
    answer_for_agency,
    close,
    close_of_resolution,
    keep_evidence,
    note,
    open_follow_ups,
    reopen,
    return_,
    return_for_agency,
)
from phrom.meetings.models import FollowUp, FollowUpNote, NoteKind, Resolution
from phrom.shared.journal.models import AuditEvent
from phrom.shared.thai.dates import BANGKOK
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_agency, make_body, make_member, make_person
from tests.factories.follow_ups import DUE, make_follow_up
from tests.factories.meetings import HELD, make_resolution

AT = HELD + timedelta(days=3)
DONE = "ส่งคำสั่งแต่งตั้งคณะทำงานแล้ว"
MORE = "ขอให้แนบคำสั่งที่ลงนามแล้ว"


@pytest.fixture
def resolution(db: None) -> Resolution:
    return make_resolution()


@pytest.fixture
def by(db: None) -> Person:
    return make_person("นางวันดี ผู้ประสานงาน")


@pytest.fixture
def one(resolution: Resolution) -> FollowUp:
    return make_follow_up(resolution)


def body_of(resolution: Resolution) -> Agency:
    return resolution.item.meeting.body


def fresh(one: FollowUp) -> FollowUp:
    return FollowUp.objects.get(pk=one.pk)


def kinds(one: FollowUp) -> list[str]:
    return [step.kind for step in one.notes.all()]


def test_several_offices_are_named_each_with_a_line_of_its_own(resolution: Resolution, by: Person) -> None:
    offices = [make_agency(body_of(resolution)) for _ in range(3)]
    made = open_follow_ups(resolution=resolution, agencies=offices, due_on=DUE, task=" ตอบแบบสำรวจ ", by=by, at=AT)
    assert [(each.agency, each.due_on, each.task) for each in made] == [(office, DUE, "ตอบแบบสำรวจ") for office in offices]
    entry = AuditEvent.objects.get()
    assert (entry.event, entry.about, entry.chain) == (
        "follow_ups.opened",
        f"resolution:{resolution.pk}",
        body_of(resolution).code,
    )
    assert entry.details["agencies"] == [office.code for office in offices]


def test_an_office_that_is_named_already_is_left_alone(one: FollowUp, by: Person) -> None:
    another = make_agency(body_of(one.resolution))
    agencies = [one.agency, another, another]
    made = open_follow_ups(resolution=one.resolution, agencies=agencies, due_on=DUE, task="ส่งรายงานใหม่", by=by, at=AT)
    assert [each.agency for each in made] == [another]
    assert fresh(one).task == one.task


def test_naming_only_who_is_named_already_is_told(one: FollowUp, by: Person) -> None:
    with pytest.raises(FollowUpRefused, match="ครบแล้ว"):
        open_follow_ups(resolution=one.resolution, agencies=[one.agency], due_on=DUE, task="ส่งรายงาน", by=by, at=AT)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("change", "where"),
    [({"agencies": []}, "agencies"), ({"due_on": date(2024, 6, 10)}, "due_on"), ({"task": "   ทำ "}, "task")],
)
def test_what_lacks_an_office_a_day_or_a_task_is_refused(
    resolution: Resolution, by: Person, change: dict[str, Any], where: str
) -> None:
    given = {"agencies": [make_agency(body_of(resolution))], "due_on": DUE, "task": "ตอบแบบสำรวจ"} | change
    with pytest.raises(FollowUpRefused) as refused:
        open_follow_ups(resolution=resolution, by=by, at=AT, **given)
    assert refused.value.where == where
    assert not FollowUp.objects.exists()


def test_an_office_of_another_province_is_refused(resolution: Resolution, by: Person) -> None:
    stranger = make_agency(make_body())
    with pytest.raises(FollowUpRefused):
        open_follow_ups(resolution=resolution, agencies=[stranger], due_on=DUE, task="ตอบแบบสำรวจ", by=by, at=AT)


def test_the_due_day_may_be_the_day_of_the_meeting_itself(resolution: Resolution, by: Person) -> None:
    office = make_agency(body_of(resolution))
    day = date(2024, 6, 11)
    assert open_follow_ups(resolution=resolution, agencies=[office], due_on=day, task="แจ้งผู้แทน", by=by, at=AT)


def test_the_database_holds_one_line_an_office(one: FollowUp) -> None:
    with pytest.raises(IntegrityError):
        make_follow_up(one.resolution, one.agency)


def test_an_office_reports_and_answers_and_the_coordinator_closes(one: FollowUp, by: Person) -> None:
    official = make_member(one.agency)
    note(follow_up=one, text="รวบรวมแล้วครึ่งหนึ่ง", by=official, at=AT)
    assert not fresh(one).waits_for_check
    answer(follow_up=one, text=DONE, by=official, at=AT)
    assert (fresh(one).answered_by, fresh(one).waits_for_check) == (official, True)
    close(follow_up=one, because="ครบถ้วนตามมติ", by=by, at=AT)
    assert (fresh(one).is_open, fresh(one).closed_because, fresh(one).waits_for_check) == (False, "ครบถ้วนตามมติ", False)
    assert kinds(one) == ["progress", "answered", "closed"]
    assert list(AuditEvent.objects.order_by("id").values_list("event", flat=True)) == [
        "follow_up.noted",
        "follow_up.answered",
        "follow_up.closed",
    ]


def test_what_is_returned_waits_for_the_office_again(one: FollowUp, by: Person) -> None:
    answer(follow_up=one, text=DONE, by=by, at=AT)
    return_(follow_up=one, reason=f" {MORE} ", by=by, at=AT)
    assert (fresh(one).answered_at, fresh(one).answered_by, fresh(one).is_open) == (None, None, True)
    last = FollowUpNote.objects.latest("id")
    assert (last.kind, last.text) == (NoteKind.RETURNED, MORE)
    answer(follow_up=one, text=DONE, by=by, at=AT)
    assert fresh(one).waits_for_check


def test_a_closed_one_is_opened_again_and_the_office_has_it_once_more(one: FollowUp, by: Person) -> None:
    answer(follow_up=one, text=DONE, by=by, at=AT)
    close(follow_up=one, because="ครบถ้วนตามมติ", by=by, at=AT)
    reopen(follow_up=one, reason="พบว่าคำสั่งยังไม่ลงนาม", by=by, at=AT)
    again = fresh(one)
    assert (again.is_open, again.answered_at, again.closed_because) == (True, None, "")


def test_the_coordinator_may_close_what_was_never_answered(one: FollowUp, by: Person) -> None:
    close(follow_up=one, because="หน่วยงานยุบรวมแล้ว", by=by, at=AT)
    assert not fresh(one).is_open


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ([], return_),
        ([], reopen),
        ([answer], answer),
        ([answer], reopen),
        ([close], note),
        ([close], answer),
        ([close], return_),
        ([close], close),
    ],
)
def test_what_does_not_fit_the_state_is_refused_and_changes_nothing(
    one: FollowUp, by: Person, before: list[Any], act: Any
) -> None:
    words = {answer: "text", note: "text", close: "because", return_: "reason", reopen: "reason"}
    for step in before:
        step(follow_up=one, by=by, at=AT, **{words[step]: DONE})
    stood = kinds(one)
    with pytest.raises(FollowUpMovedOn):
        act(follow_up=one, by=by, at=AT, **{words[act]: DONE})
    assert kinds(one) == stood


@pytest.mark.parametrize(("act", "word"), [(note, "text"), (answer, "text"), (close, "because")])
@pytest.mark.parametrize("said", ["", "   ", "แล้ว"])
def test_an_act_without_words_is_refused(one: FollowUp, by: Person, act: Any, word: str, said: str) -> None:
    with pytest.raises(FollowUpRefused):
        act(follow_up=one, by=by, at=AT, **{word: said})
    assert (kinds(one), fresh(one).is_open, fresh(one).answered_at) == ([], True, None)


def test_evidence_is_kept_under_its_thai_name(one: FollowUp, by: Person) -> None:
    upload = SimpleUploadedFile("คำสั่งคณะทำงาน.txt", "คำสั่งที่ ๑".encode())
    kept = keep_evidence(upload=upload, at=AT)
    written = answer(follow_up=one, text=DONE, kept=kept, by=by, at=AT)
    assert written.file is not None
    assert (written.file_name, written.file.size) == ("คำสั่งคณะทำงาน.txt", len("คำสั่งที่ ๑".encode()))
    assert keep_evidence(upload=None, at=AT) is None


def test_a_file_that_the_store_does_not_take_is_refused_before_anything_is_written(one: FollowUp) -> None:
    with pytest.raises(Refusal):
        keep_evidence(upload=SimpleUploadedFile("virus.exe", b"MZ"), at=AT)
    assert kinds(one) == []


def test_closing_a_resolution_closes_what_is_open_and_leaves_what_was_closed(one: FollowUp, by: Person) -> None:
    closed = make_follow_up(one.resolution, closed_at=HELD)
    elsewhere = make_follow_up()
    assert close_of_resolution(resolution=one.resolution, because="ปิดรอบสำรวจแล้ว", by=by, at=AT) == 1
    assert (fresh(one).closed_because, fresh(closed).closed_because, fresh(elsewhere).is_open) == (
        "ปิดรอบสำรวจแล้ว",
        "ครบถ้วน",
        True,
    )
    assert AuditEvent.objects.get().details["closed"] == 1
    assert close_of_resolution(resolution=one.resolution, because="อีกครั้ง", by=by, at=AT) == 0
    assert AuditEvent.objects.count() == 1


def test_an_office_answers_by_what_it_did_elsewhere_once(one: FollowUp, by: Person) -> None:
    given: dict[str, Any] = {"resolution": one.resolution, "agency": one.agency, "by": by, "at": AT}
    assert answer_for_agency(text="ส่งคำตอบครบทุกข้อ", **given)
    assert not answer_for_agency(text="ส่งคำตอบครบทุกข้อ", **given)
    assert return_for_agency(reason="ส่งกลับข้อ P1.1", **given)
    assert not return_for_agency(reason="ส่งกลับข้อ P1.1", **given)
    assert kinds(one) == ["answered", "returned"]


def test_an_office_without_a_line_answers_nothing(resolution: Resolution, by: Person) -> None:
    office = make_agency(body_of(resolution))
    assert not answer_for_agency(resolution=resolution, agency=office, text="ส่งครบ", by=by, at=AT)
    assert not AuditEvent.objects.exists()


days = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def moment(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BANGKOK)


@given(due=days, today=days, answered=st.none() | days, closed=st.none() | days)
def test_days_late_are_the_days_after_the_due_day_on_which_nothing_had_been_handed_in(
    due: date, today: date, answered: date | None, closed: date | None
) -> None:
    one = FollowUp(
        due_on=due,
        answered_at=moment(answered) if answered else None,
        closed_at=moment(closed) if closed else None,
    )
    settled = answered or closed
    counted, day = 0, due + timedelta(days=1)
    while day <= today:
        counted += 1 if settled is None or day <= settled else 0
        day += timedelta(days=1)
    assert one.days_late(today) == counted


@pytest.mark.parametrize(("hour", "late"), [(23, 0), (24, 1)])
def test_the_day_ends_at_midnight_in_thailand(hour: int, late: int) -> None:
    answered = datetime(2024, 6, 21, tzinfo=BANGKOK) + timedelta(hours=hour)
    assert FollowUp(due_on=DUE, answered_at=answered).days_late(date(2024, 7, 1)) == late
