"""What people record about an office of the drive: a stage, what holds it back, a visit. Rows are added, never changed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.rollout.models import Enrolment, Holdback, Stage, StageRecord, Visit
from phrom.shared.journal import record as journal
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal


class CannotBeRecorded(Refusal):
    """What was typed cannot be so."""


class WasOver(Refusal):
    """Somebody else has said already that it is over."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "เหตุนี้บันทึกว่าหมดไปแล้ว ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่",
            "This was recorded as over already. Nothing was changed. Please reload.",
        )


@transaction.atomic
def record_stage(
    *, enrolment: Enrolment, stage: str, happened_on: date, evidence: str, note: str, by: Person, at: datetime
) -> StageRecord:
    """Say that an office reached a stage. Refuses a day to come, and leaving the drive without a word why."""
    _refuse_to_come(happened_on, at, "happened_on")
    if stage == Stage.DROPPED and not note.strip():
        raise CannotBeRecorded(
            "การถอนตัวต้องมีเหตุผล ยังไม่มีอะไรถูกบันทึก กรุณาเขียนเหตุผลในช่องบันทึก",
            "Leaving the drive needs its reason. Nothing was saved. Please write it down.",
            where="note",
        )
    given = {"stage": stage, "happened_on": happened_on, "evidence": evidence, "note": note.strip()}
    made = StageRecord.objects.create(enrolment=enrolment, recorded_by=by, recorded_at=at, **given)
    _tell("rollout.stage_recorded", enrolment, by=by, at=at, stage=stage, on=happened_on.isoformat(), note=made.note)
    return made


@transaction.atomic
def hold_back(*, enrolment: Enrolment, reason: str, words: str, since: date, by: Person, at: datetime) -> Holdback:
    """Say what holds an office back. Refuses a day to come."""
    _refuse_to_come(since, at, "since")
    given = {"reason": reason, "words": words.strip(), "since": since}
    made = Holdback.objects.create(enrolment=enrolment, recorded_by=by, recorded_at=at, **given)
    _tell("rollout.held_back", enrolment, by=by, at=at, reason=reason, words=made.words)
    return made


@transaction.atomic
def end_holdback(*, enrolment: Enrolment, holdback_id: int, by: Person, at: datetime) -> None:
    """Say that it holds the office back no more, from today. Refuses WasOver."""
    held = enrolment.holdbacks.select_for_update(of=("self",)).filter(pk=holdback_id, until=None).first()
    if held is None:
        raise WasOver
    held.until = max(local_date(at), held.since)
    held.save(update_fields=["until"])
    _tell("rollout.holdback_ended", enrolment, by=by, at=at, reason=held.reason)


@transaction.atomic
def record_visit(*, enrolment: Enrolment, kind: str, visited_on: date, text: str, by: Person, at: datetime) -> Visit:
    """Write down help that was brought. Refuses a day to come."""
    _refuse_to_come(visited_on, at, "visited_on")
    given = {"kind": kind, "visited_on": visited_on, "text": text.strip()}
    made = Visit.objects.create(enrolment=enrolment, recorded_by=by, recorded_at=at, **given)
    _tell("rollout.visited", enrolment, by=by, at=at, kind=kind, on=visited_on.isoformat())
    return made


def _refuse_to_come(day: date, at: datetime, where: str) -> None:
    if day > local_date(at):
        raise CannotBeRecorded(
            "วันที่นี้ยังมาไม่ถึง ยังไม่มีอะไรถูกบันทึก กรุณาใส่วันที่ที่เกิดขึ้นจริง",
            "This day has not come yet. Nothing was saved. Please give the day on which it happened.",
            where=where,
        )


def _tell(event: str, enrolment: Enrolment, *, by: Person, at: datetime, **details: str) -> None:
    about, chain = f"enrolment:{enrolment.pk}", enrolment.programme.body.code
    told = {"office": enrolment.local_government.agency.name, **details}
    journal.record(event, by=by, about=about, at=at, chain=chain, details=told)
