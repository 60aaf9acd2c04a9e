"""งานตามเวลาเมื่อมีสิ่งผิดปกติ: งานหนึ่งเสียงานอื่นยังทำ นาฬิกาที่ถูกตั้งย้อนไม่ทำให้หยุดทำตลอดไป.

Periodic work among troubles: one that cannot even be claimed stops nobody, a clock that was set back stops nothing for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from phrom.config import ticking
from phrom.config.models import PeriodicRun
from phrom.config.ticking import MINUTE, WORK, Periodic, tick
from tests.factories.ticking import make_run

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 14, 1, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def work(done: list[str]) -> Callable[..., Periodic]:
    """A piece of work that notes its name."""
    return lambda name, every=MINUTE: Periodic(name, every, lambda at: done.append(name))


def test_one_that_cannot_be_claimed_is_told_and_stops_nobody(
    work: Callable[..., Periodic], done: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    usual = ticking._claim

    def locked(each: Periodic, at: datetime) -> bool:
        if each.name == "locked":
            raise OperationalError("database is locked")
        return usual(each, at)

    monkeypatch.setattr(ticking, "_claim", locked)
    with caplog.at_level(logging.ERROR):
        told = tick(AT, (work("first"), work("locked"), work("last")))
    assert told == {"first": "", "locked": "OperationalError: database is locked", "last": ""}
    assert done == ["first", "last"] and "locked" in caplog.text


def test_a_clock_that_was_set_back_stops_nothing_for_ever(work: Callable[..., Periodic], done: list[str]) -> None:
    """A demonstration stands in June 2567 after the same database ran in another year."""
    make_run("letters", AT + 2 * YEAR)
    assert tick(AT, (work("letters"),)) == {"letters": ""}
    assert tick(AT + timedelta(seconds=20), (work("letters"),)) == {}
    assert tick(AT + MINUTE, (work("letters"),)) == {"letters": ""}
    assert done == ["letters"] * 2


@pytest.mark.parametrize("ahead", [1, 30, 59])
def test_a_machine_whose_clock_is_seconds_behind_does_nothing_twice(
    ahead: int, work: Callable[..., Periodic], done: list[str]
) -> None:
    make_run("letters", AT + timedelta(seconds=ahead))
    assert tick(AT, (work("letters"),)) == {} and done == []


def test_a_clock_that_jumps_ahead_does_each_once_and_not_once_a_missed_minute(
    work: Callable[..., Periodic], done: list[str]
) -> None:
    tick(AT, (work("letters"),))
    tick(AT + YEAR, (work("letters"),))
    tick(AT + YEAR, (work("letters"),))
    assert done == ["letters"] * 2


def test_when_it_last_began_and_ended_stands_in_its_row(work: Callable[..., Periodic]) -> None:
    tick(AT, (work("letters"),))
    tick(AT + MINUTE, (work("letters"),))
    row = PeriodicRun.objects.get(name="letters")
    assert (row.begun_at, row.ended_at, row.trouble) == (AT + MINUTE, AT + MINUTE, "")


def test_one_that_is_stopped_in_the_middle_has_begun_and_not_ended_and_is_done_again(done: list[str]) -> None:
    def killed(at: datetime) -> None:
        raise KeyboardInterrupt

    fine = (Periodic("letters", MINUTE, lambda at: done.append("letters")),)
    tick(AT - MINUTE, fine)
    with pytest.raises(KeyboardInterrupt):
        tick(AT, (Periodic("letters", MINUTE, killed),))
    row = PeriodicRun.objects.get(name="letters")
    assert (row.begun_at, row.ended_at) == (AT, None)
    tick(AT + MINUTE, fine)
    assert done == ["letters"] * 2


def test_a_very_long_trouble_fits_its_column(work: Callable[..., Periodic]) -> None:
    def fails(at: datetime) -> None:
        raise ValueError("ก" * 5000)

    tick(AT, (Periodic("letters", MINUTE, fails),))
    assert len(PeriodicRun.objects.get().trouble) == 500


@pytest.mark.parametrize("each", WORK, ids=lambda each: each.name)
def test_every_piece_alone_stops_none_of_the_others(each: Periodic) -> None:
    def fails(at: datetime) -> None:
        raise ConnectionResetError("gone")

    broken = [Periodic(one.name, one.every, fails) if one is each else one for one in WORK]
    told = tick(AT, broken)
    assert told == {one.name: "ConnectionResetError: gone" if one is each else "" for one in WORK}
