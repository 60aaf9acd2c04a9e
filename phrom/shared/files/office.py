"""Office files are ZIP archives: how many entries, how large unpacked, what they say they are, and no macros."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from phrom.shared.files.kinds import CONTENT_TYPES, WrongKind

MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
FREE_UNPACKED = 20 * 1024 * 1024  # below this the ratio does not matter
MOST_RATIO = 100
PIECE = 256 * 1024
_MAIN_PARTS = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
}
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/activex/", "basic/", "scripts/")
_REMOTE = (b"attachedTemplate", b"/oleObject", b"/frame", b"/subDocument")


def check_office(file: BinaryIO, size: int, extension: str) -> None:
    """Refuse what is not a clean office file of this extension: bombs, macros, document type declarations, remote templates."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = _entries(archive, size)
            _no_active_content(entries)
            for entry in entries:
                _check_entry(archive, entry, extension)
            _is_what_it_says(archive, extension)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        ValueError,
        KeyError,
        RuntimeError,
        struct.error,
    ) as e:
        raise WrongKind("ไฟล์นี้เสียหายหรือไม่ใช่ไฟล์เอกสารตามนามสกุล", "This file is damaged or not the document its name says.") from e


def ends_like_zip(tail: bytes, size: int) -> bool:
    """True when a ZIP directory ends exactly at the end of the file, whatever the file begins with. `tail`: last 64 kB + 22."""
    start = size - len(tail)
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if at + 22 <= len(tail) and start + at + 22 + struct.unpack("<H", tail[at + 20 : at + 22])[0] == size:
            return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False


def _entries(archive: zipfile.ZipFile, size: int) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > max(FREE_UNPACKED, MOST_RATIO * size):
        raise WrongKind("ไฟล์นี้ขยายออกแล้วใหญ่ผิดปกติ", "This file unpacks to an unusual size.")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise zipfile.BadZipFile("names")
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    ends = [entry.header_offset for entry in in_order[1:]] + [archive.start_dir]
    # Entries that share bytes make small files unpack to petabytes; Python before 3.11.8 does not notice (CVE-2024-0450).
    for entry, end in zip(in_order, ends, strict=True):
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437")
        if entry.header_offset + 30 + len(name) + entry.compress_size > end:
            raise zipfile.BadZipFile("overlap")
    if not in_order or in_order[0].header_offset != 0:
        raise zipfile.BadZipFile("bytes before the archive")
    return entries


def _no_active_content(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        name = entry.filename.lower()
        if name.endswith(_ACTIVE[:2]) or any(part in name for part in _ACTIVE[2:4]) or name.startswith(_ACTIVE[4:]):
            raise WrongKind(
                "ไฟล์นี้มีมาโคร กรุณาบันทึกเป็นไฟล์ที่ไม่มีมาโครหรือ PDF",
                "This file holds macros. Please save it without macros or as PDF.",
            )


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, extension: str) -> None:
    """Unpack once in small pieces: a size or checksum that lies is found, nothing is kept."""
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise WrongKind("ไฟล์นี้ตั้งรหัสผ่านหรือบีบอัดด้วยวิธีที่เปิดไม่ได้", "This file is locked or packed in a way that cannot be opened.")
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    forbidden = b"<!ENTITY" if extension.startswith("od") else b"<!DOCTYPE"
    with archive.open(entry) as part:
        head = part.read(PIECE)
        if is_xml:
            _check_xml(head, entry.filename, forbidden)
        while part.read(PIECE):
            pass


def _check_xml(head: bytes, name: str, forbidden: bytes) -> None:
    plain = head.replace(b"\0", b"")  # UTF-16 must not hide it
    if forbidden in plain:
        raise WrongKind(
            "ไฟล์นี้มีการประกาศชนิดเอกสารซ่อนอยู่ภายใน", "This file holds a document type declaration, which may read other files."
        )
    if name.endswith(".rels") and b'TargetMode="External"' in plain and any(kind in plain for kind in _REMOTE):
        raise WrongKind("ไฟล์นี้เรียกใช้แม่แบบจากภายนอก", "This file fetches a template from outside.")


def _is_what_it_says(archive: zipfile.ZipFile, extension: str) -> None:
    if extension.startswith("od"):
        first = min(archive.infolist(), key=lambda entry: entry.header_offset)
        if first.filename != "mimetype" or archive.read(first)[:120].decode("ascii") != CONTENT_TYPES[extension]:
            raise zipfile.BadZipFile("mimetype")
        return
    types = archive.getinfo("[Content_Types].xml")
    content = archive.read(types) if types.file_size < 4 * 1024 * 1024 else b""
    if _MAIN_PARTS[extension] not in content or b"macroEnabled" in content:
        raise zipfile.BadZipFile("content types")
