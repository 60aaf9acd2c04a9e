"""บันทึกการกระทำของการขับเคลื่อน: การกระทำหนึ่งคือหนึ่งบรรทัด และสิ่งที่เก็บคือสิ่งที่พิมพ์โดยไม่มีช่องว่างหัวท้าย.

What faults had shown: each act of the coordinator is a line of the journal, and what is kept is what was typed, trimmed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from phrom.agencies.models import Agency
from phrom.rollout.actions import cases, programmes, recording
from phrom.rollout.actions.local_governments import import_local_governments
from phrom.rollout.models import Enrolment
from phrom.rollout.table_file import LocalRow
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_body, make_person
from tests.factories.rollout import AT, TODAY, make_enrolment, make_holdback, make_local, make_party

pytestmark = pytest.mark.django_db
D = programmes.Described
ROW = LocalRow(2, "5990101", "sao", "แม่แฝก", district="สันทราย")

ACTS: dict[str, Callable[[Enrolment], object]] = {
    "rollout.programme_created": lambda each: programmes.create_programme(
        body=each.programme.body, described=D("ใหม่", TODAY), by=each.enrolled_by, at=AT
    ),
    "rollout.programme_changed": lambda each: programmes.change_programme(
        programme=each.programme, described=D("ชื่ออื่น", TODAY, active_within_days=14), by=each.enrolled_by, at=AT
    ),
    "rollout.party_removed": lambda each: programmes.remove_party(
        programme=each.programme, party_id=make_party(each.programme).pk, by=each.enrolled_by, at=AT
    ),
    "rollout.offices_enrolled": lambda each: programmes.enrol(
        programme=each.programme, offices=[make_local(each.programme.body)], by=each.enrolled_by, at=AT
    ),
    "rollout.holdback_ended": lambda each: recording.end_holdback(
        enrolment=each, holdback_id=make_holdback(each).pk, by=each.enrolled_by, at=AT
    ),
}


@pytest.mark.parametrize("event", ACTS)
def test_each_act_is_one_line_in_the_chain_of_its_province(event: str) -> None:
    enrolment = make_enrolment()
    ACTS[event](enrolment)
    (told,) = AuditEvent.objects.all()
    assert (told.event, told.chain, told.by_id) == (event, enrolment.programme.body.code, enrolment.enrolled_by_id)


def test_what_was_typed_is_kept_without_the_spaces_around_it() -> None:
    enrolment, by = make_enrolment(), make_person()
    held = recording.hold_back(enrolment=enrolment, reason="staff", words="  ลาออก \n", since=TODAY, by=by, at=AT)
    visit = recording.record_visit(enrolment=enrolment, kind="visit", visited_on=TODAY, text=" สอน ", by=by, at=AT)
    given = {"stage": "trained", "happened_on": TODAY, "evidence": "letter", "note": " รุ่นที่ 1 "}
    stage = recording.record_stage(enrolment=enrolment, **given, by=by, at=AT)  # type: ignore[arg-type]
    assert (held.words, visit.text, stage.note) == ("ลาออก", "สอน", "รุ่นที่ 1")


@pytest.mark.parametrize("from_office", [True, False])
def test_the_first_words_of_a_case_are_of_whoever_asked(from_office: bool) -> None:
    case = cases.open_case(enrolment=make_enrolment(), subject="ก", text="ข", from_office=from_office, by=make_person(), at=AT)
    assert (case.from_office, case.notes.get().from_office) == (from_office, from_office)


def test_two_targets_of_one_stage_on_two_days_stand_beside_each_other() -> None:
    programme, by = make_enrolment().programme, make_person()
    for days, number in ((0, 50), (30, 50), (60, 80)):
        programmes.set_target(
            programme=programme, stage="active", number=number, by_day=TODAY + timedelta(days=days), by=by, at=AT
        )
    assert list(programme.targets.values_list("number", flat=True)) == [50, 50, 80]


def test_an_office_that_is_renamed_or_becomes_a_town_has_the_new_short_name_too() -> None:
    body = make_body()
    import_local_governments(body=body, rows=[ROW], by=None, at=AT)
    import_local_governments(body=body, rows=[replace(ROW, name="แม่แฝกใหม่", kind="subdistrict")], by=None, at=AT)
    agency = Agency.objects.get(body=body)
    assert (agency.name, agency.label) == ("เทศบาลตำบลแม่แฝกใหม่", "เทศบาลตำบลแม่แฝกใหม่")
    import_local_governments(body=body, rows=[ROW], by=None, at=AT)
    agency.refresh_from_db()
    assert (agency.name, agency.label) == ("องค์การบริหารส่วนตำบลแม่แฝก", "อบต.แม่แฝก")
