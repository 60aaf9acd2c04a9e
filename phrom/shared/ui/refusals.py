"""What a person is told when something is refused: one sentence in Thai and one in English, and nothing half done."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A refusal that a person can mend. `status` is the HTTP status; subclasses stand beside what raises them.

    `th` and `en` say what is wrong, what is safe and what to do; `where` names the place (question code, row, field).
    """

    status = 422

    def __init__(self, th: str, en: str, *, where: str = "") -> None:
        super().__init__(f"{th} / {en}")
        self.th = th
        self.en = en
        self.where = where

    def as_json(self) -> dict[str, Any]:
        """The refusal as the JSON endpoints answer it."""
        return {"error": type(self).__name__, "th": self.th, "en": self.en, "where": self.where}


class CannotSaveNow(Refusal):
    """The database is busy, full or away: nothing was half done, and the same may be tried again.

    `tried_again`: our script keeps the text on its page and asks again; whoever sent a plain form is told to go back to it.
    """

    status = 503

    def __init__(self, *, tried_again: bool = True) -> None:
        next_th, next_en = (_BY_ITSELF_TH, _BY_ITSELF_EN) if tried_again else (_BY_HAND_TH, _BY_HAND_EN)
        super().__init__(
            f"ยังบันทึกไม่ได้ เพราะฐานข้อมูลไม่ว่างหรือพื้นที่เต็ม สิ่งที่บันทึกแล้วยังอยู่ครบ {next_th}",
            f"Cannot save now: the database is busy or full. What was saved is safe. {next_en}",
        )


_BY_ITSELF_TH = "ข้อความที่พิมพ์ยังอยู่ในหน้านี้ ระบบจะลองใหม่ทุก 10 วินาที"
_BY_ITSELF_EN = "What you typed is still on the page. It is tried again every 10 seconds."
_BY_HAND_TH = "กรุณากดย้อนกลับไปที่ข้อความที่พิมพ์ไว้ รอสักครู่ แล้วลองใหม่"
_BY_HAND_EN = "Please go back to what you typed, wait a moment and try again."
