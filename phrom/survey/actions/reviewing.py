"""The coordinator's decision on what an agency sent: accept, return with a reason, reopen what was accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from phrom.agencies.models import Agency, Person
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.mandate import return_when_something_is_open
from phrom.survey.actions.submitting import standing
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round

SHORTEST_REASON = 5


class NotToBeDecided(Refusal):
    """The row is not in the state that this decision is about."""

    status = 409

    def __init__(self, ask: Ask) -> None:
        super().__init__(
            f"ข้อ {ask.code} ขณะนี้อยู่ในสถานะ “{ask.get_state_display()}” จึงทำรายการนี้ไม่ได้ คำตอบยังอยู่ครบ กรุณาเปิดข้อนี้ใหม่เพื่อดูสถานะล่าสุด",
            f"Row {ask.code} is now {ask.state}, so this cannot be done. The answer is safe. Please open the row again.",
            where=ask.code,
        )


class AnswerChanged(Refusal):
    """The answer or its state changed after the reviewer's page was opened."""

    status = 409

    def __init__(self, ask: Ask) -> None:
        super().__init__(
            f"คำตอบข้อ {ask.code} เปลี่ยนไปหลังจากที่เปิดหน้านี้ จึงยังไม่บันทึกผลตรวจ กรุณาเปิดข้อนี้ใหม่ อ่านคำตอบล่าสุด แล้วตัดสินอีกครั้ง",
            f"The answer to row {ask.code} changed after this page was opened, so your decision was not saved. "
            "Please open the row again, read the newest answer and decide anew.",
            where=ask.code,
        )


class ReasonMissing(Refusal):
    """A return or a reopening needs a reason that the agency can act on."""

    def __init__(self) -> None:
        super().__init__(
            f"กรุณาเขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร ให้หน่วยงานรู้ว่าต้องแก้อะไร ยังไม่มีอะไรถูกบันทึก",
            f"Please write a reason of at least {SHORTEST_REASON} characters for the agency to act on. Nothing was saved.",
            where="reason",
        )


@dataclass(frozen=True)
class BulkResult:
    """Row codes that were accepted, and those left alone: because of errors, or because they changed meanwhile."""

    accepted: tuple[str, ...]
    with_errors: tuple[str, ...]
    changed: tuple[str, ...]


def seen_of(ask: Ask) -> str:
    """A mark of what a reviewer has before her: the answer's version and the last step. Costs a query or two."""
    return seen_marks(Ask.objects.filter(pk=ask.pk))[ask.pk]


@transaction.atomic
def accept(*, ask: Ask, seen: str, by: Person, at: datetime) -> Review:
    """Accept a sent row. Refuses a frozen round, a row that is not waiting for review, and a page older than the answer."""
    return _decide(ask, seen, AskState.SUBMITTED, AskState.ACCEPTED, ReviewKind.ACCEPTED, "", by, at)


@transaction.atomic
def return_to_agency(*, ask: Ask, reason: str, seen: str, by: Person, at: datetime) -> Review:
    """Send a row back with a reason (five characters or more); its agency may edit it again. Refuses as `accept` does."""
    reason = with_substance(reason)
    return _decide(ask, seen, AskState.SUBMITTED, AskState.RETURNED, ReviewKind.RETURNED, reason, by, at)


@transaction.atomic
def reopen(*, ask: Ask, reason: str, seen: str, by: Person, at: datetime) -> Review:
    """Open an accepted row for the agency again, with a reason. Refuses as `accept` does."""
    reason = with_substance(reason)
    return _decide(ask, seen, AskState.ACCEPTED, AskState.RETURNED, ReviewKind.REOPENED, reason, by, at)


@transaction.atomic
def accept_many(*, round: Round, agency: Agency, seen: Mapping[int, str], by: Person, at: datetime) -> BulkResult:
    """Accept those sent rows of one agency that have no errors and still are as the page showed them (`seen` by ask id)."""
    refuse_when_frozen(round)
    waiting = list(
        Ask.objects.select_for_update(of=("self",))
        .filter(round=round, agency=agency, pk__in=seen.keys(), state=AskState.SUBMITTED, withdrawn_at=None)
        .order_by("pk")
    )
    marks = seen_marks(Ask.objects.filter(pk__in=[ask.pk for ask in waiting]))
    faulty = {row.ask.code for row in standing(round=round, agency=agency, today=local_date(at)) if row.errors}
    accepted = [ask for ask in waiting if marks[ask.pk] == seen[ask.pk] and ask.code not in faulty]
    Ask.objects.filter(pk__in=[ask.pk for ask in accepted]).update(state=AskState.ACCEPTED)
    Review.objects.bulk_create(
        Review(ask=ask, kind=ReviewKind.ACCEPTED, version=int(marks[ask.pk].split(".")[0]), by=by, at=at) for ask in accepted
    )
    result = BulkResult(
        accepted=tuple(ask.code for ask in accepted),
        with_errors=tuple(ask.code for ask in waiting if ask.code in faulty),
        changed=tuple(ask.code for ask in waiting if marks[ask.pk] != seen[ask.pk] and ask.code not in faulty),
    )
    if accepted:
        details: dict[str, object] = {"agency": agency.code, "rows": list(result.accepted)}
        record("asks.accepted", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return result


def _decide(
    ask: Ask, seen: str, needed: AskState, state: AskState, kind: ReviewKind, reason: str, by: Person, at: datetime
) -> Review:
    refuse_when_frozen(ask.round)
    held = Ask.objects.select_for_update(of=("self",)).select_related("round__body", "agency").get(pk=ask.pk)
    mark = seen_of(held)
    if held.withdrawn_at is not None or held.state != needed:
        raise NotToBeDecided(held)
    if seen != mark:
        raise AnswerChanged(held)
    Ask.objects.filter(pk=held.pk).update(state=state)
    review = Review.objects.create(ask=held, kind=kind, reason=reason, version=int(mark.split(".")[0]), by=by, at=at)
    details: dict[str, object] = {"code": held.code, "agency": held.agency.code, "version": review.version}
    record(f"ask.{kind}", by=by, about=f"ask:{held.pk}", at=at, chain=held.round.body.code, details=details)
    if state == AskState.RETURNED:
        why = f"ข้อ {held.code} ส่งกลับแก้ไข: {reason}"
        return_when_something_is_open(round=held.round, agencies=[held.agency_id], reason=why, by=by, at=at)
    return review


def seen_marks(asks: QuerySet[Ask]) -> dict[int, str]:
    """The marks of many asks, by ask id: one query."""
    rows = asks.annotate(last=Max("reviews__id")).values_list("pk", "answer__version", "last")
    return {pk: f"{version or 0}.{last or 0}" for pk, version, last in rows}


def with_substance(reason: str) -> str:
    """The reason without blanks around it; raises ReasonMissing when nobody could act on it."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    return reason.strip()
