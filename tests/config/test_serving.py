"""Serving: a taken port, the demo's accounts, the job process, and that nothing starts on unsafe settings."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from phrom.config import checks, serving
from phrom.config.checks import UnsafeSettings
from phrom.config.serving import Jobs, accounts_table, load_demo, port_is_free, serve
from tests.servers import free_port

LISTING = json.dumps(
    {
        "people": [
            {"email": "coordinator@example.org", "password": "ช้างสองตัว", "note": "ผู้ประสานงาน"},
            {"email": "quiet@example.org", "password": "ไม่แสดง", "note": ""},
        ]
    }
)


def test_a_port_is_free_until_somebody_listens() -> None:
    port = free_port()
    assert port_is_free("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)):
        assert not port_is_free("127.0.0.1", port)
    assert not port_is_free("192.0.2.1", port)  # an address that is not of this machine


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens, in order; neither a server nor a job process is started."""
    order: list[str] = []

    class Granian:
        def __init__(self, target: str, **given: Any) -> None:
            order.append(f"{target} {given['address']}:{given['port']} x{given['workers']}")

        def serve(self) -> None:
            order.append("served")
            if "interrupted" in order:
                raise KeyboardInterrupt

    monkeypatch.setattr(serving, "Granian", Granian)
    monkeypatch.setattr(serving, "prepare", lambda: order.append("prepared"))
    monkeypatch.setattr(Jobs, "start", lambda self: order.append("jobs"))
    monkeypatch.setattr(Jobs, "stop", lambda self: order.append("jobs stopped"))
    return order


def test_a_taken_port_changes_nothing_and_is_told(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert serve(host="127.0.0.1", port=taken.getsockname()[1], workers=1) == 1
    said = capsys.readouterr().err
    assert "มีโปรแกรมอื่นใช้อยู่" in said and "is in use" in said
    assert started == []


def test_it_prepares_then_works_and_stops_its_jobs(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    assert serve(host="127.0.0.1", port=port, workers=3) == 0
    assert started == ["prepared", "jobs", f"phrom.config.wsgi:application 127.0.0.1:{port} x3", "served", "jobs stopped"]
    assert f"ready: http://127.0.0.1:{port}" in capsys.readouterr().out


def test_jobs_stop_when_the_server_is_interrupted(started: list[str]) -> None:
    started.append("interrupted")
    with pytest.raises(KeyboardInterrupt):
        serve(host="127.0.0.1", port=free_port(), workers=1)
    assert started[-1] == "jobs stopped"


def test_unsafe_settings_stop_before_the_database_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def unsafe() -> None:
        raise UnsafeSettings([])

    monkeypatch.setattr(serving.django, "setup", lambda: None)
    monkeypatch.setattr(checks, "assert_safe", unsafe)
    monkeypatch.setattr(serving, "call_command", lambda name, **given: calls.append(name))
    with pytest.raises(UnsafeSettings):
        serving.prepare()
    assert calls == []


def test_the_table_of_accounts_shows_those_meant_to_be_shown() -> None:
    table = accounts_table(LISTING, 8123)
    assert "coordinator@example.org" in table and "ช้างสองตัว" in table and "ผู้ประสานงาน" in table
    assert "quiet@example.org" not in table
    assert table.endswith("http://127.0.0.1:8123")
    assert "ข้อมูลสมมติทั้งหมด" in table


@pytest.fixture
def seeded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """The seeds that would be run."""
    calls: list[list[str]] = []

    def run(words: list[str], **given: Any) -> SimpleNamespace:
        calls.append(words)
        assert given["check"]
        return SimpleNamespace(stdout=LISTING)

    monkeypatch.setattr(serving.subprocess, "run", run)
    monkeypatch.setenv("PHROM_DATA", str(tmp_path / "data"))
    return calls


def test_the_demo_is_loaded_once_and_its_accounts_are_told_each_time(
    seeded: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = Path("/demo/seed.json")
    load_demo(seed, port=8123)
    load_demo(seed, port=8123)
    (words,) = seeded
    assert words[-4:] == ["seed", str(seed), "--data", str(tmp_path / "data")]
    assert capsys.readouterr().out.count("coordinator@example.org") == 2


def test_a_demo_that_failed_to_load_is_loaded_again(
    seeded: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    good = serving.subprocess.run

    def fail(words: list[str], **given: Any) -> None:
        raise subprocess.CalledProcessError(1, words)

    monkeypatch.setattr(serving.subprocess, "run", fail)
    with pytest.raises(subprocess.CalledProcessError):
        load_demo(Path("seed.json"), port=1)
    assert not (tmp_path / "data/demo-accounts.txt").exists()
    monkeypatch.setattr(serving.subprocess, "run", good)
    load_demo(Path("seed.json"), port=1)
    assert len(seeded) == 1


class Child:
    """A job process: asked to end it does, or does not."""

    def __init__(self, *, stubborn: bool = False, ended: bool = False) -> None:
        self.stubborn, self.ended = stubborn, ended
        self.told: list[str] = []

    def poll(self) -> int | None:
        return 0 if self.ended else None

    def send_signal(self, number: int) -> None:
        self.told.append(signal.Signals(number).name)

    def wait(self, timeout: float) -> None:
        if self.stubborn:
            raise subprocess.TimeoutExpired("jobs", timeout)

    def kill(self) -> None:
        self.told.append("SIGKILL")


@pytest.mark.parametrize(
    ("child", "told"),
    [(Child(), ["SIGTERM"]), (Child(stubborn=True), ["SIGTERM", "SIGKILL"]), (Child(ended=True), [])],
    ids=["ends when asked", "does not listen", "ended before"],
)
def test_the_job_process_is_asked_and_then_made_to_end(child: Child, told: list[str]) -> None:
    jobs = Jobs()
    jobs.process = child  # type: ignore[assignment]
    jobs.stop()
    assert child.told == told
    assert jobs.stopping.is_set()


def test_a_job_process_that_ends_by_itself_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, begun = Jobs(), []

    class Ended:
        def __init__(self, words: list[str], **given: Any) -> None:
            begun.append(words[2:4])
            if len(begun) == 3:
                jobs.stopping.set()

        def wait(self) -> int:
            return 1

    monkeypatch.setattr(serving.subprocess, "Popen", Ended)
    monkeypatch.setattr(jobs.stopping, "wait", lambda seconds: None)
    jobs._watch()
    assert begun == [["django", "db_worker"]] * 3
