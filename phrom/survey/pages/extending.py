"""The round's extensions: which agency has until when and why, and the form for another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.shared.thai.dates import days_left, thai_date, thai_when
from phrom.survey.models import Extension, Round
from phrom.survey.pages.heads import RoundHead, round_head


@dataclass(frozen=True)
class ExtensionLine:
    """One extension. `holds`: it is its agency's newest, so it counts."""

    agency: str
    until: str
    days: int
    reason: str
    who: str
    when: str
    holds: bool


@dataclass(frozen=True)
class ExtensionsPage:
    """What the page shows; `agencies` are those that may be given one, by id."""

    head: RoundHead
    lines: tuple[ExtensionLine, ...]
    agencies: tuple[tuple[int, str], ...]


def extensions_page(round: Round, access: Access, today: date) -> ExtensionsPage:
    """Two queries beside the round's, however many there are; the newest first."""
    found = list(Extension.objects.filter(round=round).select_related("agency", "by").order_by("-id"))
    newest = {each.agency_id: each.pk for each in reversed(found)}
    asked = Agency.objects.filter(asks__round=round, asks__withdrawn_at=None).distinct().order_by("position", "name")
    return ExtensionsPage(
        head=round_head(round, access, "board", today),
        lines=tuple(_line(each, today, holds=newest[each.agency_id] == each.pk) for each in found),
        agencies=tuple(asked.values_list("pk", "name")),
    )


def _line(each: Extension, today: date, *, holds: bool) -> ExtensionLine:
    return ExtensionLine(
        agency=each.agency.name,
        until=thai_date(each.until),
        days=days_left(each.until, today),
        reason=each.reason,
        who=each.by.name,
        when=thai_when(each.at),
        holds=holds,
    )
