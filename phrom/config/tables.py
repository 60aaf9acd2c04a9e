"""All tables as one thing: what they hold, in figures that are the same on every database, and copying them to another one."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

BATCH = 500
# Sign-ins do not travel: a session that was ended must not come back with a backup.
NOT_KEPT = {"sessions.session", "usersessions.usersession"}
COPY = "copy"

Report = dict[str, dict[str, Any]]


def refuse_when_there_are_none() -> None:
    """Raise a `CommandError` in words where the database is empty: a mistyped folder, or one that never served."""
    if not connection.introspection.table_names():
        raise CommandError(
            f"ไม่พบฐานข้อมูลของระบบพร้อมที่ {settings.DATA} กรุณาตรวจ --data หรือ --db"
            f" / there is no Phrom database at {settings.DATA}; please check --data or --db"
        )


def kept_models() -> list[type[Model]]:
    """Every model whose rows are backed up, by table name."""
    return sorted(
        (model for model in _all_models() if model._meta.label_lower not in NOT_KEPT), key=lambda model: model._meta.db_table
    )


def forgotten_tables() -> list[str]:
    """Tables that are emptied in a backup."""
    return sorted((model._meta.db_table for model in _all_models() if model._meta.label_lower in NOT_KEPT), reverse=True)


def report(using: str = "default") -> Report:
    """Rows and a SHA-256 of the content of each table: equal on SQLite and PostgreSQL when the content is equal."""
    return {model._meta.db_table: _report_of(model, using) for model in kept_models()}


def copy_rows(source: str, target: str) -> None:
    """Replace everything in the target by the source's rows; one transaction. Both must have the same migrations."""
    database = connections[target]
    with transaction.atomic(using=target), database.cursor() as cursor:
        tables = [model._meta.db_table for model in _all_models()]
        for statement in database.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True):
            cursor.execute(statement)
        for model in kept_models():
            _copy_model(model, source, target)
        for statement in database.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


@contextmanager
def opened(path: Path) -> Iterator[str]:
    """A SQLite file as a second database; yields its alias. Nothing is fsynced: the caller does that when it is complete."""
    given = connections.settings["default"]
    options = {"init_command": "PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON"}
    fixed = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options, "CONN_MAX_AGE": 0}
    connections.settings[COPY] = {**given, **fixed}
    try:
        yield COPY
    finally:
        connections[COPY].close()
        del connections[COPY]
        del connections.settings[COPY]


def unknown_and_missing_migrations(using: str) -> tuple[list[str], list[str]]:
    """Migrations that the database has and this program does not know, and the reverse."""
    loader = MigrationLoader(connections[using])
    applied = set(loader.applied_migrations)
    known = set(loader.disk_migrations or ())
    return sorted(".".join(name) for name in applied - known), sorted(".".join(name) for name in known - applied)


def _all_models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]


def _report_of(model: type[Model], using: str) -> dict[str, Any]:
    fields = sorted(field.attname for field in model._meta.concrete_fields)
    digest, count = hashlib.sha256(), 0
    for row in model._base_manager.using(using).order_by("pk").values_list(*fields).iterator(chunk_size=BATCH):
        count += 1
        digest.update(json.dumps(row, ensure_ascii=False, sort_keys=True, default=_plain).encode())
    return {"rows": count, "sha256": digest.hexdigest()}


def _copy_model(model: type[Model], source: str, target: str) -> None:
    rows = model._base_manager.using(source).order_by("pk").iterator(chunk_size=BATCH)
    fields = model._meta.concrete_fields
    manager: Any = model._base_manager.using(target)
    while batch := list(islice(rows, BATCH)):
        # `raw` writes what is there: no automatic times, no new ids.
        for start in range(0, len(batch), 50):
            manager._insert(batch[start : start + 50], fields=fields, raw=True, using=target)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value)
