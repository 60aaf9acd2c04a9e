"""Bringing many files at once: how names are read, what became of each file, and what lies under no row yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from phrom.agencies.models import Agency
from phrom.survey.actions.bulk import Fate, Outcome
from phrom.survey.models import Ask, Evidence, EvidenceLink, Round
from phrom.survey.pages.answering import Sheet

SHAPES = {
    Fate.FILED: ("done", "แนบแล้ว"),
    Fate.DUPLICATE: ("frozen", "มีอยู่แล้ว"),
    Fate.UNKNOWN: ("wait", "ยังไม่รู้ข้อ"),
    Fate.CONFLICT: ("late", "แนบในข้อนั้นไม่ได้"),
    Fate.REFUSED: ("stop", "ไม่รับ"),
}
MOST = 100


@dataclass(frozen=True)
class Line:
    """One file of the report. `evidence_id` is 0 where nothing was kept; `open` while it may be put under a row."""

    name: str
    shape: str
    word: str
    words: str
    slot: str
    evidence_id: int
    open: bool


@dataclass(frozen=True)
class BulkPage:
    """The page. `loose` are pieces of the agency under no row, the newest first; `asks` the rows that still take evidence."""

    round: Round
    agency: Agency
    lines: tuple[Line, ...]
    tally: tuple[tuple[str, str, int], ...]
    loose: tuple[tuple[int, str], ...]
    asks: tuple[Ask, ...]
    example: str


def bulk_page(sheet: Sheet, outcomes: Sequence[Outcome] = ()) -> BulkPage:
    """One query beside the sheet's."""
    asks = tuple(ask for ask in sheet.asks.values() if ask.editable)
    counted = Counter(each.fate for each in outcomes)
    return BulkPage(
        round=sheet.round,
        agency=sheet.agency,
        lines=tuple(line_of(each) for each in outcomes),
        tally=tuple((*SHAPES[fate], counted[fate]) for fate in Fate if counted[fate]),
        loose=tuple(_loose(sheet.agency)),
        asks=asks,
        example=next(iter(sheet.asks)),
    )


def line_of(outcome: Outcome) -> Line:
    """One file of the report."""
    shape, word = SHAPES[outcome.fate]
    unfiled = outcome.fate in (Fate.UNKNOWN, Fate.CONFLICT)
    pk = outcome.evidence.pk if outcome.evidence else 0
    return Line(outcome.name, shape, word, outcome.words, outcome.slot, pk, unfiled)


def _loose(agency: Agency) -> list[tuple[int, str]]:
    """What the agency brought and put under no row."""
    used = EvidenceLink.objects.filter(removed_at=None).values("evidence_id")
    loose = Evidence.objects.filter(agency=agency, replaced_by=None).exclude(pk__in=used)
    return list(loose.order_by("-pk").values_list("pk", "name")[:MOST])
