"""Who is asked what, changed in bulk: rows are added, withdrawn with who and when, brought back, and given a lead."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.model import Edition
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.actions.mandate import answer_when_all_is_sent, return_when_something_is_open
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, Round

Cell = tuple[str, int]


class StaleMatrix(Refusal):
    """Somebody else changed the same rows after the page was opened."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "มีผู้ประสานงานอีกคนเปลี่ยนการมอบหมายข้อเหล่านี้หลังจากที่เปิดหน้านี้ จึงยังไม่บันทึก ของเดิมยังอยู่ครบ กรุณาเปิดตารางใหม่ แล้วเลือกอีกครั้ง",
            "Another coordinator changed these rows after this page was opened, so nothing was saved. "
            "What stood before is safe. Please open the table again and choose anew.",
        )


class UnknownCell(Refusal):
    """A row or an agency that is not part of this round."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"ไม่พบข้อหรือหน่วยงานที่เลือก ({where}) ในรอบนี้ ยังไม่มีอะไรเปลี่ยน กรุณาเปิดตารางใหม่",
            f"The chosen row or agency ({where}) is not part of this round. Nothing was changed. Please open the table again.",
            where=where,
        )


class LeadNotAsked(Refusal):
    """A lead must be one of the agencies that the row is put to."""

    def __init__(self, codes: Collection[str]) -> None:
        names = ", ".join(codes)
        super().__init__(
            f"หน่วยงานหลักของข้อ {names} ไม่ได้อยู่ในหน่วยงานที่มอบหมาย จึงยังไม่บันทึก ให้เลือกหน่วยงานนั้นด้วย หรือเปลี่ยนหน่วยงานหลัก",
            f"The lead of row {names} is not among the agencies it is put to, so nothing was saved. "
            "Put the row to that agency too, or choose another lead.",
            where=names,
        )


@dataclass(frozen=True)
class Routing:
    """What was posted for some rows: the cells to be asked, the lead of each row (absent: nobody), the version seen."""

    codes: frozenset[str]
    asked: frozenset[Cell]
    leads: Mapping[str, int] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True)
class RoutingChange:
    """How many asks were added, withdrawn, brought back, and how many rows got another lead."""

    added: int = 0
    withdrawn: int = 0
    restored: int = 0
    leads: int = 0

    @property
    def anything(self) -> bool:
        """True when something changed."""
        return bool(self.added or self.withdrawn or self.restored or self.leads)


def routing_version(asks: Iterable[Ask]) -> str:
    """A fingerprint of who is asked what among these asks; it changes whenever the routing does, and with nothing else."""
    standing = sorted((ask.code, ask.agency_id, ask.lead) for ask in asks if ask.withdrawn_at is None)
    return hashlib.sha256(repr(standing).encode()).hexdigest()[:32]


@transaction.atomic
def route_rows(*, round: Round, routing: Routing, by: Person, at: datetime) -> RoutingChange:
    """Make the routing of `routing.codes` what was posted; rows outside `codes` stay as they are.

    An ask that is taken away keeps its answer, evidence and history, and comes back with them. Refuses a frozen round
    (`RoundClosed`), a page older than the last change (`StaleMatrix`), rows and agencies of elsewhere (`UnknownCell`),
    and a lead that is not asked (`LeadNotAsked`); then nothing at all is changed.
    """
    round = locked_for_change(round)
    edition = edition_of(round.survey)
    known = {ask_cell(ask): ask for ask in Ask.objects.filter(round=round, code__in=routing.codes).order_by("pk")}
    if routing.version != routing_version(known.values()):
        raise StaleMatrix
    _refuse_strangers(round, edition, routing)
    change = RoutingChange(
        added=_add(round, edition, routing.asked - known.keys()),
        withdrawn=_withdraw([a for c, a in known.items() if c not in routing.asked and a.withdrawn_at is None], by, at),
        restored=_restore([a for c, a in known.items() if c in routing.asked and a.withdrawn_at is not None]),
        leads=_set_leads(round, routing),
    )
    if change.anything:
        details: dict[str, object] = {
            "rows": len(routing.codes),
            "added": change.added,
            "withdrawn": change.withdrawn,
            "restored": change.restored,
            "leads": change.leads,
        }
        record("round.routed", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
        _tell_mandate(round, known, routing, by, at)
    return change


def _tell_mandate(round: Round, known: Mapping[Cell, Ask], routing: Routing, by: Person, at: datetime) -> None:
    """What was given to an agency may open its follow-up again, what was taken away may have been the last it had to send."""
    before = {cell for cell, ask in known.items() if ask.withdrawn_at is None}
    given, taken = ({agency for _, agency in cells} for cells in (routing.asked - before, before - routing.asked))
    reason = "ผู้ประสานงานมอบหมายข้อคำถามเพิ่ม"
    return_when_something_is_open(round=round, agencies=given, reason=reason, by=by, at=at)
    answer_when_all_is_sent(round=round, agencies=taken, by=by, at=at)


def ask_cell(ask: Ask) -> Cell:
    """Where an ask stands in the matrix."""
    return (ask.code, ask.agency_id)


def _refuse_strangers(round: Round, edition: Edition, routing: Routing) -> None:
    agencies = set(Agency.objects.filter(body=round.body, answers_survey=True).values_list("pk", flat=True))
    for code in sorted(routing.codes):
        if code not in edition.by_code or not edition.by_code[code].asked:
            raise UnknownCell(code)
    leads = set(routing.leads.items())
    for code, agency_id in sorted(routing.asked | leads):
        if code not in routing.codes or agency_id not in agencies:
            raise UnknownCell(f"{code}:{agency_id}")
    if homeless := sorted(code for code, agency_id in leads - routing.asked):
        raise LeadNotAsked(homeless)


def _add(round: Round, edition: Edition, cells: Collection[Cell]) -> int:
    positions = {row.code: number for number, row in enumerate(edition.rows)}
    made = [
        Ask(round=round, agency_id=agency_id, code=code, pillar=edition.by_code[code].pillar, position=positions[code])
        for code, agency_id in sorted(cells)
    ]
    return len(Ask.objects.bulk_create(made, batch_size=500))


def _withdraw(asks: Collection[Ask], by: Person, at: datetime) -> int:
    return Ask.objects.filter(pk__in=[ask.pk for ask in asks]).update(withdrawn_by=by, withdrawn_at=at, lead=False)


def _restore(asks: Collection[Ask]) -> int:
    return Ask.objects.filter(pk__in=[ask.pk for ask in asks]).update(withdrawn_by=None, withdrawn_at=None)


def _set_leads(round: Round, routing: Routing) -> int:
    """Only rows whose lead changes are written; the count is of rows, not of asks."""
    standing = Ask.objects.filter(round=round, code__in=routing.codes, withdrawn_at=None)
    now = {ask_cell(ask): ask for ask in standing}
    wanted = set(routing.leads.items())
    leading = {cell for cell, ask in now.items() if ask.lead}
    Ask.objects.filter(pk__in=[now[cell].pk for cell in leading - wanted]).update(lead=False)
    Ask.objects.filter(pk__in=[now[cell].pk for cell in wanted - leading]).update(lead=True)
    return len({code for code, _ in leading ^ wanted})
