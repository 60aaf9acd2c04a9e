"""A backup while people work: one ZIP with the database at one moment, every stored file and a manifest with all hashes.

The database is always a SQLite file, also when PostgreSQL is backed up: one format, which moves between the two. The last 64
bytes of the ZIP (its comment) are the SHA-256 of all bytes before them, so that damage anywhere is seen.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from phrom.config.tables import copy_rows, forgotten_tables, opened, report
from phrom.config.verifying import checkpoints_folder, keep_checkpoint
from phrom.shared.files.durable import sync_folder
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import place_of

FORMAT = "phrom-backup-1"
DATABASE = "phrom.sqlite3"
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
SEAL = 64  # hexadecimal digits at the end


@dataclass
class Backup:
    """What was made: where, how large, and stored files that were already damaged or gone and could not be taken along."""

    path: Path
    size: int = 0
    missing: list[str] = field(default_factory=list)


def make_backup(out: Path, at: datetime) -> Backup:
    """Write a backup to a file (or into a folder, named by the time) and return what was made. It appears when complete."""
    path = out / f"phrom-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.zip" if out.is_dir() else out
    path.parent.mkdir(parents=True, exist_ok=True)
    keep_checkpoint(at)
    made = Backup(path)
    with tempfile.TemporaryDirectory(prefix=".phrom-backup-", dir=path.parent) as folder:
        database, part = Path(folder) / DATABASE, Path(folder) / "part.zip"
        _copy_database(database)
        with zipfile.ZipFile(part, "w", allowZip64=True) as archive:
            archive.comment = b"0" * SEAL
            _write_members(archive, database, made, at)
        seal(part)
        made.size = part.stat().st_size
        os.replace(part, path)
    sync_folder(path.parent)
    return made


def seal(path: Path) -> None:
    """Put the SHA-256 of everything before the last 64 bytes into them, durably."""
    with path.open("r+b") as file:
        digest = hash_before_seal(path)
        file.seek(-SEAL, os.SEEK_END)
        file.write(digest.encode())
        file.flush()
        os.fsync(file.fileno())


def hash_before_seal(path: Path) -> str:
    """The SHA-256 of a file without its last 64 bytes."""
    digest, left = hashlib.sha256(), max(0, path.stat().st_size - SEAL)
    with path.open("rb") as file:
        while left and (piece := file.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def _copy_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        _copy_sqlite(target)
        return
    with opened(target) as alias:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            copy_rows("default", alias)


def _copy_sqlite(target: Path) -> None:
    """SQLite's own online backup: one moment, while others write. Then sign-ins are taken out."""
    connection.ensure_connection()
    source: Any = connection.connection
    copy = type(source)(str(target), isolation_level=None)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        for table in forgotten_tables():
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608  our own table names
        copy.execute("VACUUM")
    finally:
        copy.close()


def _write_members(archive: zipfile.ZipFile, database: Path, made: Backup, at: datetime) -> None:
    members = {DATABASE: _add(archive, DATABASE, database, zipfile.ZIP_DEFLATED)}
    with opened(database) as alias:
        tables = report(alias)
        kept = list(StoredFile.objects.using(alias).order_by("sha256").values_list("sha256", flat=True))
    for path in sorted(checkpoints_folder().glob("journal-*.json")):
        name = f"checkpoints/{path.name}"
        members[name] = _add(archive, name, path, zipfile.ZIP_STORED)
    for sha256 in kept:
        name, place = f"files/{sha256[:2]}/{sha256}", place_of(sha256)
        if not place.is_file():
            made.missing.append(sha256)
            continue
        members[name] = _add(archive, name, place, zipfile.ZIP_STORED)
        if members[name]["sha256"] != sha256:
            made.missing.append(sha256)
    manifest = {
        "format": FORMAT,
        "made_at": at.astimezone(UTC).isoformat(),
        "tables": tables,
        "members": members,
        "missing_files": made.missing,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))


def _add(archive: zipfile.ZipFile, name: str, path: Path, method: int) -> dict[str, Any]:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry._compresslevel = method, 1  # type: ignore[attr-defined]
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file, archive.open(entry, "w", force_zip64=True) as member:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}
