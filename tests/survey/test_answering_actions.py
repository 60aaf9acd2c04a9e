"""Saving an answer: what is stored, what is refused, and that nothing is overwritten silently."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.answering import (
    AnswerConflict,
    AnswerNotUnderstood,
    Entry,
    save_answer,
    save_section,
)
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.locking import AskLocked
from phrom.survey.models import Answer, AnswerVersion, Ask
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_answered, make_ask, make_round, make_sheet

pytestmark = pytest.mark.django_db
YES = {"value": True, "detail": None, "provider": "", "cannot": ""}
NO = YES | {"value": False}


def read(ask: Ask) -> Ask:
    """The ask as a view hands it over."""
    return Ask.objects.select_related("agency", "round__body", "round__survey", "answer").get(pk=ask.pk)


def test_the_first_text_becomes_version_one_with_its_history_and_journal() -> None:
    ask = make_ask()
    by = make_member(ask.agency)
    answer = save_answer(ask=read(ask), content={"value": True}, version=0, by=by, at=AT)
    assert (answer.version, answer.content) == (1, YES)
    assert list(AnswerVersion.objects.values_list("ask", "version", "content", "by")) == [(ask.pk, 1, YES, by.pk)]
    entry = AuditEvent.objects.get()
    assert (entry.event, entry.about, entry.chain, entry.details["code"]) == (
        "answer.saved",
        f"ask:{ask.pk}",
        ask.round.body.code,
        "P1.1",
    )


def test_the_next_text_becomes_the_next_version() -> None:
    ask = make_answered(state="open")
    save_answer(ask=read(ask), content=NO, version=1, by=make_member(ask.agency), at=AT)
    assert list(ask.versions.values_list("version", "content__value")) == [(1, True), (2, False)]
    assert Answer.objects.get(ask=ask).content == NO


def test_the_same_text_again_makes_no_version() -> None:
    ask = make_answered(state="open")
    assert save_answer(ask=read(ask), content=YES, version=1, by=make_member(ask.agency), at=AT).version == 1
    assert (ask.versions.count(), AuditEvent.objects.count()) == (1, 0)


def test_nothing_typed_into_an_empty_row_stores_nothing() -> None:
    ask = make_ask()
    assert save_answer(ask=read(ask), content={"value": None}, version=0, by=make_member(ask.agency), at=AT).version == 0
    assert (Answer.objects.count(), AuditEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize("version", [0, 2, 7])
def test_a_text_upon_another_version_is_a_conflict_with_both_texts(version: int) -> None:
    ask = make_answered(state="open")
    theirs = ask.answer.by
    with pytest.raises(AnswerConflict) as caught:
        save_answer(ask=read(ask), content=NO, version=version, by=make_member(ask.agency), at=AT)
    shown = caught.value.as_json()
    assert (shown["mine"], shown["theirs"], shown["theirs_by"], shown["version"]) == (NO, YES, theirs.name, 1)
    assert Answer.objects.get(ask=ask).content == YES


def test_a_request_that_was_sent_twice_is_no_conflict() -> None:
    ask = read(make_answered(state="open"))
    by = make_member(ask.agency)
    first = save_answer(ask=ask, content=NO, version=1, by=by, at=AT)
    again = save_answer(ask=read(ask), content=NO, version=1, by=by, at=AT + timedelta(seconds=9))
    assert (first.version, again.version, ask.versions.count()) == (2, 2, 2)


def test_what_was_read_before_the_transaction_does_not_decide() -> None:
    ask = make_answered(state="open")
    mine, theirs = read(ask), read(ask)
    save_answer(ask=theirs, content=NO, version=1, by=make_member(ask.agency), at=AT)
    with pytest.raises(AnswerConflict):
        save_answer(ask=mine, content=YES | {"cannot": "", "value": None}, version=1, by=make_member(ask.agency), at=AT)


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_what_was_sent_is_locked_and_says_by_whom(state: str) -> None:
    ask = make_answered(state=state)
    with pytest.raises(AskLocked, match=r"นางสาวคำแก้ว|นางวันดี"):
        save_answer(ask=read(ask), content=NO, version=1, by=make_member(ask.agency), at=AT)
    assert ask.versions.count() == 1


def test_what_was_returned_may_be_changed() -> None:
    ask = make_answered(state="returned")
    assert save_answer(ask=read(ask), content=NO, version=1, by=make_member(ask.agency), at=AT).version == 2


def test_a_row_taken_away_from_the_agency_is_locked() -> None:
    ask = make_ask()
    Ask.objects.update(withdrawn_at=AT, withdrawn_by=make_member(ask.agency))
    with pytest.raises(AskLocked, match="ไม่ได้ถามหน่วยงานนี้แล้ว"):
        save_answer(ask=read(ask), content=YES, version=0, by=make_member(ask.agency), at=AT)


def test_a_frozen_round_takes_nothing() -> None:
    ask = make_answered(state="open")
    type(ask.round).objects.update(frozen_at=AT, frozen_by=make_member(ask.agency))
    with pytest.raises(RoundClosed):
        save_answer(ask=read(ask), content=NO, version=1, by=make_member(ask.agency), at=AT)
    assert Answer.objects.get(ask=ask).content == YES


@pytest.mark.parametrize(
    "content", [{"value": "yes"}, {"value": 1}, {"value": []}, {"value": True, "x": 1}, {"value": True, "cannot": "ไม่มีข้อมูล"}]
)
def test_what_is_no_answer_to_the_row_is_refused_with_the_reason(content: dict) -> None:
    ask = make_ask()
    with pytest.raises(AnswerNotUnderstood, match=r"P1\.1"):
        save_answer(ask=read(ask), content=content, version=0, by=make_member(ask.agency), at=AT)
    assert Answer.objects.count() == 0


def test_a_page_is_one_transaction_with_one_journal_entry() -> None:
    round = make_round()
    agency = make_agency(round.body)
    asks = make_sheet(round, agency)
    entries = [
        Entry(read(asks["P1.1"]), {"value": True}, 0),
        Entry(read(asks["P1.2"]), {"value": ["ai"]}, 0),
        Entry(read(asks["P1.3"]), {"value": None}, 0),
    ]
    outcome = save_section(round=round, agency=agency, entries=entries, by=make_member(agency), at=AT)
    assert ([a.version for a in outcome.saved], outcome.refused) == ([1, 1], {})
    assert AuditEvent.objects.get().details == {"agency": agency.code, "versions": ["P1.1 v1", "P1.2 v1"]}


def test_a_conflict_on_a_page_keeps_the_other_rows() -> None:
    round = make_round()
    agency = make_agency(round.body)
    taken, free = make_answered(round, agency, state="open"), make_ask(round, agency, "P1.3")
    entries = [Entry(read(taken), NO, 0), Entry(read(free), {"value": "แผนปฏิบัติการ"}, 0)]
    outcome = save_section(round=round, agency=agency, entries=entries, by=make_member(agency), at=AT)
    assert isinstance(outcome.refused[taken.pk], AnswerConflict)
    assert [a.ask_id for a in outcome.saved] == [free.pk]
    assert Answer.objects.get(ask=taken).content == YES


def test_another_agencys_row_on_a_page_is_left_alone() -> None:
    round = make_round()
    agency, other = make_agency(round.body), make_agency(round.body)
    foreign = make_ask(round, other)
    outcome = save_section(round=round, agency=agency, entries=[Entry(read(foreign), YES, 0)], by=make_member(agency), at=AT)
    assert (outcome.saved, Answer.objects.count()) == ([], 0)


@pytest.mark.parametrize("seed", range(200))
def test_no_order_of_two_people_overwrites_silently(seed: int) -> None:
    """Two people with the row open load, type and save in any order; every text acknowledged is in the history, once."""
    dice = random.Random(seed)
    ask = make_ask(code="P1.3")
    people = [make_member(ask.agency, name=name) for name in ("คำแก้ว", "บุญมี")]
    opened, acknowledged, newest = [0, 0], [], ""
    for step in range(dice.randint(2, 9)):
        who = dice.randrange(2)
        if dice.random() < 0.35:
            opened[who] = ask.versions.count()
            continue
        text = f"ข้อความที่ {step}"
        try:
            answer = save_answer(ask=read(ask), content={"value": text}, version=opened[who], by=people[who], at=AT)
        except AnswerConflict as conflict:
            assert opened[who] != ask.versions.count()
            assert conflict.as_json()["theirs"]["value"] == newest
            continue
        opened[who], newest = answer.version, text
        acknowledged.append((answer.version, text, people[who].pk))
    assert [(v.version, v.content["value"], v.by_id) for v in ask.versions.all()] == acknowledged
