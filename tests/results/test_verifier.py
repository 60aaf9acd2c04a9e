"""The programs that lie in every pack: they need nothing of ours, agree with us on 1,000 sets, and find what was changed."""

from __future__ import annotations

import ast
import copy
import hashlib
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from phrom.rules.instrument.canonical import edition_json
from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.jcs import canonical
from tests.results.random_sets import figures_of, random_set

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "phrom/results/verifier"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(ROOT / "editions/dga-province-2567")


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """As somebody elsewhere would: another folder, no site packages, no environment of ours."""
    command = [sys.executable, "-I", "-S", PROGRAMS / "verify.py", *arguments]
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, cwd=cwd, encoding="utf-8")


def verified(edition: Edition, documents: list[Json], folder: Path, figures: list[Json] | None = None) -> tuple[int, str]:
    (folder / "edition.json").write_text(edition_json(edition), "utf-8")
    files = []
    for number, data in enumerate([*documents, *(figures or [])]):
        file = folder / f"{number}.json"
        file.write_bytes(canonical(data).encode())
        files.append(file)
    done = run(folder / "edition.json", *files, cwd=folder)
    return done.returncode, done.stdout + done.stderr


def test_a_thousand_random_sets_are_merged_and_scored_again_alike(edition: Edition, tmp_path: Path) -> None:
    chance = random.Random(2567)
    documents = [random_set(edition, chance) for _ in range(1000)]
    code, said = verified(edition, documents, tmp_path, [figures_of(edition, one) for one in documents])
    assert said.splitlines()[-1] == "ตรงกันทั้งหมด / all agrees"
    assert code == 0
    assert len({line for line in said.splitlines() if line.startswith(" total")}) > 500


def of_row(document: Json, wanted: Callable[[Json], bool]) -> Json:
    """How the first row came about of which `wanted` is true."""
    return next(how for how in document["provenance"].values() if wanted(how))


def taken(how: Json) -> bool:
    return not how["overridden"] and any(one["used"] and one["answer"]["value"] for one in how["sources"])


def other_value(document: Json) -> None:
    document["answers"]["P1.1"] = {**document["answers"].get("P1.1", {}), "value": "เปลี่ยน"}


def answer_gone(document: Json) -> None:
    document["answers"].pop(next(code for code, how in document["provenance"].items() if taken(how)))


def source_says_more(document: Json) -> None:
    source = next(one for one in of_row(document, taken)["sources"] if one["used"])
    source["answer"]["provider"] = "parent" if source["answer"]["provider"] != "parent" else "own"
    source["answer"]["detail"], source["answer"]["value"] = None, None


def source_gone(document: Json) -> None:
    how = of_row(document, taken)
    how["sources"] = [one for one in how["sources"] if not one["used"]]


def not_used_any_more(document: Json) -> None:
    next(one for one in of_row(document, taken)["sources"] if one["used"])["used"] = False


def decided_without_a_reason(document: Json) -> None:
    of_row(document, lambda how: how["overridden"])["reason"] = ""


def decision_made_up(document: Json) -> None:
    of_row(document, taken)["overridden"] = True


def evidence_moved_out_of_the_window(document: Json) -> None:
    for how in document["provenance"].values():
        for one in how["sources"]:
            for proof in one["answer"].get("evidence", ()):
                proof |= {"starts_on": "2001-01-01", "ends_on": "2001-01-02"}


def named_thing_twice(document: Json) -> None:
    for how in document["provenance"].values():
        for one in how["sources"]:
            for item in one["answer"].get("items", ()):
                item["ref"] = "everything is one"


def other_rule(document: Json) -> None:
    of_row(document, taken)["rule"] = "?"


def row_gone(document: Json) -> None:
    document["provenance"].pop("P1.1")


def last_year_higher(document: Json) -> None:
    document["last_year"] = "99.00"


def other_questionnaire(document: Json) -> None:
    document["edition_hash"] = "0" * 64


CHANGES = [
    other_value,
    answer_gone,
    source_says_more,
    source_gone,
    not_used_any_more,
    decided_without_a_reason,
    decision_made_up,
    evidence_moved_out_of_the_window,
    named_thing_twice,
    other_rule,
    row_gone,
    last_year_higher,
    other_questionnaire,
]


@pytest.fixture(scope="module")
def document(edition: Edition) -> Json:
    """A full set that has everything that a change could be about."""
    found = [random_set(edition, random.Random(seed)) for seed in range(40)]
    full = [one for one in found if any(len(how["proposed"].get("items", ())) > 1 for how in one["provenance"].values())]
    return max(full, key=lambda one: len(canonical(one)))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whoever_changes_the_set_and_makes_its_hash_anew_is_found(
    edition: Edition, document: Json, change: Callable[[Json], None], tmp_path: Path
) -> None:
    """A hash alone proves nothing where all hashes were made again; what the set says no longer fits together."""
    figures, changed = figures_of(edition, document), copy.deepcopy(document)
    assert verified(edition, [document], tmp_path, [figures])[0] == 0
    change(changed)
    figures["set_sha256"] = hashlib.sha256(canonical(changed).encode()).hexdigest()
    code, said = verified(edition, [changed], tmp_path, [figures])
    assert code in (1, 2), said
    assert "WRONG" in said or "cannot be read" in said


@pytest.mark.parametrize(
    "text",
    [
        lambda data: json.dumps(data, ensure_ascii=False, indent=1),
        lambda data: json.dumps(data, sort_keys=True, separators=(",", ":")),
        lambda data: canonical(data) + "\n",
        lambda data: canonical(data).replace('{"answers":', '{"answers":{},"answers":', 1),
    ],
    ids=["spaces", "ASCII", "a line break", "a key twice"],
)
def test_only_the_canonical_form_is_taken(
    edition: Edition, document: Json, text: Callable[[Json], str], tmp_path: Path
) -> None:
    (tmp_path / "edition.json").write_text(edition_json(edition), "utf-8")
    (tmp_path / "set.json").write_text(text(document), "utf-8")
    done = run("edition.json", "set.json", cwd=tmp_path)
    assert (done.returncode, "canonical" in done.stdout) == (1, True)


def test_the_hash_on_the_paper_must_be_that_of_the_set(edition: Edition, document: Json, tmp_path: Path) -> None:
    assert verified(edition, [document], tmp_path)[0] == 0
    right = hashlib.sha256(canonical(document).encode()).hexdigest()
    assert run("edition.json", "0.json", "--sha256", right.upper(), cwd=tmp_path).returncode == 0
    wrong = run("edition.json", "0.json", "--sha256", "f" * 64, cwd=tmp_path)
    assert (wrong.returncode, "printed hash" in wrong.stdout) == (1, True)


def test_a_hash_that_was_forgotten_is_not_taken_as_checked(edition: Edition, document: Json, tmp_path: Path) -> None:
    verified(edition, [document], tmp_path)
    done = run("edition.json", "0.json", "--sha256", cwd=tmp_path)
    assert (done.returncode, "printed hash" in done.stdout) == (1, True)


def test_figures_that_name_no_set_are_not_passed_over(edition: Edition, document: Json, tmp_path: Path) -> None:
    """Else whoever changes the printed figures need only take out which set they are of."""
    figures = figures_of(edition, document)
    figures.pop("set_sha256")
    figures["scorecard"]["total"] = "99.99"
    code, said = verified(edition, [document], tmp_path, [figures])
    assert (code, "figure" in said) == (1, True)


@pytest.mark.parametrize("name", [" หลักฐาน.pdf", "a\n total 99.00"])
def test_a_file_with_a_strange_name_that_is_in_no_manifest_is_counted(
    edition: Edition, document: Json, name: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as pack:
        for inside, content in (
            ("แบบสำรวจ.json", edition_json(edition)),
            ("ชุดคำตอบ.json", canonical(document)),
            ("คะแนน.json", canonical(figures_of(edition, document))),
        ):
            pack.writestr(inside, content)
        rows = [(each, hashlib.sha256(pack.read(each)).hexdigest()) for each in pack.namelist()]
        pack.writestr("บัญชีแฟ้ม.csv", "path,sha256\n" + "".join(f"{path},{sha256}\n" for path, sha256 in rows))
    assert run("pack.zip", cwd=tmp_path).returncode == 0
    with zipfile.ZipFile(tmp_path / "pack.zip", "a") as pack:
        pack.writestr(name, "อื่น")
    done = run("pack.zip", cwd=tmp_path)
    assert (done.returncode, "not in the manifest" in done.stdout) == (1, True)


def test_without_the_merging_program_it_still_scores(edition: Edition, document: Json, tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes((PROGRAMS / "verify.py").read_bytes())
    verified(edition, [document], tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", tmp_path / "verify.py", tmp_path / "edition.json", tmp_path / "0.json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, f"total {figures_of(edition, document)['scorecard']['total']}" in done.stdout) == (0, True)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"provenance":{}}', b"PK\x03\x04"])
def test_what_is_no_set_is_unreadable_and_never_taken(edition: Edition, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "edition.json").write_text(edition_json(edition), "utf-8")
    for name in ("set.json", "pack.zip"):
        (tmp_path / name).write_bytes(content)
    assert run("edition.json", "set.json", cwd=tmp_path).returncode in (1, 2)
    assert run("pack.zip", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("name", ["verify.py", "merge_again.py"])
def test_each_program_is_short_and_needs_only_python(name: str) -> None:
    text = (PROGRAMS / name).read_text("utf-8")
    tree = ast.parse(text)
    modules = {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {one.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    assert modules <= set(sys.stdlib_module_names)
    assert len(text.splitlines()) <= 200
