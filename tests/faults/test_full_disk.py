"""The disk takes nothing more: everybody is told, nothing is half done, and it goes on by itself when there is room again."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.clients import Browser, Reply
from tests.faults.province import make_province
from tests.servers import Server, serving
from tests.shared.files.specimens import pdf

pytestmark = [pytest.mark.faults, pytest.mark.skipif(sys.platform != "linux", reason="limits a running process")]
NOTHING, EVERYTHING = 4096, resource.RLIM_INFINITY


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with four officials."""
    return tmp_path_factory.mktemp("full") / "data"


@pytest.fixture(scope="module")
def browser(data: Path) -> Iterator[tuple[Server, Browser]]:
    """A server and one of its officials."""
    officials = make_province(data)
    with serving(data) as server:
        yield server, Browser(server.port, officials[0])


def limit(server: Server, size: int) -> None:
    """No file of the server's processes may be written beyond this size: what a full disk does, without filling one."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == server.pid:
                resource.prlimit(int(folder.name), resource.RLIMIT_FSIZE, (size, EVERYTHING))
        except (ProcessLookupError, PermissionError):
            continue


def is_told(reply: Reply) -> None:
    assert reply.status == 503, reply
    assert "ยังไม่ได้บันทึก" in reply.body["th"] or "ยังบันทึกไม่ได้" in reply.body["th"]
    assert reply.body["en"]


def stored(data: Path) -> list[Path]:
    return [path for folder in ("files", "incoming") for path in (data / folder).glob("**/*") if path.is_file()]


@pytest.mark.parametrize("size", [300_000, 2_000_000])
def test_an_upload(data: Path, browser: tuple[Server, Browser], size: int) -> None:
    server, official = browser
    content = pdf(body=b"x" * size)
    before = stored(data)
    limit(server, NOTHING)
    try:
        is_told(official.upload(official.official.yes_no, "a.pdf", content, f"key-{size:016}"))
        assert stored(data) == before
    finally:
        limit(server, EVERYTHING)
    again = official.upload(official.official.yes_no, "a.pdf", content, f"key-{size:016}")
    assert again.status == 200, again
    assert len(stored(data)) == len(before) + 1


def test_a_save(browser: tuple[Server, Browser]) -> None:
    server, official = browser
    ask = official.official.text
    first = official.save(ask, "ก่อนดิสก์เต็ม", 0)
    assert first.status == 200, first
    limit(server, NOTHING)
    try:
        for _ in range(3):
            is_told(official.save(ask, "ตอนดิสก์เต็ม", first.body["version"]))
    finally:
        limit(server, EVERYTHING)
    again = official.save(ask, "หลังดิสก์ว่าง", first.body["version"])
    assert (again.status, again.body["version"]) == (200, first.body["version"] + 1)
