"""Why an eCMS message cannot be read or written: a code that never changes, a sentence in two languages, and the place."""

from __future__ import annotations

from phrom.shared.ui.refusals import Refusal

_SAFE_TH = "ยังไม่มีอะไรถูกบันทึก กรุณาแจ้งผู้ส่งพร้อมรหัสนี้"
_SAFE_EN = "Nothing was saved. Please tell the sender this code."
_REASONS = {
    "empty": ("ไฟล์ว่างเปล่า", "the file is empty"),
    "too-large": ("ข้อความใหญ่เกินที่รับได้", "the message is larger than we take"),
    "encoding": ("รหัสอักขระของไฟล์อ่านไม่ได้ ระบบรับ UTF-8, UTF-16 และ TIS-620", "its encoding is none of UTF-8, UTF-16, TIS-620"),
    "dtd": ("มี DTD หรือ entity ซึ่งระบบไม่รับเพราะใช้โจมตีได้", "it holds a DTD or an entity, which are never taken"),
    "include": ("มีคำสั่งดึงเนื้อหาจากที่อื่น (XInclude) ซึ่งระบบไม่รับ", "it asks to include something from elsewhere"),
    "not-xml": ("ไม่ใช่ XML ที่ถูกต้อง ไฟล์อาจขาดหรือเสียหาย", "it is no well-formed XML; it may be cut or damaged"),
    "too-deep": ("ซ้อนกันลึกเกินที่ข้อความชนิดนี้มีได้", "it is nested deeper than any message is"),
    "too-many": ("มีองค์ประกอบมากเกินที่ข้อความชนิดนี้มีได้", "it has more elements than any message has"),
    "unknown": ("ไม่ใช่ข้อความของ eCMS ที่รู้จัก", "it is no message of eCMS that we know"),
    "missing": ("ขาดข้อมูลที่จำเป็น", "a required part is missing"),
    "twice": ("มีข้อมูลซ้ำ จึงบอกไม่ได้ว่าค่าใดถูก", "a part stands there twice, so nobody can tell which one counts"),
    "too-long": ("ข้อมูลยาวเกินที่รับได้", "a text is longer than we take"),
    "not-date": ("ไม่ใช่วันที่", "it is no date"),
    "not-code": ("ไม่ใช่รหัสที่มีในตารางของมาตรฐาน", "it is no code of the standard's table"),
    "not-base64": ("ไฟล์แนบเสียหาย (ไม่ใช่ base64)", "a file in it is damaged (no base64)"),
    "not-text": ("มีอักขระที่ XML บันทึกไม่ได้", "it holds characters that XML cannot carry"),
}


class EcmsUnreadable(Refusal):
    """A message that is refused. `code` names the reason, `where` the element by its path."""

    def __init__(self, code: str, where: str = "", *, shown: str = "") -> None:
        th, en = _REASONS[code]
        place_th, place_en = (f" ที่ {where}", f" at {where}") if where else ("", "")
        quoted = f" “{shown[:60]}”" if shown else ""
        super().__init__(
            f"อ่านข้อความ eCMS นี้ไม่ได้ [{code}]: {th}{place_th}{quoted} {_SAFE_TH}",
            f"This eCMS message cannot be read [{code}]: {en}{place_en}{quoted}. {_SAFE_EN}",
            where=where,
        )
        self.code = code
