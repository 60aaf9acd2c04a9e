"""Serving: the database is brought up to date and checked, then Granian answers and one child process does the slow jobs."""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from phrom.config import demo_clock

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
CHECKPOINT_EVERY = 3600  # seconds
TICK_EVERY = 60  # seconds
TICK_LONGEST = 1800  # seconds; a tick that hangs is ended, the next one goes on
GENTLE = 10  # the periodic work gives way to people
SLOW_LINES = 16


def serve(*, host: str, port: int, workers: int) -> int:
    """Serve until told to stop; returns the exit code. Refuses to start on settings that could lose answers."""
    if not port_is_free(host, port):
        print(f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ ให้ปิดโปรแกรมนั้น หรือเลือกพอร์ตอื่นด้วย --port", file=sys.stderr)
        print(f"Port {port} is in use. Stop that program, or choose another with --port.", file=sys.stderr)
        return 1
    prepare()
    jobs = Jobs()
    jobs.start()
    print(f"พร้อมใช้งาน / ready: http://{host}:{port}", flush=True)
    try:
        # The threads of a worker take turns (phrom/config/turns.py): this many slow lines of each worker hold nobody up.
        Granian(
            "phrom.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=SLOW_LINES,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        jobs.stop()
    return 0


def port_is_free(host: str, port: int) -> bool:
    """Whether nobody listens there; found out before anything is changed."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def prepare() -> None:
    """Bring the database to the current shape and refuse unsafe settings."""
    django.setup()
    from phrom.config.checks import assert_safe  # noqa: PLC0415  needs the settings

    assert_safe()
    call_command("migrate", interactive=False, verbosity=0)
    from phrom.results.actions.packs import give_up_unfinished  # noqa: PLC0415  needs the settings
    from phrom.shared.files.store import sweep  # noqa: PLC0415  needs the settings
    from phrom.shared.thai import clock  # noqa: PLC0415  needs the settings

    sweep()
    give_up_unfinished(at=clock.now())
    if settings.PHROM_BASE_URL:
        from phrom.letters.actions.own_node import ensure_node  # noqa: PLC0415  needs the settings

        ensure_node(name="", at=clock.now())
    call_command("checkpoint", stdout=io.StringIO())
    # Workers are forked: an open SQLite connection would leave them believing that they hold its locks.
    connections.close_all()


def load_demo(file: Path, *, port: int) -> None:
    """Load the demo province where there is none yet, in a process of its own; prints its accounts either way."""
    data = Path(os.environ["PHROM_DATA"])
    accounts = data / "demo-accounts.txt"
    if not accounts.exists():
        print("กำลังเตรียมจังหวัดสาธิต / preparing the demo province", flush=True)
        data.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "phrom.config", "seed", str(file), "--data", str(data)]
        listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  our own command
        accounts.write_text(accounts_table(listing, port), encoding="utf-8")
    print(accounts.read_text(encoding="utf-8"), flush=True)


def accounts_table(listing: str, port: int) -> str:
    """The demo's accounts as lines to print, from the JSON that `phrom seed` prints."""
    people = demo_clock.demo_accounts(listing)
    lines = [f"  {email:<34} {password:<28} {note}" for email, password, note in people]
    head = "บัญชีสาธิต (ข้อมูลสมมติทั้งหมด) / demo accounts (all invented):"
    return "\n".join([head, *lines, f"  http://127.0.0.1:{port}"])


class Jobs:
    """The child process that does slow jobs; started again when it ends by itself."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the child and a thread that watches it."""
        threading.Thread(target=self._watch, daemon=True).start()
        threading.Thread(target=self._checkpoints, daemon=True).start()
        threading.Thread(target=self._ticks, daemon=True).start()

    def stop(self) -> None:
        """Ask the child to end, and wait a little."""
        self.stopping.set()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def _watch(self) -> None:
        command = [sys.executable, "-m", "django", "db_worker", "--queue-name", "*", "--interval", "0.5", "-v", "0"]
        while not self.stopping.is_set():
            self.process = subprocess.Popen(command, preexec_fn=_end_with_parent)  # noqa: S603  our own command
            self.process.wait()
            self.stopping.wait(1)

    def _checkpoints(self) -> None:
        """Every hour, in a process of its own: this one must never open the database (its workers are forked from it)."""
        while not self.stopping.wait(CHECKPOINT_EVERY):
            command = [sys.executable, "-m", "django", "checkpoint"]
            subprocess.run(command, preexec_fn=_end_with_parent, stdout=subprocess.DEVNULL)  # noqa: S603  our own

    def _ticks(self) -> None:
        """Every minute the periodic work that is due (phrom/config/ticking.py), in a process of its own, with low priority."""
        while not self.stopping.wait(TICK_EVERY):
            command = [sys.executable, "-m", "django", "tick"]
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run(command, preexec_fn=_gently, timeout=TICK_LONGEST, stdout=subprocess.DEVNULL)  # noqa: S603  our own


def _gently() -> None:
    os.nice(GENTLE)
    _end_with_parent()


def _end_with_parent() -> None:
    """Linux: a killed server takes its job process along, so that no orphan works on the data."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
