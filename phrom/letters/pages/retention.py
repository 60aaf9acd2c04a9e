"""What falls due when: for every year how many letters of an office, and which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q
from django.db.models.functions import ExtractYear
from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.letters.models import SECRET_BOOKS, Incoming, Letter, Office, RegisterEntry, Retention, Secrecy
from phrom.letters.retention import class_of, due_entries, kept_to, list_due_on
from phrom.letters.scopes import REGISTERS, SECRETS, incoming_within, letters_within, offices_within
from phrom.shared.thai.calendar import ERA
from phrom.shared.ui.refusals import Refusal

ROWS = 50


class NoRegisters(Refusal):
    """The person keeps no registers there."""

    def __init__(self) -> None:
        super().__init__(
            "ท่านไม่ได้ดูแลทะเบียนของหน่วยงานนี้ ไม่มีอะไรเปลี่ยน กรุณาเลือกหน่วยงานของท่านจากหน้าทะเบียนหนังสือ",
            "You do not keep the registers of this office. Nothing was changed. Please choose your own office.",
            where="office",
        )


@dataclass(frozen=True)
class YearLine:
    """What is kept to the end of a Buddhist year, and until when its list is to be made."""

    year: int
    count: int
    secret: int
    ended: bool
    list_by: date


@dataclass(frozen=True)
class RetentionPage:
    """An office's letters by the year in which they fall due; `ever` are kept for ever."""

    office: Office
    offices: tuple[Office, ...]
    sees_secrets: bool
    lines: tuple[YearLine, ...]
    ever: int


@dataclass(frozen=True)
class DuePage:
    """The letters that are kept no longer when a year ends."""

    office: Office
    year: int
    rows: Page[RegisterEntry]


@dataclass(frozen=True)
class KeptPage:
    """A letter, its class, and to which day it is kept."""

    row: Letter | Incoming
    retention: Retention
    until: date | None


def office_of_page(access: Access, asked: int) -> Office | None:
    """The office that was asked for, else the first one whose registers the person keeps."""
    offices = offices_within(access, REGISTERS)
    return next((office for office in offices if asked in (0, office.pk)), None)


def retention_page(access: Access, office: Office, today: date) -> RetentionPage:
    """Per year what falls due. Five queries, however many letters there are."""
    sees = office.agency_id in access.agency_ids(SECRETS)
    open_, secret, ever = Counter[int](), Counter[int](), 0
    for row in _grouped(office):
        if row["hidden"] and not sees:
            continue
        until = kept_to(date(row["year"], 12, 31), class_of(row["retention"], secret=row["hidden"]))
        if until is None:
            ever += row["rows"]
        else:
            (secret if row["hidden"] else open_)[until.year + ERA] += row["rows"]
    years = sorted(open_.keys() | secret.keys())
    lines = (YearLine(year, open_[year], secret[year], year - ERA < today.year, list_due_on(year)) for year in years)
    return RetentionPage(office, tuple(offices_within(access, REGISTERS)), sees, tuple(lines), ever)


def due_page(access: Access, office: Office, year: int, place: str) -> DuePage:
    """The letters that a list of this year would hold, ordinary ones only."""
    rows = due_entries(office, year, secret=False).select_related("register", "letter", "incoming")
    return DuePage(office, year, Paginator(rows, ROWS).get_page(place))


def kept_letter(access: Access, letter_id: int, at: datetime) -> KeptPage:
    """A letter of ours that has its number; 404 for whoever does not keep its register."""
    rows = letters_within(access, at, REGISTERS).filter(entry__isnull=False)
    return _kept(access, get_object_or_404(rows, pk=letter_id))


def kept_incoming(access: Access, incoming_id: int, at: datetime) -> KeptPage:
    """A letter that came and was accepted; 404 for whoever does not keep its register."""
    rows = incoming_within(access, at, REGISTERS).filter(entry__isnull=False)
    return _kept(access, get_object_or_404(rows, pk=incoming_id))


def _kept(access: Access, row: Letter | Incoming) -> KeptPage:
    """404 for a named reader of a secret letter: how long it is kept is for who handles the office's secret letters."""
    if row.is_secret and row.office.agency_id not in access.agency_ids(SECRETS):
        raise Http404
    retention = class_of(row.retention, secret=row.is_secret)
    return KeptPage(row, retention, kept_to(row.entry.dated, retention) if row.entry else None)


def _grouped(office: Office) -> Iterator[dict[str, Any]]:
    """Letters, incoming letters and imported lines by year, class and whether they are secret."""
    hidden = ExpressionWrapper(~Q(secrecy=Secrecy.NORMAL), output_field=BooleanField())
    for rows in (Letter.objects.filter(office=office), Incoming.objects.filter(office=office)):
        standing = rows.filter(entry__isnull=False, entry__destroyed_at=None).order_by()
        dated = standing.annotate(year=ExtractYear("entry__dated"), hidden=hidden)
        for row in dated.values("year", "retention", "hidden").annotate(rows=Count("pk")):
            yield {**row}
    old = RegisterEntry.objects.filter(register__office=office, imported=True, destroyed_at=None, letter=None, incoming=None)
    old = old.filter(state="used").order_by().annotate(year=ExtractYear("dated"))
    for line in old.annotate(book=F("register__book")).values("year", "book").annotate(rows=Count("pk")):
        yield {"year": line["year"], "retention": "", "hidden": line["book"] in SECRET_BOOKS, "rows": line["rows"]}
