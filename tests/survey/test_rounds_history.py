"""Random histories of a round against a small model of it: what the model allows succeeds, everything else is refused whole."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from phrom.rules.scoring.sheet import Answer as Value
from phrom.shared.journal.verify import verify
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import save_answer
from phrom.survey.actions.consolidation import override, seen_of, undo_override
from phrom.survey.actions.freezing import freeze_round
from phrom.survey.actions.reviewing import accept, reopen, return_to_agency
from phrom.survey.actions.reviewing import seen_of as seen_by_reviewer
from phrom.survey.actions.routing import Routing, route_rows, routing_version
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.models import Answer, Ask, ProvinceAnswer, Round
from phrom.survey.set_document import fingerprint_of, set_content
from tests.factories.survey import AT, make_approved
from tests.survey.province import Province, make_province, open_for

pytestmark = pytest.mark.django_db
CODES = ("P1.3", "P1.4")
TEXTS = {"P1.3": "มีแผน {}", "P1.4": "https://www.chiangmai.go.th/{}"}
REASON = "กรุณาปรับให้เป็นปัจจุบัน"


@dataclass
class Row:
    """What the model knows of one ask. `fresh`: changed since it was sent back."""

    state: str = "open"
    version: int = 0
    asked: bool = True
    fresh: bool = True


@dataclass
class World:
    """A round, its model, and a clock that moves on with every step."""

    province: Province
    round: Round
    chance: random.Random
    rows: dict[tuple[str, int], Row]
    decided: bool = False
    frozen: bool = False
    approved: str = ""
    at: datetime = AT

    def ask(self, cell: tuple[str, int]) -> Ask:
        """The ask as a view hands it over."""
        found = Ask.objects.select_related("agency", "round__body", "round__survey", "answer")
        return found.get(round=self.round, code=cell[0], agency=cell[1])


def save(world: World, cell: tuple[str, int], row: Row) -> bool:
    expected = not world.frozen and row.asked and row.state in ("open", "returned")
    text = TEXTS[cell[0]].format(row.version + 1)
    if attempt(
        world, lambda: save_answer(ask=world.ask(cell), content={"value": text}, version=row.version, **world_by(world))
    ):
        row.version, row.fresh = row.version + 1, True
        return expected
    return not expected


def submit(world: World, cell: tuple[str, int], row: Row) -> bool:
    ready = [each for (_, agency), each in world.rows.items() if agency == cell[1] and sendable(each)]
    expected = not world.frozen and bool(ready)
    agency = world.ask(cell).agency
    if attempt(world, lambda: submit_answers(round=world.round, agency=agency, **world_by(world))):
        for each in ready:
            each.state = "submitted"
        return expected
    return not expected


def sendable(row: Row) -> bool:
    return row.asked and row.state in ("open", "returned") and row.version > 0 and row.fresh


def receive(world: World, cell: tuple[str, int], row: Row) -> bool:
    expected = not world.frozen and row.asked and row.state == "submitted"
    ask = world.ask(cell)
    if attempt(world, lambda: accept(ask=ask, seen=seen_by_reviewer(ask), **world_by(world))):
        row.state = "accepted"
        return expected
    return not expected


def send_back(world: World, cell: tuple[str, int], row: Row) -> bool:
    act, needed = world.chance.choice([(return_to_agency, "submitted"), (reopen, "accepted")])
    expected = not world.frozen and row.asked and row.state == needed
    ask = world.ask(cell)
    if attempt(world, lambda: act(ask=ask, reason=REASON, seen=seen_by_reviewer(ask), **world_by(world))):
        row.state, row.fresh = "returned", False
        return expected
    return not expected


def route(world: World, cell: tuple[str, int], row: Row) -> bool:
    asks = Ask.objects.filter(round=world.round, code=cell[0])
    wanted = {known for known, each in world.rows.items() if known[0] == cell[0] and each.asked} ^ {cell}
    routing = Routing(frozenset({cell[0]}), frozenset(wanted), {}, routing_version(asks))
    if attempt(world, lambda: route_rows(round=world.round, routing=routing, **world_by(world))):
        row.asked = not row.asked
        return not world.frozen
    return world.frozen


def decide(world: World, cell: tuple[str, int], row: Row) -> bool:
    standing = ProvinceAnswer.objects.filter(round=world.round, code="P1.1").first()
    seen = seen_of(standing) if world.chance.random() < 0.8 else "7.7"
    if standing and world.chance.random() < 0.5:
        made = attempt(world, lambda: undo_override(round=world.round, code="P1.1", seen=seen, **world_by(world)))
        world.decided = world.decided and not made
    else:
        value = Value(value=True)
        made = attempt(
            world,
            lambda: override(round=world.round, code="P1.1", answer=value, reason=REASON, seen=seen, **world_by(world)),
        )
        world.decided = world.decided or made
    return made == (not world.frozen and seen != "7.7")


def freeze(world: World, cell: tuple[str, int], row: Row) -> bool:
    if world.chance.random() < 0.7:
        return True
    confirmed = world.chance.random() < 0.5
    waiting = any(each.asked and each.state == "submitted" for each in world.rows.values())
    if not world.frozen and world.chance.random() < 0.7:
        world.approved = make_approved(world.round, at=world.at).fingerprint
    same = world.frozen or fingerprint_of(set_content(world.round)) == world.approved
    expected = not world.frozen and (confirmed or not waiting) and same
    made = attempt(world, lambda: freeze_round(round=world.round, confirmed=confirmed, **world_by(world)))
    world.frozen = world.frozen or made
    return made == expected


STEPS: tuple[Callable[[World, tuple[str, int], Row], bool], ...] = (
    save, save, save, submit, submit, receive, receive, send_back, route, decide, freeze,
)  # fmt: skip


def world_by(world: World) -> dict[str, object]:
    world.at += timedelta(minutes=1)
    return {"by": world.province.coordinator, "at": world.at}


def attempt(world: World, act: Callable[[], object]) -> bool:
    """True when it was done, False when it was refused with a sentence."""
    try:
        act()
    except Refusal as refusal:
        assert refusal.th and refusal.en
        return False
    return True


def stored(world: World) -> dict[tuple[str, int], tuple[str, int, bool]]:
    versions = dict(Answer.objects.filter(ask__round=world.round).values_list("ask", "version"))
    asks = Ask.objects.filter(round=world.round, code__in=CODES)
    return {(ask.code, ask.agency_id): (ask.state, versions.get(ask.pk, 0), ask.withdrawn_at is None) for ask in asks}


@pytest.mark.parametrize("seed", range(40))
def test_a_random_history_does_what_the_model_says(seed: int) -> None:
    province = make_province(1)
    round = open_for(province)
    rows = {(code, agency.pk): Row() for code in CODES for agency in province.agencies}
    world = World(province, round, random.Random(seed), rows)
    for number in range(60):
        step = world.chance.choice(STEPS)
        cell = world.chance.choice(sorted(rows))
        assert step(world, cell, rows[cell]), f"seed {seed}, step {number}: {step.__name__} {cell} {rows[cell]}"
        assert stored(world) == {cell: (row.state, row.version, row.asked) for cell, row in rows.items()}
    assert ProvinceAnswer.objects.filter(round=round).exists() is world.decided
    assert Round.objects.get(pk=round.pk).is_frozen is world.frozen
    assert verify() == []
