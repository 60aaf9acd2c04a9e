"""Every word of the `phrom` command: what it starts, with which data, and how it says no."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from phrom.config import command, serving
from phrom.config.command import main
from phrom.config.settings import ROOT

EDITION = ROOT / "editions/dga-province-2567"
CHOSEN = ("PHROM_DATA", "PHROM_DB", "PHROM_MAIL_DIR", "PHROM_TRUSTED_PROXY")
Call = dict[str, Any]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command chooses is forgotten after the test."""
    for name in CHOSEN:
        monkeypatch.setenv(name, "kept for putting back")
        monkeypatch.delenv(name)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What would be served; no server is started."""
    calls: list[Call] = []
    monkeypatch.setattr(serving, "serve", lambda **given: calls.append(given) or 0)
    monkeypatch.setattr(serving, "load_demo", lambda file, **given: calls.append({"demo": file, **given}))
    return calls


@pytest.fixture
def managed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The Django commands that would be run."""
    calls: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", calls.append)
    return calls


def test_serve_listens_to_this_machine_alone_unless_told(served: list[Call], tmp_path: Path) -> None:
    assert main(["serve", "--port", "8123", "--data", str(tmp_path)]) == 0
    assert served == [{"host": "127.0.0.1", "port": 8123, "workers": 2}]
    assert os.environ["PHROM_DATA"] == str(tmp_path)
    assert [name for name in CHOSEN if name in os.environ] == ["PHROM_DATA"]


def test_serve_takes_its_options(served: list[Call], tmp_path: Path) -> None:
    options = ["--host", "0.0.0.0", "--workers", "4", "--db", "postgres://u@h/n", "--mail-dir", str(tmp_path / "mail")]
    main(["serve", "--port", "1", "--data", str(tmp_path), "--trusted-proxy", *options])
    assert served == [{"host": "0.0.0.0", "port": 1, "workers": 4}]
    assert (os.environ["PHROM_DB"], os.environ["PHROM_TRUSTED_PROXY"]) == ("postgres://u@h/n", "1")
    assert os.environ["PHROM_MAIL_DIR"] == str(tmp_path / "mail")


def test_the_exit_code_is_the_servers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serving, "serve", lambda **given: 1)
    assert main(["serve", "--port", "1", "--data", str(tmp_path)]) == 1


def test_up_prepares_the_demo_and_serves_it(served: list[Call], tmp_path: Path) -> None:
    assert main(["up", "--port", "8200", "--data", str(tmp_path)]) == 0
    demo, server = served
    assert demo == {"demo": ROOT / "demo/chiangmai-2567/seed.json", "port": 8200}
    assert demo["demo"].is_file()
    assert server["port"] == 8200
    assert os.environ["PHROM_MAIL_DIR"] == str(tmp_path / "mail")


@pytest.mark.parametrize(
    ("words", "django"),
    [
        (["verify"], ["verify"]),
        (["verify", "--json"], ["verify", "--json"]),
        (["routes"], ["routes"]),
        (["routes", "--json"], ["routes", "--json"]),
        (["backup", "/tmp/ก.zip"], ["backup", "/tmp/ก.zip"]),
        (["restore", "/tmp/ก.zip"], ["restore", "/tmp/ก.zip"]),
        (["restore", "/tmp/ก.zip", "--replace"], ["restore", "/tmp/ก.zip", "--replace"]),
        (["seed", "/tmp/จังหวัด.json"], ["seed", "/tmp/จังหวัด.json"]),
    ],
)
def test_a_word_runs_its_own_command_on_the_data(
    managed: list[list[str]], tmp_path: Path, words: list[str], django: list[str]
) -> None:
    assert main([*words, "--data", str(tmp_path)]) == 0
    assert managed == [["phrom", *django]]
    assert os.environ["PHROM_DATA"] == str(tmp_path)


def test_a_relative_path_is_meant_from_where_one_stands(
    managed: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["backup", "out.zip", "--data", "d"])
    assert managed == [["phrom", "backup", str(tmp_path / "out.zip")]]
    assert os.environ["PHROM_DATA"] == str(tmp_path / "d")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["serve"],
        ["serve", "--port", "x", "--data", "d"],
        ["backup"],
        ["restore"],
        ["edition"],
        ["edition", "burn"],
    ],
)
def test_what_is_no_command_is_told_how_to_say_it(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage: phrom" in capsys.readouterr().err


class OperationalError(Exception):
    """Named as the database's own."""


class ImproperlyConfigured(Exception):
    """Named as Django's own."""


def told(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> int:
    def fail(options: Namespace) -> int:
        raise problem

    monkeypatch.setattr(command, "_serve", fail)
    return main(["serve", "--port", "1", "--data", "d"])


@pytest.mark.parametrize("problem", [OperationalError("no route"), ImproperlyConfigured("no route")])
def test_a_database_out_of_reach_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: Exception
) -> None:
    assert told(monkeypatch, problem) == 1
    said = capsys.readouterr().err
    assert "ติดต่อฐานข้อมูลไม่ได้ ไม่มีอะไรเปลี่ยน" in said
    assert "Nothing was changed. Please check --db. (no route)" in said


def test_a_fault_of_the_program_is_not_dressed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        told(monkeypatch, ZeroDivisionError("a fault"))


def test_an_edition_is_checked_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "check", str(EDITION)]) == 0
    assert main(["edition", "show", str(EDITION), "--json"]) == 0
    assert '"fiscal_year"' in capsys.readouterr().out


@pytest.mark.parametrize("words", [["edition", "show"], ["edition", "check"]])
def test_an_edition_that_is_none_is_told_by_file(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "edition.yaml").write_text("id: [", encoding="utf-8")
    assert main([*words, str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "edition.yaml" in said.out + said.err


def test_a_score_without_answers_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(EDITION), str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err
