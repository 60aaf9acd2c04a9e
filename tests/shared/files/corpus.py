"""Hostile files with what must become of each, as data: made here, nothing dangerous lies in the repository.

reject: refused with a sentence, nothing kept. inert: taken, and handed out so that nothing of it runs. accept: as any file.
The names are as a browser would post them; `taken_as` is the name under which it is kept, where that differs.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from tests.shared.files.papers import docx_of, xlsx_of
from tests.shared.files.specimens import GOOD, HOSTILE, archive, jpeg, odf, office, ole, pdf, png

CANARY = "http://127.0.0.1:9/canary"
SCRIPT = f"<script>alert(1);fetch('{CANARY}')</script><img src='{CANARY}' onerror='alert(2)'>".encode()
REJECT, INERT, ACCEPT = "reject", "inert", "accept"


@dataclass(frozen=True)
class Case:
    """One file: its name, its bytes, what must become of it."""

    name: str
    content: bytes
    fate: str
    taken_as: str = ""


def script_pdf(action: bytes) -> bytes:
    """A PDF that wants to do something when it is opened."""
    body = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction " + action + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
    )
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def noted_png(words: bytes) -> bytes:
    """A picture with a text beside it, behind the first kilobyte."""
    chunk = b"tEXt" + b"Comment\0" + b" " * 1_100 + words
    extra = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    whole = png()
    return whole[:33] + extra + whole[33:]


def outside(kind: str) -> bytes:
    """A Word file with a relation to something outside."""
    relation = f'<Relationships><Relationship Type="http://x/{kind}" Target="{CANARY}" TargetMode="External"/></Relationships>'
    return office("docx", ("word/_rels/document.xml.rels", relation.encode()))


NAMES = (
    Case("../../../etc/passwd.pdf", pdf(b"n1"), INERT, "passwd.pdf"),
    Case("..\\..\\windows\\system.pdf", pdf(b"n2"), INERT, "system.pdf"),
    Case("/etc/cron.d/งาน.pdf", pdf(b"n3"), INERT, "งาน.pdf"),
    Case("ใบ\u202efdp.exe.pdf", pdf(b"n4"), INERT, "ใบfdp.exe.pdf"),
    Case("หัว\r\nSet-Cookie: a=b.pdf", pdf(b"n5"), REJECT),  # the line ends where the header does: no kind is left
    Case("ศูนย์\0.pdf", pdf(b"n6"), INERT, "ศูนย์.pdf"),
    Case("ก" * 296 + ".pdf", pdf(b"n7"), INERT, "ก" * 251 + ".pdf"),  # 892 bytes, as long as a name may be
    Case("%22quo;te%22.pdf", pdf(b"n8"), ACCEPT),
    Case("<img src=x onerror=alert(1)>.pdf", pdf(b"n9"), INERT),
    Case("=cmd|' -C calc'!A0.pdf", pdf(b"n10"), INERT),
    Case("ว่าง.pdf", b"", REJECT),
    Case("ว่าง.txt", b"", REJECT),
    Case("CON.pdf", pdf(b"n11"), ACCEPT),
    Case(".htaccess", b"Options +ExecCGI", REJECT),
    Case("page.php.pdf", pdf(b"n12"), ACCEPT),
)
TAKEN = (
    Case("หน้าเว็บท้ายไฟล์.pdf", pdf(b" " * 1_100 + SCRIPT), INERT),
    Case("จาวาสคริปต์.pdf", script_pdf(b"<</S/JavaScript/JS(app.alert\\(1\\);)>>"), INERT),
    Case("เปิดเว็บ.pdf", script_pdf(b"<</S/URI/URI(" + CANARY.encode() + b")>>"), INERT),
    Case("สั่งโปรแกรม.pdf", script_pdf(b"<</S/Launch/F(/bin/sh)>>"), INERT),
    Case("ส่งแบบฟอร์ม.pdf", script_pdf(b"<</S/SubmitForm/F(" + CANARY.encode() + b")>>"), INERT),
    Case("คำอธิบายภาพ.png", noted_png(SCRIPT), INERT),
    Case("คำอธิบายภาพ.jpg", jpeg(comment=b" " * 1_100 + SCRIPT), INERT),
    Case("เล่าเรื่องเว็บ.txt", "ตัวอย่าง ".encode() + SCRIPT, INERT),
    Case("สูตร.csv", b'name,value\n=HYPERLINK("' + CANARY.encode() + b'"),@SUM(1)\n', INERT),
    Case("มีแท็ก.csv", b"a,b\n" + SCRIPT + b"\n", INERT),
    Case("ภาพจากภายนอก.docx", outside("image"), INERT),
    Case("ลิงก์ภายนอก.docx", outside("hyperlink"), INERT),
    Case("สูตรดึงเว็บ.xlsx", xlsx_of(a=[[f'=WEBSERVICE("{CANARY}")']]), INERT),
    Case("เว็บในเอกสาร.docx", docx_of(SCRIPT.decode()), INERT),
    Case("เก่า.doc", ole(b"WordDocument" + SCRIPT), INERT),
    Case("เว็บใน.odt", odf("odt", ("Pictures/a.html", SCRIPT)), INERT),
)
MORE_REJECTED = (
    Case("utf16.html.txt", SCRIPT.decode().encode("utf-16"), REJECT),
    Case("ตรงต้น.svg.png", b"<svg onload=alert(1)>", REJECT),
    Case("mhtml.mht", b"MIME-Version: 1.0\n" + SCRIPT, REJECT),
    Case("คลัง.xlsb", archive(("xl/workbook.bin", b"x")), REJECT),
    Case("แม่แบบ.dotm", office("docx"), REJECT),
    Case("วัตถุ.docx", outside("oleObject"), REJECT),
    Case("กรอบ.docx", outside("frame"), REJECT),
    Case(
        "หลายเอ็นทิตี.docx",
        office("docx", ("word/x.xml", b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>')),
        REJECT,
    ),
)
CORPUS: tuple[Case, ...] = (
    *(Case(name, content, REJECT) for name, content in HOSTILE),
    *MORE_REJECTED,
    *NAMES,
    *TAKEN,
    *(Case(name, content, ACCEPT) for name, content, _ in GOOD),
)
