"""kill -9 while four officials type: what was acknowledged is there, after every start (promise G01)."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pysqlite3
import pytest

from tests.environment import postgres_address
from tests.faults.clients import Browser
from tests.faults.province import Official, make_province
from tests.servers import Server, start_server

pytestmark = pytest.mark.faults
SAVES, KILLS = 1_000, 6
VERSIONS = "SELECT ask_id, version, content FROM survey_answerversion"
NEWEST = "SELECT ask_id, version FROM survey_answer"


class Typist(threading.Thread):
    """Saves again and again upon the version it was given; retries what was not acknowledged."""

    def __init__(self, port: int, official: Official, saves: int) -> None:
        super().__init__(daemon=True)
        self.browser, self.ask, self.saves = Browser(port, official), official.text, saves
        self.acknowledged: dict[int, str] = {}
        self.surprises: list[Any] = []

    def run(self) -> None:
        version = 0
        for number in range(self.saves):
            text = f"ข้อความที่ {number} ของข้อ {self.ask}"
            version = self._save(text, version)
            self.acknowledged[version] = text

    def _save(self, text: str, version: int) -> int:
        """Until it is acknowledged; the same text upon the same version may be sent again."""
        while True:
            reply = self.browser.save(self.ask, text, version)
            if reply.status == 200:
                return int(reply.body["version"])
            if reply.status != 0:
                self.surprises.append(reply)
            time.sleep(0.05)


def test_sqlite(tmp_path: Path) -> None:
    data = tmp_path / "data"
    type_and_kill(data, "", lambda: rows_of_sqlite(data / "phrom.sqlite3", tmp_path))
    with contextlib.closing(pysqlite3.connect(str(data / "phrom.sqlite3"))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_postgres(tmp_path: Path) -> None:
    address = postgres_address()
    type_and_kill(tmp_path / "data", address, lambda: rows_of_postgres(address))


def type_and_kill(data: Path, db: str, rows: Any) -> None:
    officials = make_province(data, db)
    luck = random.Random(2567)
    server = start_server(data, db=db)
    typists = [Typist(server.port, official, SAVES // len(officials)) for official in officials]
    for typist in typists:
        typist.start()
    slowest = 0.0
    try:
        for number in range(1, KILLS + 1):
            wait_until(typists, int(SAVES * (number - luck.random() / 2) / (KILLS + 1)))
            server.kill()
            check(typists, *rows())
            started = time.monotonic()
            server = start_server(data, db=db, port=server.port)
            slowest = max(slowest, time.monotonic() - started)
        for typist in typists:
            typist.join(timeout=60)
            assert not typist.is_alive()
    finally:
        server.kill()
    check(typists, *rows())
    assert [typist.surprises for typist in typists] == [[]] * len(typists)
    assert sum(len(typist.acknowledged) for typist in typists) == SAVES
    assert slowest < 15  # 2 to 3 seconds on a quiet machine
    assert verified(data, db) == 0


def wait_until(typists: list[Typist], saves: int) -> None:
    until = time.monotonic() + 60
    while sum(len(typist.acknowledged) for typist in typists) < saves:
        assert time.monotonic() < until, [typist.surprises for typist in typists]
        time.sleep(0.002)


def check(typists: list[Typist], versions: dict[tuple[int, int], Any], newest: dict[int, int]) -> None:
    """Every text that was ever acknowledged is stored under its version, and the newest is not older."""
    for typist in typists:
        acknowledged = dict(typist.acknowledged)
        lost = [v for v, text in acknowledged.items() if versions.get((typist.ask, v), {}).get("value") != text]
        assert lost == []
        assert newest.get(typist.ask, 0) >= max(acknowledged, default=0)


Rows = tuple[dict[tuple[int, int], Any], dict[int, int]]


def rows_of_sqlite(database: Path, folder: Path) -> Rows:
    """Read a copy of the dead server's files, so that the next start does the recovery itself."""
    for path in database.parent.glob(f"{database.name}*"):
        shutil.copy(path, folder / path.name)
    with contextlib.closing(pysqlite3.connect(str(folder / database.name))) as copy:
        versions = {(ask, version): json.loads(content) for ask, version, content in copy.execute(VERSIONS)}
        return versions, dict(copy.execute(NEWEST).fetchall())


def rows_of_postgres(address: str) -> Rows:
    with psycopg.connect(address) as database:
        versions = {(ask, version): content for ask, version, content in database.execute(VERSIONS)}
        return versions, dict(database.execute(NEWEST).fetchall())


def verified(data: Path, db: str) -> int:
    import subprocess
    import sys

    environment = {**os.environ, "PHROM_DB": db}
    command = [sys.executable, "-m", "phrom.config", "verify", "--data", str(data)]
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Server, list[Official]]]:
    """A server on SQLite with its officials."""
    officials = make_province(tmp_path / "data")
    server = start_server(tmp_path / "data")
    yield server, officials
    server.kill()


def test_no_worker_inherits_an_open_database(server: tuple[Server, list[Official]]) -> None:
    """The process that forks the workers has no database file open: a forked SQLite believes in locks that it does not hold."""
    folder = Path(f"/proc/{server[0].pid}/fd")
    if not folder.exists():
        pytest.skip("needs /proc")
    opened = [os.readlink(path) for path in folder.iterdir() if path.is_symlink()]
    assert [name for name in opened if "sqlite3" in name] == []
