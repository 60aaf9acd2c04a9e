"""Two coordinators at the same moment: one is served, the other is told; nothing is done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from phrom.rules.scoring.sheet import Answer as Value
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.consolidation import NONE_YET, DecisionChanged, override
from phrom.survey.actions.freezing import freeze_round
from phrom.survey.actions.reviewing import NotToBeDecided, accept, return_to_agency, seen_of
from phrom.survey.actions.rounds import RoundCannotOpen, open_round
from phrom.survey.actions.routing import Routing, StaleMatrix, route_rows, routing_version
from phrom.survey.models import AnswerSet, Ask, ProvinceAnswer, Review, Round
from tests.factories.survey import AT, DEADLINE, make_answered, make_approved, tiny_edition
from tests.survey.province import make_province, open_for

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


def together(*acts: Callable[[], object]) -> list[Refusal | None]:
    """Run all at the same moment, each on its own connection; what each was told, None for done. A crash is no answer."""
    told: list[Refusal | None] = [None] * len(acts)
    crashed: list[Exception] = []
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        start.wait()
        try:
            acts[number]()
        except Refusal as refusal:
            told[number] = refusal
        except Exception as error:
            crashed.append(error)
        finally:
            connection.close()

    hands = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
    assert not any(hand.is_alive() for hand in hands)
    if crashed:
        raise crashed[0]
    return told


def one_was_served(told: list[Refusal | None], others: type[Refusal]) -> bool:
    """Exactly one done, all others refused with this."""
    return told.count(None) == 1 and all(isinstance(each, others) for each in told if each)


def test_a_round_is_opened_once() -> None:
    province = make_province()
    by, body = province.coordinator, province.body

    def act() -> object:
        return open_round(body=body, edition=tiny_edition(), internal_deadline=DEADLINE, mandate=None, by=by, at=AT)

    assert one_was_served(together(*[act] * HANDS), RoundCannotOpen)
    assert Ask.objects.count() == 4 * 8 + 1


def test_two_provinces_open_the_same_edition_at_once() -> None:
    provinces = [make_province() for _ in range(HANDS)]
    acts = [lambda province=province: open_for(province) for province in provinces]
    assert together(*acts) == [None] * HANDS
    assert len(set(Round.objects.values_list("survey", flat=True))) == 1


def test_a_row_is_decided_once() -> None:
    ask = make_answered()
    seen = seen_of(ask)
    by = make_province().coordinator
    acts = [
        lambda: accept(ask=ask, seen=seen, by=by, at=AT),
        lambda: return_to_agency(ask=ask, reason="กรุณาแนบคำสั่ง", seen=seen, by=by, at=AT),
    ]
    assert one_was_served(together(*acts * 2), NotToBeDecided)
    assert Review.objects.exclude(kind="submitted").count() == 1


def test_the_province_decides_once() -> None:
    province = make_province()
    round = open_for(province)
    value, by = Value(value=True), province.coordinator

    def act() -> object:
        return override(round=round, code="P1.1", answer=value, reason="ตามมติ", seen=NONE_YET, by=by, at=AT)

    assert one_was_served(together(*[act] * HANDS), DecisionChanged)
    assert ProvinceAnswer.objects.get().version == 1


def test_the_matrix_is_saved_once() -> None:
    province = make_province()
    round = open_for(province)
    codes = frozenset({"P1.1"})
    routing = Routing(codes, frozenset(), {}, routing_version(Ask.objects.filter(round=round, code="P1.1")))

    def act() -> object:
        return route_rows(round=round, routing=routing, by=province.coordinator, at=AT)

    assert one_was_served(together(*[act] * HANDS), StaleMatrix)


def test_a_round_is_frozen_once() -> None:
    province = make_province()
    round = open_for(province)
    make_approved(round)

    def act() -> object:
        return freeze_round(round=round, by=province.coordinator, at=AT)

    assert together(*[act] * HANDS).count(None) == 1
    assert AnswerSet.objects.count() == 1
