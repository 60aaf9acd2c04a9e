"""พร้อมส่งหรือยัง: every finding with its place, reasons that hold only as long as the warning says the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phrom.agencies.models import AgencyKind, Person
from phrom.results.pages.ready import judged_for
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.justifying import FindingGone, JustificationTooShort, JustifiedAlready, justify
from phrom.survey.models import Answer, AskState, Justification, Round
from phrom.survey.readiness import Finding
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import AT, make_answer, make_answered, make_ask, make_province_answer, make_round

pytestmark = pytest.mark.django_db
TODAY = AT.date()
NOWHERE = Path("/nowhere")


@pytest.fixture
def round() -> Round:
    return make_round(make_body())


@pytest.fixture
def coordinator(round: Round) -> Person:
    return make_member(round.body, "coordinator")


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def finding(round: Round, code: str) -> Finding:
    judged = judged_for(round, TODAY, NOWHERE)
    return next(each for each in judged.findings if each.problem.code == code)


def told(round: Round) -> set[str]:
    return {each.problem.code for each in judged_for(round, TODAY, NOWHERE).findings}


def test_what_waits_and_what_is_wrong_stand_together(round: Round) -> None:
    make_answered(round, code="P1.3", value="-", state=AskState.ACCEPTED)
    make_ask(round, code="P1.1")
    codes = told(round)
    assert {"E02", "W04", "W40", "W50"} <= codes
    assert "E40" not in codes


def test_a_confirmation_older_than_what_the_owner_says_now_is_told(round: Round) -> None:
    owner = make_ask(round, code="P1.3", lead=True)
    answer = make_answer(owner, "แผนพัฒนาดิจิทัลจังหวัด")
    make_answer(make_ask(round, code="P1.3"), None, stance="confirms", at=AT + timedelta(hours=1))
    assert "W51" not in told(round)
    Answer.objects.filter(pk=answer.pk).update(version=2, at=AT + timedelta(hours=2))
    assert finding(round, "W51").problem.row == "P1.3"


def test_a_line_leads_to_the_row_the_agency_or_the_provinces_row(round: Round, coordinator: Person) -> None:
    owner = make_agency(round.body, "สำนักงานจังหวัดเชียงใหม่", AgencyKind.PROVINCIAL_OFFICE)
    ask = make_ask(round, owner, "P1.5", lead=True)
    make_answered(round, code="P1.3", value="-", state=AskState.ACCEPTED)
    response = client_of(coordinator).get(f"/rounds/{round.pk}/ready/")
    page = response.context["page"]
    lines = {line.code: line for group in page.groups for line in group.lines}
    assert lines["E40"].url == f"/asks/{ask.pk}/review/"
    assert lines["W40"].url == f"/rounds/{round.pk}/board/{owner.pk}/"
    assert lines["W04"].url == f"/rounds/{round.pk}/consolidation/P1.3/"
    assert page.step.url == f"/asks/{ask.pk}/review/" or page.step.url.endswith("/consolidation/P1.1/")
    assert response.content.decode().count('class="govuk-button"') == 1
    assert all(client_of(coordinator).get(line.url).status_code == 200 for line in lines.values())


def test_the_list_is_filtered_and_grouped_by_agency(round: Round, coordinator: Person) -> None:
    ask = make_ask(round, code="P1.1")
    page = client_of(coordinator).get(f"/rounds/{round.pk}/ready/?show=warns&by=agency").context["page"]
    titles = [group.title for group in page.groups]
    assert ask.agency.name in titles
    assert "ของจังหวัด" in titles
    assert all(not line.blocks for group in page.groups for line in group.lines)


def test_a_reason_is_kept_with_who_and_when_and_covers_the_warning(round: Round, coordinator: Person) -> None:
    make_ask(round, code="P1.1")
    warning = finding(round, "W40")
    sent = {"key": warning.key, "text": "หน่วยงานยุบรวมแล้ว ไม่ต้องตอบ", "once": "k" * 20}
    response = client_of(coordinator).post(f"/rounds/{round.pk}/ready/", sent)
    assert response.status_code == 302
    kept = Justification.objects.get()
    assert (kept.check_code, kept.by, kept.about) == ("W40", coordinator, warning.problem.th)
    assert AuditEvent.objects.filter(event="warning.justified").count() == 1
    assert finding(round, "W40").justified == kept
    text = client_of(coordinator).get(f"/rounds/{round.pk}/ready/?show=justified").content.decode()
    assert "หน่วยงานยุบรวมแล้ว ไม่ต้องตอบ" in text
    assert coordinator.name in text


def test_a_reason_is_void_once_the_warning_says_something_else(round: Round, coordinator: Person) -> None:
    agency = make_agency(round.body)
    make_ask(round, agency, "P1.1", AskState.RETURNED)
    warning = finding(round, "W42")
    judged = judged_for(round, TODAY, NOWHERE)
    justify(round=round, judged=judged, key=warning.key, text="ตกลงกับหน่วยงานแล้ว", by=coordinator, at=AT)
    make_ask(round, agency, "P1.2", AskState.RETURNED)
    assert finding(round, "W42").justified is None
    (void,) = judged_for(round, TODAY, NOWHERE).void
    assert void.text == "ตกลงกับหน่วยงานแล้ว"
    text = client_of(coordinator).get(f"/rounds/{round.pk}/ready/").content.decode()
    assert "เหตุผลที่สิ้นผลแล้ว 1 รายการ" in text
    assert "ตกลงกับหน่วยงานแล้ว" in text


def test_an_error_and_a_warning_that_is_gone_take_no_reason(round: Round, coordinator: Person) -> None:
    judged = judged_for(round, TODAY, NOWHERE)
    error = next(each for each in judged.findings if each.blocks)
    for key in (error.key, "W40||0000000000000000"):
        with pytest.raises(FindingGone):
            justify(round=round, judged=judged, key=key, text="ไม่เป็นไร", by=coordinator, at=AT)
    assert not Justification.objects.exists()


def test_a_reason_says_something_and_is_given_once(round: Round, coordinator: Person) -> None:
    make_ask(round, code="P1.1")
    judged, warning = judged_for(round, TODAY, NOWHERE), finding(round, "W40")
    with pytest.raises(JustificationTooShort):
        justify(round=round, judged=judged, key=warning.key, text="  ok ", by=coordinator, at=AT)
    justify(round=round, judged=judged, key=warning.key, text="ยุบรวมแล้ว", by=coordinator, at=AT)
    with pytest.raises(JustifiedAlready):
        justify(round=round, judged=judged, key=warning.key, text="อีกเหตุผล", by=coordinator, at=AT)
    assert Justification.objects.get().text == "ยุบรวมแล้ว"


def test_an_empty_reason_stays_on_the_page_with_what_is_missing(round: Round, coordinator: Person) -> None:
    make_ask(round, code="P1.1")
    sent = {"key": finding(round, "W40").key, "text": "", "once": "k" * 20}
    response = client_of(coordinator).post(f"/rounds/{round.pk}/ready/", sent)
    assert response.status_code == 422
    assert "อย่างน้อย 5 ตัวอักษร" in response.content.decode()


def test_a_decision_older_than_an_answer_under_it_is_told(round: Round) -> None:
    decision = make_province_answer(round, "P1.2", ["ai"])
    make_answered(round, code="P1.2", value=["iot"], state=AskState.ACCEPTED)
    assert "W48" not in told(round)
    type(decision).objects.update(at=AT.replace(year=2023))
    assert "W48" in told(round)


def test_the_address_of_another_is_told_only_where_the_provinces_own_word_is_known(round: Round) -> None:
    assert judged_for(round, TODAY, settings.PHROM_EDITIONS).findings
    assert "W26" not in told(round)


def test_judging_costs_as_many_queries_for_many_offices_as_for_few(round: Round) -> None:
    counts = []
    for _ in range(2):
        for _ in range(5):
            make_answered(round, state=AskState.ACCEPTED)
        with CaptureQueriesContext(connection) as captured:
            judged_for(round, TODAY, NOWHERE)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 11


def test_only_who_consolidates_sees_it(round: Round) -> None:
    assert client_of(make_member(make_agency(round.body))).get(f"/rounds/{round.pk}/ready/").status_code == 404
    assert client_of(make_member(make_body(), "coordinator")).get(f"/rounds/{round.pk}/ready/").status_code == 404
