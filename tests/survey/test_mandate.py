"""A round under a resolution: sending answers the agency's follow-up, a returned row opens it again, the freeze closes all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phrom.meetings.actions import follow_ups
from phrom.meetings.models import FollowUp, NoteKind
from phrom.results.actions.scores import freeze
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions import mandate as mandates
from phrom.survey.actions.answering import save_answer
from phrom.survey.actions.freezing import StillUnreviewed, freeze_round
from phrom.survey.actions.reviewing import accept, reopen, return_to_agency, seen_of
from phrom.survey.actions.rounds import open_round
from phrom.survey.actions.routing import Routing, route_rows, routing_version
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.models import Ask, AskState, Round
from tests.factories.agencies import make_member
from tests.factories.follow_ups import make_follow_up
from tests.factories.meetings import make_item, make_meeting, make_resolution
from tests.factories.survey import AT, DEADLINE, make_approved, make_round, tiny_edition
from tests.survey.province import Province, make_province, open_for

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def followed(province: Province) -> Round:
    mandate = make_resolution(make_item(make_meeting(province.body)))
    return open_round(
        body=province.body,
        edition=tiny_edition(),
        internal_deadline=DEADLINE,
        mandate=mandate,
        by=province.coordinator,
        at=AT,
        follow_up=True,
    )


def line_of(round: Round, agency: object) -> FollowUp:
    return FollowUp.objects.get(resolution=round.mandate, agency=agency)


def send(round: Round, agency: Any, codes: dict[str, object] | None = None) -> None:
    """Answer these rows, let the others be sent already, and submit."""
    codes = codes or {"P1.3": "มีระเบียบ"}
    Ask.objects.filter(round=round, agency=agency).exclude(code__in=codes).update(state=AskState.SUBMITTED)
    by = make_member(agency)
    for ask in Ask.objects.filter(round=round, agency=agency, code__in=codes):
        ask = Ask.objects.select_related("round__body", "round__survey", "agency").get(pk=ask.pk)
        save_answer(ask=ask, content={"value": codes[ask.code]}, version=0, by=by, at=AT)
    submit_answers(round=round, agency=agency, by=by, at=AT)


def sent_back(round: Round, agency: Any, by: Any) -> None:
    ask = Ask.objects.get(round=round, agency=agency, code="P1.3")
    return_to_agency(ask=ask, reason="ขอฉบับที่ลงนามแล้ว", seen=seen_of(ask), by=by, at=LATER)


def test_opening_names_every_asked_agency_with_the_internal_deadline(province: Province, followed: Round) -> None:
    lines = FollowUp.objects.filter(resolution=followed.mandate)
    asked = set(Ask.objects.filter(round=followed).values_list("agency", flat=True))
    assert {line.agency_id for line in lines} == asked == {agency.pk for agency in province.agencies}
    assert {(line.due_on, line.task) for line in lines} == {(DEADLINE, "ตอบแบบสำรวจตัวอย่าง ปี 2567 และแนบหลักฐานให้ครบ")}


def test_without_the_wish_or_without_a_resolution_nobody_is_named(province: Province) -> None:
    open_for(province)
    assert not FollowUp.objects.exists()
    assert mandates.open_for_asked(round=make_round(), by=province.coordinator, at=AT) == []


def test_agencies_that_are_named_already_do_not_stop_the_opening(province: Province) -> None:
    mandate = make_resolution(make_item(make_meeting(province.body)))
    for agency in province.agencies:
        make_follow_up(mandate, agency)
    given: dict[str, Any] = {"internal_deadline": DEADLINE, "mandate": mandate, "by": province.coordinator, "at": AT}
    open_round(body=province.body, edition=tiny_edition(), follow_up=True, **given)
    assert FollowUp.objects.count() == len(province.agencies)


def test_sending_everything_answers_the_follow_up_by_itself(province: Province, followed: Round) -> None:
    agency = province.others[0]
    send(followed, agency)
    line = line_of(followed, agency)
    assert line.waits_for_check
    assert line.notes.get().text == "ส่งคำตอบครบทุกข้อของแบบสำรวจตัวอย่าง ปี 2567"
    assert not line_of(followed, province.others[1]).waits_for_check


def test_sending_a_part_answers_nothing(province: Province, followed: Round) -> None:
    agency = province.others[0]
    send(followed, agency)
    Ask.objects.filter(round=followed, agency=agency, code="P1.4").update(state=AskState.OPEN)
    FollowUp.objects.update(answered_at=None, answered_by=None)
    sent_back(followed, agency, province.coordinator)
    submit_answers(
        round=followed,
        agency=agency,
        by=province.coordinator,
        at=LATER,
        as_it_is=[Ask.objects.get(round=followed, agency=agency, code="P1.3").pk],
    )
    assert not line_of(followed, agency).waits_for_check


def test_a_returned_row_gives_the_follow_up_back_with_the_reason(province: Province, followed: Round) -> None:
    agency = province.others[0]
    send(followed, agency)
    sent_back(followed, agency, province.coordinator)
    line = line_of(followed, agency)
    assert not line.waits_for_check
    last = line.notes.last()
    assert last is not None
    assert (last.kind, last.text) == (NoteKind.RETURNED, "ข้อ P1.3 ส่งกลับแก้ไข: ขอฉบับที่ลงนามแล้ว")
    asks = [Ask.objects.get(round=followed, agency=agency, code="P1.3").pk]
    submit_answers(round=followed, agency=agency, by=province.coordinator, at=LATER, as_it_is=asks)
    assert line_of(followed, agency).waits_for_check


def test_an_accepted_row_leaves_the_answer_and_a_reopened_one_gives_it_back(province: Province, followed: Round) -> None:
    agency = province.others[0]
    send(followed, agency)
    ask = Ask.objects.get(round=followed, agency=agency, code="P1.3")
    accept(ask=ask, seen=seen_of(ask), by=province.coordinator, at=LATER)
    assert line_of(followed, agency).waits_for_check
    reopen(ask=ask, reason="พบฉบับที่ใหม่กว่า", seen=seen_of(ask), by=province.coordinator, at=LATER)
    assert not line_of(followed, agency).waits_for_check


def test_what_the_coordinator_closed_stays_closed(province: Province, followed: Round) -> None:
    agency = province.others[0]
    line = line_of(followed, agency)
    follow_ups.close(follow_up=line, because="ยุบรวมหน่วยงาน", by=province.coordinator, at=AT)
    send(followed, agency)
    sent_back(followed, agency, province.coordinator)
    assert [step.kind for step in line.notes.all()] == ["closed"]


def route(round: Round, codes: set[str], agencies: dict[str, list[Any]], by: Any) -> None:
    rows = Ask.objects.filter(round=round, code__in=codes)
    asked = {(code, agency.pk) for code, offices in agencies.items() for agency in offices}
    leads = {ask.code: ask.agency_id for ask in rows if ask.lead and (ask.code, ask.agency_id) in asked}
    routing = Routing(frozenset(codes), frozenset(asked), leads, routing_version(rows))
    route_rows(round=round, routing=routing, by=by, at=LATER)


def test_a_row_given_later_opens_the_follow_up_again_and_taken_away_it_is_answered(province: Province, followed: Round) -> None:
    agency = province.others[0]
    send(followed, agency)
    route(followed, {"P1.5"}, {"P1.5": [province.office, agency]}, province.coordinator)
    assert not line_of(followed, agency).waits_for_check
    route(followed, {"P1.5"}, {"P1.5": [province.office]}, province.coordinator)
    assert line_of(followed, agency).waits_for_check


def test_taking_every_row_away_is_no_answer(province: Province, followed: Round) -> None:
    agency = province.others[0]
    codes = set(Ask.objects.filter(round=followed, agency=agency).values_list("code", flat=True))
    others = {code: [a for a in province.agencies if a != agency and Ask.objects.filter(code=code, agency=a)] for code in codes}
    route(followed, codes, others, province.coordinator)
    assert line_of(followed, agency).answered_at is None


def test_the_freeze_closes_all_of_them_in_the_same_transaction(province: Province, followed: Round) -> None:
    send(followed, province.others[0])
    make_approved(followed)
    with pytest.raises(StillUnreviewed):
        freeze_round(round=followed, by=province.coordinator, at=LATER)
    assert FollowUp.objects.open().count() == len(province.agencies)
    freeze(round=followed, by=province.coordinator, at=LATER, confirmed=True)
    lines = FollowUp.objects.filter(resolution=followed.mandate)
    assert {(line.is_open, line.closed_because) for line in lines} == {(False, "ปิดรอบแบบสำรวจตัวอย่าง ปี 2567 แล้ว")}


def test_a_freeze_that_fails_closes_nothing(province: Province, followed: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_more: object) -> None:
        raise OSError("the disk is gone")

    make_approved(followed)
    monkeypatch.setattr("phrom.results.actions.scores._kept", lambda *_: broken())
    with pytest.raises(OSError, match="gone"):
        freeze(round=followed, by=province.coordinator, at=LATER, confirmed=True)
    assert FollowUp.objects.open().count() == len(province.agencies)
    assert not AuditEvent.objects.filter(event="follow_ups.closed").exists()


def test_a_resolution_that_carries_two_rounds_waits_for_both(province: Province, followed: Round) -> None:
    other = make_round(province.body, tiny_edition().model_copy(update={"id": "tiny-b", "hash": "b" * 64}))
    Round.objects.filter(pk=other.pk).update(mandate=followed.mandate)
    make_approved(followed)
    freeze_round(round=followed, by=province.coordinator, at=LATER, confirmed=True)
    assert FollowUp.objects.open().exists()


def test_the_page_proposes_to_follow_up_once(client: Client, province: Province) -> None:
    mandate = make_resolution(make_item(make_meeting(province.body)))
    client.force_login(province.coordinator)
    box = 'name="follow_up"'
    page = client.get("/rounds/open/").content.decode()
    assert "checked" in page[page.index(box) - 200 : page.index(box) + 200]
    make_follow_up(mandate, province.others[0])
    page = client.get("/rounds/open/").content.decode()
    assert "checked" not in page[page.index(box) - 100 : page.index(box) + 100]
