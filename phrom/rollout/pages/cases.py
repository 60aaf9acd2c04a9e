"""Support cases: those of a programme with their answer times, one with its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.rollout.models import CaseNote, Enrolment, Programme, SupportCase
from phrom.rollout.scopes import SUPPORT, cases_within, enrolments_within, own_cases, programmes_within
from phrom.rollout.waiting import Waiting, spoken, waiting

SHOWS = (("unanswered", "รอคำตอบ"), ("open", "ยังไม่ปิด"), ("all", "ทั้งหมด"))


@dataclass(frozen=True)
class CaseLine:
    """A case with how long its first answer took, or how long it waits already."""

    case: SupportCase
    time: str

    @property
    def state(self) -> tuple[str, str]:
        """Shape and word."""
        return state_of(self.case)


@dataclass(frozen=True)
class CasesPage:
    """The cases of a programme, narrowed to `show`."""

    programme: Programme
    show: str
    shows: tuple[tuple[str, str, int], ...]
    lines: tuple[CaseLine, ...]
    figures: Waiting


@dataclass(frozen=True)
class CasePage:
    """A case. `from_office`: the reader is of the office that asked."""

    case: SupportCase
    notes: tuple[CaseNote, ...]
    line: CaseLine
    from_office: bool
    may_write: bool


def cases_page(access: Access, programme_id: int, show: str, at: datetime) -> CasesPage:
    """The cases of a programme; 404 for a stranger."""
    programme = get_object_or_404(programmes_within(access), pk=programme_id)
    cases = list(cases_within(access).filter(enrolment__programme=programme))
    wanted = {
        "unanswered": [case for case in cases if case.is_open and case.answered_at is None],
        "open": [case for case in cases if case.is_open],
        "all": cases,
    }
    show = show if show in wanted else "open"
    return CasesPage(
        programme=programme,
        show=show,
        shows=tuple((key, label, len(wanted[key])) for key, label in SHOWS),
        lines=tuple(line_of(case, at) for case in wanted[show]),
        figures=waiting(cases, at),
    )


def case_page(access: Access, case_id: int, at: datetime) -> CasePage:
    """A case as the province's people read it; 404 for a stranger."""
    case = get_object_or_404(cases_within(access), pk=case_id)
    may_write = case.is_open and case.enrolment.programme.body_id in access.body_ids(SUPPORT)
    return _page(case, at, from_office=False, may_write=may_write)


def own_case_page(access: Access, case_id: int, at: datetime) -> CasePage:
    """A case as the office that it is about reads it; 404 for any other."""
    case = get_object_or_404(own_cases(access), pk=case_id)
    return _page(case, at, from_office=True, may_write=case.is_open)


def case_for(access: Access, case_id: int) -> SupportCase:
    """A case that the person answers; 404 else."""
    return get_object_or_404(cases_within(access, SUPPORT), pk=case_id)


def enrolment_for(access: Access, enrolment_id: int) -> Enrolment:
    """An office that the person supports; 404 else."""
    return get_object_or_404(enrolments_within(access, SUPPORT), pk=enrolment_id)


def state_of(case: SupportCase) -> tuple[str, str]:
    """Shape and word of a case."""
    if not case.is_open:
        return ("done", "ปิดแล้ว")
    return ("submitted", "ตอบแล้ว ยังไม่ปิด") if case.answered_at else ("wait", "รอคำตอบ")


def line_of(case: SupportCase, at: datetime) -> CaseLine:
    """The case with its time in words."""
    if case.answered_at:
        return CaseLine(case, f"ตอบครั้งแรกใน {spoken(case.answered_at - case.opened_at)}")
    return CaseLine(case, f"รอมาแล้ว {spoken(at - case.opened_at)}" if case.is_open else "ปิดโดยไม่มีคำตอบ")


def _page(case: SupportCase, at: datetime, *, from_office: bool, may_write: bool) -> CasePage:
    return CasePage(case, tuple(case.notes.select_related("made_by")), line_of(case, at), from_office, may_write)
