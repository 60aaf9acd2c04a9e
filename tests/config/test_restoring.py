"""Putting a checked backup in place: what was there is moved aside whole, and a refusal moves nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError

from phrom.config import restoring
from phrom.config.restoring import CannotRestore, DamagedBackup, restore
from tests.factories.agencies import make_body

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 11, 6, 30, 15, tzinfo=UTC)
MANIFEST = {"tables": {}, "members": {}}
NEW = {"phrom.sqlite3": b"new database", "files/aa/aaa": b"new file", "checkpoints/journal-2.json": b"new checkpoint"}
OLD = {
    "phrom.sqlite3": b"old database",
    "phrom.sqlite3-wal": b"old log",
    "files/bb/bbb": b"old file",
    "checkpoints/journal-1.json": b"old checkpoint",
}
OURS = {"secret.key": b"secret", "mail/1.eml": b"mail"}


class Database:
    """A SQLite file as the restore sees it; `held` by a server or free."""

    vendor = "sqlite"

    def __init__(self, data: Path) -> None:
        self.settings_dict = {"NAME": str(data / "phrom.sqlite3")}
        self.held = self.closed = False

    @contextlib.contextmanager
    def cursor(self) -> Iterator[Any]:
        yield SimpleNamespace(execute=self.execute)

    def execute(self, statement: str) -> None:
        if self.held and "journal_mode" in statement:
            raise DatabaseError("database is locked")

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def database(data: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database in the folder; the backup is good and holds NEW."""

    def checked(source: Path, staged: Path) -> dict[str, Any]:
        write(staged, NEW)
        return MANIFEST

    made = Database(data)
    monkeypatch.setattr(restoring, "connection", made)
    monkeypatch.setattr(restoring, "checked", checked)
    return made


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def found(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_empty_folder_is_filled(data: Path) -> None:
    assert restore(Path("b.zip"), data, AT) == MANIFEST
    assert found(data) == NEW


def test_what_was_there_is_moved_aside_whole_under_the_time(data: Path, database: Database) -> None:
    write(data, OLD | OURS)
    restore(Path("b.zip"), data, AT, replace=True)
    aside = "replaced-20240611T063015000000Z"
    assert found(data) == NEW | OURS | {f"{aside}/{name}": content for name, content in OLD.items()}
    assert database.closed


def test_two_restores_keep_both_pasts(data: Path) -> None:
    write(data, OLD)
    restore(Path("b.zip"), data, AT, replace=True)
    restore(Path("b.zip"), data, AT.replace(hour=7), replace=True)
    kept = sorted(path.name for path in data.glob("replaced-*"))
    assert kept == ["replaced-20240611T063015000000Z", "replaced-20240611T073015000000Z"]
    assert (data / kept[1] / "phrom.sqlite3").read_bytes() == b"new database"


@pytest.mark.parametrize("there", [{"files/bb/bbb": b"a file"}, OLD])
def test_a_folder_with_files_is_left_alone_unless_replaced(data: Path, there: dict[str, bytes]) -> None:
    write(data, there)
    with pytest.raises(CannotRestore, match="--replace"):
        restore(Path("b.zip"), data, AT)
    assert found(data) == there


def test_a_database_with_rows_is_left_alone(data: Path) -> None:
    write(data, {"phrom.sqlite3": b"rows"})
    make_body()
    with pytest.raises(CannotRestore, match="not empty"):
        restore(Path("b.zip"), data, AT)
    assert found(data) == {"phrom.sqlite3": b"rows"}


def test_a_database_without_a_row_is_as_good_as_none(data: Path) -> None:
    write(data, {"phrom.sqlite3": b"tables only"})
    restore(Path("b.zip"), data, AT)
    assert (data / "phrom.sqlite3").read_bytes() == b"new database"


def test_a_server_that_holds_the_database_is_told_to_stop_first(data: Path, database: Database) -> None:
    write(data, OLD)
    database.held = True
    with pytest.raises(CannotRestore, match="stop it first") as refused:
        restore(Path("b.zip"), data, AT, replace=True)
    assert "กรุณาหยุดระบบก่อน" in refused.value.th
    assert found(data) == OLD
    assert database.closed


def test_a_damaged_backup_leaves_the_folder_as_it_was(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(source: Path, staged: Path) -> dict[str, Any]:
        write(staged, NEW)
        raise DamagedBackup("ขาดไฟล์", "a file is missing")

    monkeypatch.setattr(restoring, "checked", damaged)
    write(data, OLD)
    with pytest.raises(DamagedBackup):
        restore(Path("b.zip"), data, AT, replace=True)
    assert found(data) == OLD


def test_a_refusal_says_in_both_tongues_that_nothing_changed() -> None:
    said = str(DamagedBackup("ขาดไฟล์ ก", "the file ก is missing"))
    assert "ยังไม่มีอะไรถูกเปลี่ยน" in said and "Nothing was changed." in said
    assert "ขาดไฟล์ ก" in said and "the file ก is missing" in said


@pytest.mark.parametrize("content", [b"", b"x" * 63, b"not a zip" * 20])
def test_what_is_no_backup_is_damaged_not_a_fault(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.undo()
    (tmp_path / "b.zip").write_bytes(content)
    staged = tmp_path / "staged"
    staged.mkdir()
    with pytest.raises(DamagedBackup):
        restoring.checked(tmp_path / "b.zip", staged)
    assert found(staged) == {}


def test_a_backup_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with pytest.raises(DamagedBackup, match=r"none\.zip"):
        restoring.checked(tmp_path / "none.zip", tmp_path)
