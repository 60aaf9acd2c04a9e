"""Database settings that keep what was acknowledged: the only two set-ups we start with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; PRAGMA mmap_size=0;"
)


def use_bundled_sqlite() -> None:
    """Put the bundled SQLite (>= 3.51.3) in place of Python's, whose WAL can be corrupted; before Django loads it."""
    import pysqlite3  # noqa: PLC0415  it must replace the module before anything else imports it

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def database_from(address: str, data: Path) -> dict[str, Any]:
    """Django's settings for one database: SQLite in the data folder, or `postgres://user:password@host:port/name`."""
    if not address:
        use_bundled_sqlite()
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "phrom.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS, "timeout": 20},
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": data / "test.sqlite3"},
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") if "host=" not in parts.query else unquote(parts.query.split("host=")[1]),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c statement_timeout=30000 -c lock_timeout=10000"},
    }
