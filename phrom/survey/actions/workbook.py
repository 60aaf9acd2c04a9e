"""Taking a filled workbook back: all that was shown, in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import Entry, save_section
from phrom.survey.models import Round


class WorkbookOutrun(Refusal):
    """Between looking and applying somebody saved, sent or was asked otherwise: nothing of the workbook was written."""

    status = 409

    def __init__(self, refused: Sequence[Refusal]) -> None:
        codes = ", ".join(refusal.where for refusal in refused)
        super().__init__(
            f"ยังไม่ได้บันทึกข้อใดจากไฟล์ เพราะคำตอบในระบบเปลี่ยนไปหลังจากที่ท่านตรวจ: ข้อ {codes} กรุณาเลือกไฟล์เดิมอีกครั้งเพื่อตรวจใหม่",
            f"Nothing of the workbook was saved: since you looked, {codes} changed. Please choose the file again.",
            where="rows",
        )
        self.refused = tuple(refused)


def apply_workbook(
    *, round: Round, agency: Agency, entries: Sequence[Entry], sha256: str, by: Person, at: datetime
) -> list[str]:
    """Store every entry or none; return the codes that were stored. Refuses RoundClosed and WorkbookOutrun."""
    with transaction.atomic():
        outcome = save_section(round=round, agency=agency, entries=entries, by=by, at=at)
        if outcome.refused:
            raise WorkbookOutrun(list(outcome.refused.values()))
        codes = [answer.ask.code for answer in outcome.saved]
        details: dict[str, object] = {"agency": agency.code, "file": sha256, "codes": codes}
        record("workbook.applied", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return codes
