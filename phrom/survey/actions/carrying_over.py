"""Starting from last year: its texts are laid beside this year's rows. They are no answers until somebody says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from phrom.agencies.models import Person
from phrom.rules.instrument.crosswalk import Match
from phrom.rules.scoring.carrying import carried
from phrom.rules.scoring.exchange import answer_to_json
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import BESIDE, Content, save_answer
from phrom.survey.actions.closed import locked_for_change, refuse_when_frozen
from phrom.survey.actions.locking import refuse_when_locked
from phrom.survey.editions import edition_of
from phrom.survey.last_year import YearBefore, year_before
from phrom.survey.models import Answer, Ask, CarriedAnswer, Round
from phrom.survey.sheets import SENT, answers_of


class NothingToCarry(Refusal):
    """There is no round of the year before, no crosswalk to it, or nothing in it that fits a row still without an answer."""

    def __init__(self) -> None:
        super().__init__(
            "ไม่มีข้อความจากปีก่อนที่จะวางไว้ข้างข้อคำถามได้อีก ยังไม่มีอะไรเปลี่ยน ตรวจว่ามีรอบของปีก่อนและตารางเทียบข้อคำถามแล้ว หรือวางครบแล้ว",
            "There is nothing of last year that could be laid beside a row. Nothing was changed. "
            "See that there is a round of last year and a crosswalk, or everything was laid already.",
        )


class CarriedSettled(Refusal):
    """Somebody used the text or put it away already."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__(
            f"ข้อความจากปีก่อนของข้อ {code} มีผู้ใช้หรือเก็บออกไปแล้ว คำตอบที่บันทึกไว้ยังอยู่ครบ กรุณาเปิดหน้านี้ใหม่",
            f"Last year's text of {code} was used or put away already. What was saved is safe. Please reload the page.",
            where=code,
        )


@dataclass(frozen=True)
class Laying:
    """One text that would be laid beside one ask."""

    ask: Ask
    match: Match
    content: Content


def layings(round: Round, before: YearBefore) -> tuple[Laying, ...]:
    """What would be laid where: only beside rows without an answer and without such a text. Five queries."""
    edition = edition_of(round.survey)
    last = answers_of(before.round, before.edition)
    told = {
        (ask.agency_id, ask.code): last.answers[ask.pk] for ask in last.asks if ask.state in SENT and ask.pk in last.answers
    }
    laid = set(CarriedAnswer.objects.filter(ask__round=round).values_list("ask_id", flat=True))
    asks = Ask.objects.filter(round=round, withdrawn_at=None, answer=None).select_related("agency")
    found = []
    for ask in asks.order_by("agency__position", "agency__name", "position"):
        match = before.crosswalk.by_later.get(ask.code)
        answer = told.get((ask.agency_id, match.before)) if match else None
        if match is None or answer is None or ask.pk in laid or not ask.editable:
            continue
        text = carried(before.edition.by_code[match.before], edition.by_code[ask.code], match, answer)
        if text is not None:
            content = {key: value for key, value in answer_to_json(text).items() if key not in BESIDE}
            found.append(Laying(ask, match, content))
    return tuple(found)


@transaction.atomic
def carry_over(*, round: Round, editions: Path, by: Person, at: datetime) -> int:
    """Lay last year's texts beside this year's rows and return how many. Nothing counts until an official confirms it.

    Refuses RoundClosed and NothingToCarry.
    """
    round = locked_for_change(round)
    before = year_before(round, edition_of(round.survey), editions)
    found = layings(round, before) if before else ()
    if before is None or not found:
        raise NothingToCarry
    year = before.edition.fiscal_year
    CarriedAnswer.objects.bulk_create(
        CarriedAnswer(
            ask=each.ask,
            content=each.content,
            from_year=year,
            from_code=each.match.before,
            relation=each.match.relation.value,
            by=by,
            at=at,
        )
        for each in found
    )
    relations = Counter(each.match.relation.value for each in found)
    details: dict[str, object] = {"year": year, "laid": len(found), **relations}
    record("round.carried_over", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return len(found)


@transaction.atomic
def use_carried(*, ask: Ask, version: int, by: Person, at: datetime) -> Answer:
    """Save last year's text as this year's answer upon `version`; it counts from now on like any other.

    Refuses CarriedSettled and what `save_answer` refuses (AnswerConflict among them); then nothing is settled.
    """
    refuse_when_frozen(ask.round)
    refuse_when_locked(ask)
    laid = _held(ask)
    answer = save_answer(ask=ask, content=laid.content, version=version, by=by, at=at)
    _tell("carried.used", _settled(laid, by, at), ask)
    return answer


@transaction.atomic
def put_away_carried(*, ask: Ask, by: Person, at: datetime) -> None:
    """Take last year's text from beside the row; the answer stays. Refuses RoundClosed, AskLocked, CarriedSettled."""
    refuse_when_frozen(ask.round)
    refuse_when_locked(ask)
    _tell("carried.put_away", _settled(_held(ask), by, at), ask)


def _held(ask: Ask) -> CarriedAnswer:
    laid = CarriedAnswer.objects.select_for_update(of=("self",)).filter(ask=ask, settled_at=None).first()
    if laid is None:
        raise CarriedSettled(ask.code)
    return laid


def _settled(laid: CarriedAnswer, by: Person, at: datetime) -> CarriedAnswer:
    laid.settled_by, laid.settled_at = by, at
    laid.save(update_fields=["settled_by", "settled_at"])
    return laid


def _tell(event: str, laid: CarriedAnswer, ask: Ask) -> None:
    details: dict[str, object] = {"code": ask.code, "agency": ask.agency.code, "year": laid.from_year}
    by, at = laid.settled_by, laid.settled_at
    if at is None:
        raise ValueError("only what was settled is told")
    record(event, by=by, about=f"ask:{ask.pk}", at=at, chain=ask.round.body.code, details=details)
