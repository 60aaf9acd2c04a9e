"""`phrom edition check` as a person sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from phrom.config.commands.edition import check, show
from phrom.rules.instrument.load import EditionProblems
from tests.rules.instrument.broken import EDITION, copy_edition, plant


def test_the_edition_passes_and_its_figures_are_shown() -> None:
    code, lines = check(EDITION)
    text = "\n".join(lines)
    assert code == 0
    for shown in ("51 rows", "29 / 14 / 8", "34 rows flagged", "weights 100", "59 of 59 cases passed"):
        assert shown in text


def test_defects_are_named_with_file_line_and_both_languages(tmp_path: Path) -> None:
    folder = copy_edition(tmp_path)
    line = plant(folder, "edition.yaml", "G2", "code: G2", "code: G1")
    other = plant(folder, "kpi.yaml", "", "value: 2", "value: 1")
    code, lines = check(folder)
    assert code == 1
    assert lines[0].startswith(f"{folder / 'edition.yaml'}:{line}: รหัส G1 ซ้ำ")
    assert lines[1].startswith(f"{folder / 'kpi.yaml'}:{other}: ") and "steps" in lines[1]
    assert lines[-1] == "พบข้อผิดพลาด 2 จุด | 2 defects"


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("01-marks.yaml", "total: 1.86", "total: 1.87", "is expected to be 1.87, but comes out as 1.86"),
        ("01-marks.yaml", "P7.1: 0.3", "P7.1: 0.4", "P7.1 is expected to be 0.4, but comes out as 0.3"),
        ("02-conditions.yaml", "off_path: [P5.2.1]", "off_path: [P5.1]", "comes out as on the path"),
        ("02-conditions.yaml", "[off_the_path]", "[]", "P5.2.1 is expected to be -, but comes out as off_the_path"),
        ("04-merge.yaml", "merged: {P4.1: 7}", "merged: {P4.1: 8}", "P4.1 is expected to be 8, but comes out as 7"),
        ("05-levels.yaml", "fifths: 1, quarters: 1", "fifths: 2, quarters: 1", "level fifths is expected to be 2"),
        ("06-kpi.yaml", "points: 37.5", "points: 40", "KPI fifths is expected to be 40"),
        ("06-kpi.yaml", "P1.1: {value: true", "P1.9: {value: true", "names P1.9, which is no row"),
        ("06-kpi.yaml", "P1.1: {value: true", "P1.1: {value: 1", "row P1.1"),
        ("06-kpi.yaml", "fifths: {points", "sixths: {points", "names the assumption 'sixths'"),
        ("06-kpi.yaml", "expect:", "expects:", "unknown key 'expects'; did you mean 'expect'?"),
    ],
)
def test_a_case_that_does_not_hold_is_shown_with_its_line(tmp_path: Path, file: str, old: str, new: str, sentence: str) -> None:
    folder = copy_edition(tmp_path)
    line = plant(folder, f"cases/{file}", "", old, new)
    code, lines = check(folder)
    assert code == 1
    assert any(f"cases/{file}:{line}:" in shown and sentence in shown for shown in lines), lines


def test_a_new_year_is_a_folder(tmp_path: Path) -> None:
    folder = copy_edition(tmp_path)
    plant(folder, "edition.yaml", "", "fiscal_year: 2567", "fiscal_year: 2568")
    plant(folder, "edition.yaml", "", "id: dga-province-2567", "id: dga-province-2568")
    assert check(folder)[0] == 0
    assert json.loads(show(folder))["fiscal_year"] == 2568


def test_show_refuses_a_broken_edition(tmp_path: Path) -> None:
    with pytest.raises(EditionProblems):
        show(tmp_path)
