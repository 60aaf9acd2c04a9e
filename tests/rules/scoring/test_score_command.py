"""`phrom score` on files: one set, many sets, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from phrom.config.command import main
from phrom.config.commands.score import CannotScore, score_document, score_file
from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Edition

FOLDER = Path(__file__).resolve().parents[3] / "editions/dga-province-2567"
YES = {"value": True, "detail": None, "provider": "own", "cannot": ""}


def written(tmp_path: Path, document: object) -> Path:
    file = tmp_path / "answers.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return file


def test_one_set(tmp_path: Path) -> None:
    document = {"format": "phrom-answer-set-1", "body": "chiangmai", "answers": {"P1.4": YES}, "last_year": "37.87"}
    figures = json.loads(score_file(FOLDER, written(tmp_path, document)))
    assert figures["body"] == "chiangmai"
    assert figures["rows"]["P1.4"]["points"] == "1.00"
    assert figures["pillars"]["P1"]["percent"] == "14.29"
    assert figures["total"] == "1.86"
    assert figures["status"] == "estimated"
    assert set(figures["kpi"]) == {"fifths", "quarters"}


def test_last_years_total_may_be_given_beside_a_frozen_set(tmp_path: Path) -> None:
    file = written(tmp_path, {"answers": {}})
    figures = [json.loads(score_file(FOLDER, file, last_year=last_year)) for last_year in (None, "4.00")]
    assert [each["kpi"]["fifths"]["subs"]["2"]["points"] for each in figures] == [None, "50.00"]


def test_many_sets(tmp_path: Path) -> None:
    sheets = [{"body": "chiangmai", "answers": {"P1.4": YES}}, {"body": "lamphun", "answers": {}}]
    figures = json.loads(score_file(FOLDER, written(tmp_path, {"sheets": sheets})))
    assert [(each["body"], each["total"]) for each in figures["scores"]] == [("chiangmai", "1.86"), ("lamphun", "0.00")]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(FOLDER)


@pytest.mark.parametrize("text", ["not json", "[]", "{}", "5"])
def test_a_file_that_is_no_answer_set_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CannotScore, match=" / "):
        score_file(FOLDER, written(tmp_path, text))


@pytest.mark.parametrize(
    "document",
    [
        {"answers": []},
        {"answers": {"P1.1": {"value": "x"}}},
        {"answers": {"P2.1": YES}},
        {"answers": {"P9.9": YES}},
        {"answers": {}, "edition": "another"},
        {"answers": {}, "edition_hash": "0" * 64},
        {"answers": {}, "last_year": 37.87},
        {"answers": {}, "last_year": "137.87"},
        {"sheets": {}},
        {"sheets": [{"body": "a"}]},
        {"sheets": [{"body": "a", "answers": {}}, {"body": "a", "answers": {}}]},
    ],
)
def test_what_cannot_be_scored_is_refused_in_thai_and_english(edition: Edition, document: Any) -> None:
    with pytest.raises(CannotScore) as refused:
        score_document(edition, document)
    assert all(" / " in line for line in refused.value.lines)


def test_all_bad_answers_are_named_at_once(edition: Edition) -> None:
    document = {"answers": {"P1.1": {"value": "x"}, "P4.1": {"value": -1}, "P9.9": YES}}
    with pytest.raises(CannotScore) as refused:
        score_document(edition, document)
    assert [line.split(":")[0] for line in refused.value.lines] == ["P1.1", "P4.1", "P9.9"]


def test_a_broken_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotScore):
        score_file(tmp_path / "nowhere", written(tmp_path, {"answers": {}}))


def test_as_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(FOLDER), str(written(tmp_path, {"answers": {}}))]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == "0.00"
    assert main(["score", str(FOLDER), str(tmp_path / "none.json")]) == 1
    assert "อ่านไฟล์ none.json ไม่ได้" in capsys.readouterr().err
