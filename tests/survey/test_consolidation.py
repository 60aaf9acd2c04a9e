"""The province's answers: what is proposed and why, and the decisions made against it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Person
from phrom.rules.scoring.sheet import Answer
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.consolidation import (
    NONE_YET,
    DecisionChanged,
    DecisionWithoutReason,
    NotAnAskedRow,
    override,
    seen_of,
    undo_override,
)
from phrom.survey.models import AskState, ProvinceAnswer, Round
from tests.factories.agencies import make_agency, make_member, make_person
from tests.factories.survey import AT, make_answered, make_ask, make_evidence, make_province_answer, make_round

pytestmark = pytest.mark.django_db
REASON = "มติที่ประชุมครั้งที่ 1/2567"


@pytest.fixture
def round() -> Round:
    return make_round()


@pytest.fixture
def coordinator(round: Round) -> Person:
    return make_member(round.body, "coordinator")


def decide(
    round: Round, code: str = "P1.1", value: object = True, seen: str = NONE_YET, reason: str = REASON
) -> ProvinceAnswer:
    answer = Answer(value=value)  # type: ignore[arg-type]
    return override(round=round, code=code, answer=answer, reason=reason, seen=seen, by=make_person("ผู้ตัดสิน"), at=AT)


def test_a_decision_is_kept_with_reason_who_and_when(round: Round) -> None:
    made = decide(round, reason=f" {REASON} ")
    stored = ProvinceAnswer.objects.get()
    assert (stored.content["value"], stored.reason, stored.by, stored.at, stored.version) == (True, REASON, made.by, AT, 1)
    entry = AuditEvent.objects.get()
    assert (entry.event, entry.chain, entry.details["code"]) == ("province.overridden", round.body.code, "P1.1")


def test_deciding_again_makes_the_next_version(round: Round) -> None:
    first = decide(round)
    decide(round, value=False, seen=seen_of(first))
    assert ProvinceAnswer.objects.values_list("version", "content__value").get() == (2, False)


@pytest.mark.parametrize("reason", ["", "  ", "ตามน"])
def test_a_decision_without_a_reason_is_refused(round: Round, reason: str) -> None:
    with pytest.raises(DecisionWithoutReason):
        decide(round, reason=reason)
    assert not ProvinceAnswer.objects.exists()


@pytest.mark.parametrize("code", ["P2.1", "P9.9"])
def test_headings_and_unknown_rows_are_refused(round: Round, code: str) -> None:
    with pytest.raises(NotAnAskedRow):
        decide(round, code)


def test_two_coordinators_the_second_is_refused(round: Round) -> None:
    decide(round)
    with pytest.raises(DecisionChanged):
        decide(round, value=False)
    assert ProvinceAnswer.objects.get().content["value"] is True


def test_a_page_from_before_an_undoing_is_stale_too(round: Round) -> None:
    old = seen_of(decide(round))
    undo_override(round=round, code="P1.1", seen=old, by=make_person(), at=AT)
    decide(round)
    with pytest.raises(DecisionChanged):
        decide(round, value=False, seen=old)


def test_undoing_returns_to_the_rule_and_the_journal_keeps_what_was_decided(round: Round) -> None:
    made = decide(round)
    undo_override(round=round, code="P1.1", seen=seen_of(made), by=make_person(), at=AT)
    assert not ProvinceAnswer.objects.exists()
    assert '"value": true' in str(AuditEvent.objects.get(event="province.override_undone").details["content"])


def test_undoing_nothing_does_nothing(round: Round) -> None:
    undo_override(round=round, code="P1.1", seen=NONE_YET, by=make_person(), at=AT)
    assert not AuditEvent.objects.exists()


def test_a_frozen_round_is_decided_no_more(round: Round) -> None:
    made = decide(round)
    Round.objects.update(frozen_by=make_person(), frozen_at=AT)
    with pytest.raises(RoundClosed):
        decide(round, value=False, seen=seen_of(made))
    with pytest.raises(RoundClosed):
        undo_override(round=round, code="P1.1", seen=seen_of(made), by=make_person(), at=AT)
    assert ProvinceAnswer.objects.get().version == 1


def row_of(client: Client, round: Round, code: str, query: str = ""):  # type: ignore[no-untyped-def]  # noqa: ANN201
    page = client.get(f"/rounds/{round.pk}/consolidation/{query}").context["page"]
    return next(row for row in page.rows if row.question.code == code)


def test_the_sheet_says_who_said_what_and_who_said_nothing(client: Client, round: Round, coordinator: Person) -> None:
    offices = [make_agency(round.body, f"หน่วยงานที่ {n}") for n in range(4)]
    proved = make_answered(round, offices[0], state=AskState.ACCEPTED)
    make_evidence(proved, slot="order", issued_on=date(2024, 1, 1))
    make_answered(round, offices[1], state=AskState.ACCEPTED)
    make_answered(round, offices[2])
    make_ask(round, offices[3])
    client.force_login(coordinator)
    row = row_of(client, round, "P1.1")
    assert (row.said, row.used, row.waiting, row.silent, row.asked) == ("มี", 1, 1, ("หน่วยงานที่ 3",), 4)
    assert (row.sources[0].name, row.sources[0].used) == ("หน่วยงานที่ 0", True)
    because = {source.name: source.because for source in row.sources}
    assert "ยังไม่มีหลักฐาน" in because["หน่วยงานที่ 1"]
    assert because["หน่วยงานที่ 2"] == "ยังไม่นับ เพราะยังไม่ได้ตรวจ"


def test_the_preview_counts_what_waits_and_is_named_so(client: Client, round: Round, coordinator: Person) -> None:
    make_answered(round, code="P2.1.1", value=4)
    client.force_login(coordinator)
    assert not row_of(client, round, "P2.1.1").given
    assert row_of(client, round, "P2.1.1", "?count=sent").said == "4 รายการ"
    assert "ตัวอย่างเท่านั้น" in client.get(f"/rounds/{round.pk}/consolidation/?count=sent").content.decode()


def test_an_overridden_row_is_marked_with_its_reason(client: Client, round: Round, coordinator: Person) -> None:
    make_province_answer(round, "P1.1", value=True, reason=REASON)
    client.force_login(coordinator)
    row = row_of(client, round, "P1.1")
    assert (row.overridden, row.reason, row.proposed) == (True, REASON, "ยังไม่ได้ตอบ")
    assert len(client.get(f"/rounds/{round.pk}/consolidation/?show=overridden").context["page"].rows) == 1


FIELDS: dict[str, tuple[dict[str, object], object]] = {
    "P1.1": ({"value": "yes"}, True),
    "P1.2": ({"value": ["iot"]}, ["iot"]),
    "P1.3": ({"value": "มีแผน"}, "มีแผน"),
    "P1.4": ({"value": "https://www.chiangmai.go.th"}, "https://www.chiangmai.go.th"),
    "P1.5": ({"value": "๑๑ มิ.ย. ๖๗"}, "2024-06-11"),
    "P2.1.1": ({"value": "๑,๒๓๔"}, 1234),
    "P2.2": ({"value": "no", "provider": "own"}, False),
    "P2.2.1": ({"value": "85.50"}, "85.50"),
}


@pytest.mark.parametrize("code", FIELDS)
def test_every_kind_can_be_decided_through_its_page(client: Client, round: Round, coordinator: Person, code: str) -> None:
    client.force_login(coordinator)
    url = f"/rounds/{round.pk}/consolidation/{code}/"
    typed, stored = FIELDS[code]
    assert client.get(url).status_code == 200
    data = {"seen": NONE_YET, "reason": REASON, "once": "k" * 20, **typed}
    assert client.post(url, data).status_code == 302
    assert ProvinceAnswer.objects.get().content["value"] == stored
    page = client.get(url)
    assert page.context["page"].row.overridden
    seen = page.context["page"].seen
    assert client.post(url, {"undo": "1", "seen": seen, "once": "u" * 20}).status_code == 302
    assert not ProvinceAnswer.objects.exists()


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "P1.1": ({"value": ""}, "เลือกหรือกรอกคำตอบของจังหวัด"),
    "P1.2": ({"value": ["drone"]}, "ไม่มีตัวเลือกนี้"),
    "P1.5": ({"value": "๓๐ ก.พ. ๒๕๖๗"}, "ก.พ."),
    "P2.1.1": ({"value": "หลายรายการ"}, "จำนวนเต็ม"),
    "P2.2.1": ({"value": "120"}, "ระหว่าง 0 ถึง 100"),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_is_no_answer_is_told_and_the_typed_text_stays(
    client: Client, round: Round, coordinator: Person, code: str
) -> None:
    client.force_login(coordinator)
    typed, told = WRONG[code]
    data = {"seen": NONE_YET, "reason": REASON, "once": "k" * 20, **typed}
    page = client.post(f"/rounds/{round.pk}/consolidation/{code}/", data)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert REASON in page.content.decode()
    assert not ProvinceAnswer.objects.exists()


def test_cannot_is_a_decision_too(client: Client, round: Round, coordinator: Person) -> None:
    client.force_login(coordinator)
    data = {"seen": NONE_YET, "reason": REASON, "once": "k" * 20, "value": "", "cannot": "จังหวัดไม่มีข้อมูลนี้"}
    assert client.post(f"/rounds/{round.pk}/consolidation/P1.1/", data).status_code == 302
    assert ProvinceAnswer.objects.get().content["cannot"] == "จังหวัดไม่มีข้อมูลนี้"


@pytest.mark.parametrize("path", ["", "P1.1/"])
def test_a_foreign_round_does_not_exist(client: Client, coordinator: Person, path: str) -> None:
    client.force_login(coordinator)
    assert client.get(f"/rounds/{make_round().pk}/consolidation/{path}").status_code == 404


@pytest.mark.parametrize("code", ["P2.1", "P9.9", "ก"])
def test_a_row_that_is_not_asked_has_no_page(client: Client, round: Round, coordinator: Person, code: str) -> None:
    client.force_login(coordinator)
    assert client.get(f"/rounds/{round.pk}/consolidation/{code}/").status_code == 404


@pytest.mark.parametrize("agencies", [2, 40])
def test_queries_do_not_grow_with_agencies(client: Client, agencies: int, django_assert_max_num_queries: Any) -> None:
    round = make_round()
    for _ in range(agencies):
        make_evidence(make_answered(round, state=AskState.ACCEPTED))
    client.force_login(make_member(round.body, "coordinator"))
    for path in ("", "P1.1/"):
        with django_assert_max_num_queries(8):
            assert client.get(f"/rounds/{round.pk}/consolidation/{path}").status_code == 200
