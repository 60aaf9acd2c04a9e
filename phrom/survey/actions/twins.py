"""The coordinator's word on things that two agencies list: the same, or different; and taking it back, with a trace."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.shared.journal.record import record
from phrom.shared.thai.dates import thai_when
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.models import ListItem, Twin


class TwinsSaid(Refusal):
    """Somebody said something else about these two meanwhile."""

    status = 409

    def __init__(self, said: Twin) -> None:
        word = "สิ่งเดียวกัน" if said.is_same else "คนละสิ่ง"
        super().__init__(
            f"{said.by.name} ระบุไว้แล้วเมื่อ {thai_when(said.at)} ว่าสองรายการนี้เป็น{word} ไม่มีอะไรเปลี่ยน หากไม่ตรงกัน กรุณายกเลิกคำเดิมก่อน",
            f"{said.by.name} has already said that these are {'the same' if said.is_same else 'different'}. "
            "Nothing was changed. Take that back first.",
        )


class NotTwins(Refusal):
    """Two things that cannot be compared: not of one round and one list, one of them taken away, or one and the same row."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "เทียบสองรายการนี้ไม่ได้แล้ว เพราะมีรายการถูกนำออกหรือไม่ได้อยู่ในบัญชีเดียวกัน ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่",
            "These two can no longer be compared: one was taken away, or they are not of one list. Please reload the page.",
        )


@transaction.atomic
def judge_twins(*, first: ListItem, second: ListItem, same: bool, by: Person, at: datetime) -> Twin:
    """Say that two things are the same (then they count once) or different (then they are proposed no more).

    Saying the same thing again changes nothing. Refuses RoundClosed, NotTwins and TwinsSaid.
    """
    locked_for_change(first.round)
    low, high = sorted((first, second), key=lambda item: item.pk)
    standing = ListItem.objects.filter(pk__in=[low.pk, high.pk], round=first.round_id, kind=first.kind, removed_at=None)
    if low.pk == high.pk or low.agency_id == high.agency_id or standing.count() < 2:
        raise NotTwins
    said = Twin.objects.filter(first=low, second=high, undone_at=None).select_related("by").first()
    if said and said.is_same == same:
        return said
    if said:
        raise TwinsSaid(said)
    twin = Twin.objects.create(first=low, second=high, is_same=same, by=by, at=at)
    _record("twins.same" if same else "twins.different", twin, by, at)
    return twin


@transaction.atomic
def undo_twins(*, twin: Twin, by: Person, at: datetime) -> None:
    """Take the word back; doing it twice does nothing more. Refuses RoundClosed."""
    locked_for_change(twin.first.round)
    if Twin.objects.filter(pk=twin.pk, undone_at=None).update(undone_by=by, undone_at=at):
        _record("twins.undone", twin, by, at)


def _record(event: str, twin: Twin, by: Person, at: datetime) -> None:
    round, items = twin.first.round, (twin.first, twin.second)
    details: dict[str, object] = {
        "list": twin.first.kind,
        "names": [item.name for item in items],
        "agencies": [item.agency.code for item in items],
    }
    record(event, by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
