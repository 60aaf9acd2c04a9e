"""Ten bad set-ups do not start, each with a Thai and an English reason; the good ones do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from pytest_django import Settings

from phrom.config import checks
from phrom.config.checks import Unsafe, UnsafeSettings, assert_safe
from phrom.config.databases import database_from
from phrom.shared.documents import fonts

pytestmark = pytest.mark.django_db
GOOD_POSTGRES = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "transaction_read_only": "off",
    "in_recovery": "false",
}
PRAGMAS = "journal_mode=WAL synchronous=FULL foreign_keys=ON mmap_size=0"


def opened(folder: Path, pragmas: str = PRAGMAS, mode: str | None = "IMMEDIATE") -> DatabaseWrapper:
    """A live SQLite database with these settings."""
    given = dict(connection.settings_dict)
    given |= database_from("", folder) | {"TIME_ZONE": None, "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True}
    command = "; ".join(f"PRAGMA {pragma}" for pragma in pragmas.split())
    options = {"init_command": command, **({"transaction_mode": mode} if mode else {})}
    return DatabaseWrapper({**given, "CONN_HEALTH_CHECKS": False, "OPTIONS": options}, "other")


def problems(database: DatabaseWrapper) -> list[Unsafe]:
    try:
        return checks.database_problems(database)
    finally:
        database.close()


ours_only = pytest.mark.skipif("connection.vendor == 'postgresql'", reason="our SQLite is loaded only where it is used")
BAD_SQLITE: list[tuple[str, str, str | None]] = [
    ("sqlite-journal", PRAGMAS.replace("WAL", "DELETE"), "IMMEDIATE"),
    ("sqlite-synchronous", PRAGMAS.replace("FULL", "NORMAL"), "IMMEDIATE"),
    ("sqlite-synchronous", PRAGMAS.replace("FULL", "OFF"), "IMMEDIATE"),
    ("sqlite-foreign-keys", PRAGMAS.replace("=ON", "=OFF"), "IMMEDIATE"),
    ("sqlite-mmap", PRAGMAS.replace("mmap_size=0", "mmap_size=1000000"), "IMMEDIATE"),
    ("sqlite-transactions", PRAGMAS, "DEFERRED"),
    ("sqlite-transactions", PRAGMAS, None),
]


@ours_only
@pytest.mark.parametrize(("code", "pragmas", "mode"), BAD_SQLITE)
def test_sqlite_that_could_lose_answers(tmp_path: Path, code: str, pragmas: str, mode: str | None) -> None:
    (problem,) = problems(opened(tmp_path, pragmas, mode))
    assert problem.code == code
    assert is_told_in_both(problem)


@ours_only
def test_sqlite_that_keeps_them(tmp_path: Path) -> None:
    assert problems(opened(tmp_path)) == []
    assert problems(opened(tmp_path, PRAGMAS.replace("FULL", "EXTRA"))) == []


@pytest.mark.parametrize(("version", "fine"), [("3.51.2", False), ("3.46.0", False), ("3.51.3", True), ("3.100.0", True)])
def test_sqlite_whose_wal_can_be_corrupted(version: str, fine: bool) -> None:
    facts = {"version": version, "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0}
    assert [problem.code for problem in checks.sqlite_problems(facts, "IMMEDIATE")] == ([] if fine else ["sqlite-version"])


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("fsync", "off", "postgres-fsync"),
        ("synchronous_commit", "off", "postgres-commit"),
        ("full_page_writes", "off", "postgres-pages"),
        ("transaction_read_only", "on", "postgres-replica"),
        ("in_recovery", "true", "postgres-replica"),
    ],
)
def test_postgres_that_could_lose_answers(fact: str, value: str, code: str) -> None:
    assert checks.postgres_problems(GOOD_POSTGRES) == []
    (problem,) = checks.postgres_problems({**GOOD_POSTGRES, fact: value})
    assert problem.code == code
    assert is_told_in_both(problem)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="asks a live PostgreSQL")
@pytest.mark.parametrize(("setting", "code"), [("synchronous_commit", "postgres-commit"), (None, "")])
def test_postgres_is_asked_live(setting: str | None, code: str) -> None:
    if setting:
        connection.cursor().execute(f"SET LOCAL {setting} = off")
    assert [problem.code for problem in checks.database_problems(connection)] == ([code] if code else [])


MOUNTS = (
    "/dev/vda / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0\n//nas/y /mnt/a\\040b cifs rw 0 0\n/dev/vdb /srv/local xfs rw 0 0\n"
)


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("/var/lib/phrom/a.sqlite3", True),
        ("/srv/data/a.sqlite3", False),
        ("/srv/local/a.sqlite3", True),
        ("/mnt/a b/a.sqlite3", False),
        ("/srvdata/a.sqlite3", True),
        ("file:x?mode=memory", True),
    ],
)
def test_network_disks(name: str, fine: bool) -> None:
    assert [problem.code for problem in checks.disk_problems(name, MOUNTS)] == ([] if fine else ["network-disk"])


def test_every_network_disk_has_its_name() -> None:
    for kind in checks.NETWORK_DISKS:
        assert checks.disk_problems("/srv/a.sqlite3", f"x /srv {kind} rw 0 0")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"SECRET_KEY": "short"}, "secret-key"),
        ({"SECRET_KEY": "django-insecure-" + "abcdefghijklmnopqrstuvwxyz0123456789"}, "secret-key"),
        ({"SECRET_KEY": "a" * 64}, "secret-key"),
        ({"DEBUG": True, "HTTPS": True}, "debug"),
        ({"ALLOWED_HOSTS": []}, "hosts"),
        ({"ALLOWED_HOSTS": ["*"]}, "hosts"),
        ({"PHROM_IDLE": timedelta(minutes=4)}, "idle"),
        ({"PHROM_IDLE": timedelta(days=1)}, "idle"),
    ],
)
def test_secrets_and_hosts(settings: Settings, given: dict[str, Any], code: str) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert checks.secret_problems() == []
    for name, value in given.items():
        setattr(settings, name, value)
    (problem,) = checks.secret_problems()
    assert problem.code == code
    assert is_told_in_both(problem)


def test_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    (problem,) = checks.font_problems()
    assert "Sarabun-Regular.ttf" in problem.th
    for name in fonts.FILES:
        (tmp_path / name).write_bytes(b"x")
    assert checks.font_problems() == []


def test_a_safe_set_up_starts_and_an_unsafe_one_says_all_reasons(settings: Settings, all_fine: Callable[[], None]) -> None:
    assert_safe()
    settings.SECRET_KEY = "short"
    settings.ALLOWED_HOSTS = ["*"]
    with pytest.raises(UnsafeSettings) as refused:
        assert_safe()
    assert [problem.code for problem in refused.value.problems] == ["secret-key", "hosts"]
    assert len(str(refused.value).splitlines()) == 3
    assert [error.id for error in checks.system_check()] == ["phrom.secret-key", "phrom.hosts"]


def test_the_server_ends_with_the_reason(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "phrom.config", "serve", "--port", "1", "--data", str(tmp_path)]
    environment = {**os.environ, "PHROM_SECRET_KEY": "short", "PHROM_DB": ""}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "กุญแจลับ" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def all_fine(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts as served (Django's test runner adds its own), fonts there, a test database in memory taken as one on disk."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(checks, "font_problems", list)


def is_told_in_both(problem: Unsafe) -> bool:
    return any("\u0e00" < letter < "\u0e7f" for letter in problem.th) and problem.en.isascii()
