"""A row is asked once: its owner answers, the other agencies confirm, add or differ."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.actions.routing import UnknownCell
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskedOnce, Round
from phrom.survey.models.once import asked_once_of


class RowWithoutLead(Refusal):
    """Nobody owns the row, so there is nobody whose answer could be confirmed."""

    def __init__(self, codes: Collection[str]) -> None:
        names = ", ".join(codes)
        super().__init__(
            f"ข้อ {names} ยังไม่มีหน่วยงานหลัก จึงให้ตอบครั้งเดียวไม่ได้ ยังไม่มีอะไรเปลี่ยน กรุณาเลือกหน่วยงานหลักก่อน หรือเอาเครื่องหมายตอบครั้งเดียวออก",
            f"Row {names} has no lead, so it cannot be asked once. Nothing was changed. "
            "Please choose a lead first, or take the mark away.",
            where=names,
        )


@transaction.atomic
def ask_once(*, round: Round, begin: Collection[str], end: Collection[str], by: Person, at: datetime) -> int:
    """Ask the rows of `begin` once and those of `end` of everybody again; returns how many rows changed.

    Refuses a frozen round, a row that is not asked (`UnknownCell`), and a row asked once that nobody leads (`RowWithoutLead`):
    of `begin`, and of those that stand already.
    """
    round = locked_for_change(round)
    edition = edition_of(round.survey)
    if unknown := sorted(code for code in begin if code not in edition.by_code or not edition.by_code[code].asked):
        raise UnknownCell(unknown[0])
    standing = asked_once_of(round)
    ended, begun = standing & frozenset(end), frozenset(begin) - standing
    kept = (standing - ended) | begun
    led = set(Ask.objects.filter(round=round, code__in=kept, lead=True, withdrawn_at=None).values_list("code", flat=True))
    if homeless := [row.code for row in edition.asked_rows if row.code in kept - led]:
        raise RowWithoutLead(homeless)
    AskedOnce.objects.filter(round=round, code__in=ended, ended_at=None).update(ended_by=by, ended_at=at)
    AskedOnce.objects.bulk_create(AskedOnce(round=round, code=code, by=by, at=at) for code in sorted(begun))
    about, chain = f"round:{round.pk}", round.body.code
    if begun:
        record("row.asked_once", by=by, about=about, at=at, chain=chain, details={"codes": sorted(begun)})
    if ended:
        record("row.asked_of_all", by=by, about=about, at=at, chain=chain, details={"codes": sorted(ended)})
    return len(begun) + len(ended)
