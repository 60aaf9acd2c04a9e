"""Periodic work: each piece when it is due, once, and none stops another."""

from __future__ import annotations

import io
import logging
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from phrom.config import serving, ticking
from phrom.config.management.commands import tick as command
from phrom.config.models import PeriodicRun
from phrom.config.serving import Jobs
from phrom.config.ticking import MINUTE, Periodic, tick
from tests.factories.ticking import make_run

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 14, 1, 0, tzinfo=UTC)


@pytest.fixture
def done() -> list[tuple[str, datetime]]:
    return []


@pytest.fixture
def work(done: list[tuple[str, datetime]]) -> Callable[..., Periodic]:
    """A piece of work that notes when it was done, or fails."""

    def make(name: str, every: timedelta = MINUTE, problem: Exception | None = None) -> Periodic:
        def do(at: datetime) -> None:
            done.append((name, at))
            if problem:
                raise problem

        return Periodic(name, every, do)

    return make


def test_work_is_done_when_it_is_due_and_not_before(work: Callable[..., Periodic], done: list[tuple[str, datetime]]) -> None:
    table = (work("letters"), work("hourly", timedelta(hours=1)))
    for minutes in (0, 0.5, 1, 2, 60):
        tick(AT + timedelta(minutes=minutes), table)
    assert [(at - AT).total_seconds() / 60 for name, at in done if name == "letters"] == [0, 1, 2, 60]
    assert [(at - AT).total_seconds() / 60 for name, at in done if name == "hourly"] == [0, 60]


def test_a_minute_that_is_a_breath_short_is_a_minute(work: Callable[..., Periodic], done: list[Any]) -> None:
    for seconds in (0, 58):
        tick(AT + timedelta(seconds=seconds), (work("letters"),))
    assert len(done) == 2


def test_one_that_fails_is_told_and_stops_nobody(
    work: Callable[..., Periodic], done: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    table = (work("first"), work("broken", problem=OSError("เครือข่ายล่ม")), work("last"))
    with caplog.at_level(logging.ERROR):
        told = tick(AT, table)
    assert [name for name, _ in done] == ["first", "broken", "last"]
    assert told == {"first": "", "broken": "OSError: เครือข่ายล่ม", "last": ""}
    assert "the periodic work broken failed" in caplog.text
    row = PeriodicRun.objects.get(name="broken")
    assert (row.ended_at, row.trouble) == (AT, "OSError: เครือข่ายล่ม")


def test_what_failed_is_tried_again_and_the_trouble_is_forgotten(work: Callable[..., Periodic]) -> None:
    tick(AT, (work("letters", problem=ValueError("x")),))
    tick(AT + MINUTE, (work("letters"),))
    assert PeriodicRun.objects.get().trouble == ""


def test_what_another_machine_began_just_now_is_left_to_it(work: Callable[..., Periodic], done: list[Any]) -> None:
    make_run("letters", AT - timedelta(seconds=20))
    assert tick(AT, (work("letters"),)) == {} and done == []


def test_two_ticks_of_the_same_moment_do_it_once(work: Callable[..., Periodic], done: list[Any]) -> None:
    """The second one begins while the first is still at it: its row is claimed already."""
    inner = work("letters")

    def twice(at: datetime) -> None:
        inner.do(at)
        assert tick(at, (Periodic("letters", MINUTE, inner.do),)) == {}

    tick(AT, (Periodic("letters", MINUTE, twice),))
    assert len(done) == 1


def test_every_piece_of_the_table_has_a_name_of_its_own_and_runs_on_an_empty_house() -> None:
    names = [each.name for each in ticking.WORK]
    assert len(set(names)) == len(names) >= 2
    assert tick(AT) == dict.fromkeys(names, "")


def test_the_command_does_what_is_due_and_prints_what_went_wrong(
    monkeypatch: pytest.MonkeyPatch, work: Callable[..., Periodic]
) -> None:
    monkeypatch.setattr(command, "tick", lambda at: tick(at, (work("good"), work("bad", problem=ValueError("เสีย")))))
    err = io.StringIO()
    call_command("tick", stderr=err)
    assert err.getvalue() == "bad: ValueError: เสีย\n"


def test_the_loop_goes_on_every_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Exception):
        pass

    slept, ticks = [], []

    def sleep(seconds: int) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise Stopped

    monkeypatch.setattr(command.time, "sleep", sleep)
    monkeypatch.setattr(command, "tick", lambda at: ticks.append(at) or {})
    with pytest.raises(Stopped):
        call_command("tick", "--loop")
    assert (slept, len(ticks)) == ([60, 60, 60], 3)


def test_the_server_ticks_every_minute_in_a_process_of_its_own_even_when_one_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, begun, waited = Jobs(), [], []

    def run(words: list[str], **given: Any) -> None:
        begun.append((words[1:], given["timeout"], given["preexec_fn"]))
        raise subprocess.TimeoutExpired(words, given["timeout"])

    monkeypatch.setattr(serving.subprocess, "run", run)
    monkeypatch.setattr(jobs.stopping, "wait", lambda seconds: waited.append(seconds) or len(waited) > 2)
    jobs._ticks()
    assert begun == [(["-m", "django", "tick"], serving.TICK_LONGEST, serving._gently)] * 2
    assert waited == [60, 60, 60]
