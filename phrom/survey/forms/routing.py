"""The matrix as it was posted: which rows were on the page, which boxes were ticked, who leads each row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict

from phrom.survey.actions.routing import Cell, Routing, UnknownCell

ROW = re.compile(r"[A-Za-z0-9.]{1,20}", re.ASCII)
CELL = re.compile(r"([A-Za-z0-9.]{1,20}):([0-9]{1,18})", re.ASCII)


def read_routing(data: QueryDict) -> Routing:
    """What was posted; a box or a lead that is no row and agency is refused with `UnknownCell`."""
    codes = data.getlist("row")
    if forged := [code for code in codes if not ROW.fullmatch(code)]:
        raise UnknownCell(forged[0][:40])
    leads = {code: _number(data.get(f"lead-{code}", "")) for code in codes}
    return Routing(
        codes=frozenset(codes),
        asked=frozenset(_cell(raw) for raw in data.getlist("cell")),
        leads={code: agency_id for code, agency_id in leads.items() if agency_id},
        version=data.get("version", ""),
    )


@dataclass(frozen=True)
class OnceChange:
    """Rows to be asked once from now on, and rows to be asked of everybody again."""

    begin: frozenset[str]
    end: frozenset[str]


def read_once(data: QueryDict) -> OnceChange:
    """What was ticked against what the page showed; `every_lead` begins it for every row of the page that has a lead."""
    codes = frozenset(data.getlist("row"))
    shown, ticked = codes & frozenset(data.getlist("asked-once-was")), codes & frozenset(data.getlist("asked-once"))
    if "every_lead" in data:
        ticked |= {code for code in codes if data.get(f"lead-{code}")}
    return OnceChange(ticked - shown, shown - ticked)


def _cell(raw: str) -> Cell:
    found = CELL.fullmatch(raw)
    if found is None:
        raise UnknownCell(raw[:40])
    return found[1], int(found[2])


def _number(raw: str) -> int:
    if raw and not re.fullmatch(r"[0-9]{1,18}", raw, re.ASCII):
        raise UnknownCell(raw[:40])
    return int(raw or 0)
