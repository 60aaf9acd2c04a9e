"""Keeping bytes so that they survive a power cut: the file first, its row last.

Order of a keep: temporary file on the same disk > hash while it streams > look at the content > fsync > rename to its SHA-256 >
fsync of the folders > row. A cut at any point leaves either everything or a nameless leftover that `sweep` removes.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from phrom.shared.files.durable import sync_folder
from phrom.shared.files.models import Scan, StoredFile
from phrom.shared.files.names import clean_name, extension_of
from phrom.shared.files.scanning import Infected, Verdict, look
from phrom.shared.files.sniff import content_type_of
from phrom.shared.ui.refusals import Refusal

PIECE = 256 * 1024
LEFTOVER_AGE = timedelta(hours=24)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class TooLarge(Refusal):
    """The file is over the limit of this installation."""

    status = 413

    def __init__(self, limit: int) -> None:
        mega = limit / 1024 / 1024
        super().__init__(
            f"ไฟล์ใหญ่เกิน {mega:g} เมกะไบต์ ยังไม่ได้บันทึกไฟล์นี้ กรุณาย่อหรือแบ่งไฟล์แล้วแนบอีกครั้ง",
            f"The file is larger than {mega:g} MB and was not saved. Please make it smaller or split it, then attach it again.",
        )


class EmptyFile(Refusal):
    """There is nothing in the file."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "ไฟล์นี้ว่างเปล่า ยังไม่ได้บันทึก กรุณาเลือกไฟล์อีกครั้ง", "The file is empty and was not saved. Please choose it again."
        )


class DiskFull(Refusal):
    """The disk has no room; nothing was kept."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "ยังไม่ได้บันทึกไฟล์นี้ เพราะพื้นที่ของเครื่องแม่ข่ายเต็ม สิ่งที่บันทึกไว้แล้วยังอยู่ครบ กรุณาแจ้งผู้ดูแลระบบแล้วลองใหม่",
            "The file was not saved: the server's disk is full. What was saved is safe. Tell the administrator and try again.",
        )


class StoreDown(Refusal):
    """The store cannot be written for another reason than room."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "ยังไม่ได้บันทึกไฟล์นี้ เพราะที่เก็บไฟล์ของเครื่องแม่ข่ายขัดข้อง สิ่งที่บันทึกไว้แล้วยังอยู่ครบ กรุณาลองใหม่ในอีกสักครู่",
            "The file was not saved: the server's file store failed. What was saved is safe. Please try again shortly.",
        )


class DamagedFile(Refusal):
    """The bytes on disk are not those that were kept, or are gone; they are not handed out."""

    status = 503

    def __init__(self, sha256: str) -> None:
        super().__init__(
            "ไฟล์นี้ในที่เก็บเสียหายหรือหายไป ระบบจึงไม่ส่งให้ กรุณาแจ้งผู้ดูแลระบบให้กู้จากข้อมูลสำรอง",
            "The stored file is damaged or missing and is not handed out. Please ask the administrator to restore it.",
            where=sha256,
        )


class HeldFile(Refusal):
    """The malware scanner has not looked at the file yet, or found something; it is handed out to nobody."""

    status = 409

    def __init__(self, stored: StoredFile) -> None:
        if stored.scan == Scan.INFECTED:
            th = "พบมัลแวร์ในไฟล์นี้ ระบบจึงไม่ส่งให้ผู้ใด กรุณาขอไฟล์ที่สะอาดจากหน่วยงานเจ้าของแล้วแนบใหม่"
            en = "Malware was found in this file; it is handed out to nobody. Ask its owner for a clean file and attach that."
        else:
            th = "ไฟล์นี้รอตรวจมัลแวร์ จึงยังเปิดไม่ได้ ไฟล์เก็บไว้ครบ กรุณาลองใหม่ในอีก 5 นาที หากยังเปิดไม่ได้กรุณาแจ้งผู้ดูแลระบบ"
            en = "This file waits for the malware scan and cannot be opened yet. It is kept. Try again in five minutes."
        super().__init__(th, en, where=stored.sha256)


def keep(chunks: Iterable[bytes], *, name: str, at: datetime) -> StoredFile:
    """Keep a content durably and return its row; the same bytes are kept once.

    Call it before the transaction of the action that refers to it: it may take long. Refuses TooLarge, WrongKind, EmptyFile,
    BadName, Infected, DiskFull and StoreDown, and leaves nothing behind then. Without the scanner's word it waits (`is_held`).
    """
    extension = extension_of(clean_name(name))
    return _kept(chunks, settings.PHROM_MAX_UPLOAD, lambda file, size: content_type_of(file, size, extension), at, look)


def keep_made(chunks: Iterable[bytes], *, content_type: str, at: datetime) -> StoredFile:
    """Keep what the program itself made (an answer pack, a paper): as durable as an upload, without its limit and checks."""
    return _kept(chunks, None, lambda file, size: content_type, at, lambda file: Verdict(Scan.NONE))


def _kept(
    chunks: Iterable[bytes],
    limit: int | None,
    kind: Callable[[BinaryIO, int], str],
    at: datetime,
    scan: Callable[[BinaryIO], Verdict],
) -> StoredFile:
    temporary = Path()
    try:
        handle, path = tempfile.mkstemp(prefix="keep-", dir=_made(_incoming()))
        temporary = Path(path)
        with os.fdopen(handle, "w+b") as file:
            sha256, size = _receive(chunks, file, limit)
            content_type, verdict = kind(file, size), scan(file)
            if verdict.scan is Scan.INFECTED:
                raise Infected(verdict.name)
            os.fsync(file.fileno())
        _move(temporary, place_of(sha256))
    except OSError as error:
        raise (DiskFull() if error.errno in _FULL else StoreDown()) from error
    finally:
        if temporary.name:
            temporary.unlink(missing_ok=True)
    given = {"size": size, "content_type": content_type, "stored_at": at}
    if verdict.scan:
        given |= {"scan": verdict.scan, "scanned_at": None if verdict.scan is Scan.WAITING else at}
    stored, made = StoredFile.objects.get_or_create(sha256=sha256, defaults=given)
    return stored if made or stored.scan == verdict.scan else _seen_again(stored, verdict, at)


def _seen_again(stored: StoredFile, verdict: Verdict, at: datetime) -> StoredFile:
    """The same bytes again: a fresh "clean" counts, without one the old verdict stands. Refuses what was found infected."""
    if verdict.scan is Scan.CLEAN:
        stored.scan, stored.scanned_at = Scan.CLEAN, at
        stored.save(update_fields=["scan", "scanned_at"])
    elif stored.scan == Scan.INFECTED:
        raise HeldFile(stored)
    return stored


def place_of(sha256: str) -> Path:
    """Where the content with this hash lies."""
    return Path(settings.PHROM_FILES) / sha256[:2] / sha256


def path_of(stored: StoredFile) -> Path:
    """Where this content lies."""
    return place_of(stored.sha256)


def read(stored: StoredFile) -> Iterator[bytes]:
    """The content in pieces of 256 kB. The whole is hashed before the first piece leaves; refuses DamagedFile and HeldFile."""
    if stored.is_held:
        raise HeldFile(stored)
    try:
        file = path_of(stored).open("rb")
    except OSError as error:
        raise DamagedFile(stored.sha256) from error
    try:
        whole = hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256
        file.seek(0)
    except OSError as error:
        file.close()
        raise DamagedFile(stored.sha256) from error
    if not whole:
        file.close()
        raise DamagedFile(stored.sha256)
    return _pieces(file)


def sweep(*, older_than: timedelta = LEFTOVER_AGE) -> list[Path]:
    """Remove what interrupted uploads left: temporary files, and contents without a row. Returns what was removed.

    Only what is older than a day by the disk's own clock, so that no keep in progress loses its file.
    """
    removed = []
    limit = time.time() - older_than.total_seconds()
    arriving = (Path(settings.FILE_UPLOAD_TEMP_DIR), _incoming())
    for path in (*arriving[0].glob("*"), *sorted(Path(settings.PHROM_FILES).glob("*/*"))):
        if path.stat().st_mtime > limit:
            continue
        if path.parent in arriving or not StoredFile.objects.filter(sha256=path.name).exists():
            path.unlink(missing_ok=True)
            removed.append(path)
    return removed


def _incoming() -> Path:
    return Path(settings.PHROM_FILES) / "incoming"


def _receive(chunks: Iterable[bytes], file: BinaryIO, limit: int | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if limit is not None and size > limit:
            raise TooLarge(limit)
        digest.update(chunk)
        file.write(chunk)
    if size == 0:
        raise EmptyFile
    file.flush()
    return digest.hexdigest(), size


def _move(temporary: Path, place: Path) -> None:
    """Rename over whatever is there: the same content, or a damaged copy of it that is thereby mended."""
    _made(place.parent)
    os.replace(temporary, place)
    sync_folder(place.parent)


def _made(folder: Path) -> Path:
    """The folder, made durable: a new folder's own entry is fsynced too."""
    if not folder.is_dir():
        if not folder.parent.is_dir():
            _made(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
    return folder


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(PIECE), b"")
