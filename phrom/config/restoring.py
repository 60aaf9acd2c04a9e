"""Restoring: the whole backup is checked in a folder of its own before anything that exists is touched."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from phrom.agencies.models import Agency, Person
from phrom.config.backup import DATABASE, FORMAT, MANIFEST, PIECE, SEAL, hash_before_seal
from phrom.config.tables import copy_rows, opened, report, unknown_and_missing_migrations
from phrom.letters.proof import verify_registers
from phrom.shared.files.durable import sync_folder
from phrom.shared.files.models import StoredFile
from phrom.shared.journal.checkpoint import read_checkpoints
from phrom.shared.journal.verify import verify as verify_journal

_MEMBER = re.compile(r"phrom\.sqlite3|manifest\.json|files/[0-9a-f]{2}/[0-9a-f]{64}|checkpoints/journal-[0-9TZ]+\.json")
FOLDERS = ("files", "checkpoints")


class CannotRestore(Exception):
    """Nothing was changed. Carries a Thai and an English sentence."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} ยังไม่มีอะไรถูกเปลี่ยน / {en} Nothing was changed.")
        self.th = th
        self.en = en


class DamagedBackup(CannotRestore):
    """The backup is not whole."""

    def __init__(self, what_th: str, what_en: str) -> None:
        super().__init__(f"ข้อมูลสำรองเสียหายหรือไม่ใช่ของระบบนี้: {what_th}", f"The backup is damaged or not ours: {what_en}.")


def restore(source: Path, data: Path, at: datetime, *, replace: bool = False) -> dict[str, Any]:
    """Check a backup, put it in place of what is in the data folder and database, and return its manifest.

    What was there before is moved to `replaced-<time>` in the data folder (not the rows of PostgreSQL). Refuses with
    CannotRestore a damaged backup, a target that is not empty unless `replace`, and a database that a server holds open.
    """
    if not replace and not _is_empty(data):
        raise CannotRestore(
            "โฟลเดอร์หรือฐานข้อมูลปลายทางมีข้อมูลอยู่แล้ว (ใช้ --replace หากต้องการแทนที่)",
            "The target is not empty (use --replace to replace it).",
        )
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=data) as folder:
        staged = Path(folder)
        manifest = checked(source, staged)
        if connection.vendor == "sqlite":
            _let_go(Path(connection.settings_dict["NAME"]))
            _swap(staged, data, at, [*_database_files(), *FOLDERS])
        else:
            _into_postgres(staged, data, at)
    return manifest


def checked(source: Path, staged: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder, check everything about it, and return its manifest. Refuses DamagedBackup."""
    manifest = _unpacked(source, staged)
    with opened(staged / DATABASE) as alias:
        _check_database(alias, manifest)
        _check_files(alias, manifest)
        for problem in verify_journal(staged / "checkpoints", alias):
            raise DamagedBackup(f"สมุดบันทึก {problem.chain}: {problem.th}", f"journal {problem.chain}: {problem.en}")
        kept = [checkpoint.registers for checkpoint in read_checkpoints(staged / "checkpoints")[0]]
        for damage in verify_registers(kept, alias).damages:
            raise DamagedBackup(f"ทะเบียน {damage.which}: {damage.th}", f"register {damage.which}: {damage.en}")
    return manifest


def _unpacked(source: Path, staged: Path) -> dict[str, Any]:
    try:
        if source.stat().st_size < SEAL:
            raise DamagedBackup("ไฟล์สั้นเกินไป", "the file is too short")
        with source.open("rb") as file:
            file.seek(-SEAL, os.SEEK_END)
            if file.read().decode("ascii", "replace") != hash_before_seal(source):
                raise DamagedBackup("ผลรวมของไฟล์ไม่ตรง", "its seal does not match")
        with zipfile.ZipFile(source) as archive:
            return _unpack(archive, staged)
    except (OSError, zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError, NotImplementedError) as e:
        raise DamagedBackup(f"อ่านไม่ได้ ({e})", f"it cannot be read ({e})") from e


def _unpack(archive: zipfile.ZipFile, staged: Path) -> dict[str, Any]:
    names = [entry.filename for entry in archive.infolist()]
    manifest = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise DamagedBackup("รูปแบบไม่รู้จัก", "its format is unknown")
    wanted = {*manifest["members"], MANIFEST}
    if sorted(names) != sorted(wanted) or DATABASE not in wanted or not all(map(_MEMBER.fullmatch, names)):
        raise DamagedBackup("รายการไฟล์ไม่ตรงกับบัญชี", "its members are not those of the manifest")
    for name, expected in manifest["members"].items():
        path = staged / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if _extract(archive, name, path) != (expected["size"], expected["sha256"]):
            raise DamagedBackup(f"{name} ไม่ตรงกับบัญชี", f"{name} is not what the manifest says")
    return dict(manifest)


def _extract(archive: zipfile.ZipFile, name: str, path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as member, path.open("wb") as file:
        while piece := member.read(PIECE):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _check_database(alias: str, manifest: dict[str, Any]) -> None:
    try:
        with connections[alias].cursor() as cursor:
            whole = cursor.execute("PRAGMA integrity_check").fetchall()
            dangling = cursor.execute("PRAGMA foreign_key_check").fetchall()
        if whole != [("ok",)] or dangling:
            raise DamagedBackup("ฐานข้อมูลภายในเสียหาย", "the database inside is damaged")
        unknown, missing = unknown_and_missing_migrations(alias)
        if unknown:
            raise CannotRestore("ข้อมูลสำรองทำด้วยโปรแกรมรุ่นใหม่กว่า", f"The backup was made by a newer program ({unknown[0]}).")
        if missing:
            call_command("migrate", database=alias, interactive=False, verbosity=0)
        elif report(alias) != manifest["tables"]:
            raise DamagedBackup("เนื้อหาของตารางไม่ตรงกับบัญชี", "the tables do not hold what the manifest says")
    except DatabaseError as error:
        raise DamagedBackup("เปิดฐานข้อมูลภายในไม่ได้", "the database inside cannot be opened") from error


def _check_files(alias: str, manifest: dict[str, Any]) -> None:
    gone = set(manifest["missing_files"])
    for sha256 in StoredFile.objects.using(alias).values_list("sha256", flat=True):
        name = f"files/{sha256[:2]}/{sha256}"
        if sha256 not in gone and manifest["members"].get(name, {}).get("sha256") != sha256:
            raise DamagedBackup(f"ขาดไฟล์ {sha256}", f"the file {sha256} is missing")


def _is_empty(data: Path) -> bool:
    if any(path.is_file() for path in (data / "files").glob("*/*")):
        return False
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    try:
        return not (Agency.objects.exists() or Person.objects.exists())
    except DatabaseError:
        return True


def _database_files() -> list[str]:
    name = Path(connection.settings_dict["NAME"]).name
    return [name, f"{name}-wal", f"{name}-shm"]


def _let_go(database: Path) -> None:
    """Leaving WAL needs the database for oneself alone: it fails while a server has it open."""
    if not database.exists():
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=2000")
            cursor.execute("PRAGMA journal_mode=DELETE")
    except DatabaseError as error:
        raise CannotRestore(
            "ระบบกำลังทำงานอยู่กับฐานข้อมูลนี้ กรุณาหยุดระบบก่อน", "A server is using this database; please stop it first."
        ) from error
    finally:
        connection.close()


def _swap(staged: Path, data: Path, at: datetime, names: list[str]) -> None:
    old = data / f"replaced-{at.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"
    present = [name for name in names if (data / name).exists()]
    if present:
        old.mkdir()
    for name in present:
        os.rename(data / name, old / name)
    for folder in [path for path in staged.glob("**/*") if path.is_dir()]:
        sync_folder(folder)
    for name in (path.name for path in staged.iterdir()):
        os.rename(staged / name, data / name)
    sync_folder(data)


def _into_postgres(staged: Path, data: Path, at: datetime) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    with opened(staged / DATABASE) as alias, transaction.atomic():
        copy_rows(alias, "default")
        if report() != report(alias):
            raise CannotRestore("คัดลอกลง PostgreSQL แล้วเนื้อหาไม่ตรง", "After copying to PostgreSQL the content differs.")
        (staged / DATABASE).rename(staged.with_name(f"{staged.name}.sqlite3"))
        _swap(staged, data, at, list(FOLDERS))
    staged.with_name(f"{staged.name}.sqlite3").unlink()
