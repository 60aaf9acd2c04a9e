"""The questionnaire as the agenda prints it: every row under its section, and who gives the information."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from phrom.agencies.models import Agency
from phrom.rules.instrument.informants import IN_WORDS, AgencyRef, route
from phrom.rules.instrument.model import Edition, Question
from phrom.shared.documents.content import Block, Column, Table
from phrom.survey.models import Ask, Round

# More names than these are counted instead of listed: the column is narrow.
NAMED = 3


def questionnaire_blocks(edition: Edition, round: Round | None) -> tuple[Block, ...]:
    """The table of rows. Where the round asks a row of others than the edition says, those are named instead."""
    changed = rerouted(edition, round) if round is not None else {}
    columns = (Column("ประเด็นคำถาม", 5), Column("หน่วยงานที่ให้ข้อมูล", 1.8))
    rows = tuple(_rows(edition.rows, changed))
    sections = tuple(place for place, (_, asked) in enumerate(rows) if not asked)
    return (Table(columns, rows, sections=sections),)


def _rows(rows: Sequence[Question], changed: Mapping[str, tuple[Agency, ...]]) -> Iterator[tuple[str, str]]:
    """Every row with who is asked; a section's name stands alone above its rows."""
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            yield section, ""
        asked = _names(changed[row.code]) if row.code in changed else IN_WORDS[row.informants]
        yield f"{row.code} {row.text}", asked


def _names(agencies: Sequence[Agency]) -> str:
    if not agencies:
        return "ยังไม่ได้มอบหมาย"
    if len(agencies) > NAMED:
        return f"{len(agencies)} หน่วยงานตามที่มอบหมายในรอบสำรวจ"
    return "\n".join(agency.name for agency in agencies)


def rerouted(edition: Edition, round: Round) -> dict[str, tuple[Agency, ...]]:
    """Rows that are asked of others than the edition's rule says, with whom they are asked of: two queries."""
    surveyed = Agency.objects.filter(body=round.body_id, answers_survey=True).order_by("position", "name")
    agencies = {agency.code: agency for agency in surveyed}
    ruled: dict[str, set[str]] = defaultdict(set)
    for one in route(edition, [AgencyRef(agency.code, agency.kind) for agency in agencies.values()]):
        ruled[one.row_code].add(one.agency_code)
    asked: dict[str, set[str]] = defaultdict(set)
    for code, agency in Ask.objects.filter(round=round, withdrawn_at=None).order_by().values_list("code", "agency__code"):
        asked[code].add(agency)
    return {
        row.code: tuple(agency for code, agency in agencies.items() if code in asked[row.code])
        for row in edition.asked_rows
        if asked[row.code] != ruled[row.code]
    }
