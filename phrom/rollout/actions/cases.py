"""A support case: opened by the office or for it, answered, closed. Whoever writes for the province first, answers it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.rollout.models import CaseNote, Enrolment, SupportCase
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal


class CaseIsClosed(Refusal):
    """The case was closed."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "เรื่องนี้ปิดแล้ว ข้อความที่พิมพ์ยังไม่ถูกบันทึก กรุณาเปิดเรื่องใหม่",
            "This case is closed. What you typed was not saved. Please open a new one.",
        )


@transaction.atomic
def open_case(*, enrolment: Enrolment, subject: str, text: str, from_office: bool, by: Person, at: datetime) -> SupportCase:
    """Ask for help, with the first words of the case. `from_office` when the local government asks itself."""
    given = {"subject": subject, "from_office": from_office, "opened_by": by, "opened_at": at}
    case = SupportCase.objects.create(enrolment=enrolment, **given)
    CaseNote.objects.create(case=case, text=text, from_office=from_office, made_by=by, made_at=at)
    _tell("rollout.case_opened", case, by=by, at=at)
    return case


@transaction.atomic
def write_note(*, case: SupportCase, text: str, from_office: bool, by: Person, at: datetime) -> SupportCase:
    """Write in a case; the first words from the province's side are its answer. Refuses CaseIsClosed."""
    held = _hold(case)
    CaseNote.objects.create(case=held, text=text, from_office=from_office, made_by=by, made_at=at)
    if not from_office and held.answered_at is None:
        held.answered_by, held.answered_at = by, at
        held.save(update_fields=["answered_by", "answered_at"])
        _tell("rollout.case_answered", held, by=by, at=at)
    else:
        _tell("rollout.case_noted", held, by=by, at=at)
    return held


@transaction.atomic
def close_case(*, case: SupportCase, by: Person, at: datetime) -> SupportCase:
    """Say that it is settled. Refuses CaseIsClosed."""
    held = _hold(case)
    held.closed_by, held.closed_at = by, at
    held.save(update_fields=["closed_by", "closed_at"])
    _tell("rollout.case_closed", held, by=by, at=at)
    return held


def _hold(case: SupportCase) -> SupportCase:
    rows = SupportCase.objects.select_for_update(of=("self",))
    held = rows.select_related("enrolment__programme__body", "enrolment__local_government__agency").get(pk=case.pk)
    if not held.is_open:
        raise CaseIsClosed
    return held


def _tell(event: str, case: SupportCase, *, by: Person, at: datetime) -> None:
    details = {"office": case.enrolment.local_government.agency.name, "subject": case.subject}
    chain = case.enrolment.programme.body.code
    journal.record(event, by=by, about=f"case:{case.pk}", at=at, chain=chain, details=details)
