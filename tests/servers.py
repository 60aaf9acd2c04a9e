"""Starting the real server for tests and measurements, and stopping all of it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Server:
    """A server process group on a port."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        """The process that is the head of the group."""
        return self.process.pid

    def kill(self) -> None:
        """kill -9 of the whole group, as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to stop, as an administrator would; kill it when it does not."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(
    data: Path, *, db: str = "", port: int = 0, workers: int = 2, wait: float = 30, more: dict[str, str] | None = None
) -> Server:
    """Start `phrom serve` on a data folder and wait until it is ready."""
    port = port or free_port()
    command = [sys.executable, "-m", "phrom.config", "serve", "--port", str(port), "--data", str(data)]
    command += ["--workers", str(workers), "--mail-dir", str(data / "mail"), *(["--db", db] if db else [])]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PHROM_", "DJANGO_"))}
    environment |= more or {}
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, env=environment, stdout=subprocess.DEVNULL)
    server = Server(port, process)
    wait_for(f"http://127.0.0.1:{port}/readyz", server, wait)
    return server


def wait_for(address: str, server: Server, seconds: float) -> None:
    """Wait until the address answers; a server that ended or never answers is an error."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode}")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.05)
    server.kill()
    raise TimeoutError(address)


@contextlib.contextmanager
def serving(data: Path, *, db: str = "", workers: int = 2) -> Iterator[Server]:
    """A server for the length of a block."""
    server = start_server(data, db=db, workers=workers)
    try:
        yield server
    finally:
        server.stop()
