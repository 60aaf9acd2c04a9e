"""The province takes what the rule proposes, decides otherwise with a reason, or takes such a decision back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.rules.scoring.exchange import answer_to_json
from phrom.rules.scoring.sheet import Answer
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey import sheets
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.editions import edition_of
from phrom.survey.models import ProvinceAnswer, ProvinceDecision, Round, TakenProposal
from phrom.survey.set_document import row_fingerprint

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
    ProvinceDecision.objects.create(round=round, code=code, content=content, reason=decision.reason, by=by, at=at)
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
    ProvinceDecision.objects.create(round=round, code=code, content=None, by=by, at=at)
    held.delete()


@dataclass(frozen=True)
class Taking:
    """What became of taking many rows: those that were taken, and those that say something else than the page showed."""

    taken: tuple[str, ...]
    changed: tuple[str, ...]


@transaction.atomic
def take_proposals(*, round: Round, seen: Mapping[str, str], by: Person, at: datetime, alone: bool = False) -> Taking:
    """Keep that a person looked at these rows and took what they say; `seen` holds each row's fingerprint as it was shown.

    A row that says something else now, says nothing, or (unless it was looked at `alone`) is contradicted, is not taken.
    Refuses a frozen round and a row that is not asked.
    """
    round = locked_for_change(round)
    edition = edition_of(round.survey)
    asked = {row.code for row in edition.asked_rows}
    if unknown := sorted(seen.keys() - asked):
        raise NotAnAskedRow(unknown[0][:20])
    found, overrides = sheets.answers_of(round, edition), sheets.overrides_of(round, edition)
    rows = sheets.merged(edition, found, overrides, only=seen).rows
    good = {code for code, row in rows.items() if row.answer.given and (alone or not row.conflicts)}
    taken = tuple(code for code in rows if code in good and row_fingerprint(rows[code]) == seen[code])
    TakenProposal.objects.bulk_create(
        [TakenProposal(round=round, code=code, fingerprint=seen[code], by=by, at=at) for code in taken],
        update_conflicts=True,
        unique_fields=["round", "code"],
        update_fields=["fingerprint", "by", "at"],
    )
    if taken:
        details: dict[str, object] = {"codes": list(taken)}
        record("province.taken", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return Taking(taken, tuple(code for code in rows if code not in taken))


def _held(round: Round, code: str, seen: str) -> ProvinceAnswer | None:
    held = ProvinceAnswer.objects.filter(round=round, code=code).first()
    if seen_of(held) != seen:
        raise DecisionChanged(code)
    return held
