"""Freezing: what the set holds, that anybody can check it, and that nothing is written after it."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.db.transaction import TransactionManagementError

from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.sheet import Answer as Value
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.answering import Entry, save_answer, save_section
from phrom.survey.actions.closed import RoundClosed, refuse_when_frozen
from phrom.survey.actions.consolidation import override, undo_override
from phrom.survey.actions.evidence import Posted, attach, take_away
from phrom.survey.actions.freezing import StillUnreviewed, freeze_round, readiness
from phrom.survey.actions.reviewing import accept, accept_many, reopen, return_to_agency, seen_of
from phrom.survey.actions.routing import Routing, route_rows, routing_version
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.models import (
    Answer,
    AnswerSet,
    AnswerVersion,
    Ask,
    AskState,
    EvidenceLink,
    ProvinceAnswer,
    Review,
    Round,
)
from phrom.survey.sheets import merged_from_set, province_of
from tests.factories.agencies import make_agency, make_member, make_person
from tests.factories.survey import (
    AT,
    make_answered,
    make_approved,
    make_ask,
    make_evidence,
    make_province_answer,
    make_round,
    tiny_edition,
)

pytestmark = pytest.mark.django_db
REASON = "ขอให้ตรวจสอบอีกครั้ง"


@pytest.fixture
def round() -> Round:
    """Two accepted agencies, one decision of the province."""
    round = make_round()
    proved = make_answered(round, state=AskState.ACCEPTED)
    make_evidence(proved, "คำสั่ง.pdf", "order", date(2024, 1, 1))
    make_answered(round, proved.agency, "P2.1.1", 3, AskState.ACCEPTED)
    make_answered(round, code="P2.1.1", value=4, state=AskState.ACCEPTED)
    make_province_answer(round, "P1.3", "มีแผนของจังหวัด", "ตามมติที่ประชุม")
    return round


def freeze(round: Round, *, confirmed: bool = False) -> AnswerSet:
    make_approved(round)
    return freeze_round(round=round, by=make_person("ผู้ปิดรอบ"), at=AT, confirmed=confirmed)


def test_the_set_holds_answers_evidence_and_where_they_come_from(round: Round) -> None:
    document = json.loads(freeze(round).document)
    assert (document["format"], document["body"], document["edition"]) == ("phrom-answer-set-1", round.body.code, "tiny-2567")
    assert document["edition_hash"] == tiny_edition().hash
    assert {code: answer["value"] for code, answer in document["answers"].items()} == {
        "P1.1": True,
        "P1.3": "มีแผนของจังหวัด",
        "P2.1.1": 7,
    }
    assert document["answers"]["P1.1"]["evidence"][0]["name"] == "คำสั่ง.pdf"
    row = document["provenance"]["P2.1.1"]
    assert (row["rule"], sorted(source["answer"]["value"] for source in row["sources"])) == ("sum", [3, 4])
    decided = document["provenance"]["P1.3"]
    assert (decided["overridden"], decided["reason"]) == (True, "ตามมติที่ประชุม")
    assert document["frozen_at"] == "2024-06-11T06:30:00+00:00"


def test_anybody_can_check_the_hash_and_the_text_is_canonical(round: Round) -> None:
    kept = freeze(round)
    assert hashlib.sha256(kept.document.encode()).hexdigest() == kept.sha256
    again = json.dumps(json.loads(kept.document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == kept.document
    assert AuditEvent.objects.get(event="round.frozen").details["sha256"] == kept.sha256


def test_the_set_read_back_is_what_was_merged(round: Round) -> None:
    before = province_of(round, tiny_edition())
    assert merged_from_set(tiny_edition(), freeze(round).document) == before


def test_the_set_scores_as_the_round_did(round: Round) -> None:
    before = score(tiny_edition(), province_of(round, tiny_edition()).sheet)
    assert score(tiny_edition(), merged_from_set(tiny_edition(), freeze(round).document).sheet) == before


def test_a_round_is_frozen_once(round: Round) -> None:
    freeze(round)
    with pytest.raises(RoundClosed):
        freeze(round)
    assert AnswerSet.objects.count() == 1


def test_answers_that_wait_are_not_left_out_unasked(round: Round) -> None:
    make_answered(round, code="P2.1.1", value=100)
    with pytest.raises(StillUnreviewed, match="1 ข้อ"):
        freeze(round)
    assert not Round.objects.get(pk=round.pk).is_frozen
    assert json.loads(freeze(round, confirmed=True).document)["answers"]["P2.1.1"]["value"] == 7


def test_readiness_says_what_is_open(round: Round) -> None:
    make_ask(round, code="P1.2")
    make_answered(round, code="P1.4", value="https://a.go.th", state=AskState.RETURNED)
    make_answered(round, code="P2.1.2", value=9)
    found = readiness(round)
    assert (found.asks, found.accepted, found.waiting, found.not_sent, found.returned) == (6, 3, 1, 1, 1)
    assert found.overridden == ("P1.3",)
    assert found.unanswered == ("P1.2", "P1.4", "P1.5", "P2.1.2", "P2.2", "P2.2.1")
    assert not found.complete


@pytest.mark.parametrize("agencies", [2, 40])
def test_readiness_costs_three_queries(agencies: int, django_assert_num_queries: Any) -> None:
    round = make_round()
    for _ in range(agencies):
        make_answered(round)
    with django_assert_num_queries(3):
        readiness(round)


Write = Callable[[Ask], object]
NO = {"value": False, "detail": None, "provider": "", "cannot": ""}


def route_away(ask: Ask) -> object:
    routing = Routing(frozenset({ask.code}), frozenset(), {}, routing_version([ask]))
    return route_rows(round=ask.round, routing=routing, by=make_person(), at=AT)


def decide(ask: Ask) -> object:
    answer = Value(value=True)
    return override(round=ask.round, code=ask.code, answer=answer, reason=REASON, seen="0", by=make_person(), at=AT)


WRITES: dict[str, Write] = {
    "save": lambda ask: save_answer(ask=ask, content=NO, version=1, by=make_person(), at=AT),
    "save a page": lambda ask: save_section(
        round=ask.round, agency=ask.agency, entries=[Entry(ask, NO, 1)], by=make_person(), at=AT
    ),
    "submit": lambda ask: submit_answers(round=ask.round, agency=ask.agency, by=make_person(), at=AT),
    "attach": lambda ask: attach(ask=ask, posted=Posted(url="https://a.go.th/b.pdf"), by=make_person(), at=AT),
    "take away": lambda ask: take_away(link=ask.evidence_links.get(), by=make_person(), at=AT),
    "accept": lambda ask: accept(ask=ask, seen=seen_of(ask), by=make_person(), at=AT),
    "return": lambda ask: return_to_agency(ask=ask, reason=REASON, seen=seen_of(ask), by=make_person(), at=AT),
    "reopen": lambda ask: reopen(ask=ask, reason=REASON, seen=seen_of(ask), by=make_person(), at=AT),
    "accept many": lambda ask: accept_many(
        round=ask.round, agency=ask.agency, seen={ask.pk: seen_of(ask)}, by=make_person(), at=AT
    ),
    "decide": decide,
    "undo": lambda ask: undo_override(round=ask.round, code=ask.code, seen="0", by=make_person(), at=AT),
    "route": route_away,
    "freeze": lambda ask: freeze_round(round=ask.round, by=make_person(), at=AT, confirmed=True),
}


def everything() -> list[list[object]]:
    """All that a round consists of, to see that none of it changed."""
    kept = (Round, Ask, Answer, AnswerVersion, EvidenceLink, Review, ProvinceAnswer, AnswerSet, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in kept]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("state", AskState)
def test_after_the_freeze_no_write_is_accepted(round: Round, write: str, state: AskState) -> None:
    """The page was opened before the freeze: the round in hand still says open."""
    stale = Ask.objects.select_related("agency", "round__body", "round__survey", "answer").get(
        pk=make_answered(round, code="P2.2", state=state).pk
    )
    make_evidence(stale)
    freeze(round, confirmed=True)
    before = everything()
    with pytest.raises(RoundClosed):
        WRITES[write](stale)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_a_check_outside_a_transaction_is_a_programming_error(round: Round) -> None:
    with pytest.raises(TransactionManagementError):
        refuse_when_frozen(round)


@pytest.mark.django_db(transaction=True)
def test_savers_racing_with_the_freeze_are_either_before_it_or_refused() -> None:
    """Four officials save as fast as they can; once the freeze has answered, no version is added."""
    round = make_round()
    asks = [make_ask(round, make_agency(round.body), "P2.1.1") for _ in range(4)]
    people = [make_member(ask.agency) for ask in asks]
    saved: list[int] = [0] * len(asks)
    refused: list[bool] = [False] * len(asks)

    def work(number: int) -> None:
        try:
            while True:
                ask = Ask.objects.select_related("agency", "round__body", "round__survey", "answer").get(pk=asks[number].pk)
                save_answer(ask=ask, content={"value": saved[number]}, version=saved[number], by=people[number], at=AT)
                saved[number] += 1
        except RoundClosed:
            refused[number] = True
        finally:
            close_old_connections()
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(len(asks))]
    for worker in workers:
        worker.start()
    until = time.monotonic() + 20
    while min(saved) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    freeze(round)
    after = AnswerVersion.objects.count()
    for worker in workers:
        worker.join(timeout=30)
    assert refused == [True] * len(asks)
    assert AnswerVersion.objects.count() == after == sum(saved)
