"""Weak lines: whoever uploads for minutes, or never finishes, holds nobody else up."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.clients import TOKEN, Browser
from tests.faults.province import Official, make_province
from tests.servers import serving

pytestmark = pytest.mark.faults
LINES = 20  # more than the server has workers by far


def test_uploads_that_stand_still_hold_nobody_up(tmp_path: Path) -> None:
    slow, quick = make_province(tmp_path / "data")[:2]
    with serving(tmp_path / "data") as server, ExitStack() as lines:
        for _ in range(LINES):
            lines.enter_context(begun_upload(server.port, slow))
        time.sleep(0.5)
        began = time.monotonic()
        assert Browser(server.port, quick).save(quick.yes_no, True, 0).status == 200
        assert time.monotonic() - began < 3
    assert not list((tmp_path / "data").glob("**/incoming/*"))


def begun_upload(port: int, official: Official) -> socket.socket:
    """A connection that has sent the beginning of a large file and then nothing more."""
    line = socket.create_connection(("127.0.0.1", port))
    head = (
        f"POST /asks/{official.yes_no}/evidence/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-CSRFToken: {TOKEN}\r\n"
        f"Cookie: session={official.session}; csrf={TOKEN}\r\nContent-Length: 20000000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    line.sendall(head.encode() + b"%PDF-1.7 " + b"x" * 70_000)
    return line
