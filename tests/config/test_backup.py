"""A backup made while people work restores on an empty machine to the same; a damaged one changes nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.backends.base.base import NO_DB_ALIAS
from pytest_django import Settings

from phrom.agencies.models import Agency
from phrom.config import tables
from phrom.config.backup import MANIFEST, make_backup, seal
from phrom.config.restoring import CannotRestore, DamagedBackup, checked
from phrom.config.settings import ROOT
from phrom.config.tables import report
from phrom.config.verifying import checkpoints_folder
from phrom.shared.files.store import keep, path_of
from phrom.shared.journal.record import record
from tests.factories.agencies import make_body
from tests.factories.survey import AT, make_answered
from tests.shared.files.specimens import pdf, png

pytestmark = pytest.mark.django_db(transaction=True)
postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="moves rows into PostgreSQL")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own; the second database under the one other alias that the test runner allows."""
    monkeypatch.setattr(tables, "COPY", NO_DB_ALIAS)
    settings.DATA = tmp_path / "data"
    settings.PHROM_FILES = settings.DATA / "files"
    return settings.DATA


@pytest.fixture
def province() -> Agency:
    """A body with an answer, two files and a journal."""
    body = make_body("chiangmai")
    make_answered(code="P1.1", value="จำนวน ๑๒")
    keep([pdf()], name="ก.pdf", at=AT)
    keep([png()], name="ข.png", at=AT)
    write(body, 30)
    return body


def write(body: Agency, count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            Agency.objects.create(code=f"office-{uuid4()}", name=f"ที่ {number}", kind="regional", body=body)
            record("agency.registered", by=None, about=f"agency:{number}", at=AT, chain=body.code)


def phrom(*arguments: object, db: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PHROM_DB": db, "DJANGO_SETTINGS_MODULE": "phrom.config.settings"}
    command = [sys.executable, "-m", "phrom.config", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def tables_of(backup: Path) -> dict[str, Any]:
    with zipfile.ZipFile(backup) as archive:
        return dict(json.loads(archive.read(MANIFEST))["tables"])


@pytest.mark.usefixtures("province")
def test_restored_on_an_empty_machine_it_is_the_same(tmp_path: Path) -> None:
    Session.objects.create(session_key="k", session_data="d", expire_date=AT)
    made = make_backup(tmp_path / "out/phrom.zip", AT)
    assert made.missing == []
    result = phrom("restore", made.path, "--data", tmp_path / "new")
    assert result.returncode == 0, result.stderr
    again = phrom("backup", tmp_path / "again.zip", "--data", tmp_path / "new")
    assert again.returncode == 0, again.stderr
    assert tables_of(tmp_path / "again.zip") == tables_of(made.path) == report()
    assert phrom("verify", "--data", tmp_path / "new").returncode == 0
    assert not list((tmp_path / "new").glob("restoring-*"))
    assert not list((tmp_path / "out").glob(".phrom-*"))


def test_while_others_write(province: Agency, tmp_path: Path) -> None:
    """Each backup is one moment: as many agencies as entries in the journal, and the chain is whole."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            write(province, 1)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        backups = [make_backup(tmp_path / f"{number}.zip", AT).path for number in range(3)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    counts = []
    for number, path in enumerate(backups):
        manifest = checked(path, tmp_path / str(number))
        counts.append(manifest["tables"]["journal_auditevent"]["rows"])
        assert manifest["tables"]["agencies_agency"]["rows"] - 3 == counts[-1]
    assert counts == sorted(counts)


@pytest.mark.usefixtures("province")
def test_a_target_that_is_not_empty_is_left_alone_unless_replaced(tmp_path: Path) -> None:
    made, new = make_backup(tmp_path / "phrom.zip", AT), tmp_path / "new"
    assert phrom("restore", made.path, "--data", new).returncode == 0
    refused = phrom("restore", made.path, "--data", new)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert phrom("restore", made.path, "--data", new, "--replace").returncode == 0
    (old,) = new.glob("replaced-*")
    assert {path.name for path in old.iterdir()} >= {"phrom.sqlite3", "files", "checkpoints"}
    assert phrom("verify", "--data", new).returncode == 0


@pytest.mark.usefixtures("province")
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a SQLite file held open")
def test_a_database_that_a_server_holds_open_is_left_alone(tmp_path: Path) -> None:
    made, new = make_backup(tmp_path / "phrom.zip", AT), tmp_path / "new"
    assert phrom("restore", made.path, "--data", new).returncode == 0
    assert phrom("verify", "--data", new).returncode == 0
    other = type(connection.connection)(str(new / "phrom.sqlite3"))
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("SELECT count(*) FROM agencies_agency").fetchall()
    refused = phrom("restore", made.path, "--data", new, "--replace")
    other.close()
    assert refused.returncode == 1
    assert "please stop it" in refused.stderr
    assert phrom("verify", "--data", new).returncode == 0


@pytest.mark.parametrize("words", [("verify",), ("backup", "out.zip")])
def test_a_mistyped_folder_is_told_in_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    refused = phrom(*words, "--data", tmp_path / "nowhere")
    assert refused.returncode == 1
    assert "please check --data" in refused.stderr and "Traceback" not in refused.stderr


@pytest.mark.usefixtures("province")
def test_a_damaged_file_is_said_and_does_not_stop_the_backup(tmp_path: Path) -> None:
    stored = keep([pdf(b"second")], name="ค.pdf", at=AT)
    path_of(stored).write_bytes(b"rubbish")
    gone = keep([pdf(b"third")], name="ง.pdf", at=AT)
    path_of(gone).unlink()
    made = make_backup(tmp_path / "phrom.zip", AT)
    assert set(made.missing) == {stored.sha256, gone.sha256}
    assert checked(made.path, tmp_path / "staged")["missing_files"]


def flip(content: bytearray, luck: random.Random) -> bytearray:
    content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    return content


def cut(content: bytearray, luck: random.Random) -> bytearray:
    return content[: luck.randrange(len(content))]


def grow(content: bytearray, luck: random.Random) -> bytearray:
    return content + b"x"


def blank(content: bytearray, luck: random.Random) -> bytearray:
    at = luck.randrange(len(content) - 4096)
    return content[:at] + bytes(4096) + content[at + 4096 :]


@pytest.mark.usefixtures("province")
def test_sixty_damaged_files_are_refused(tmp_path: Path) -> None:
    whole = make_backup(tmp_path / "phrom.zip", AT).path.read_bytes()
    damaged, luck = tmp_path / "damaged.zip", random.Random(2567)
    for number in range(60):
        damaged.write_bytes((flip, cut, grow, blank)[number % 4](bytearray(whole), luck))
        with pytest.raises(DamagedBackup):
            checked(damaged, tmp_path / "staged")
    assert not (tmp_path / "staged").exists()


Members = dict[str, bytes]


def sealed(path: Path, members: Members) -> Path:
    """A backup whose seal is right, whatever is inside."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = b"0" * 64
        for name, content in members.items():
            archive.writestr(name, content)
    seal(path)
    return path


def rename_member(members: Members, old: str, new: str) -> None:
    manifest = json.loads(members[MANIFEST])
    members[new] = members.pop(old)
    manifest["members"][new] = manifest["members"].pop(old)
    members[MANIFEST] = json.dumps(manifest).encode()


def drop(members: Members, kind: str) -> None:
    del members[next(name for name in members if name.startswith(kind))]


def spoil(members: Members, kind: str) -> None:
    name = next(name for name in members if name.startswith(kind))
    members[name] = members[name][:-1] + b"?"


def edit_manifest(members: Members, key: str, value: object) -> None:
    members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | {key: value}).encode()


def drop_file_with_its_line(members: Members) -> None:
    name = next(name for name in members if name.startswith("files/"))
    manifest = json.loads(members[MANIFEST])
    del members[name], manifest["members"][name]
    members[MANIFEST] = json.dumps(manifest).encode()


def forge_rows(members: Members) -> None:
    manifest = json.loads(members[MANIFEST])
    manifest["tables"]["agencies_agency"]["rows"] += 1
    members[MANIFEST] = json.dumps(manifest).encode()


INSIDE: list[Callable[[Members], object]] = [
    lambda members: drop(members, "files/"),
    lambda members: drop(members, "phrom.sqlite3"),
    lambda members: drop(members, "checkpoints/"),
    lambda members: drop(members, MANIFEST),
    lambda members: spoil(members, "files/"),
    lambda members: spoil(members, "phrom.sqlite3"),
    lambda members: spoil(members, "checkpoints/"),
    lambda members: spoil(members, MANIFEST),
    lambda members: members.update({"extra": b"x"}),
    lambda members: rename_member(members, "phrom.sqlite3", "../phrom.sqlite3"),
    lambda members: rename_member(members, next(name for name in members if name.startswith("files/")), "/etc/passwd"),
    lambda members: edit_manifest(members, "format", "phrom-backup-2"),
    lambda members: edit_manifest(members, "tables", {}),
    lambda members: edit_manifest(members, "members", []),
    drop_file_with_its_line,
    forge_rows,
]


@pytest.fixture
def members(province: Agency, tmp_path: Path) -> Iterator[Members]:
    """The members of a good backup."""
    with zipfile.ZipFile(make_backup(tmp_path / "phrom.zip", AT).path) as archive:
        yield {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("change", INSIDE, ids=range(len(INSIDE)))
def test_damage_under_a_good_seal_is_refused(members: Members, change: Callable[[Members], object], tmp_path: Path) -> None:
    checked(sealed(tmp_path / "good.zip", members), tmp_path / "good")
    change(members)
    with pytest.raises(DamagedBackup):
        checked(sealed(tmp_path / "bad.zip", members), tmp_path / "bad")
    assert not (tmp_path.parent / "phrom.sqlite3").exists()


def test_a_journal_that_was_rewritten_is_refused(members: Members, tmp_path: Path) -> None:
    """The manifest is right, the chain is whole, but the checkpoint remembers."""
    end = json.loads(next(content for name, content in members.items() if name.startswith("checkpoints/")))
    end["chains"]["chiangmai"]["hash"] = "f" * 64
    shutil.rmtree(checkpoints_folder())
    checkpoints_folder().mkdir(parents=True)
    (checkpoints_folder() / "journal-1.json").write_text(json.dumps(end))
    with pytest.raises(DamagedBackup, match="journal chiangmai"):
        checked(make_backup(tmp_path / "bad.zip", AT).path, tmp_path / "bad")


@pytest.mark.usefixtures("province")
def test_a_backup_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('survey', '9999_later', '2030-01-01')")
    try:
        made = make_backup(tmp_path / "phrom.zip", AT)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
    if connection.vendor == "sqlite":
        with pytest.raises(CannotRestore, match="newer program"):
            checked(made.path, tmp_path / "staged")


@postgres
def test_from_one_database_to_the_other(province: Agency, tmp_path: Path) -> None:
    from django.conf import settings

    from phrom.config.restoring import restore

    made = make_backup(tmp_path / "phrom.zip", AT)
    before = report()
    write(province, 5)
    with pytest.raises(CannotRestore):
        restore(made.path, settings.DATA, AT)
    restore(made.path, settings.DATA, AT, replace=True)
    assert report() == before
    write(province, 1)  # numbering goes on after the restored rows
