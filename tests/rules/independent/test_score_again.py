"""A second, independent program gives the same figures as `phrom score` for 200 random answer sets of the real edition."""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from phrom.config.commands.score import score_document, score_file
from phrom.rules.instrument.canonical import edition_json
from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Edition, Kind, Question
from tests.factories.rules import make_little_edition
from tests.rules.independent.score_again import Paper

FOLDER = Path(__file__).resolve().parents[3] / "editions/dga-province-2567"
PROGRAM = Path(__file__).parent / "score_again.py"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(FOLDER)


def random_value(row: Question, chance: random.Random) -> Any:
    match row.kind:
        case Kind.YES_NO:
            return chance.random() < 0.7
        case Kind.MANY:
            return chance.sample([choice.code for choice in row.choices], chance.randint(0, len(row.choices)))
        case Kind.COUNT:
            return chance.choice([0, 1, 3, 9, 10, 11, 500])
        case Kind.PERCENT:
            return chance.choice(["0", "33.33", "85.5", "100"])
        case Kind.URL:
            return "https://chiangmai.go.th"
        case Kind.DATE:
            return "2024-06-11"
        case _:
            return "ข้อความ"


def random_set(edition: Edition, chance: random.Random) -> dict[str, Any]:
    answers = {}
    thorough = chance.random()
    for row in edition.asked_rows:
        if chance.random() < 0.05:
            answers[row.code] = {"value": None, "cannot": "อยู่ระหว่างรวบรวมข้อมูล"}
        elif chance.random() < thorough:
            provider = chance.choice(["own", "own", "both", "parent", ""])
            answers[row.code] = {"value": random_value(row, chance), "provider": provider}
    last_year = chance.choice([None, "37.87", "4.2", "97.00", f"{chance.uniform(0, 100):.2f}"])
    return {"body": "chiangmai", "answers": answers, **({"last_year": last_year} if last_year else {})}


def without_sentences(figures: dict[str, Any]) -> dict[str, Any]:
    """What both programs say."""
    return {
        "total": figures["total"],
        "levels": figures["levels"],
        "pillars": {
            code: {key: pillar[key] for key in ("points", "percent", "levels")} for code, pillar in figures["pillars"].items()
        },
        "rows": {code: row["points"] for code, row in figures["rows"].items()},
        "kpi": {
            code: {"subs": {sub: each["points"] for sub, each in kpi["subs"].items()}, "points": kpi["points"]}
            for code, kpi in figures["kpi"].items()
        },
    }


def test_two_programs_agree_on_200_random_sets(edition: Edition) -> None:
    chance = random.Random(2567)
    paper = Paper(FOLDER, {"answers": {}})
    totals = set()
    for _ in range(200):
        document = random_set(edition, chance)
        paper.take(document)
        ours = without_sentences(score_document(edition, document))
        assert ours == paper.score()
        totals.add(ours["total"])
    assert len(totals) > 150


def test_they_agree_on_kinds_and_conditions_that_the_real_edition_does_not_use(tmp_path: Path) -> None:
    edition = make_little_edition()
    data = json.loads(edition_json(edition))
    # JSON is YAML, so the canonical JSON is an edition's folder too.
    for name, content in (("edition", data), ("kpi", data["kpi"]), ("levels", {"assumptions": data["levels"]})):
        (tmp_path / f"{name}.yaml").write_text(json.dumps(content), "utf-8")
    chance = random.Random(9)
    paper = Paper(tmp_path, {"answers": {}})
    for _ in range(200):
        document = random_set(edition, chance)
        paper.take(document)
        assert without_sentences(score_document(edition, document)) == paper.score()


def test_many_at_once_give_the_same_as_each_alone(edition: Edition) -> None:
    chance = random.Random(378)
    documents = [{**random_set(edition, chance), "body": f"body-{number}"} for number in range(60)]
    together = score_document(edition, {"sheets": documents})["scores"]
    for document, line in zip(documents, together, strict=True):
        alone = score_document(edition, document)
        assert (line["body"], line["total"], line["levels"]) == (document["body"], alone["total"], alone["levels"])
        for code, pillar in line["pillars"].items():
            assert pillar == {"percent": alone["pillars"][code]["percent"], "levels": alone["pillars"][code]["levels"]}


def test_the_programs_agree_as_commands(edition: Edition, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(random_set(edition, random.Random(1))), "utf-8")
    said = subprocess.run([sys.executable, PROGRAM, FOLDER, file], capture_output=True, check=True, text=True, cwd=tmp_path)
    assert json.loads(said.stdout) == without_sentences(json.loads(score_file(FOLDER, file)))


def test_the_second_program_is_independent() -> None:
    tree = ast.parse(PROGRAM.read_text("utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert modules == {"__future__", "json", "sys", "collections.abc", "functools", "math", "pathlib", "typing", "ruamel.yaml"}
    assert len(PROGRAM.read_text("utf-8").splitlines()) <= 150
