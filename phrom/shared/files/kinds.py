"""The kinds of files we take. What is not in this table is refused; form fields, checks and documentation read the same table.

Old binary Office files (.doc .xls .ppt) are taken because offices still hold many, but only without a VBA project, and they
leave again as anonymous bytes (`application/octet-stream`, always an attachment).
"""

from __future__ import annotations

from phrom.shared.ui.refusals import Refusal

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
TEXT = "text/plain"
OLD_OFFICE = "application/octet-stream"
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

CONTENT_TYPES = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
    "docx": _OOXML + "wordprocessingml.document",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "pptx": _OOXML + "presentationml.presentation",
    "odt": _ODF + "text",
    "ods": _ODF + "spreadsheet",
    "odp": _ODF + "presentation",
    "doc": OLD_OFFICE,
    "xls": OLD_OFFICE,
    "ppt": OLD_OFFICE,
    "csv": TEXT,
    "txt": TEXT,
}
MAY_BE_SHOWN = (PDF, PNG, JPEG)
ACCEPT = ",".join("." + extension for extension in CONTENT_TYPES)
LIST_TH = "PDF, รูปภาพ (PNG, JPEG), Word, Excel, PowerPoint, OpenDocument, CSV และ TXT"
LIST_EN = "PDF, pictures (PNG, JPEG), Word, Excel, PowerPoint, OpenDocument, CSV and TXT"


class WrongKind(Refusal):
    """The file is not of a kind we take, or is not what its name says."""

    status = 415

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} ยังไม่ได้บันทึกไฟล์นี้ ระบบรับไฟล์ {LIST_TH}", f"{en} The file was not saved. We take {LIST_EN}.")
