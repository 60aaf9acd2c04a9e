"""Ticking off what was typed into the surveyor's portal, so that two people can share the work."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.results.models import RekeyTick
from phrom.rules.instrument.model import Edition
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.editions import edition_of
from phrom.survey.models import Round


class NoSuchRow(Refusal):
    """The questionnaire has no such row."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "ไม่มีข้อนี้ในแบบสำรวจ ยังไม่มีอะไรถูกบันทึก กรุณากลับไปที่รายการแล้วลองอีกครั้ง",
            "The questionnaire has no such row. Nothing was saved. Please go back to the list and try again.",
        )


@transaction.atomic
def tick(*, round: Round, code: str, done: bool, by: Person, at: datetime) -> None:
    """Say that a row was typed in, or that it was not after all. Twice the same changes nothing: who was first stands.

    Also after the freeze: it is about the portal, not about the answers. Refuses a code that is not asked (`NoSuchRow`).
    """
    if code not in _asked(edition_of(round.survey)):
        raise NoSuchRow
    held = Round.objects.select_for_update().get(pk=round.pk)
    standing = RekeyTick.objects.filter(round=held, code=code, undone_at=None)
    if done == standing.exists():
        return
    if done:
        RekeyTick.objects.create(round=held, code=code, by=by, at=at)
    else:
        standing.update(undone_by=by, undone_at=at)
    record(
        "rekey.ticked" if done else "rekey.unticked",
        by=by,
        about=f"round:{round.pk}",
        at=at,
        chain=round.body.code,
        details={"code": code},
    )


def _asked(edition: Edition) -> set[str]:
    return {row.code for row in edition.asked_rows}
