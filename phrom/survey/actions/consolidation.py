"""The province decides otherwise than the rule proposes, with a reason; and takes such a decision back."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.rules.scoring.exchange import answer_to_json
from phrom.rules.scoring.sheet import Answer
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.editions import edition_of
from phrom.survey.models import ProvinceAnswer, Round

SHORTEST_REASON = 5
NONE_YET = "0"


class DecisionChanged(Refusal):
    """Somebody else decided on this row after the page was opened."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__(
            f"มีผู้ประสานงานอีกคนเปลี่ยนคำตอบของจังหวัดข้อ {code} หลังจากที่เปิดหน้านี้ จึงยังไม่บันทึก กรุณาเปิดข้อนี้ใหม่ แล้วตัดสินอีกครั้ง",
            f"Another coordinator changed the answer to row {code} after you opened this page, so nothing was saved. "
            "Please open the row again and decide anew.",
            where=code,
        )


class NotAnAskedRow(Refusal):
    """A heading, or a code that this edition does not have."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"แบบสำรวจของรอบนี้ไม่มีข้อ {code} ให้ตอบ ยังไม่มีอะไรถูกบันทึก",
            f"This round's edition asks no row {code}. Nothing was saved.",
            where=code,
        )


class DecisionWithoutReason(Refusal):
    """A decision against the rule without a reason."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"กรุณาเขียนเหตุผลที่ใช้คำตอบอื่นในข้อ {code} อย่างน้อย {SHORTEST_REASON} ตัวอักษร ยังไม่มีอะไรถูกบันทึก",
            f"Please give a reason of at least {SHORTEST_REASON} characters for row {code}. Nothing was saved.",
            where="reason",
        )


def seen_of(decision: ProvinceAnswer | None) -> str:
    """A mark of the decision that a page shows; "0" when there is none."""
    return f"{decision.pk}.{decision.version}" if decision else NONE_YET


@transaction.atomic
def override(*, round: Round, code: str, answer: Answer, reason: str, seen: str, by: Person, at: datetime) -> ProvinceAnswer:
    """Keep the province's own answer to a row. Refuses a frozen round, an unknown row, no reason, and an older page."""
    round = locked_for_change(round)
    row = edition_of(round.survey).by_code.get(code)
    if row is None or not row.asked:
        raise NotAnAskedRow(code)
    if len(reason.strip()) < SHORTEST_REASON:
        raise DecisionWithoutReason(code)
    held = _held(round, code, seen)
    content = {key: value for key, value in answer_to_json(answer).items() if key != "evidence"}
    decision = held or ProvinceAnswer(round=round, code=code, version=0)
    decision.version += 1
    decision.content, decision.reason, decision.by, decision.at = content, reason.strip(), by, at
    decision.save()
    details: dict[str, object] = {"code": code, "version": decision.version}
    record("province.overridden", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return decision


@transaction.atomic
def undo_override(*, round: Round, code: str, seen: str, by: Person, at: datetime) -> None:
    """Return to what the rule proposes. Refuses a frozen round and an older page; nothing happens where nothing was decided."""
    round = locked_for_change(round)
    held = _held(round, code, seen)
    if held is None:
        return
    details: dict[str, object] = {
        "code": code,
        "version": held.version,
        "content": json.dumps(held.content, ensure_ascii=False),
    }
    record("province.override_undone", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    held.delete()


def _held(round: Round, code: str, seen: str) -> ProvinceAnswer | None:
    held = ProvinceAnswer.objects.filter(round=round, code=code).first()
    if seen_of(held) != seen:
        raise DecisionChanged(code)
    return held
