"""Eight people at once on one answer, in threads with connections of their own: one text wins, the others are told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import AnswerConflict, save_answer
from phrom.survey.actions.locking import AskLocked
from phrom.survey.actions.submitting import NothingToSubmit, submit_answers
from phrom.survey.models import Answer, Ask, AskState, Review
from phrom.survey.models.saving import ask_to_save
from tests.factories.agencies import make_member
from tests.factories.survey import AT, make_answer, make_ask

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """Run `act` in threads that start together; count how each ended."""
    gate, ended = threading.Barrier(PEOPLE), []

    def run(number: int) -> None:
        try:
            gate.wait()
            act(number)
            ended.append("done")
        except Refusal as refusal:
            ended.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == PEOPLE
    return Counter(ended)


def read(ask: Ask) -> Ask:
    found = ask_to_save(ask.pk)
    assert found is not None
    return found


@pytest.mark.parametrize("version", [0, 1])
def test_of_eight_who_save_at_once_one_wins_and_seven_are_told(version: int) -> None:
    ask = make_ask(code="P1.3")
    if version:
        make_answer(ask, "เดิม")
    people = [make_member(ask.agency) for _ in range(PEOPLE)]

    def save(number: int) -> None:
        save_answer(ask=read(ask), content={"value": f"ของคนที่ {number}"}, version=version, by=people[number], at=AT)

    assert at_once(save) == {"done": 1, AnswerConflict.__name__: PEOPLE - 1}
    assert Answer.objects.get().version == version + 1
    assert (ask.versions.count(), AuditEvent.objects.count()) == (version + 1, 1)


def test_saving_and_sending_at_once_never_cross() -> None:
    ask = make_ask(code="P1.3")
    make_answer(ask, "เดิม")
    people = [make_member(ask.agency) for _ in range(PEOPLE)]

    def act(number: int) -> None:
        if number % 2:
            submit_answers(round=ask.round, agency=ask.agency, by=people[number], at=AT)
        else:
            save_answer(ask=read(ask), content={"value": f"ของคนที่ {number}"}, version=1, by=people[number], at=AT)

    ended = at_once(act)
    assert set(ended) <= {"done", AnswerConflict.__name__, AskLocked.__name__, NothingToSubmit.__name__}
    assert Ask.objects.get().state == AskState.SUBMITTED
    assert Review.objects.get().version == Answer.objects.get().version == ask.versions.count()
