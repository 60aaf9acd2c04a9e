"""Scanners for the tests: a real clamd that knows one signature, and small servers that do everything wrong."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

# Put together here, so that no scanner takes this file for what it finds.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
SIGNATURE = f"Eicar-Test-Local:0:*:{EICAR.hex()}\n"


@contextlib.contextmanager
def real_clamd(folder: Path) -> Iterator[str]:
    """The path of a running clamd's socket; it loads one signature of ours and nothing from anywhere."""
    (folder / "db").mkdir()
    (folder / "db/local.ndb").write_text(SIGNATURE)
    path = folder / "clamd.sock"
    settings = {
        "LocalSocket": path,
        "DatabaseDirectory": folder / "db",
        "Foreground": "yes",
        "PidFile": folder / "pid",
        "LogFile": folder / "log",
        "StreamMaxLength": "60M",
    }
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    command = [shutil.which("clamd") or "/usr/sbin/clamd", "-c", str(folder / "clamd.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while not path.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        yield str(path)
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextlib.contextmanager
def scanner(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """`host:port` of a server that does with each line what it is told."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        ended = threading.Event()

        def run() -> None:
            while not ended.is_set():
                with contextlib.suppress(OSError):
                    line, _ = listening.accept()
                    with line:
                        line.settimeout(5)
                        serve(line)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        ended.set()
        thread.join(timeout=10)


def takes_all(line: socket.socket) -> bytes:
    """Read a whole stream, as clamd does; the bytes that came."""
    got, received = b"", b""
    while not received.endswith(b"\0\0\0\0"):
        piece = line.recv(65_536)
        if not piece or received == b"zPING\0":
            break
        received += piece
        if received == b"zPING\0":
            return b"PING"
    at = len(b"zINSTREAM\0")
    while at + 4 <= len(received):
        size = int.from_bytes(received[at : at + 4], "big")
        got += received[at + 4 : at + 4 + size]
        at += 4 + size
    return got


def says(answer: bytes) -> Callable[[socket.socket], None]:
    """A scanner that listens to the end and then says this, whatever came."""

    def serve(line: socket.socket) -> None:
        line.sendall(b"PONG\0" if takes_all(line) == b"PING" else answer)

    return serve
