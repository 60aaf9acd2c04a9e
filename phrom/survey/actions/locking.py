"""What was sent cannot be changed: the state of an ask, held while something of it is written."""

from __future__ import annotations

from phrom.shared.thai.dates import thai_when
from phrom.shared.ui.refusals import Refusal
from phrom.survey.models import Ask, AskState, Review
from phrom.survey.models.saving import hold


class AskLocked(Refusal):
    """The row was sent, accepted or taken away from this agency: it cannot be changed now."""

    status = 409

    def __init__(self, ask: Ask, step: Review | None) -> None:
        self.ask, self.step = ask, step
        super().__init__(
            f"ข้อ {ask.code} {why_locked(ask, step)} จึงแก้ไขไม่ได้ สิ่งที่บันทึกไว้ยังอยู่ครบ "
            f"หากต้องแก้ไข กรุณาขอให้{who_returns(ask.state)}ส่งกลับ",
            f"{ask.code} is locked ({ask.state if ask.withdrawn_at is None else 'withdrawn'}). What was saved is safe. "
            f"To change it, ask {'the head' if ask.state == AskState.WITH_HEAD else 'the coordinator'} to return it.",
            where=ask.code,
        )


def refuse_when_locked(ask: Ask) -> None:
    """Read the ask's state anew and hold it until the transaction ends, so that sending and saving cannot cross.

    Refuses AskLocked, naming who sent or accepted the row and when.
    """
    hold(ask)
    if not ask.editable:
        raise locked(ask)


def locked(held: Ask) -> AskLocked:
    """The refusal for an ask that may not be changed."""
    return AskLocked(held, held.reviews.select_related("by").last())


def why_locked(ask: Ask, step: Review | None) -> str:
    """In Thai, to stand after the row's code: what happened, by whom and when."""
    who = f" โดย {step.by.name} เมื่อ {thai_when(step.at)}" if step else ""
    if ask.withdrawn_at is not None:
        return "ไม่ได้ถามหน่วยงานนี้แล้ว"
    return LOCKS.get(AskState(ask.state), "") + who


def who_returns(state: str) -> str:
    """Who can give a row in this state back to whoever edits it."""
    return "หัวหน้าหน่วยงาน" if state == AskState.WITH_HEAD else "ผู้ประสานงานจังหวัด"


LOCKS = {
    AskState.WITH_HEAD: "รอหัวหน้าหน่วยงานเห็นชอบ",
    AskState.SUBMITTED: "ส่งให้ตรวจแล้ว",
    AskState.ACCEPTED: "รับคำตอบแล้ว",
}
