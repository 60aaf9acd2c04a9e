"""What an act on a letter finds: its row, held until the act is done, and what refuses the act."""

from __future__ import annotations

from datetime import date, datetime

from phrom.letters.models import Letter
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

SHORTEST_REASON = 5


class LetterStands(Refusal):
    """The letter is not in the state that the act is about: issued, void, approved or sent for approval meanwhile."""

    status = 409


class ReasonMissing(Refusal):
    """An act that others will ask about was done without saying why."""

    def __init__(self) -> None:
        super().__init__(
            f"ต้องเขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร ยังไม่มีอะไรเปลี่ยน กรุณาเขียนเหตุผลแล้วทำรายการอีกครั้ง",
            f"A reason of at least {SHORTEST_REASON} letters is needed. Nothing was changed. Please write it and try again.",
            where="because",
        )


class DayToCome(Refusal):
    """Something is recorded as done on a day that is still to come."""

    def __init__(self) -> None:
        super().__init__(
            "วันที่ที่กรอกยังมาไม่ถึง ยังไม่มีอะไรถูกบันทึก กรุณาตรวจวันที่",
            "This day is still to come. Nothing was saved. Please check the date.",
            where="on",
        )


def hold(letter: Letter) -> Letter:
    """The letter as it is now, locked until the transaction ends.

    Only what never changes is read along: PostgreSQL waits for the row, and gives what was joined as it was before the wait.
    """
    rows = Letter.objects.select_for_update(of=("self",))
    return rows.select_related("office__agency__body", "drafted_by").get(pk=letter.pk)


def refuse_unless_draft(held: Letter) -> None:
    """Refuses LetterStands for a letter with a number, and for one that was given up."""
    if held.is_issued and held.entry is not None:
        raise LetterStands(
            f"หนังสือนี้ออกเลขแล้วเป็นที่ {held.entry.number_text} จึงแก้ไขไม่ได้ สิ่งที่ออกไปแล้วยังอยู่ครบ กรุณาเปิดหน้าหนังสือเพื่อดูสถานะล่าสุด",
            f"This letter has its number {held.entry.number_text} now. Nothing was changed. Please open its page.",
        )
    if held.voided_at is not None:
        raise LetterStands(
            "ร่างหนังสือนี้ยกเลิกไปแล้ว ไม่มีอะไรเปลี่ยน กรุณาร่างฉบับใหม่",
            "This draft was given up. Nothing was changed. Please write a new one.",
        )


def with_reason(because: str) -> str:
    """The reason without blanks around it. Refuses ReasonMissing."""
    because = because.strip()
    if len(because) < SHORTEST_REASON:
        raise ReasonMissing
    return because


def refuse_day_to_come(on: date, at: datetime) -> None:
    """Refuses DayToCome for a day after the one that it is in Thailand."""
    if on > local_date(at):
        raise DayToCome
