"""The coordinator's word on things that two agencies list: the same, or different; and taking it back, with a trace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from django.db import transaction

from phrom.agencies.models import Person
from phrom.shared.journal.record import record
from phrom.shared.thai.dates import thai_when
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.listed import groups_of
from phrom.survey.models import ListItem, Twin


class TwinsSaid(Refusal):
    """It contradicts what was said of two of them, by themselves or by way of others."""

    status = 409

    def __init__(self, said: Twin) -> None:
        names = f"“{said.first.name}” และ “{said.second.name}”"
        word, english = ("สิ่งเดียวกัน", "the same") if said.is_same else ("คนละสิ่ง", "different")
        super().__init__(
            f"ขัดกับที่{said.by.name} ระบุไว้เมื่อ {thai_when(said.at)} ว่า{names} เป็น{word} ไม่มีอะไรเปลี่ยน หากไม่ถูกต้อง กรุณายกเลิกคำเดิมก่อน",
            f"{said.by.name} has said that {said.first.name} and {said.second.name} are {english}. Nothing was changed. "
            "If that is wrong, take it back first.",
        )


class NotTwins(Refusal):
    """Things that cannot be compared: not of one list, one of them taken away, two of one agency, or one alone."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "เทียบรายการเหล่านี้ไม่ได้ ต้องเลือกอย่างน้อยสองรายการของต่างหน่วยงานที่ยังอยู่ในบัญชีเดียวกัน ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่",
            "Choose two or more standing things of one list, of different agencies. Nothing was changed.",
        )


@transaction.atomic
def judge_twins(*, items: Sequence[ListItem], same: bool, by: Person, at: datetime) -> list[Twin]:
    """Say that all these things are the same (then they count once) or all different (then they are proposed no more).

    Saying the same thing again changes nothing. Refuses RoundClosed, NotTwins and TwinsSaid.
    """
    if len(items) < 2:
        raise NotTwins
    first, *others = sorted(items, key=lambda item: item.pk)
    locked_for_change(first.round)
    standing = ListItem.objects.filter(
        pk__in=[item.pk for item in items], round=first.round_id, kind=first.kind, removed_at=None
    )
    if standing.values("agency_id").distinct().count() < len(items):
        raise NotTwins
    pairs = [(first, other) for other in others] if same else list(combinations([first, *others], 2))
    said = _said(first)
    for pair in pairs:
        if (twin := said.get((pair[0].pk, pair[1].pk))) and twin.is_same != same:
            raise TwinsSaid(twin)
    made = [Twin(first=low, second=high, is_same=same, by=by, at=at) for low, high in pairs if (low.pk, high.pk) not in said]
    Twin.objects.bulk_create(made)
    _refuse_contradiction(first)
    for twin in made:
        _tell("twins.same" if same else "twins.different", twin, by, at)
    return made


@transaction.atomic
def undo_twins(*, twin: Twin, by: Person, at: datetime) -> None:
    """Take the word back; doing it twice does nothing more. Refuses RoundClosed."""
    locked_for_change(twin.first.round)
    if Twin.objects.filter(pk=twin.pk, undone_at=None).update(undone_by=by, undone_at=at):
        _tell("twins.undone", twin, by, at)


def _said(item: ListItem) -> dict[tuple[int, int], Twin]:
    """Every standing word in the item's list, by pair."""
    words = Twin.objects.filter(first__round=item.round_id, first__kind=item.kind, undone_at=None).select_related("by")
    return {(twin.first_id, twin.second_id): twin for twin in words}


def _refuse_contradiction(item: ListItem) -> None:
    """Nobody may be the same and different at once, also not by way of a third."""
    said = _said(item)
    heads = groups_of((twin.first_id, twin.second_id) for twin in said.values() if twin.is_same)
    for twin in said.values():
        if not twin.is_same and heads.get(twin.first_id, twin.first_id) == heads.get(twin.second_id, twin.second_id):
            raise TwinsSaid(twin)


def _tell(event: str, twin: Twin, by: Person, at: datetime) -> None:
    round, items = twin.first.round, (twin.first, twin.second)
    details: dict[str, object] = {
        "list": twin.first.kind,
        "names": [item.name for item in items],
        "agencies": [item.agency.code for item in items],
    }
    record(event, by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
