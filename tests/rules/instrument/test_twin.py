"""The twin: an edition as tables and back, nothing lost; what is wrong is told by sheet, row and column."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from phrom.config.commands.edition import bring, export
from phrom.rules.instrument.load import EditionProblems, edition_of, load_edition
from phrom.rules.instrument.model import Condition, Edition, Frozen
from phrom.rules.instrument.tree import parse
from phrom.rules.instrument.twin import Table, TwinProblem, edition_of_tables, tables_of, twin_problems, yaml_of
from phrom.rules.instrument.twin.columns import EDITION, KPI, LISTS
from phrom.survey.edition_files import edition_of_file, twin_file
from tests.rules.instrument.broken import EDITION as FOLDER
from tests.rules.instrument.editions import editions

FOLDERS = sorted(path.parent for path in FOLDER.parent.glob("*/edition.yaml"))
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def real() -> Edition:
    return load_edition(FOLDER)


def from_yaml(edition: Edition) -> Edition:
    files = yaml_of(edition)
    first, second, third = (parse(files[name].encode(), name) for name in ("edition.yaml", "levels.yaml", "kpi.yaml"))
    return edition_of(first, second, third)


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_every_edition_comes_back_with_its_hash(folder: Path, tmp_path: Path) -> None:
    edition = load_edition(folder)
    assert edition_of_tables(tables_of(edition)).hash == edition.hash
    assert edition_of_file(twin_file(edition)).hash == edition.hash
    assert from_yaml(edition).hash == edition.hash
    export(folder, xlsx=tmp_path / "twin.xlsx", xlsform=None)
    code, said = bring(tmp_path / "twin.xlsx", tmp_path / "new")
    assert code == 0 and edition.hash in said[0]
    assert load_edition(tmp_path / "new").hash == edition.hash


@SLOW
@given(editions())
def test_any_edition_comes_back_by_tables_by_excel_and_by_yaml(edition: Edition) -> None:
    assert edition_of_tables(tables_of(edition)).hash == edition.hash
    assert edition_of_file(twin_file(edition)).hash == edition.hash
    assert from_yaml(edition).hash == edition.hash


def test_every_key_of_the_models_has_its_column_or_its_sheet() -> None:
    said = {column.path[0] for kept in LISTS for column in kept.columns} | {column.title for column in (*EDITION, *KPI)}
    lists = {kept.key for kept in LISTS} | {"notes", "levels", "kpi", "hash"}
    models: tuple[type[Frozen], ...] = (Edition, *Frozen.__subclasses__())
    for model in models:
        if model.__module__ == Edition.__module__ and model is not Condition:
            inner = {name for kept in LISTS for column in kept.columns for name in column.path}
            assert set(model.model_fields) <= said | inner | lists, model.__name__


def changed(sheet: str, key: str, column: str, value: Any) -> tuple[list[Table], int]:
    """The twin of 2567 with one cell changed: the first row whose first cell is `key`; and that row's number."""
    tables = {table.name: table for table in tables_of(real())}
    rows = [list(row) for row in tables[sheet].rows]
    at = next(number for number, row in enumerate(rows) if row[0] == key)
    rows[at][rows[0].index(column)] = value
    tables[sheet] = replace(tables[sheet], rows=tuple(map(tuple, rows)))
    return list(tables.values()), at + 1


def problems(tables: list[Table]) -> list[TwinProblem]:
    with pytest.raises(EditionProblems) as found:
        edition_of_tables(tables)
    return twin_problems(found.value)


BROKEN = [
    ("edition", "fiscal_year", "value", "สองพัน", "fiscal_year"),
    ("edition", "status", "value", "certain", "status"),
    ("pillars", "P3", "weight", 21, ""),
    ("rows", "P1.2", "kind", "maybe", "kind"),
    ("rows", "P1.3", "informants", "everybody", "informants"),
    ("rows", "P1.4", "beyond_parent_department", "บางที", "beyond_parent_department"),
    ("rows", "P1.5", "text", "", "text"),
    ("rows", "P1.6", "merge", "sum", "merge"),
    ("rows", "P1.7", "code", "P1.6", "code"),
    ("rows", "P2.1.4.1", "asked_when", "P2.1.4 and", "asked_when"),
    ("rows", "P2.1.4.2", "asked_when", "P9.9", "asked_when"),
    ("rows", "G2", "window.start", "12 มิ.ย. 66", "window.start"),
    ("rows", "P4.1.1", "not_above", "P4.9", "not_above"),
    ("rows", "P3.1", "points.full_at", 9, "points.full_at"),
    ("choices", "P3.1", "row", "P3.9", "row"),
    ("evidence", "G1", "required", "มาก", "required"),
    ("bands", "fifths", "at_least", "ยี่สิบ", "at_least"),
    ("steps", "2", "points", "ครึ่ง", "points"),
    ("kpi", "weight", "value", "ห้า", "weight"),
    ("corrections", "P4.4", "corrected", "ไม่มีในข้อ", "corrected"),
]


@pytest.mark.parametrize(("sheet", "key", "column", "value", "told"), BROKEN, ids=[f"{b[0]} {b[2]} {b[3]}" for b in BROKEN])
def test_a_defect_is_told_at_its_sheet_row_and_column(sheet: str, key: str, column: str, value: object, told: str) -> None:
    tables, row = changed(sheet, key, column, value)
    found = problems(tables)
    where = {(each.sheet, each.row, each.column) for each in found}
    assert (sheet, row, told) in where if told else any(each.sheet == sheet for each in found)
    assert all(each.th and each.en for each in found)


def test_all_defects_are_told_at_once() -> None:
    tables, first = changed("rows", "P1.2", "kind", "maybe")
    rows = [list(row) for row in tables[[t.name for t in tables].index("rows")].rows]
    rows[first][rows[0].index("informants")] = "everybody"
    tables = [replace(t, rows=tuple(map(tuple, rows))) if t.name == "rows" else t for t in tables]
    found = {(each.row, each.column) for each in problems(tables)}
    assert {(first, "kind"), (first + 1, "informants")} <= found


def test_a_missing_sheet_column_or_a_strange_one_is_told() -> None:
    tables = [table for table in tables_of(real()) if table.name != "bands"]
    rows = tables[[t.name for t in tables].index("pillars")].rows
    tables = [replace(t, rows=(("code", "title", "title_en", "วาง"), *rows[1:])) if t.name == "pillars" else t for t in tables]
    found = {(each.sheet, each.column) for each in problems(tables)}
    assert {("bands", ""), ("pillars", "weight"), ("pillars", "วาง")} <= found


def test_the_command_reports_and_makes_no_folder(tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"PK no workbook")
    code, said = bring(tmp_path / "bad.xlsx", tmp_path / "new")
    assert code == 1 and "|" in said[0] and not (tmp_path / "new").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "edition.yaml").write_text("id: x")
    export(FOLDER, xlsx=tmp_path / "twin.xlsx", xlsform=None)
    code, said = bring(tmp_path / "twin.xlsx", tmp_path / "full")
    assert code == 1 and "not empty" in said[0] and (tmp_path / "full" / "edition.yaml").read_text() == "id: x"


@pytest.mark.parametrize("text", ["all(", "all()", "P1.1,P1.2", "all(P1.1", "xor(P1.1)", "P1.1 yes no", "((((", "all(" * 50])
def test_a_condition_that_cannot_be_read_is_told(text: str) -> None:
    tables, row = changed("rows", "P5.2.1", "asked_when", text)
    assert ("rows", row, "asked_when") in {(each.sheet, each.row, each.column) for each in problems(tables)}
