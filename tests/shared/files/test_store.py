"""Kept means durable, whole, and once."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import transaction
from django.test import RequestFactory
from pytest_django import Settings

from phrom.shared.files.download import answer
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import (
    DamagedFile,
    DiskFull,
    EmptyFile,
    StoreDown,
    TooLarge,
    keep,
    keep_made,
    path_of,
    place_of,
    read,
    sweep,
)
from tests.shared.files.conftest import AT, files_in
from tests.shared.files.specimens import office, pdf, png

pytestmark = pytest.mark.django_db
BIG = pdf(body=b"x" * 700_000)


def kept(content: bytes = BIG, name: str = "ก.pdf") -> StoredFile:
    return keep((content[at : at + 65_536] for at in range(0, len(content), 65_536)), name=name, at=AT)


def test_what_is_kept_comes_back() -> None:
    stored = kept()
    assert (stored.sha256, stored.size) == (hashlib.sha256(BIG).hexdigest(), len(BIG))
    assert b"".join(read(stored)) == BIG
    assert path_of(stored).parent.name == stored.sha256[:2]


def test_the_same_bytes_are_kept_once(folder: Path) -> None:
    assert kept(name="ก.pdf") == kept(name="ข.pdf")
    assert files_in(folder) == [place_of(hashlib.sha256(BIG).hexdigest())]


def test_a_second_keep_mends_a_damaged_copy() -> None:
    stored = kept()
    path_of(stored).write_bytes(b"rubbish")
    assert b"".join(read(kept())) == BIG


def test_what_the_program_made_is_kept_without_limit_or_checks(settings: Settings) -> None:
    settings.PHROM_MAX_UPLOAD = 10
    stored = keep_made([b"PK", b"x" * 100], content_type="application/zip", at=AT)
    assert (stored.size, stored.content_type) == (102, "application/zip")
    assert b"".join(read(stored)) == b"PK" + b"x" * 100


def test_empty(folder: Path) -> None:
    for chunks in ([], [b""], [b"", b""]):
        with pytest.raises(EmptyFile):
            keep(chunks, name="ก.pdf", at=AT)
    assert files_in(folder) == []


def test_too_large_is_refused_while_it_streams(folder: Path, settings: Settings) -> None:
    settings.PHROM_MAX_UPLOAD = 1_000_000
    sent = []

    def endless() -> Iterator[bytes]:
        while True:
            sent.append(1)
            yield b"x" * 100_000

    with pytest.raises(TooLarge) as refused:
        keep(endless(), name="ก.pdf", at=AT)
    assert len(sent) == 11
    assert refused.value.status == 413
    assert files_in(folder) == []


def test_a_broken_upload_leaves_nothing(folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield pdf()
        raise KeyError("the line went dead")

    with pytest.raises(KeyError):
        keep(broken(), name="ก.pdf", at=AT)
    assert files_in(folder) == []


@pytest.mark.parametrize("change", [lambda b: b[:-1] + b"?", lambda b: b[:-1], lambda b: b + b"x", lambda b: b""])
def test_damaged_bytes_never_leave(change: Callable[[bytes], bytes]) -> None:
    stored = kept()
    path_of(stored).write_bytes(change(BIG))
    with pytest.raises(DamagedFile):
        answer(stored, name="ก.pdf")


def test_a_missing_file_is_a_refusal() -> None:
    stored = kept()
    path_of(stored).unlink()
    with pytest.raises(DamagedFile):
        read(stored)


@pytest.mark.parametrize(
    ("number", "refusal"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, StoreDown), (errno.EROFS, StoreDown)],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_disk_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, refusal: type[Exception], call: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    kept(png(), "ก.png")  # the folders are there
    before = files_in(folder)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(refusal) as refused:
            kept()
    assert "ยังไม่ได้บันทึก" in str(refused.value)
    assert files_in(folder) == before
    assert StoredFile.objects.count() == 1


def test_the_sweep_takes_old_leftovers_only(folder: Path, tmp_path: Path, settings: Settings) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "incoming")
    (tmp_path / "incoming").mkdir()
    upload = tmp_path / "incoming/abc.upload.pdf"
    upload.write_bytes(b"half")
    stored = kept()
    with transaction.atomic():
        orphan = kept(png(), "ก.png")
        transaction.set_rollback(True)
    half, young = folder / "incoming/keep-half", folder / "incoming/keep-young"
    for path in (half, young):
        path.write_bytes(b"half")
    old = time.time() - 90_000
    for path in (path_of(stored), path_of(orphan), half, upload):
        os.utime(path, (old, old))
    assert set(sweep()) == {path_of(orphan), half, upload}
    assert files_in(folder) == sorted([path_of(stored), young])
    assert sweep(older_than=timedelta(0)) == [young]


def test_an_attachment_by_default() -> None:
    response = answer(kept(), name="รายงาน ๑.pdf")
    assert response["Content-Disposition"].startswith('attachment; filename="file.pdf"')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response) == BIG  # type: ignore[arg-type]
    assert response["Content-Length"] == str(len(BIG))


@pytest.mark.parametrize(
    ("content", "name", "shown"), [(BIG, "ก.pdf", True), (png(), "ก.png", True), (office(), "ก.docx", False)]
)
def test_only_pdf_and_pictures_are_shown(content: bytes, name: str, shown: bool) -> None:
    response = answer(kept(content, name), name=name, inline=True)
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert "script-src" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("size", [500_000, 3_000_000])
def test_an_upload_over_the_limit_fills_no_disk(settings: Settings, size: int) -> None:
    """Through Django's own upload handling: what comes after the limit is not written."""
    settings.PHROM_MAX_UPLOAD = 1_500_000
    content = pdf(body=b"x" * size)
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("ก.pdf", content)})
    upload = request.FILES["file"]
    assert upload.size == len(content)
    if size < settings.PHROM_MAX_UPLOAD:
        assert keep(upload.chunks(), name=upload.name, at=AT).size == size + len(pdf(body=b""))
        return
    assert os.path.getsize(upload.temporary_file_path()) < 1_600_000
    with pytest.raises(TooLarge):
        keep(upload.chunks(), name=upload.name, at=AT)


@pytest.mark.parametrize("call", ["mkstemp", "write"])
def test_an_upload_that_the_disk_cannot_take(monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    if call == "write":
        monkeypatch.setattr(TemporaryUploadedFile, "write", fail, raising=False)
    else:
        monkeypatch.setattr(TemporaryUploadedFile, "__init__", fail)
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("ก.pdf", pdf(body=b"x" * 2_000_000))})
    with pytest.raises(DiskFull):
        keep(request.FILES["file"].chunks(), name="ก.pdf", at=AT)
