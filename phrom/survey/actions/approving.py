"""The head of an agency approves its answers, which sends them, or gives them back to whoever wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.reviewing import seen_marks, with_substance
from phrom.survey.actions.submitting import Standing, send, standing
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round


class NothingWaits(Refusal):
    """None of the chosen rows waits for the head any more, or none was chosen."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "ไม่มีข้อที่เลือกซึ่งยังรอเห็นชอบ จึงไม่มีอะไรเปลี่ยน คำตอบยังอยู่ครบ กรุณาเปิดหน้านี้ใหม่ แล้วเลือกอย่างน้อยหนึ่งข้อ",
            "None of the chosen rows waits for approval. Nothing was changed. Please reload the page and choose at least one.",
        )


@dataclass(frozen=True)
class HeadsWord:
    """Row codes that were decided on, those left because of errors, and those that changed after the page was opened."""

    done: tuple[str, ...]
    with_errors: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@transaction.atomic
def approve_and_send(*, round: Round, agency: Agency, seen: Mapping[int, str], by: Person, at: datetime) -> HeadsWord:
    """Send those rows that wait for the head, are as the page showed them (`seen` by ask id) and have no errors.

    Refuses RoundClosed and NothingWaits.
    """
    chosen, marks = _chosen(round, agency, seen, at)
    rows = [row for row in chosen if marks[row.ask.pk] == seen[row.ask.pk] and row.approvable]
    if rows:
        send(round=round, agency=agency, rows=rows, approved=True, by=by, at=at)
    return HeadsWord(
        done=_codes(rows),
        with_errors=_codes([row for row in chosen if not row.approvable]),
        changed=_codes([row for row in chosen if marks[row.ask.pk] != seen[row.ask.pk] and row.approvable]),
    )


@transaction.atomic
def take_back(*, round: Round, agency: Agency, seen: Mapping[int, str], reason: str, by: Person, at: datetime) -> HeadsWord:
    """Give those rows that wait for the head back with a reason (five characters or more), to be edited again.

    Refuses RoundClosed, ReasonMissing and NothingWaits.
    """
    reason = with_substance(reason)
    chosen, marks = _chosen(round, agency, seen, at)
    rows = [row for row in chosen if marks[row.ask.pk] == seen[row.ask.pk]]
    Ask.objects.filter(pk__in=[row.ask.pk for row in rows]).update(state=AskState.RETURNED)
    Review.objects.bulk_create(
        Review(ask=row.ask, kind=ReviewKind.TAKEN_BACK, reason=reason, version=_version(marks, row), by=by, at=at)
        for row in rows
    )
    if rows:
        details: dict[str, object] = {"agency": agency.code, "codes": list(_codes(rows))}
        record("answers.taken_back", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    return HeadsWord(_codes(rows), changed=_codes([row for row in chosen if row not in rows]))


def _chosen(round: Round, agency: Agency, seen: Mapping[int, str], at: datetime) -> tuple[list[Standing], dict[int, str]]:
    """The chosen rows that wait, held until the transaction ends, with their marks as they stand now."""
    refuse_when_frozen(round)
    held = Ask.objects.select_for_update(of=("self",)).filter(round=round, agency=agency, pk__in=seen.keys())
    waiting = {ask.pk for ask in held.order_by("pk") if ask.state == AskState.WITH_HEAD and ask.withdrawn_at is None}
    if not waiting:
        raise NothingWaits
    marks = seen_marks(Ask.objects.filter(pk__in=waiting))
    rows = standing(round=round, agency=agency, today=local_date(at))
    return [row for row in rows if row.ask.pk in waiting], marks


def _version(marks: Mapping[int, str], row: Standing) -> int:
    return int(marks[row.ask.pk].split(".")[0])


def _codes(rows: list[Standing]) -> tuple[str, ...]:
    return tuple(row.ask.code for row in rows)
