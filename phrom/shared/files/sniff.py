"""What a file is, decided by its content and its extension together; the sender's word is not asked."""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

from phrom.shared.files.kinds import CONTENT_TYPES, WrongKind
from phrom.shared.files.office import PIECE, check_office, ends_like_zip

MOST_PIXELS = 150_000_000  # an A3 page at 600 dpi has 70 million
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?php)", re.IGNORECASE)
_HEAD = 4096
_TAIL = 65_535 + 22
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_VBA = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")


def content_type_of(file: BinaryIO, size: int, extension: str) -> str:
    """Return the content type of an open file. Refuses with WrongKind what is not in the table or not what its name says."""
    content_type = CONTENT_TYPES.get(extension)
    if content_type is None:
        name = f".{extension[:20]}" if extension else "ไม่มีนามสกุล"
        raise WrongKind(f"ระบบไม่รับไฟล์ชนิดนี้ ({name})", f"Files of this kind ({extension[:20] or 'no extension'}) are not taken.")
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    _CHECKS[extension](file, size, extension, head, tail)
    file.seek(0)
    return content_type


def _not_what_it_says(extension: str) -> WrongKind:
    return WrongKind(
        f"เนื้อหาของไฟล์ไม่ใช่ .{extension} ตามชื่อไฟล์ หรือไฟล์เสียหาย",
        f"The content is not .{extension} as the name says, or is damaged.",
    )


def _require(fact: bool, extension: str) -> None:
    if not fact:
        raise _not_what_it_says(extension)


def _one_format_only(extension: str, head: bytes, tail: bytes, size: int) -> None:
    """A file that is two things at once (a PDF and a page, a picture and an archive) is refused."""
    _require(not _MARKUP.search(head[:1024]) and not ends_like_zip(tail, size), extension)


def _pdf(file: BinaryIO, size: int, extension: str, head: bytes, tail: bytes) -> None:
    _require(re.match(rb"%PDF-[12]\.\d[\s%]", head) is not None and b"%%EOF" in tail[-2048:], extension)
    _one_format_only(extension, head, tail, size)


def _png(file: BinaryIO, size: int, extension: str, head: bytes, tail: bytes) -> None:
    _require(head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") and len(head) > 33, extension)
    _require(tail.endswith(b"\x00\x00\x00\x00IEND\xaeB`\x82"), extension)
    _one_format_only(extension, head, tail, size)
    width, height = struct.unpack(">II", head[16:24])
    _not_too_many_pixels(width, height)


def _jpeg(file: BinaryIO, size: int, extension: str, head: bytes, tail: bytes) -> None:
    _require(head.startswith(b"\xff\xd8\xff"), extension)
    _one_format_only(extension, head, tail, size)
    for marker, start in _jpeg_segments(file):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            file.seek(start + 1)
            height, width = struct.unpack(">HH", file.read(4).ljust(4, b"\0"))
            _require(width > 0 and height > 0, extension)
            return _not_too_many_pixels(width, height)
    raise _not_what_it_says(extension)


def _jpeg_segments(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Marker and start of content of each segment before the picture itself (ITU T.81, annex B)."""
    at = 2
    for _ in range(1000):
        file.seek(at)
        first = file.read(4)
        if len(first) < 4 or first[0] != 0xFF or first[1] in (0xDA, 0xD9):
            return
        yield first[1], at + 4
        at += 2 + max(2, int.from_bytes(first[2:4], "big"))


def _not_too_many_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise WrongKind(
            f"รูปนี้ใหญ่เกินไป ({width} x {height} จุด) กรุณาย่อรูปแล้วแนบอีกครั้ง",
            f"This picture is too large ({width} x {height} pixels). Please make it smaller and attach it again.",
        )


def _office(file: BinaryIO, size: int, extension: str, head: bytes, tail: bytes) -> None:
    _require(head.startswith(b"PK\x03\x04") and ends_like_zip(tail, size), extension)
    check_office(file, size, extension)


def _old_office(file: BinaryIO, size: int, extension: str, head: bytes, tail: bytes) -> None:
    _require(head.startswith(_OLE) and size % 64 == 0, extension)
    overlap = b""
    for piece in iter(lambda: file.read(PIECE), b""):
        window = overlap + piece
        if any(mark in window for mark in _VBA):
            raise WrongKind(
                "ไฟล์นี้มีมาโคร กรุณาบันทึกเป็นไฟล์ที่ไม่มีมาโครหรือ PDF",
                "This file holds macros. Please save it without macros or as PDF.",
            )
        _require(_PASSWORD not in window, extension)
        overlap = window[-64:]


def _text(file: BinaryIO, size: int, extension: str, head: bytes, tail: bytes) -> None:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    _require(not start.startswith((b"<", b"#!", b"%PDF", b"GIF8", b"MZ\x90", b"{\\rtf")), extension)
    _require(_decodes(file, "utf-8") or _decodes(file, "cp874"), extension)  # Windows' TIS-620
    _require(not ends_like_zip(tail, size), extension)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        for piece in iter(lambda: file.read(PIECE), b""):
            if _CONTROLS.search(piece):
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


_Check = Callable[[BinaryIO, int, str, bytes, bytes], None]
_CHECKS: dict[str, _Check] = {"pdf": _pdf, "png": _png, "jpg": _jpeg, "jpeg": _jpeg, "csv": _text, "txt": _text}
_CHECKS |= dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), _office)
_CHECKS |= dict.fromkeys(("doc", "xls", "ppt"), _old_office)
