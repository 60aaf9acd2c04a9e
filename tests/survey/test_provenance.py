"""The province explains itself: conflicts first, nearly equal texts side by side, who took and who decided what."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Person
from phrom.rules.scoring.sheet import Answer as Value
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.consolidation import NotAnAskedRow, override, take_proposals, undo_override
from phrom.survey.models import Ask, AskState, ProvinceDecision, Round, TakenProposal
from phrom.survey.set_document import row_fingerprint
from phrom.survey.sheets import province_of
from tests.factories.agencies import make_agency, make_member, make_person
from tests.factories.survey import AT, make_answer, make_answered, make_ask, make_round, tiny_edition

pytestmark = pytest.mark.django_db
PLAN = "แผนพัฒนาดิจิทัลจังหวัดเชียงใหม่ พ.ศ. 2566-2570"
NEAR = "แผนพัฒนาดิจิทัลของจังหวัดเชียงใหม่ พ.ศ. ๒๕๖๖ - ๒๕๗๐"
OTHER = "โครงการอบรมการใช้ปัญญาประดิษฐ์แก่บุคลากร"


@pytest.fixture
def round() -> Round:
    """Three texts, two of them nearly equal; a count of two agencies; an owner's row with somebody who differs."""
    round = make_round()
    for name, text in (("คลังจังหวัด", PLAN), ("เกษตรจังหวัด", NEAR), ("แรงงานจังหวัด", OTHER)):
        make_answered(round, make_agency(round.body, f"สำนักงาน{name}"), "P1.3", text, AskState.ACCEPTED)
    for number in (3, 4):
        make_answered(round, code="P2.1.1", value=number, state=AskState.ACCEPTED)
    lead = make_ask(round, make_agency(round.body, "สำนักงานจังหวัด"), "P1.5", AskState.ACCEPTED, lead=True)
    make_answer(lead, "2024-06-11")
    make_answered(round, make_agency(round.body, "สำนักงานสถิติจังหวัด"), "P1.5", "2024-01-01", AskState.ACCEPTED, stance="differs")
    return round


@pytest.fixture
def coordinator(round: Round) -> Person:
    return make_member(round.body, "coordinator", name="นางสาวคำแก้ว ใจดี")


@pytest.fixture
def desk(coordinator: Person) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def marks(round: Round) -> dict[str, str]:
    return {code: row_fingerprint(row) for code, row in province_of(round, tiny_edition()).rows.items()}


def take(round: Round, *codes: str, by: Person, alone: bool = False) -> tuple[str, ...]:
    seen = {code: mark for code, mark in marks(round).items() if code in codes}
    return take_proposals(round=round, seen=seen, by=by, at=AT, alone=alone).taken


def press(desk: Client, address: str, button: str) -> str:
    """Press the button of the page's form that carries these words; returns the page that follows."""
    html = desk.get(address).content.decode()
    form = next(part for part in re.findall(r"<form.*?</form>", html, re.S) if button in part)
    posted: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', form):
        posted.setdefault(name, []).append(value)
    for name, value in re.findall(r'<button[^>]*name="([^"]+)" value="([^"]*)"', form):
        posted[name] = value
    return desk.post(address, posted, follow=True).content.decode()


# Taking


def test_rows_are_taken_with_who_and_what_they_said(round: Round, coordinator: Person) -> None:
    assert take(round, "P1.3", "P2.1.1", by=coordinator) == ("P1.3", "P2.1.1")
    kept = TakenProposal.objects.get(round=round, code="P2.1.1")
    assert (kept.by, kept.fingerprint) == (coordinator, marks(round)["P2.1.1"])
    assert AuditEvent.objects.get(event="province.taken").details["codes"] == ["P1.3", "P2.1.1"]


def test_a_contradicted_row_is_taken_only_alone_and_an_empty_row_never(round: Round, coordinator: Person) -> None:
    assert take(round, "P1.5", "P1.4", by=coordinator) == ()
    assert take(round, "P1.5", by=coordinator, alone=True) == ("P1.5",)
    assert take(round, "P1.4", by=coordinator, alone=True) == ()


def test_a_row_that_says_something_else_now_is_not_taken(round: Round, coordinator: Person) -> None:
    before = marks(round)
    make_answered(round, code="P2.1.1", value=5, state=AskState.ACCEPTED)
    outcome = take_proposals(round=round, seen={code: before[code] for code in ("P1.3", "P2.1.1")}, by=coordinator, at=AT)
    assert (outcome.taken, outcome.changed) == (("P1.3",), ("P2.1.1",))


def test_unknown_rows_and_a_frozen_round_are_refused(round: Round, coordinator: Person) -> None:
    with pytest.raises(NotAnAskedRow):
        take_proposals(round=round, seen={"P2.1": "0" * 64}, by=coordinator, at=AT)
    Round.objects.filter(pk=round.pk).update(frozen_by=make_person(), frozen_at=AT)
    with pytest.raises(RoundClosed):
        take_proposals(round=round, seen={}, by=coordinator, at=AT)


def test_one_press_takes_every_row_without_a_conflict(round: Round, desk: Client) -> None:
    html = press(desk, f"/rounds/{round.pk}/consolidation/", "ยอมรับข้อเสนอทุกข้อที่ไม่มีข้อขัดแย้ง (2 ข้อ)")
    assert "ยอมรับข้อเสนอแล้ว 2 ข้อ" in html
    assert sorted(TakenProposal.objects.values_list("code", flat=True)) == ["P1.3", "P2.1.1"]
    assert "ยอมรับข้อเสนอทุกข้อ" not in html


def test_what_changed_after_it_was_taken_says_so(round: Round, coordinator: Person, desk: Client) -> None:
    take(round, "P2.1.1", by=coordinator)
    make_answered(round, code="P2.1.1", value=5, state=AskState.ACCEPTED)
    for address in ("consolidation/", "consolidation/P2.1.1/"):
        html = desk.get(f"/rounds/{round.pk}/{address}").content.decode()
        assert "เปลี่ยนหลังจากยอมรับ" in html and coordinator.name in html
    assert "ข้อที่ไม่มีข้อขัดแย้ง (2 ข้อ)" in desk.get(f"/rounds/{round.pk}/consolidation/").content.decode()


def test_taking_one_row_leads_to_the_next(round: Round, desk: Client) -> None:
    html = press(desk, f"/rounds/{round.pk}/consolidation/P1.5/", "ยอมรับคำตอบนี้")
    assert TakenProposal.objects.get().code == "P1.5"
    assert "P2.1.1" in html and "ข้อที่ 6 จาก 9" in html


def test_a_preview_offers_nothing_to_take(round: Round, desk: Client) -> None:
    for address in ("consolidation/", "consolidation/P2.1.1/"):
        assert 'name="take"' not in desk.get(f"/rounds/{round.pk}/{address}?count=sent").content.decode()
        assert "ยอมรับข้อเสนอทุกข้อ" not in desk.get(f"/rounds/{round.pk}/{address}?count=sent").content.decode()


# What the pages tell


def test_contradictions_stand_first_on_the_sheet_and_in_the_row(round: Round, desk: Client) -> None:
    page = desk.get(f"/rounds/{round.pk}/consolidation/").context["page"]
    assert page.rows[0].question.code == "P1.5"
    row = desk.get(f"/rounds/{round.pk}/consolidation/P1.5/").context["page"].row
    assert [(line.name, line.conflict) for line in row.sources] == [
        ("สำนักงานสถิติจังหวัด", True),
        ("สำนักงานจังหวัด", False),
    ]
    shown = desk.get(f"/rounds/{round.pk}/consolidation/?show=conflict").context["page"].rows
    assert [line.question.code for line in shown] == ["P1.5"]


def test_nearly_equal_texts_stand_together_and_one_of_them_can_be_used(round: Round, desk: Client) -> None:
    address = f"/rounds/{round.pk}/consolidation/P1.3/"
    page = desk.get(address).context["page"]
    assert [[each.text for each in group] for group in page.texts] == [[PLAN, NEAR], [OTHER]]
    near = page.texts[0][1]
    html = desk.get(f"{address}?use={near.agency}").content.decode()
    assert "นำข้อความของสำนักงานเกษตรจังหวัดมาใส่ให้แล้ว" in html
    form = desk.get(f"{address}?use={near.agency}").context["form"]
    assert (form.initial["value"], form.initial["reason"]) == (NEAR, "ใช้ข้อความของสำนักงานเกษตรจังหวัดแทนการเรียงต่อกัน")
    assert not ProvinceDecision.objects.exists()


def test_details_are_compared_too_and_the_answer_stays(round: Round, desk: Client) -> None:
    for text in (PLAN, NEAR):
        ask = make_answered(round, code="P2.2", value=False, state=AskState.ACCEPTED, detail=text)
    address = f"/rounds/{round.pk}/consolidation/P2.2/"
    form = desk.get(f"{address}?use={ask.agency.code}").context["form"]
    assert (form.initial["value"], form.initial["detail"]) == ("no", NEAR)


def test_somebody_elses_code_lays_nothing_into_the_form(round: Round, desk: Client) -> None:
    assert desk.get(f"/rounds/{round.pk}/consolidation/P1.3/?use=nobody").context["page"].using == ""


def test_every_decision_is_told_with_who_decided_before(round: Round, coordinator: Person, desk: Client) -> None:
    second = make_person("นายอินทนิล กองแก้ว")
    for number, by, seen in ((9, coordinator, "0"), (8, second, None)):
        mark = seen or f"{round.province_answers.get().pk}.1"
        override(round=round, code="P2.1.1", answer=Value(value=number), reason=f"นับใหม่ได้ {number}", seen=mark, by=by, at=AT)
    undo_override(round=round, code="P2.1.1", seen=f"{round.province_answers.get().pk}.2", by=coordinator, at=AT)
    history = desk.get(f"/rounds/{round.pk}/consolidation/P2.1.1/").context["page"].history
    assert [(each.said, each.reason, each.who) for each in history] == [
        ("", "", coordinator.name),
        ("8 รายการ", "นับใหม่ได้ 8", second.name),
        ("9 รายการ", "นับใหม่ได้ 9", coordinator.name),
    ]


@pytest.mark.parametrize("agencies", [2, 30])
def test_pages_cost_the_same_however_many_agencies(
    round: Round, desk: Client, agencies: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(agencies):
        make_answered(round, code="P1.3", value=PLAN, state=AskState.ACCEPTED)
    for address in ("consolidation/", "consolidation/P1.3/"):
        with django_assert_max_num_queries(13):
            assert desk.get(f"/rounds/{round.pk}/{address}").status_code == 200
    assert Ask.objects.count() > agencies
