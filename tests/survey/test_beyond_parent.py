"""ของกรมฝ่ายเดียวไม่เป็นคำตอบว่ามีของจังหวัด ไม่ว่าเข้ามาทางแบบฟอร์ม โปรแกรม หรือการกำหนดคำตอบเอง และหน้าจอบอกตรง ๆ."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.rules.scoring.claims import positive
from phrom.survey.actions.reviewing import accept_many, seen_marks
from phrom.survey.actions.submitting import NothingToSubmit, submit_answers
from phrom.survey.models import Ask, AskState, Evidence, ProvinceAnswer
from phrom.survey.sheets import province_of
from tests.factories.agencies import make_member
from tests.factories.survey import AT, make_answer, make_answered, make_ask, make_evidence, tiny_edition

pytestmark = pytest.mark.django_db
CLAIM: dict[str, Any] = {"detail": "ระบบของกรม", "provider": "parent"}


@pytest.fixture
def ask(client: Client) -> Ask:
    """A row "beyond the parent department" with its evidence; its official is signed in."""
    ask = make_ask(code="P2.2")
    client.force_login(make_member(ask.agency))
    make_evidence(ask, slot="report")
    return ask


def test_saved_through_the_form_it_is_kept_told_and_not_sent(client: Client, ask: Ask) -> None:
    said = {"value": "yes", "detail": "ระบบของกรม", "provider": "parent", "version": "0"}
    client.post(reverse("answer_save", args=[ask.pk]), said)
    ask.refresh_from_db()
    assert ask.answer.content["provider"] == "parent"
    section = client.get(reverse("answering_section", args=[ask.round_id, ask.agency_id, "p2-1"])).content.decode()
    assert "กรมต้นสังกัดจัดให้ทั้งหมด จึงไม่นับว่ามี" in section
    page = client.get(reverse("submit", args=[ask.round_id, ask.agency_id])).content.decode()
    assert "นับเฉพาะส่วนที่นอกเหนือจากกรมต้นสังกัด" in page
    with pytest.raises(NothingToSubmit):
        submit_answers(round=ask.round, agency=ask.agency, by=make_member(ask.agency), at=AT)


def test_sent_by_a_program_it_is_refused_the_same(client: Client, ask: Ask) -> None:
    make_answer(ask, True, **CLAIM)
    told = client.post(f"/api/rounds/{ask.round_id}/agencies/{ask.agency_id}/submit")
    assert told.status_code in (409, 422)
    ask.refresh_from_db()
    assert ask.state == AskState.OPEN


def test_waiting_for_review_it_is_not_accepted_with_the_rest_and_the_reviewer_sees_why(client: Client) -> None:
    """As if the rule had been changed after it was sent."""
    sent = make_answered(code="P2.2", **CLAIM)
    make_evidence(sent, slot="report")
    coordinator = make_member(sent.round.body, "coordinator")
    seen = seen_marks(Ask.objects.filter(pk=sent.pk))
    result = accept_many(round=sent.round, agency=sent.agency, seen=seen, by=coordinator, at=AT)
    assert (result.accepted, result.with_errors) == ((), ("P2.2",))
    client.force_login(coordinator)
    page = client.get(reverse("review_ask", args=[sent.pk])).content.decode()
    assert "กรมต้นสังกัดจัดให้ทั้งหมด" in page and "ต้องตอบว่าไม่มี" in page


def test_even_accepted_the_province_has_none_and_the_consolidation_says_who_and_why(client: Client) -> None:
    accepted = make_answered(code="P2.2", state=AskState.ACCEPTED, **CLAIM)
    make_evidence(accepted, slot="report")
    merged = province_of(accepted.round, tiny_edition())
    assert merged.sheet.get("P2.2").value is False
    client.force_login(make_member(accepted.round.body, "coordinator"))
    page = client.get(reverse("consolidation_row", args=[accepted.round_id, "P2.2"])).content.decode()
    assert "กรมต้นสังกัดจัดให้เพียงฝ่ายเดียว" in page


def test_the_province_says_yes_only_by_a_persons_decision_with_a_reason(client: Client) -> None:
    accepted = make_answered(code="P2.2", state=AskState.ACCEPTED, **CLAIM)
    client.force_login(make_member(accepted.round.body, "coordinator"))
    address = reverse("consolidation_row", args=[accepted.round_id, "P2.2"])
    said = {"value": "yes", "detail": "จังหวัดปรับปรุงเพิ่มเอง", "provider": "both", "seen": "0", "once": "one-time-key-of-test"}
    client.post(address, {**said, "reason": ""})
    assert not ProvinceAnswer.objects.exists()
    assert not positive(province_of(accepted.round, tiny_edition()).sheet.get("P2.2").value)
    client.post(address, {**said, "reason": "จังหวัดพัฒนาต่อยอดเองตามมติ"})
    assert ProvinceAnswer.objects.get().reason == "จังหวัดพัฒนาต่อยอดเองตามมติ"
    assert province_of(accepted.round, tiny_edition()).sheet.get("P2.2").value is True


def test_evidence_does_not_change_it(client: Client, ask: Ask) -> None:
    """Ten more papers are ten more papers of the department."""
    make_answer(ask, True, **CLAIM)
    for number in range(10):
        make_evidence(ask, f"หลักฐานที่ {number}", slot="report")
    assert Evidence.objects.count() == 11
    with pytest.raises(NothingToSubmit):
        submit_answers(round=ask.round, agency=ask.agency, by=make_member(ask.agency), at=AT)
