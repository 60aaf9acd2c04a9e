"""One click in place of the same answer again: an agency confirms what the owner of a row said, or what another proved."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.rules.scoring.sheet import Stance
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import confirmable_by, save_answer
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.models import Answer, Ask
from phrom.survey.owners import mark_of


class OwnerChanged(Refusal):
    """What is to be confirmed is not any more what the page showed."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__(
            f"คำตอบของหน่วยงานหลักในข้อ {code} เปลี่ยนไปหลังจากเปิดหน้านี้ จึงยังไม่บันทึกการยืนยัน "
            "คำตอบของท่านยังอยู่ กรุณาเปิดหน้าใหม่ อ่านแล้วยืนยันอีกครั้ง",
            f"The owner's answer to {code} changed after you opened this page, so it was not confirmed. "
            "Your own answer is safe. Please reload the page, read the new answer and confirm again.",
            where=code,
        )


@transaction.atomic
def confirm(*, ask: Ask, seen: str, version: int, by: Person, at: datetime) -> Answer:
    """Save "as the owner says" upon `version` of the agency's own answer. Refuses `OwnerChanged` beside what saving refuses."""
    refuse_when_frozen(ask.round)
    if (said := confirmable_by(ask)) and mark_of(said) != seen:
        raise OwnerChanged(ask.code)
    return save_answer(ask=ask, content={"stance": Stance.CONFIRMS.value}, version=version, by=by, at=at, anew=True)
