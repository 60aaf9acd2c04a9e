"""kill -9 while four officials type: what was acknowledged is there, after every start (promise G01)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pysqlite3
import pytest

from tests.environment import postgres_address
from tests.faults.clients import Browser
from tests.faults.province import Official, make_province
from tests.servers import Server, start_server
from tests.shared.files.specimens import pdf

pytestmark = pytest.mark.faults
SAVES, KILLS = 1_000, 6
VERSIONS = "SELECT ask_id, version, content FROM survey_answerversion"
NEWEST = "SELECT ask_id, version FROM survey_answer"
FILES = "SELECT sha256 FROM survey_evidence JOIN files_storedfile ON files_storedfile.id = file_id"


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


class Uploader(threading.Thread):
    """Attaches one file after the other and remembers those that were acknowledged."""

    def __init__(self, port: int, official: Official) -> None:
        super().__init__(daemon=True)
        self.browser, self.ask = Browser(port, official), official.yes_no
        self.acknowledged: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.stopping.wait(0.1):
            number += 1
            content = pdf(body=f"ไฟล์ที่ {number}".encode() * 2_000)
            if self.browser.upload(self.ask, f"{number}.pdf", content, f"upload-key-{number:08}").status == 200:
                self.acknowledged.append(hashlib.sha256(content).hexdigest())


def test_sqlite(tmp_path: Path) -> None:
    data = tmp_path / "data"
    type_and_kill(data, "", lambda: rows_of_sqlite(data / "phrom.sqlite3", tmp_path))
    with contextlib.closing(pysqlite3.connect(str(data / "phrom.sqlite3"))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_postgres(tmp_path: Path) -> None:
    address = postgres_address()
    type_and_kill(tmp_path / "data", address, lambda: rows_of_postgres(address))


def type_and_kill(data: Path, db: str, rows: Callable[[], Rows]) -> None:
    officials = make_province(data, db)
    luck = random.Random(2567)
    server = start_server(data, db=db)
    typists = [Typist(server.port, official, SAVES // len(officials)) for official in officials]
    uploader = Uploader(server.port, officials[0])
    for thread in (*typists, uploader):
        thread.start()
    slowest = 0.0
    try:
        for number in range(1, KILLS + 1):
            wait_until(typists, int(SAVES * (number - luck.random() / 2) / (KILLS + 1)))
            server.kill()
            check(typists, uploader, data, rows())
            started = time.monotonic()
            server = start_server(data, db=db, port=server.port)
            slowest = max(slowest, time.monotonic() - started)
        for typist in typists:
            typist.join(timeout=60)
            assert not typist.is_alive()
    finally:
        uploader.stopping.set()
        server.kill()
        uploader.join()
    check(typists, uploader, data, rows())
    assert len(uploader.acknowledged) > KILLS
    assert [typist.surprises for typist in typists] == [[]] * len(typists)
    assert sum(len(typist.acknowledged) for typist in typists) == SAVES
    assert slowest < 15  # 2 to 3 seconds on a quiet machine
    assert verified(data, db) == 0


def wait_until(typists: list[Typist], saves: int) -> None:
    until = time.monotonic() + 60
    while sum(len(typist.acknowledged) for typist in typists) < saves:
        assert time.monotonic() < until, [typist.surprises for typist in typists]
        time.sleep(0.002)


Rows = tuple[dict[tuple[int, int], Any], dict[int, int], set[str]]


def check(typists: list[Typist], uploader: Uploader, data: Path, rows: Rows) -> None:
    """Every text that was ever acknowledged is stored under its version, the newest is not older, every file is whole."""
    versions, newest, files = rows
    for typist in typists:
        acknowledged = dict(typist.acknowledged)
        lost = [v for v, text in acknowledged.items() if versions.get((typist.ask, v), {}).get("value") != text]
        assert lost == []
        assert newest.get(typist.ask, 0) >= max(acknowledged, default=0)
    for sha256 in files:
        assert hashlib.sha256((data / "files" / sha256[:2] / sha256).read_bytes()).hexdigest() == sha256
    assert set(uploader.acknowledged) <= files


def rows_of_sqlite(database: Path, folder: Path) -> Rows:
    """Read a copy of the dead server's files, so that the next start does the recovery itself."""
    for path in database.parent.glob(f"{database.name}*"):
        shutil.copy(path, folder / path.name)
    with contextlib.closing(pysqlite3.connect(str(folder / database.name))) as copy:
        return rows_of(copy.execute, json.loads)


def rows_of_postgres(address: str) -> Rows:
    with psycopg.connect(address) as database:
        return rows_of(database.execute, lambda content: content)


def rows_of(execute: Callable[[str], Any], read: Callable[[Any], Any]) -> Rows:
    versions = {(ask, version): read(content) for ask, version, content in execute(VERSIONS).fetchall()}
    return versions, dict(execute(NEWEST).fetchall()), {sha256 for (sha256,) in execute(FILES).fetchall()}


def test_this_test_can_go_red(tmp_path: Path) -> None:
    """A save that was acknowledged and is not stored, or is older, or a file that is gone."""
    official = Official("", 1, 2)
    typist, uploader = Typist(0, official, 0), Uploader(0, official)
    typist.acknowledged = {1: "ก", 2: "ข"}
    good = {(1, 1): {"value": "ก"}, (1, 2): {"value": "ข"}}
    check([typist], uploader, tmp_path, (good, {1: 2}, set()))
    for versions, newest in ((good, {1: 1}), ({(1, 1): {"value": "ก"}}, {1: 2}), ({**good, (1, 2): {"value": "ก"}}, {1: 2})):
        with pytest.raises(AssertionError):
            check([typist], uploader, tmp_path, (versions, newest, set()))
    uploader.acknowledged = ["a" * 64]
    with pytest.raises(AssertionError):
        check([typist], uploader, tmp_path, (good, {1: 2}, set()))


def verified(data: Path, db: str) -> int:
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
