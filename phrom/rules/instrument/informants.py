"""Who is asked what, by the right column of the agenda's table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phrom.rules.instrument.model import Edition, Informants, Question

IN_WORDS = {
    Informants.PROVINCIAL_OFFICE: "สำนักงานจังหวัด",
    Informants.ALL_AGENCIES: "ทุกหน่วยงาน",
    Informants.ALL_AGENCIES_AND_STATISTICS: "ทุกหน่วยงาน/สถิติจังหวัด",
}
PROVINCIAL_OFFICE = "provincial_office"
STATISTICAL_OFFICE = "statistical_office"


@dataclass(frozen=True)
class AgencyRef:
    """An agency as routing sees it: its code and its kind."""

    code: str
    kind: str


@dataclass(frozen=True)
class Routing:
    """One row asked of one agency. `lead`: this agency owns the row or is in the lead."""

    row_code: str
    agency_code: str
    lead: bool


def route(edition: Edition, agencies: Sequence[AgencyRef]) -> list[Routing]:
    """Return who is asked what, rows in printed order, agencies in the given order. Headings are asked of nobody."""
    return [
        Routing(row.code, agency.code, leads(row, agency))
        for row in edition.asked_rows
        for agency in agencies
        if _is_asked(row, agency)
    ]


def leads(row: Question, agency: AgencyRef) -> bool:
    """True when the agency owns the row, or leads where the agenda names the statistical office beside all agencies."""
    if row.informants is Informants.PROVINCIAL_OFFICE:
        return agency.kind == PROVINCIAL_OFFICE
    return row.informants is Informants.ALL_AGENCIES_AND_STATISTICS and agency.kind == STATISTICAL_OFFICE


def _is_asked(row: Question, agency: AgencyRef) -> bool:
    return row.informants is not Informants.PROVINCIAL_OFFICE or agency.kind == PROVINCIAL_OFFICE
