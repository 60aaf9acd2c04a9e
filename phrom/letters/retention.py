"""How long a letter is kept, and what falls due when (ข้อ 57: 1, 5, 10 years or for ever).

Counted from the end of the letter's year: a letter of 1 January and one of 31 December 2557, both of 10 years, are kept to
31 December 2567 and stand in the list that the office makes within 60 days after it (ข้อ 66). A secret letter without a class
is kept for ever, because rules of their own say when it may go; an imported line of an old book has 10 years.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from phrom.letters.models import (
    Decision,
    DestructionItem,
    EntryState,
    Incoming,
    Letter,
    Office,
    Recipient,
    RegisterEntry,
    Retention,
    Secrecy,
    Via,
)
from phrom.shared.thai.calendar import ERA

DAYS_FOR_THE_LIST = 60
YEARS: dict[str, int] = {Retention.ONE: 1, Retention.FIVE: 5, Retention.TEN: 10}


def class_of(retention: str, *, secret: bool) -> Retention:
    """The class that counts: the one that was set, else the one by rule."""
    if retention:
        return Retention(retention)
    return Retention.EVER if secret else Retention.TEN


def kept_to(dated: date, retention: Retention) -> date | None:
    """The last day on which a letter is kept; None for ever."""
    years = YEARS.get(retention)
    return None if years is None else date(dated.year + years, 12, 31)


def list_due_on(year: int) -> date:
    """The last day on which the list of a Buddhist year is made."""
    return date(year - ERA, 12, 31) + timedelta(days=DAYS_FOR_THE_LIST)


def due_entries(office: Office, year: int, *, secret: bool) -> QuerySet[RegisterEntry]:
    """The numbers of an office whose letters are kept no longer when the Buddhist year has ended, and were not destroyed.

    Without those that another list holds, that a committee keeps longer or gave to the archives, that are still being dealt
    with and, unless the office has said so, those that came or went electronically.
    """
    paper = not office.destroys_electronic
    due = Q(Exists(_letters(year, secret=secret, paper=paper))) | Q(Exists(_incoming(year, secret=secret, paper=paper)))
    rows = RegisterEntry.objects.filter(due if secret else due | _imported(year), register__office=office, destroyed_at=None)
    held = DestructionItem.objects.filter(entry=OuterRef("pk")).filter(
        Q(list__carried_out_at=None) | Q(decision=Decision.GIVE) | Q(decision=Decision.KEEP, keep_until__gt=year)
    )
    return rows.exclude(Exists(held)).order_by("dated", "register__book", "number")


def _letters(year: int, *, secret: bool, paper: bool) -> QuerySet[Letter]:
    rows = Letter.objects.filter(_aged("dated", year), _secret(secret), entry=OuterRef("pk"))
    if paper:
        to = Recipient.objects.filter(letter=OuterRef("pk"))
        rows = rows.filter(Exists(to), ~Exists(to.exclude(via=Via.HAND)))
    return rows


def _incoming(year: int, *, secret: bool, paper: bool) -> QuerySet[Incoming]:
    rows = Incoming.objects.filter(_aged("entry__dated", year), _secret(secret), entry=OuterRef("pk"), closed_at__isnull=False)
    return rows.filter(via=Via.HAND) if paper else rows


def _imported(year: int) -> Q:
    return Q(imported=True, state=EntryState.USED, letter=None, incoming=None) & Q(dated__lte=_last_day(year, Retention.TEN))


def _aged(dated: str, year: int) -> Q:
    """Old enough by class; an ordinary letter without one is as one of ten years."""
    old = Q()
    for retention in YEARS:
        old |= Q(**{"retention": retention, f"{dated}__lte": _last_day(year, retention)})
    plain = {"retention": "", "secrecy": Secrecy.NORMAL, f"{dated}__lte": _last_day(year, Retention.TEN)}
    return old | Q(**plain)


def _secret(secret: bool) -> Q:
    return ~Q(secrecy=Secrecy.NORMAL) if secret else Q(secrecy=Secrecy.NORMAL)


def _last_day(year: int, retention: str) -> date:
    return date(year - ERA - YEARS[retention], 12, 31)
