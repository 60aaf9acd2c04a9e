"""Why a warning may stand: one act, kept with who and when. It is void once the finding disappears or says something else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.models import Justification, Round
from phrom.survey.readiness import Finding, Judged

SHORTEST_REASON = 5


class FindingGone(Refusal):
    """The warning is not there any more, says something else now, or is an error that no reason can cover."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "ข้อเตือนนี้เปลี่ยนไปหรือหายไปหลังจากที่เปิดหน้านี้ จึงยังไม่บันทึกเหตุผล กรุณาดูรายการปัจจุบันในหน้าพร้อมส่งหรือยัง",
            "This warning changed or is gone since the page was opened, so the reason was not saved. Please look again.",
        )


class JustifiedAlready(Refusal):
    """Somebody else said why it may stand."""

    status = 409

    def __init__(self, reason: Justification) -> None:
        super().__init__(
            f"ข้อเตือนนี้มีเหตุผลบันทึกไว้แล้วโดย {reason.by.name} ข้อความนั้นยังอยู่ครบ ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่แล้วอ่านก่อน",
            f"{reason.by.name} already said why this warning may stand. Nothing was changed. Please reload and read it.",
        )


class JustificationTooShort(Refusal):
    """A reason that says nothing."""

    def __init__(self) -> None:
        super().__init__(
            f"กรุณาเขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร ยังไม่มีอะไรถูกบันทึก",
            f"Please give a reason of at least {SHORTEST_REASON} characters. Nothing was saved.",
            where="text",
        )


@transaction.atomic
def justify(*, round: Round, judged: Judged, key: str, text: str, by: Person, at: datetime) -> Justification:
    """Keep why the warning named by `key` may stand.

    Refuses RoundClosed, FindingGone (errors too: they must be put right), JustifiedAlready and JustificationTooShort.
    """
    round = locked_for_change(round)
    finding = _named(judged, key)
    if len(text.strip()) < SHORTEST_REASON:
        raise JustificationTooShort
    problem = finding.problem
    named = {"round": round, "check_code": problem.code, "code": problem.row, "subject": finding.subject}
    held = Justification.objects.filter(**named).select_related("by").first()
    if held is not None:
        raise JustifiedAlready(held)
    kept = Justification.objects.create(**named, about=problem.th[:1000], text=text.strip(), by=by, at=at)
    details: dict[str, object] = {"check": problem.code, "code": problem.row, "subject": finding.subject}
    record("warning.justified", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return kept


def _named(judged: Judged, key: str) -> Finding:
    found = next((each for each in judged.findings if each.key == key and not each.blocks), None)
    if found is None:
        raise FindingGone
    return found
