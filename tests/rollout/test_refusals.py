"""การปฏิเสธทุกข้อของการขับเคลื่อน: บอกทั้งสองภาษา บอกว่าอยู่ช่องใด และไม่มีอะไรเปลี่ยน.

Every refusal of the drive's actions: in both languages, with its field, and not a row or a line of the journal more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from phrom.rollout.actions import cases, programmes, recording
from phrom.rollout.actions.local_governments import import_local_governments
from phrom.rollout.models import Enrolment
from phrom.rollout.pages.managing import ImportPage, preview, rows_of
from phrom.rollout.table_file import LocalRow
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_body, make_person
from tests.factories.meetings import make_resolution
from tests.factories.rollout import AT, TODAY, make_case, make_enrolment, make_holdback, make_local, make_programme
from tests.rollout.lists import generated_list

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
D = programmes.Described
Act = Callable[[Enrolment, Any], object]


def everything() -> dict[str, list[Any]]:
    """Every row of the room, and the journal."""
    models = [*apps.get_app_config("rollout").get_models(), AuditEvent]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def closed_case(enrolment: Enrolment, by: Any) -> Any:
    return make_case(enrolment, closed_at=AT, closed_by=by)


def stage(**more: Any) -> Act:
    given = {"stage": "trained", "happened_on": TODAY, "evidence": "letter", "note": "", **more}
    return lambda enrolment, by: recording.record_stage(enrolment=enrolment, **given, by=by, at=AT)


def change(described: Callable[[Enrolment], programmes.Described]) -> Act:
    return lambda enrolment, by: programmes.change_programme(
        programme=enrolment.programme, described=described(enrolment), by=by, at=AT
    )


def create(described: Callable[[Enrolment], programmes.Described]) -> Act:
    return lambda enrolment, by: programmes.create_programme(
        body=enrolment.programme.body, described=described(enrolment), by=by, at=AT
    )


REFUSALS: dict[str, tuple[str, int, Act]] = {
    "ขั้นในวันพรุ่งนี้": ("happened_on", 422, stage(happened_on=TOMORROW)),
    "ถอนตัวโดยไม่มีเหตุผล": ("note", 422, stage(stage="dropped", note=" \n ")),
    "ติดขัดตั้งแต่พรุ่งนี้": (
        "since",
        422,
        lambda each, by: recording.hold_back(enrolment=each, reason="staff", words="", since=TOMORROW, by=by, at=AT),
    ),
    "ไปเยี่ยมพรุ่งนี้": (
        "visited_on",
        422,
        lambda each, by: recording.record_visit(enrolment=each, kind="visit", visited_on=TOMORROW, text="ก", by=by, at=AT),
    ),
    "เหตุที่หมดไปแล้ว": (
        "",
        409,
        lambda each, by: recording.end_holdback(enrolment=each, holdback_id=make_holdback(each, until=TODAY).pk, by=by, at=AT),
    ),
    "เหตุของแห่งอื่น": (
        "",
        409,
        lambda each, by: recording.end_holdback(
            enrolment=each, holdback_id=make_holdback(make_enrolment(each.programme)).pk, by=by, at=AT
        ),
    ),
    "เขียนในเรื่องที่ปิดแล้ว": (
        "",
        409,
        lambda each, by: cases.write_note(case=closed_case(each, by), text="ก", from_office=True, by=by, at=AT),
    ),
    "ปิดเรื่องที่ปิดแล้ว": ("", 409, lambda each, by: cases.close_case(case=closed_case(each, by), by=by, at=AT)),
    "สร้างโครงการชื่อซ้ำ": ("name", 422, create(lambda each: D(each.programme.name, TODAY))),
    "สร้างโครงการที่จบก่อนเริ่ม": ("ends_on", 422, create(lambda each: D("ใหม่", TOMORROW, ends_on=TODAY))),
    "สร้างโครงการบนมติของจังหวัดอื่น": (
        "resolution",
        422,
        create(lambda each: D("ใหม่", TODAY, resolution=make_resolution())),
    ),
    "แก้โครงการเป็นชื่อซ้ำ": (
        "name",
        422,
        change(lambda each: D(make_programme(each.programme.body, name="มีแล้ว").name, TODAY)),
    ),
    "แก้โครงการให้จบก่อนเริ่ม": ("ends_on", 422, change(lambda each: D("ใหม่", TOMORROW, ends_on=TODAY))),
    "แก้โครงการเป็นมติของจังหวัดอื่น": ("resolution", 422, change(lambda each: D("ใหม่", TODAY, resolution=make_resolution()))),
    "เชิญ อปท. ของจังหวัดอื่น": (
        "",
        422,
        lambda each, by: programmes.enrol(
            programme=each.programme, offices=[make_local(each.programme.body), make_local()], by=by, at=AT
        ),
    ),
    "รายชื่อที่มีรหัสของจังหวัดอื่น": (
        "file",
        409,
        lambda each, by: import_local_governments(
            body=make_body(), rows=[LocalRow(2, each.local_government.dla_code, "sao", "ก")], by=by, at=AT
        ),
    ),
    "ตัวอย่างที่ถูกแก้": ("rows", 422, lambda each, by: rows_of(ImportPage(each.programme, 0), "x:y:z")),
    "ตัวอย่างของโครงการอื่น": (
        "rows",
        422,
        lambda each, by: rows_of(
            ImportPage(each.programme, 0), preview(ImportPage(make_programme(), 0), generated_list(3), "a.csv").signed
        ),
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_it_is_refused_in_both_languages_beside_its_field_and_nothing_changes(name: str) -> None:
    where, status, act = REFUSALS[name]
    enrolment, by = make_enrolment(), make_person()
    kept = everything()
    with pytest.raises(Refusal) as refused:
        act(enrolment, by)
    said = refused.value
    assert (said.where, said.status) == (where, status)
    assert re.search("ยังไม่มีอะไร|ไม่มีอะไรเปลี่ยน|ยังไม่ถูกบันทึก", said.th) and "กรุณา" in said.th
    assert re.search(r"[Nn]othing was (saved|changed)|was not saved", said.en) and "lease" in said.en
    assert not re.search("[A-Za-z]{4,}", said.th), "plain Thai"
    after = everything()
    made = {"Holdback", "SupportCase", "CaseNote", "Programme", "Enrolment", "LocalGovernment"}  # by the case itself
    assert {key: rows[: len(kept[key])] for key, rows in after.items()} == kept
    assert after["AuditEvent"] == kept["AuditEvent"]
    assert all(len(after[key]) == len(kept[key]) for key in after.keys() - made)


@pytest.mark.parametrize("tries", [2, 3])
def test_what_may_be_said_again_is_said_once(tries: int) -> None:
    enrolment, by = make_enrolment(), make_person()
    programme = enrolment.programme
    for _ in range(tries):
        programmes.add_party(programme=programme, name="กระทรวงมหาดไทย", role="signatory", by=by, at=AT)
        programmes.set_target(programme=programme, stage="active", number=50, by_day=TODAY, by=by, at=AT)
        programmes.share_out(programme=programme, officers={"แม่ริม": by}, by=by, at=AT)
        programmes.enrol(programme=programme, offices=[enrolment.local_government], by=by, at=AT)
    told = AuditEvent.objects.values_list("event", flat=True)
    assert (programme.parties.count(), programme.targets.count(), programme.district_officers.count()) == (1, 1, 1)
    assert programme.enrolments.count() == 1
    assert sorted(told) == ["rollout.districts_shared", "rollout.party_added", "rollout.target_set"]


def test_taking_away_a_target_that_is_not_there_tells_nothing() -> None:
    programme = make_programme()
    programmes.set_target(programme=programme, stage="active", number=0, by_day=TODAY, by=make_person(), at=AT)
    assert not AuditEvent.objects.exists()


def test_a_party_of_another_programme_is_not_taken_away_here() -> None:
    one, other, by = make_programme(), make_programme(), make_person()
    party = programmes.add_party(programme=one, name="กระทรวงมหาดไทย", role="signatory", by=by, at=AT)
    programmes.remove_party(programme=other, party_id=party.pk, by=by, at=AT)
    assert one.parties.count() == 1


@pytest.mark.parametrize("act", ["record_stage", "hold_back", "record_visit", "open_case", "write_note", "close_case"])
def test_each_act_is_one_row_and_one_line_of_the_journal_about_its_office(act: str) -> None:
    enrolment, by = make_enrolment(), make_person("นายสมชาย บันทึก")
    case = make_case(enrolment)
    done: dict[str, Callable[[], object]] = {
        "record_stage": lambda: stage()(enrolment, by),
        "hold_back": lambda: recording.hold_back(enrolment=enrolment, reason="staff", words=" ก ", since=TODAY, by=by, at=AT),
        "record_visit": lambda: recording.record_visit(
            enrolment=enrolment, kind="visit", visited_on=TODAY, text=" ก ", by=by, at=AT
        ),
        "open_case": lambda: cases.open_case(enrolment=enrolment, subject="ก", text="ข", from_office=True, by=by, at=AT),
        "write_note": lambda: cases.write_note(case=case, text="ข", from_office=False, by=by, at=AT),
        "close_case": lambda: cases.close_case(case=case, by=by, at=AT),
    }
    done[act]()
    (told,) = AuditEvent.objects.all()
    assert told.details["office"] == enrolment.local_government.agency.name
    assert (told.chain, told.at) == (enrolment.programme.body.code, AT)
