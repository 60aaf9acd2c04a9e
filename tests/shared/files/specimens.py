"""Good and hostile files, made by the test itself: nothing dangerous lies in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

WORD, SHEET, SLIDES = "wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"
PARTS = {"docx": WORD, "xlsx": SHEET, "pptx": SLIDES}
ODF = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def pdf(body: bytes = b"1 0 obj<<>>endobj\n", tail: bytes = b"%%EOF\n") -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + body + b"trailer<<>>\nstartxref\n0\n" + tail


def png(width: int = 1, height: int = 1, tail: bytes = b"") -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    picture = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + picture + chunk(b"IEND", b"") + tail


def jpeg(width: int = 1, height: int = 1, comment: bytes = b"") -> bytes:
    segments = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    if comment:
        segments += b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    segments += b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + segments + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"


def archive(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in entries:
            file.writestr(name, content)
    return buffer.getvalue()


def office(extension: str = "docx", *more: tuple[str, bytes], types: str = "", doctype: bytes = b"") -> bytes:
    kind = types or f"application/vnd.openxmlformats-officedocument.{PARTS[extension]}.main+xml"
    content_types = f'<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="{kind}"/></Types>'.encode()
    return archive(("[Content_Types].xml", content_types), ("main.xml", doctype + b"<a>\xe0\xb8\x81</a>"), *more)


def odf(extension: str = "odt", *more: tuple[str, bytes], kind: str = "", content: bool = True) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        mimetype = f"application/vnd.oasis.opendocument.{kind or ODF[extension]}"
        file.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, inside in (*((("content.xml", b"<a/>"),) if content else ()), *more):
            file.writestr(name, inside)
    return buffer.getvalue()


def ole(inside: bytes = b"") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + inside.ljust(4096 - 8, b"\0")


def overlapping() -> bytes:
    """Two directory entries that share one content: many of them make a bomb (CVE-2024-0450)."""
    content = bytearray(office("docx", ("word/a.xml", b"<a/>"), ("word/b.xml", b"<a/>")))
    first = content.index(b"word/a.xml") - 30
    entry = content.index(b"PK\x01\x02", content.rindex(b"word/a.xml"))
    content[entry + 42 : entry + 46] = struct.pack("<I", first)
    return bytes(content)


def lying_about_size() -> bytes:
    """The directory says 10 bytes; a thousand come out."""
    content = bytearray(office("docx", ("word/long.xml", b"a" * 1000)))
    entry = content.rindex(b"word/long.xml") - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 10)
    return bytes(content)


def wrong_checksum() -> bytes:
    return office("docx", ("word/a.txt", b"hello")).replace(struct.pack("<I", zlib.crc32(b"hello")), b"abcd")


BOMB = office("docx", ("word/media/a.bin", b"\0" * 40_000_000))
MANY = archive(*((f"word/{number}.xml", b"") for number in range(5_001)))
REMOTE = b'<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://x/a.dotm" TargetMode="External"/>'
LINK = b'<Relationships><Relationship Type="http://x/hyperlink" Target="http://x/" TargetMode="External"/></Relationships>'
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
THAI = "หน่วยงาน,คะแนน\nสำนักงานจังหวัด,๑๒\n"

GOOD: list[tuple[str, bytes, str]] = [
    ("รายงานการประชุม ครั้งที่ ๑.pdf", pdf(), "application/pdf"),
    ("ตัวใหญ่.PDF", pdf(), "application/pdf"),
    ("ภาพหน้าจอ.png", png(), "image/png"),
    ("ภาพถ่าย.jpg", jpeg(), "image/jpeg"),
    ("ภาพถ่าย.jpeg", jpeg(4000, 3000, b"Samsung"), "image/jpeg"),
    ("คำสั่ง.docx", office("docx"), f"application/vnd.openxmlformats-officedocument.{WORD}"),
    (
        "มีลิงก์.docx",
        office("docx", ("word/_rels/document.xml.rels", LINK)),
        f"application/vnd.openxmlformats-officedocument.{WORD}",
    ),
    ("ข้อมูล.xlsx", office("xlsx"), f"application/vnd.openxmlformats-officedocument.{SHEET}"),
    ("นำเสนอ.pptx", office("pptx"), f"application/vnd.openxmlformats-officedocument.{SLIDES}"),
    ("หนังสือ.odt", odf("odt"), "application/vnd.oasis.opendocument.text"),
    ("ตาราง.ods", odf("ods"), "application/vnd.oasis.opendocument.spreadsheet"),
    ("นำเสนอ.odp", odf("odp"), "application/vnd.oasis.opendocument.presentation"),
    ("ทะเบียน.csv", THAI.encode(), "text/plain"),
    ("ทะเบียน-bom.csv", b"\xef\xbb\xbf" + THAI.encode(), "text/plain"),
    ("ทะเบียน-เก่า.csv", THAI.encode("cp874"), "text/plain"),
    ("บันทึก.txt", "มติที่ประชุม <b>ไม่ใช่</b> หน้าเว็บ".encode(), "text/plain"),
    ("หนังสือเก่า.doc", ole(b"WordDocument"), "application/octet-stream"),
    ("ตารางเก่า.xls", ole(), "application/octet-stream"),
]

HOSTILE: list[tuple[str, bytes]] = [
    ("program.exe", b"MZ\x90\0" + b"\0" * 64),
    ("program.pdf", b"MZ\x90\0" + b"\0" * 64),
    ("program.txt", b"MZ\x90\0" + b"\0" * 64),
    ("script.txt", b"#!/bin/sh\nrm -rf /\n"),
    ("library.png", b"\x7fELF" + b"\0" * 64),
    ("page.html", HTML),
    ("page.xhtml", HTML),
    ("page.pdf", HTML),
    ("page.txt", HTML),
    ("page.csv", b"\xef\xbb\xbf  \n" + HTML),
    ("picture.svg", SVG),
    ("picture.png", SVG),
    ("picture.txt", SVG),
    ("feed.csv", b'<?xml version="1.0"?><a/>'),
    ("polyglot.pdf", pdf(body=b"<html><script>alert(1)</script></html>")),
    ("polyglot2.pdf", b"%PDF<html><body onload=alert(1)>%%EOF"),
    ("archive-inside.pdf", pdf() + archive(("a.txt", b"a"))),
    ("archive-inside.png", png(tail=archive(("a.txt", b"a")))),
    ("archive-inside.jpg", jpeg() + archive(("a.txt", b"a"))),
    ("page-inside.jpg", jpeg(comment=b"<script>alert(1)</script>")),
    ("script.gif.png", b"GIF89a<script>alert(1)</script>"),
    ("half.pdf", pdf(tail=b"")),
    ("half.png", png()[:-6]),
    ("half.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    ("huge.png", png(60_000, 60_000)),
    ("huge.jpg", jpeg(65_000, 65_000)),
    ("bag.zip", archive(("a.txt", b"a"))),
    ("bag.docx", archive(("a.txt", b"a"))),
    ("sheet.docx", office("xlsx")),
    ("macro.docx", office("docx", ("word/vbaProject.bin", b"x"))),
    ("macro.docm", office("docx", types=MACRO_TYPE)),
    ("renamed-macro.docx", office("docx", types=MACRO_TYPE)),
    ("old-macro.xlsx", office("xlsx", ("xl/macrosheets/sheet1.xml", b"<a/>"))),
    ("control.pptx", office("pptx", ("ppt/activeX/activeX1.xml", b"<a/>"))),
    ("basic.odt", odf("odt", ("Basic/Standard/Module1.xml", b"<a/>"))),
    ("sheet.odt", odf("ods")),
    ("macro.doc", ole("_VBA_PROJECT".encode("utf-16-le"))),
    ("macro.xls", ole(b"x" * 600 + "Macros".encode("utf-16-le"))),
    ("locked.doc", ole("EncryptedPackage".encode("utf-16-le"))),
    ("locked.docx", ole("EncryptedPackage".encode("utf-16-le"))),
    ("entity.docx", office("docx", doctype=XXE)),
    ("entity16.docx", office("docx", ("word/a.xml", XXE.decode().encode("utf-16-le")))),
    ("entity.odt", odf("odt", ("styles.xml", XXE))),
    ("remote.docx", office("docx", ("word/_rels/settings.xml.rels", REMOTE))),
    ("bomb.docx", BOMB),
    ("many.docx", MANY),
    ("overlap.docx", overlapping()),
    ("lying.docx", lying_about_size()),
    ("checksum.docx", wrong_checksum()),
    ("climbing.docx", office("docx", ("../../etc/passwd", b"x"))),
    ("before.docx", b"MZ\x90\0" + office("docx")),
    ("packed.docx", archive(("[Content_Types].xml", b"x"), method=zipfile.ZIP_LZMA)),
    ("doubled.odt", odf("odt") + b"trailing"),
    ("noextension", pdf()),
    (".pdf", pdf()),
    ("letter.pdf.exe", pdf()),
    ("shortcut.lnk", b"L\0\0\0"),
    ("zeros.txt", b"abc\0def"),
    ("bell.csv", b"abc\x07def"),
    ("wide.txt", THAI.encode("utf-16")),
    ("neither.txt", b"\xe0\xb8\xff\xfe\x81\xfc"),
    ("rich.txt", rb"{\rtf1\object}"),
]
