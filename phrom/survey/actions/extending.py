"""A later deadline for one agency, with the reason. The newest counts: an earlier day takes a later one back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.actions.reviewing import with_substance
from phrom.survey.models import Ask, Extension, Round
from phrom.survey.models.deadlines import deadline_of

LONGEST_REASON = 500
FARTHEST = timedelta(days=366)


class BadExtension(Refusal):
    """The day cannot be this agency's last day."""

    def __init__(self, th: str, en: str) -> None:
        safe_th, safe_en = "กำหนดเดิมยังใช้อยู่ กรุณาเลือกวันใหม่", "The deadline stands as it was. Please choose another day."
        super().__init__(f"{th} {safe_th}", f"{en} {safe_en}", where="until")


class AgencyNotAsked(Refusal):
    """The round asks this agency nothing."""

    def __init__(self, agency: Agency) -> None:
        super().__init__(
            f"รอบนี้ไม่ได้ถาม{agency.name} จึงขยายกำหนดไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาเลือกหน่วยงานอื่น",
            "This round asks that agency nothing, so there is no deadline to extend. Nothing was changed.",
            where="agency",
        )


@transaction.atomic
def extend(*, round: Round, agency: Agency, until: date, reason: str, by: Person, at: datetime) -> Extension:
    """Give the agency until this day (counted to midnight).

    Refuses RoundClosed, AgencyNotAsked, ReasonMissing, and BadExtension for a day before today or before the round's own
    deadline, one more than a year later, and the day that holds already.
    """
    reason = with_substance(reason)[:LONGEST_REASON]
    round = locked_for_change(round)
    if not Ask.objects.filter(round=round, agency=agency, withdrawn_at=None).exists():
        raise AgencyNotAsked(agency)
    _refuse_day(round, agency, until, local_date(at))
    extension = Extension.objects.create(round=round, agency=agency, until=until, reason=reason, by=by, at=at)
    details: dict[str, object] = {"agency": agency.code, "until": until.isoformat(), "reason": reason}
    record("agency.extended", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return extension


def _refuse_day(round: Round, agency: Agency, until: date, today: date) -> None:
    if until < today:
        raise BadExtension("กำหนดใหม่อยู่ก่อนวันนี้", "The new deadline lies before today.")
    if until < round.internal_deadline:
        own = thai_date(round.internal_deadline)
        raise BadExtension(f"กำหนดใหม่อยู่ก่อนกำหนดของรอบ ({own})", "The new deadline lies before the round's own.")
    if until - max(round.internal_deadline, today) > FARTHEST:
        raise BadExtension("กำหนดใหม่ไกลเกินหนึ่งปี อาจพิมพ์ปีผิด", "The new deadline is more than a year away.")
    if until == deadline_of(round, agency):
        raise BadExtension("หน่วยงานนี้มีกำหนดเป็นวันที่เลือกอยู่แล้ว", "That is the agency's deadline already.")
