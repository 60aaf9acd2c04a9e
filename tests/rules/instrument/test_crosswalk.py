"""A crosswalk names every asked row of both editions once; everything else is told with its line, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from phrom.config.command import main
from phrom.rules.instrument.crosswalk import Relation, crosswalk_file, load_crosswalk
from phrom.rules.instrument.load import EditionProblems, load_edition
from phrom.rules.instrument.model import Edition
from tests.rules.instrument.broken import EDITION

EDITIONS = EDITION.parent
BEFORE, AFTER = "dga-province-2566", "dga-province-2567"


@pytest.fixture(scope="module")
def years() -> tuple[Edition, Edition]:
    return load_edition(EDITIONS / BEFORE), load_edition(EDITIONS / AFTER)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(crosswalk_file(EDITIONS, BEFORE, AFTER), tmp_path))


def test_the_crosswalk_between_our_two_years_names_every_row_once(years: tuple[Edition, Edition]) -> None:
    found = load_crosswalk(crosswalk_file(EDITIONS, BEFORE, AFTER), *years)
    assert set(found.by_later) == {row.code for row in years[1].asked_rows}
    assert found.by_later["P1.1"].relation is Relation.EQUAL
    assert found.by_later["P3.1"].option("online") == "self_learning"
    assert found.by_later["P3.1"].option("seminar") == ""
    assert [match.before for match in found.rows if match.relation is Relation.REMOVED] == ["P5.2"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{from: P1.1, to: P1.1,", "{from: P1.9, to: P1.1,", "crosswalk_unknown_row"),
        ("{from: P1.2, to: P1.2,", "{from: P1.1, to: P1.2,", "crosswalk_row_twice"),
        ("  - {to: G1, relation: new}\n", "", "crosswalk_row_missing"),
        ("{to: G1, relation: new}", "{to: G1, relation: removed}", "crosswalk_sides"),
        ("{to: G1, relation: new}", "{to: G1, relation: newer}", "not_in_list"),
        ("{to: G1, relation: new}", "{to: G1, relation: new, wordy: 1}", "unknown_key"),
        ("to: P4.6, relation: changed", "to: P4.1, relation: equal", "crosswalk_kinds"),
        ('{fax: ""}', '{fax: "telex"}', "crosswalk_option"),
        ("from: dga-province-2566\n", "from: dga-province-2565\n", "crosswalk_other_edition"),
        ("rows:\n", "rows: none\nmore:\n", "wrong_type"),
        ("rows:\n", "rows: [\n", "bad_yaml"),
    ],
)
def test_every_defect_is_told_with_its_line(years: tuple[Edition, Edition], file: Path, old: str, new: str, code: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(EditionProblems) as refused:
        load_crosswalk(file, *years)
    told = [problem for problem in refused.value.problems if problem.code == code]
    assert told
    assert all(problem.line >= 1 and problem.th and problem.en for problem in told)


def test_all_defects_come_at_once(years: tuple[Edition, Edition], file: Path) -> None:
    text = file.read_text("utf-8").replace("to: P1.1, relation: equal", "to: P1.1, relation: same")
    file.write_text(text.replace("  - {to: G1, relation: new}\n", ""), "utf-8")
    with pytest.raises(EditionProblems) as refused:
        load_crosswalk(file, *years)
    assert {"not_in_list", "crosswalk_row_missing"} <= {problem.code for problem in refused.value.problems}


def test_a_missing_file_is_told(years: tuple[Edition, Edition], tmp_path: Path) -> None:
    with pytest.raises(EditionProblems) as refused:
        load_crosswalk(tmp_path / "none.yaml", *years)
    assert [problem.code for problem in refused.value.problems] == ["missing_file"]


def test_the_command_counts_the_relations_or_names_every_defect(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["edition", "crosswalk", "check", str(EDITIONS / BEFORE), str(EDITIONS / AFTER)]) == 0
    assert "equal 7" in capsys.readouterr().out
    copied = Path(shutil.copytree(EDITIONS, tmp_path / "editions"))
    broken = crosswalk_file(copied, BEFORE, AFTER)
    broken.write_text(broken.read_text("utf-8").replace("  - {to: G1, relation: new}\n", ""), "utf-8")
    assert main(["edition", "crosswalk", "check", str(copied / BEFORE), str(copied / AFTER)]) == 1
    out = capsys.readouterr().out
    assert "G1" in out
    assert f"{broken}:6:" in out


def test_an_invented_edition_says_so_and_the_real_one_keeps_its_hash(years: tuple[Edition, Edition]) -> None:
    assert years[0].invented
    assert "สมมติ" in years[0].title
    assert "สมมติ" in years[0].notes[0]
    assert not years[1].invented
    assert len(years[0].asked_rows) == 14
