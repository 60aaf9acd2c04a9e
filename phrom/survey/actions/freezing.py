"""Closing a round: the province's answers become a set that never changes, with its hash; after it nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.db import transaction

from phrom.agencies.models import Person
from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.checks import Problem, Severity, check
from phrom.rules.scoring.exchange import answer_to_json
from phrom.rules.scoring.merge import Merged, Provenance
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey import sheets
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.actions.mandate import close_with_the_round
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Ask, AskState, ProvinceAnswer, Round

FORMAT = "phrom-answer-set-1"


class StillUnreviewed(Refusal):
    """Answers that were sent wait for review; freezing would leave them out."""

    status = 409

    def __init__(self, waiting: int) -> None:
        super().__init__(
            f"ยังมีคำตอบที่ส่งแล้วแต่ยังไม่ได้ตรวจ {waiting} ข้อ ถ้าปิดรอบตอนนี้ คำตอบเหล่านี้จะไม่ถูกรวม จึงยังไม่ปิด "
            "กรุณาตรวจให้ครบ หรือยืนยันว่าจะปิดรอบโดยไม่รวม",
            f"{waiting} answers were sent but not reviewed; freezing now would leave them out, so the round was not frozen. "
            "Please review them, or confirm that they are left out.",
        )


@dataclass(frozen=True)
class Readiness:
    """What is open before a freeze. Counts are of standing asks; codes are in printed order."""

    asks: int
    accepted: int
    waiting: int
    not_sent: int
    returned: int
    unanswered: tuple[str, ...]
    overridden: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def complete(self) -> bool:
        """True when nothing is left to do: all accepted, every row answered, no error in the provincial answers."""
        return self.accepted == self.asks and not self.unanswered and not self.errors

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems of the provincial answers that are errors."""
        return tuple(problem for problem in self.problems if problem.severity == Severity.ERROR)


def readiness(round: Round) -> Readiness:
    """What is open before this round is frozen: three queries, however many agencies."""
    edition = edition_of(round.survey)
    found = sheets.answers_of(round, edition)
    merged = sheets.merged(edition, found, sheets.overrides_of(round, edition))
    states = [ask.state for ask in found.asks]
    return Readiness(
        asks=len(states),
        accepted=states.count(AskState.ACCEPTED),
        waiting=states.count(AskState.SUBMITTED),
        not_sent=states.count(AskState.OPEN),
        returned=states.count(AskState.RETURNED),
        unanswered=tuple(row.code for row in edition.asked_rows if not merged.sheet.get(row.code).given),
        overridden=tuple(row.code for row in edition.asked_rows if merged.rows[row.code].overridden),
        problems=tuple(check(edition, merged.sheet)),
    )


@transaction.atomic
def freeze_round(
    *, round: Round, by: Person, at: datetime, confirmed: bool = False, last_year: Decimal | None = None
) -> AnswerSet:
    """Freeze a round and keep the province's set, made from accepted answers and the province's own decisions.

    `last_year` is the body's announced total of the year before: the KPI rests on it, so the set carries it.

    Waits for saves that are under way; those that come later are refused. Refuses a frozen round (`RoundClosed`) and, unless
    `confirmed`, one with answers that wait for review (`StillUnreviewed`).
    """
    round = locked_for_change(round)
    waiting = Ask.objects.filter(round=round, withdrawn_at=None, state=AskState.SUBMITTED).count()
    if waiting and not confirmed:
        raise StillUnreviewed(waiting)
    document = set_document(round, at, last_year)
    sha256 = hashlib.sha256(document.encode()).hexdigest()
    kept = AnswerSet.objects.create(round=round, document=document, sha256=sha256, frozen_by=by, frozen_at=at)
    Round.objects.filter(pk=round.pk).update(frozen_by=by, frozen_at=at)
    details: dict[str, object] = {"sha256": sha256, "edition_hash": round.survey.edition_hash, "left_out": waiting}
    record("round.frozen", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    close_with_the_round(round=round, by=by, at=at)
    return kept


def set_document(round: Round, at: datetime, last_year: Decimal | None) -> str:
    """The canonical JSON of a round's provincial answers as they stand: sorted keys, no spaces, Thai as it is."""
    edition = edition_of(round.survey)
    merged = sheets.province_of(round, edition)
    reasons = dict(ProvinceAnswer.objects.filter(round=round).values_list("code", "reason"))
    document: dict[str, object] = {
        "format": FORMAT,
        "body": round.body.code,
        "edition": edition.id,
        "edition_hash": round.survey.edition_hash,
        "answers": _answers(edition, merged),
        "provenance": {code: _provenance(row, reasons.get(code, "")) for code, row in merged.rows.items()},
        "frozen_at": at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    if last_year is not None:
        document["last_year"] = str(last_year)
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _answers(edition: Edition, merged: Merged) -> Mapping[str, object]:
    given = {row.code: merged.sheet.get(row.code) for row in edition.asked_rows}
    return {code: answer_to_json(answer) for code, answer in given.items() if answer.given}


def _provenance(row: Provenance, reason: str) -> dict[str, object]:
    return {
        "rule": row.rule.value,
        "because": row.because,
        "proposed": answer_to_json(row.proposed),
        "overridden": row.overridden,
        "reason": reason if row.overridden else "",
        "sources": [
            {
                "agency": source.agency,
                "name": source.name,
                "answer": answer_to_json(source.answer),
                "used": source.used,
                "because": source.because,
                "lead": source.lead,
            }
            for source in row.sources
        ],
    }
