from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrom.rules.instrument.load import EditionProblems, edition_of, read
from phrom.rules.instrument.tree import parse
from tests.rules.instrument.broken import EDITION, copy_edition, plant, problems_of

ROWS = "edition.yaml"
DEFECTS = [
    (ROWS, "G1", "code: G1", "code: G01", "bad_code"),
    (ROWS, "G2", "code: G2", "code: G1", "duplicate_code"),
    (ROWS, "P1.1", "pillar: P1", "pillar: P9", "unknown_pillar"),
    (ROWS, "P1.1", "pillar: P1", "pillar: P2", "code_outside_pillar"),
    (ROWS, "P1.1", "kind: yes_no", "kind: yesno", "not_in_list"),
    (ROWS, "P1.1", "merge: owner", "merg: owner", "unknown_key"),
    (ROWS, "P1.1", "merge: owner", "merge: sum", "merge_does_not_fit"),
    (ROWS, "P1.1", "out_of: 1", "out_of: one", "wrong_type"),
    (ROWS, "P1.1", "out_of: 1", "out_of: 0", "points_bad"),
    (ROWS, "P1.1", "beyond_parent_department: true", "beyond_parent_department: yes", "wrong_type"),
    (ROWS, "P1.1", "text: ", "text: 5 #", "wrong_type"),
    (ROWS, "P7.1", "full_at: 10", "full_at: 11", "points_bad"),
    (ROWS, "G2", "start: 2023-06-12", "start: 2023-02-30", "bad_date"),
    (ROWS, "G2", "end: 2024-06-11", "end: 2023-06-11", "window_backwards"),
    (ROWS, "G2", "code: call", "code: minutes", "evidence_slot_twice"),
    (ROWS, "G2", "kind: text", "kind: many", "detail_kind"),
    (ROWS, "G1", "proved_by: order_in_force", "proved_by: hearsay", "not_in_list"),
    (ROWS, "G1", "proved_by: order_in_force", "proved_by: meetings_held", "proved_by_bad"),
    (ROWS, "P3.1", "merge: union", "proved_by: order_in_force\n    merge: union", "proved_by_bad"),
    (ROWS, "P2.1", "kind: heading", "proved_by: order_in_force\n    kind: heading", "heading_with_answer"),
    (ROWS, "P7.1", 'code: "iot"', 'code: "ai"', "duplicate_choice"),
    (ROWS, "P4.1.1", "not_above: P4.1", "not_above: P4.9", "not_above_unknown"),
    (ROWS, "P4.1.1", "not_above: P4.1", "not_above: P4.3", "not_above_bad"),
    (ROWS, "P5.2.1", "      code: P5.2", "      code: P5.9", "condition_unknown"),
    (ROWS, "P4.1.1", "test: above_zero", "test: positive", "condition_test"),
    (ROWS, "P4.3", "text: ", "text: '<b>' #", "text_not_clean"),
    (ROWS, "P2.1", "kind: heading", "kind: yes_no", "merge_missing"),
    (ROWS, "P3.1", "kind: many", "kind: yes_no", "choices_not_wanted"),
    (ROWS, "P1", "weight: 13", "weight: 14", "weights_not_100"),
    (ROWS, "", "fiscal_year: 2567", "fiscal_year: 2024", "year_not_buddhist"),
    (ROWS, "", "corrected: ", 'corrected: "x" #', "correction_not_made"),
    (ROWS, "", "source: ", "source: &ref ", "alias"),
    (ROWS, "", "source: ", "source: !!str ", "tag"),
    (ROWS, "", "issuer: ", "title: ", "duplicate_key"),
    ("levels.yaml", "fifths", "at_least: 0", "at_least: 5", "bands_start"),
    ("levels.yaml", "fifths", "at_least: 60", "at_least: 40", "bands_not_rising"),
    ("levels.yaml", "fifths", "at_least: 80", "at_least: 180", "bands_beyond_100"),
    ("levels.yaml", "fifths", "level: 3", "level: 4", "levels_not_counted"),
    ("levels.yaml", "fifths", "must_contain: 37.87", "must_contain: 40", "must_contain_outside"),
    ("levels.yaml", "quarters", "code: quarters", "code: fifths", "duplicate_assumption"),
    ("levels.yaml", "quarters", "source: ", 'source: "" #', "level_without_source"),
    ("kpi.yaml", "", "value: 2", "value: 1", "kpi_steps_not_rising"),
    ("kpi.yaml", "", "interpolation: linear", "interpolation: cubic", "kpi_interpolation"),
    ("kpi.yaml", "", "measures: pillars_at_level", "measures: pillars", "kpi_measures"),
    ("kpi.yaml", "", "level: 3", "level: 6", "kpi_level"),
    ("kpi.yaml", "", "weight: 5", "weight: 500", "kpi_weight"),
    ("kpi.yaml", "", "weight: 50", "weight: 40", "kpi_weights_not_100"),
    (ROWS, "P4.1", "kind: services", "kind: systems, digital: true", "listing_bad"),
    (ROWS, "P7.1", "kind: technologies", "kind: services", "listing_bad"),
    (ROWS, "P2.2.2", "use: on_demand", "use: sold", "listing_bad"),
    (ROWS, "P5.1", "provider: own", "use: open, provider: own", "listing_bad"),
    (ROWS, "P4.1", "provider: parent", "provider: somebody", "listing_bad"),
    (ROWS, "P4.2", ", provider: own", "", "listing_bad"),
    (ROWS, "P2.1", "informants", "listing: {kind: systems}\n    informants", "heading_with_answer"),
]

ELSEWHERE = {"weights_not_100", "kpi_weights_not_100", "merge_missing", "code_outside_pillar", "choices_not_wanted"}
"""Reported at another line than the one that was changed: at the sum, at the code, at the list."""


def test_the_edition_is_sound() -> None:
    assert problems_of(EDITION) == []


@pytest.mark.parametrize(("file", "row", "old", "new", "code"), DEFECTS)
def test_each_defect_is_found_where_it_is(tmp_path: Path, file: str, row: str, old: str, new: str, code: str) -> None:
    folder = copy_edition(tmp_path)
    line = plant(folder, file, row, old, new)
    found = [problem for problem in problems_of(folder) if problem.code == code]
    assert found and found[0].file == file and found[0].th and found[0].en
    if code not in ELSEWHERE:
        assert line in [problem.line for problem in found]


TEN = [
    ("G2", "code: G2", "code: G1", "duplicate_code"),
    ("P1.2", "kind: yes_no", "kind: yesno", "not_in_list"),
    ("P1.3", "merge: owner", "merge: union", "merge_does_not_fit"),
    ("P1.4", "pillar: P1", "pillar: P8", "unknown_pillar"),
    ("P2.1.4.1", "      code: P2.1.4", "      code: P2.1.9", "condition_unknown"),
    ("P2.2.1.1", "beyond_parent_department: true", "beyond_parent_department: 1", "wrong_type"),
    ("P3.1", "end: 2024-06-11", "end: 2022-06-11", "window_backwards"),
    ("P4.1.1", "not_above: P4.1", "not_above: P4.7", "not_above_unknown"),
    ("P5.2.1", "hint", "hnit", "unknown_key"),
    ("P5.3", 'code: "file_sharing"', 'code: "instant_message"', "duplicate_choice"),
]


def test_ten_defects_are_reported_at_once_and_nothing_else(tmp_path: Path) -> None:
    folder = copy_edition(tmp_path)
    plant(folder, ROWS, "P5.2.1", "merge: ", "hint: x\n    merge: ")
    planted = [(plant(folder, ROWS, row, old, new), code) for row, old, new, code in TEN]
    found = [(problem.line, problem.code) for problem in problems_of(folder)]
    assert sorted(found) == sorted(planted)


def test_a_condition_that_points_forward(tmp_path: Path) -> None:
    folder = copy_edition(tmp_path)
    line = plant(folder, ROWS, "P2.1.4.1", "      code: P2.1.4", "      code: P5.2")
    assert [(each.code, each.line) for each in problems_of(folder) if each.line == line] == [("condition_forward", line)]


def test_a_circle_and_what_hangs_on_it(tmp_path: Path) -> None:
    folder = copy_edition(tmp_path)
    plant(folder, ROWS, "P5.2", "merge: ", "asked_when: {code: P5.2.1}\n    merge: ")
    plant(folder, ROWS, "P5.3.1", "merge: ", "asked_when: {code: P5.2.1}\n    merge: ")
    codes = [problem.code for problem in problems_of(folder)]
    assert sorted(codes) == ["condition_cycle", "unreachable_row"]


def test_a_row_that_hangs_on_a_heading(tmp_path: Path) -> None:
    folder = copy_edition(tmp_path)
    plant(folder, ROWS, "P2.1.4.1", "      code: P2.1.4", "      code: P2.1")
    assert [problem.code for problem in problems_of(folder)] == ["unreachable_row"]


def test_a_condition_must_name_a_row_and_only_one(tmp_path: Path) -> None:
    folder = copy_edition(tmp_path)
    plant(folder, ROWS, "P5.3.1", "merge: ", "asked_when: {}\n    merge: ")
    plant(folder, ROWS, "P6.1", "merge: ", "asked_when: {code: P5.2, any_of: [{code: P5.1}]}\n    merge: ")
    assert sorted(problem.code for problem in problems_of(folder)) == ["condition_empty", "condition_mixed"]


@pytest.mark.parametrize("file", ["edition.yaml", "levels.yaml", "kpi.yaml"])
def test_a_missing_file(tmp_path: Path, file: str) -> None:
    folder = copy_edition(tmp_path)
    (folder / file).unlink()
    assert [(problem.file, problem.code) for problem in problems_of(folder)] == [(file, "missing_file")]


def test_a_missing_folder(tmp_path: Path) -> None:
    assert [problem.code for problem in problems_of(tmp_path / "none")] == ["missing_folder"]


FILES = {file: read(EDITION, file) for file in ("edition.yaml", "levels.yaml", "kpi.yaml")}
ODD = st.sampled_from(["", "x", "- ", "  - code: a", "[[[", "\t", "a: {b: [1", "weight: .nan", "'", "rows: 3"]) | st.text()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["levels.yaml", "kpi.yaml"]), st.integers(0, 10_000), ODD)
def test_whatever_is_done_to_a_file_it_loads_or_says_why(file: str, place: int, odd: str) -> None:
    lines = (EDITION / file).read_text("utf-8").split("\n")
    lines[place % len(lines)] = odd
    changed = parse("\n".join(lines).encode("utf-8", "replace"), file)
    try:
        edition_of(*{**FILES, file: changed}.values())
    except EditionProblems as found:
        assert all(problem.line >= 1 and problem.th and problem.en for problem in found.problems)
