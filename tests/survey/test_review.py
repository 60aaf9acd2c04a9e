"""Review: what the coordinator may decide, upon which version, and what the agency is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.answering import save_answer
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.reviewing import (
    AnswerChanged,
    NotToBeDecided,
    ReasonMissing,
    accept,
    accept_many,
    reopen,
    return_to_agency,
    seen_of,
)
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round
from tests.factories.agencies import make_agency, make_member, make_person
from tests.factories.survey import AT, make_answered, make_ask, make_evidence, make_round
from tests.survey.province import make_province, open_for

pytestmark = pytest.mark.django_db
REASON = "กรุณาแนบคำสั่งฉบับปี 2567"


@pytest.fixture
def ask() -> Ask:
    return make_answered()


def state_of(ask: Ask) -> str:
    return Ask.objects.get(pk=ask.pk).state


def last(ask: Ask) -> Review:
    found = ask.reviews.last()
    assert found
    return found


def test_accepting_keeps_who_when_and_which_version(ask: Ask) -> None:
    by = make_person("ผู้ตรวจ")
    accept(ask=ask, seen=seen_of(ask), by=by, at=AT)
    step = last(ask)
    assert (state_of(ask), step.kind, step.by, step.at, step.version) == ("accepted", "accepted", by, AT, 1)
    entry = AuditEvent.objects.get()
    assert (entry.event, entry.about, entry.chain) == ("ask.accepted", f"ask:{ask.pk}", ask.round.body.code)


def test_a_returned_row_carries_the_reason_and_may_be_edited_again(ask: Ask) -> None:
    return_to_agency(ask=ask, reason=f"  {REASON} ", seen=seen_of(ask), by=make_person(), at=AT)
    assert (state_of(ask), last(ask).reason) == ("returned", REASON)
    assert Ask.objects.get(pk=ask.pk).editable


@pytest.mark.parametrize("reason", ["", "แก้", "    ", "สั้น "])
def test_a_return_without_substance_is_refused(ask: Ask, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        return_to_agency(ask=ask, reason=reason, seen=seen_of(ask), by=make_person(), at=AT)
    assert state_of(ask) == "submitted"


def test_an_accepted_row_is_reopened_with_a_reason() -> None:
    ask = make_answered(state=AskState.ACCEPTED)
    reopen(ask=ask, reason=REASON, seen=seen_of(ask), by=make_person(), at=AT)
    assert (state_of(ask), last(ask).kind, last(ask).reason) == ("returned", ReviewKind.REOPENED, REASON)


@pytest.mark.parametrize("state", [AskState.OPEN, AskState.RETURNED, AskState.ACCEPTED])
def test_only_what_was_sent_is_accepted_or_returned(state: AskState) -> None:
    ask = make_answered(state=state)
    seen = seen_of(ask)
    with pytest.raises(NotToBeDecided):
        accept(ask=ask, seen=seen, by=make_person(), at=AT)
    with pytest.raises(NotToBeDecided):
        return_to_agency(ask=ask, reason=REASON, seen=seen, by=make_person(), at=AT)
    assert state_of(ask) == state


@pytest.mark.parametrize("state", [AskState.OPEN, AskState.RETURNED, AskState.SUBMITTED])
def test_only_what_was_accepted_is_reopened(state: AskState) -> None:
    ask = make_answered(state=state)
    with pytest.raises(NotToBeDecided):
        reopen(ask=ask, reason=REASON, seen=seen_of(ask), by=make_person(), at=AT)


def test_a_row_taken_away_is_not_decided(ask: Ask) -> None:
    Ask.objects.update(withdrawn_by=make_person(), withdrawn_at=AT)
    with pytest.raises(NotToBeDecided):
        accept(ask=ask, seen=seen_of(ask), by=make_person(), at=AT)


def test_an_answer_changed_after_the_page_was_opened_is_not_accepted_unread() -> None:
    province = make_province()
    round = open_for(province)
    ask = Ask.objects.get(round=round, agency=province.others[0], code="P1.3")
    official = make_member(ask.agency)
    save_answer(ask=ask, content={"value": "ข้อความแรก"}, version=0, by=official, at=AT)
    submit_answers(round=round, agency=ask.agency, by=official, at=AT)
    page = seen_of(ask)
    return_to_agency(ask=ask, reason=REASON, seen=page, by=province.coordinator, at=AT)
    ask = Ask.objects.select_related("answer").get(pk=ask.pk)
    later = AT + timedelta(hours=1)
    save_answer(ask=ask, content={"value": "ข้อความใหม่"}, version=1, by=official, at=later)
    submit_answers(round=round, agency=ask.agency, by=official, at=later)
    with pytest.raises(AnswerChanged):
        accept(ask=ask, seen=page, by=province.coordinator, at=AT)
    assert state_of(ask) == "submitted"


def test_the_same_text_sent_again_is_another_thing_to_decide_on(ask: Ask) -> None:
    page = seen_of(ask)
    return_to_agency(ask=ask, reason=REASON, seen=page, by=make_person(), at=AT)
    Ask.objects.update(state=AskState.SUBMITTED)
    with pytest.raises(AnswerChanged):
        accept(ask=ask, seen=page, by=make_person(), at=AT)


def test_a_frozen_round_takes_no_decision(ask: Ask) -> None:
    seen = seen_of(ask)
    Round.objects.update(frozen_by=make_person(), frozen_at=AT)
    with pytest.raises(RoundClosed):
        accept(ask=ask, seen=seen, by=make_person(), at=AT)
    assert (state_of(ask), Review.objects.filter(kind="accepted").count()) == ("submitted", 0)


def agency_with_rows() -> tuple[Round, dict[str, Ask]]:
    """P1.3 and P1.4 are in order, P1.1 claims without its evidence, P2.1.1 was accepted before."""
    round = make_round()
    agency = make_agency(round.body)
    return round, {
        "P1.3": make_answered(round, agency, "P1.3", "มีระเบียบ"),
        "P1.4": make_answered(round, agency, "P1.4", "https://www.chiangmai.go.th"),
        "P1.1": make_answered(round, agency, "P1.1", True),
        "P2.1.1": make_answered(round, agency, "P2.1.1", 3, AskState.ACCEPTED),
    }


def test_many_are_accepted_but_not_those_with_errors() -> None:
    round, rows = agency_with_rows()
    seen = {ask.pk: seen_of(ask) for ask in rows.values()}
    result = accept_many(round=round, agency=rows["P1.3"].agency, seen=seen, by=make_person(), at=AT)
    assert (set(result.accepted), result.with_errors, result.changed) == ({"P1.3", "P1.4"}, ("P1.1",), ())
    assert [state_of(rows[code]) for code in ("P1.3", "P1.4", "P1.1")] == ["accepted", "accepted", "submitted"]
    assert last(rows["P1.3"]).version == 1
    assert AuditEvent.objects.get().details["rows"] == list(result.accepted)


def test_rows_not_on_the_page_and_rows_that_changed_stay() -> None:
    round, rows = agency_with_rows()
    seen = {rows["P1.3"].pk: "9.9"}
    result = accept_many(round=round, agency=rows["P1.3"].agency, seen=seen, by=make_person(), at=AT)
    assert (result.accepted, result.changed) == ((), ("P1.3",))
    assert state_of(rows["P1.4"]) == "submitted"


def test_another_agencys_rows_are_not_accepted_along() -> None:
    round, rows = agency_with_rows()
    other = make_answered(round, code="P1.3", value="ของอีกหน่วยงาน")
    seen = {other.pk: seen_of(other)}
    assert accept_many(round=round, agency=rows["P1.3"].agency, seen=seen, by=make_person(), at=AT).accepted == ()


def decision(ask: Ask, verdict: str, **more: str) -> dict[str, str]:
    return {"seen": seen_of(ask), "verdict": verdict, "once": f"{verdict:k<20}", **more}


def test_a_reviewer_decides_and_comes_to_the_next_row(client: Client) -> None:
    _round, rows = agency_with_rows()
    client.force_login(make_member(rows["P1.3"].round.body, "coordinator"))
    answer = client.post(f"/asks/{rows['P1.3'].pk}/review/", decision(rows["P1.3"], "accept"))
    assert answer.headers["Location"] == f"/asks/{rows['P1.4'].pk}/review/"


def test_the_last_row_leads_back_to_the_queue(client: Client, ask: Ask) -> None:
    client.force_login(make_member(ask.round.body, "coordinator"))
    answer = client.post(f"/asks/{ask.pk}/review/", decision(ask, "return", reason=REASON))
    assert answer.headers["Location"] == f"/rounds/{ask.round_id}/review/"


def test_a_double_click_makes_one_review(client: Client, ask: Ask) -> None:
    client.force_login(make_member(ask.round.body, "coordinator"))
    data = decision(ask, "accept")
    answers = [client.post(f"/asks/{ask.pk}/review/", data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Review.objects.filter(kind="accepted").count() == 1


def test_a_short_reason_is_told_and_kept(client: Client, ask: Ask) -> None:
    client.force_login(make_member(ask.round.body, "coordinator"))
    page = client.post(f"/asks/{ask.pk}/review/", decision(ask, "return", reason="แก้"))
    assert page.status_code == 422
    assert "อย่างน้อย 5 ตัวอักษร" in page.content.decode()
    assert ">แก้</textarea>" in page.content.decode().replace("\n", "")


def test_a_stale_decision_is_told(client: Client, ask: Ask) -> None:
    client.force_login(make_member(ask.round.body, "coordinator"))
    page = client.post(f"/asks/{ask.pk}/review/", decision(ask, "accept") | {"seen": "0.0"})
    assert page.status_code == 409
    assert "เปลี่ยนไปหลังจากที่เปิดหน้านี้" in page.content.decode()


def test_the_row_its_answer_its_evidence_its_checks_and_its_history_stand_together(client: Client, ask: Ask) -> None:
    make_evidence(ask, slot="order")
    client.force_login(make_member(ask.round.body, "coordinator"))
    page = client.get(f"/asks/{ask.pk}/review/").context["page"]
    assert (page.said, [paper.slot for paper in page.papers]) == ("มี", ["คำสั่งแต่งตั้งคณะทำงาน"])
    assert [problem.rule for problem in page.problems] == ["evidence_without_day"]
    assert [step.word for step in page.history] == ["ส่งให้ตรวจ", "บันทึกครั้งที่ 1"]


def test_foreign_rows_do_not_exist(client: Client, ask: Ask) -> None:
    client.force_login(make_member(make_round().body, "coordinator"))
    assert client.get(f"/asks/{ask.pk}/review/").status_code == 404
    assert client.post(f"/asks/{ask.pk}/review/", decision(ask, "accept")).status_code == 404
    assert client.get(f"/rounds/{ask.round_id}/review/").status_code == 404
    assert state_of(ask) == "submitted"


def test_a_foreign_agency_in_a_bulk_form_does_not_exist(client: Client) -> None:
    round, rows = agency_with_rows()
    stranger = make_answered()
    client.force_login(make_member(rows["P1.3"].round.body, "coordinator"))
    data = {"agency": str(stranger.agency_id), "ask": [f"{stranger.pk}:{seen_of(stranger)}"], "once": "k" * 20}
    assert client.post(f"/rounds/{round.pk}/review/", data).status_code == 404
    assert state_of(stranger) == "submitted"


def test_a_bulk_form_with_a_number_too_long_to_read_is_about_nobody(client: Client, ask: Ask) -> None:
    client.force_login(make_member(ask.round.body, "coordinator"))
    data = {"agency": "9" * 5000, "once": "k" * 20}
    assert client.post(f"/rounds/{ask.round_id}/review/", data).status_code == 404


def test_the_officials_of_an_agency_do_not_review_themselves(client: Client, ask: Ask) -> None:
    client.force_login(make_member(ask.agency, "head"))
    assert client.post(f"/asks/{ask.pk}/review/", decision(ask, "accept")).status_code == 404


def test_the_queue_shows_one_agency_and_accepts_what_is_clean(client: Client) -> None:
    round, rows = agency_with_rows()
    client.force_login(make_member(round.body, "coordinator"))
    page = client.get(f"/rounds/{round.pk}/review/").context["page"]
    assert ([row.question.code for row in page.rows], page.clean, page.waiting) == (["P1.1", "P1.3", "P1.4"], 2, 3)
    posted = [f"{row.ask_id}:{row.seen}" for row in page.rows]
    data = {"agency": page.agency.pk, "ask": posted, "once": "k" * 20}
    client.post(f"/rounds/{round.pk}/review/", data)
    assert state_of(rows["P1.4"]) == "accepted"


@pytest.mark.parametrize("agencies", [2, 30])
def test_queries_of_the_queue_do_not_grow(client: Client, agencies: int, django_assert_max_num_queries: Any) -> None:
    round = make_round()
    for _ in range(agencies):
        make_answered(round, code="P1.3", value="มี")
    client.force_login(make_member(round.body, "coordinator"))
    client.get(f"/rounds/{round.pk}/review/")
    with django_assert_max_num_queries(12):
        client.get(f"/rounds/{round.pk}/review/")
    one = Ask.objects.filter(round=round).first()
    assert one
    with django_assert_max_num_queries(13):
        client.get(f"/asks/{one.pk}/review/")


def test_a_row_off_the_path_says_so(client: Client) -> None:
    round = make_round()
    agency = make_agency(round.body)
    make_answered(round, agency, "P2.2", False)
    off = make_ask(round, agency, "P2.2.1", AskState.SUBMITTED)
    client.force_login(make_member(round.body, "coordinator"))
    assert "ไม่เข้าเงื่อนไข" in client.get(f"/asks/{off.pk}/review/").context["page"].said
