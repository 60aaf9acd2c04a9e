"""สิ่งที่คนบันทึก: ขั้น เหตุติดขัด การเยี่ยม เรื่องขอความช่วยเหลือ อำเภอ และเป้าหมาย.

What people record, and what is refused.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from phrom.rollout.actions import cases, programmes, recording
from phrom.rollout.models import SupportCase
from phrom.rollout.waiting import spoken, waiting
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_body, make_member, make_person
from tests.factories.meetings import make_resolution
from tests.factories.rollout import AT, TODAY, make_case, make_enrolment, make_holdback, make_local, make_programme

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def test_a_stage_is_a_new_row_and_the_old_one_stays() -> None:
    enrolment = make_enrolment()
    for stage in ("trained", "dropped"):
        recording.record_stage(
            enrolment=enrolment, stage=stage, happened_on=TODAY, evidence="letter", note="เหตุ", by=make_person(), at=AT
        )
    assert [record.stage for record in enrolment.stages.all()] == ["trained", "dropped"]
    assert AuditEvent.objects.filter(event="rollout.stage_recorded", about=f"enrolment:{enrolment.pk}").count() == 2


@pytest.mark.parametrize(
    ("stage", "on", "note", "where"), [("trained", TOMORROW, "", "happened_on"), ("dropped", TODAY, "  ", "note")]
)
def test_no_day_to_come_and_nobody_leaves_without_a_reason(stage: str, on: date, note: str, where: str) -> None:
    given = {"stage": stage, "happened_on": on, "note": note, "evidence": "other"}
    with pytest.raises(recording.CannotBeRecorded) as refused:
        recording.record_stage(enrolment=make_enrolment(), **given, by=make_person(), at=AT)  # type: ignore[arg-type]
    assert refused.value.where == where


def test_a_holdback_is_over_once() -> None:
    enrolment = make_enrolment()
    held = make_holdback(enrolment, since=TODAY - timedelta(days=9))
    recording.end_holdback(enrolment=enrolment, holdback_id=held.pk, by=make_person(), at=AT)
    held.refresh_from_db()
    assert held.until == TODAY
    with pytest.raises(recording.WasOver):
        recording.end_holdback(enrolment=enrolment, holdback_id=held.pk, by=make_person(), at=AT)


def test_the_holdback_of_another_office_cannot_be_ended_here() -> None:
    held = make_holdback(make_enrolment())
    with pytest.raises(recording.WasOver):
        recording.end_holdback(enrolment=make_enrolment(), holdback_id=held.pk, by=make_person(), at=AT)


def test_the_first_words_from_the_province_are_the_answer_and_the_later_ones_are_not() -> None:
    case, officer, clerk = make_case(make_enrolment()), make_person("ผู้ส่งเสริม"), make_person("เจ้าหน้าที่ อปท.")
    write(case, clerk, from_office=True, hours=1)
    assert write(case, officer, from_office=False, hours=2).answered_at == AT + timedelta(hours=2)
    assert write(case, officer, from_office=False, hours=9).answered_at == AT + timedelta(hours=2)
    assert [note.from_office for note in case.notes.all()] == [True, True, False, False]


def write(case: SupportCase, by: object, *, from_office: bool, hours: int) -> SupportCase:
    at = AT + timedelta(hours=hours)
    return cases.write_note(case=case, text="ข้อความ", from_office=from_office, by=by, at=at)  # type: ignore[arg-type]


def test_nothing_is_written_into_a_closed_case() -> None:
    case = make_case(make_enrolment())
    cases.close_case(case=case, by=make_person(), at=AT)
    with pytest.raises(cases.CaseIsClosed):
        write(case, make_person(), from_office=True, hours=1)
    with pytest.raises(cases.CaseIsClosed):
        cases.close_case(case=case, by=make_person(), at=AT)
    assert case.notes.count() == 1


def test_answer_times_are_told_in_words() -> None:
    enrolment, by = make_enrolment(), make_person()
    for hours in (2, 4, 90):
        make_case(enrolment, answered_at=AT + timedelta(hours=hours), answered_by=by)
    make_case(enrolment, at=AT - timedelta(days=3))
    found = waiting(SupportCase.objects.all(), AT)
    assert (found.all, found.open, found.unanswered, found.usual, found.longest) == (4, 4, 1, "4 ชั่วโมง", "3 วัน")
    assert [spoken(timedelta(minutes=each)) for each in (5, 60, 47 * 60 + 59, 48 * 60)] == [
        "5 นาที",
        "1 ชั่วโมง",
        "47 ชั่วโมง",
        "2 วัน",
    ]


def test_a_district_has_one_officer_and_the_same_again_changes_nothing() -> None:
    programme = make_programme()
    one, other = make_member(programme.body, "supporter"), make_member(programme.body, "supporter")
    by = make_person()
    assert programmes.share_out(programme=programme, officers={"แม่ริม": one, "": other}, by=by, at=AT) == 2
    assert programmes.share_out(programme=programme, officers={"แม่ริม": one}, by=by, at=AT) == 0
    assert programmes.share_out(programme=programme, officers={"แม่ริม": None, "": one}, by=by, at=AT) == 2
    assert list(programme.district_officers.values_list("district", "officer")) == [("", one.pk)]


def test_an_office_is_invited_once_and_only_those_of_the_province() -> None:
    programme = make_programme()
    local = make_local(programme.body)
    assert programmes.enrol(programme=programme, offices=[local], by=make_person(), at=AT) == 1
    assert programmes.enrol(programme=programme, offices=[local], by=make_person(), at=AT) == 0
    with pytest.raises(programmes.ProgrammeRefused):
        programmes.enrol(programme=programme, offices=[make_local()], by=make_person(), at=AT)


def test_a_target_is_changed_and_taken_away() -> None:
    programme, by = make_programme(), make_person()
    for number, expected in ((50, [50]), (80, [80]), (0, [])):
        programmes.set_target(programme=programme, stage="active", number=number, by_day=TODAY, by=by, at=AT)
        assert list(programme.targets.values_list("number", flat=True)) == expected


def test_what_a_programme_may_not_be() -> None:
    body, by = make_body(), make_person()
    described = programmes.Described("โครงการ", TODAY)
    programmes.create_programme(body=body, described=described, by=by, at=AT)
    wrong = {
        "name": described,
        "ends_on": programmes.Described("อื่น", TODAY, ends_on=TODAY - timedelta(days=1)),
        "resolution": programmes.Described("อื่น", TODAY, resolution=make_resolution()),
    }
    for where, each in wrong.items():
        with pytest.raises(programmes.ProgrammeRefused) as refused:
            programmes.create_programme(body=body, described=each, by=by, at=AT)
        assert refused.value.where == where


def test_a_party_stands_there_once_and_is_taken_away() -> None:
    programme, by = make_programme(), make_person()
    for _ in range(2):
        party = programmes.add_party(programme=programme, name="กระทรวงมหาดไทย", role="signatory", by=by, at=AT)
    assert programme.parties.count() == 1
    for _ in range(2):
        programmes.remove_party(programme=programme, party_id=party.pk, by=by, at=AT)
    assert programme.parties.count() == 0
