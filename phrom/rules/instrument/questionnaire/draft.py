"""What was read from paper, laid out as an edition's twin to go on with in Excel. A guess says that a person decides."""

from __future__ import annotations

from collections.abc import Mapping

from phrom.rules.instrument.model import Kind, Merge
from phrom.rules.instrument.questionnaire.anomalies import Questionnaire
from phrom.rules.instrument.questionnaire.reading import FoundRow
from phrom.rules.instrument.twin.columns import EDITION, KPI, LISTS
from phrom.rules.instrument.twin.tables import Cell, Table

DECIDE = "[ต้องตัดสินใจ]"
_HINT = f"{DECIDE} ชนิดคำตอบ วิธีรวม และคะแนนเดาจากถ้อยคำ ไม่ได้พิมพ์ไว้ในต้นฉบับ ลบข้อความนี้เมื่อตรวจแล้ว"
_NOTE = f"{DECIDE} ร่างจากการอ่านตาราง ข้อความในข้อยังเป็นตามที่พิมพ์ รวมทั้งจุดที่พิมพ์ผิด ดูแผ่น review แล้วบันทึกการแก้ในแผ่น corrections"
_MERGES = {Kind.MANY: Merge.UNION, Kind.COUNT: Merge.SUM, Kind.TEXT: Merge.TEXT, Kind.URL: Merge.OWNER}
REVIEW = "review"


def draft_of(read: Questionnaire) -> tuple[Table, ...]:
    """All sheets of a twin; the scales and the KPI are empty, and one more sheet holds the findings."""
    head: dict[str, Cell] = {"id": "draft", "status": "estimated", "invented": False}
    edition = (("key", "value"), *((column.title, head.get(column.title, "")) for column in EDITION), ("note", _NOTE))
    kpi = (("key", "value"), *((column.title, "") for column in KPI))
    weighed = {f"P{pillar.number}": pillar for pillar in read.found.pillars}
    bare = dict.fromkeys(row.pillar for row in read.found.rows if row.pillar not in weighed)
    pillars: list[Mapping[str, Cell]] = [{"code": code} for code in bare]
    pillars += [
        {"code": code, "title": pillar.title, "title_en": pillar.title_en, "weight": pillar.weight}
        for code, pillar in weighed.items()
    ]
    scored = {code for code, pillar in weighed.items() if pillar.weight is not None}
    rows = [_row(row, scored=row.pillar in scored) for row in read.found.rows]
    filled = {"pillars": pillars, "rows": rows}
    sheets = [Table(kept.sheet, (kept.titles, *_filled(kept.titles, filled.get(kept.sheet, [])))) for kept in LISTS]
    found = [(each.line, each.code, each.th, each.en) for each in read.anomalies]
    review = Table(REVIEW, (("line", "code", "ไทย", "English"), *found))
    return (Table("edition", edition), Table("kpi", kpi), *sheets, review)


def _filled(titles: tuple[str, ...], pieces: list[Mapping[str, Cell]]) -> list[tuple[Cell, ...]]:
    return [tuple(piece.get(title, "") for title in titles) for piece in pieces]


def _row(row: FoundRow, *, scored: bool) -> Mapping[str, Cell]:
    made: dict[str, Cell] = {
        "code": row.code,
        "pillar": row.pillar,
        "section": row.section,
        "text": row.text,
        "kind": row.kind.value,
        "informants": row.informants.value if row.informants else "",
        "beyond_parent_department": row.beyond,
        "hint": _HINT,
    }
    if row.window:
        made |= {"window.start": row.window[0].isoformat(), "window.end": row.window[1].isoformat()}
    if row.kind is not Kind.HEADING:
        made["merge"] = _MERGES.get(row.kind, Merge.ANY_WITH_EVIDENCE).value
        made |= {"points.out_of": 1, "points.status": "estimated"} if scored else {}
    return made
