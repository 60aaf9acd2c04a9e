"""What a file says, shown before it applies: what was shown travels in the page, signed, so that just that is applied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core import signing

from phrom.shared.ui.refusals import Refusal

A_DAY = 24 * 60 * 60  # seconds


class PreviewLost(Refusal):
    """What came back is not what was shown, or was shown too long ago."""

    def __init__(self) -> None:
        super().__init__(
            "ตัวอย่างที่ตรวจไว้หมดอายุหรือไม่สมบูรณ์ ยังไม่มีอะไรถูกบันทึก กรุณาเลือกไฟล์อีกครั้ง",
            "The preview has expired or is incomplete. Nothing was saved. Please choose the file again.",
            where="rows",
        )


def seal(what: str, about: object, rows: Iterable[object]) -> str:
    """The rows as a text for a hidden field. `what` names the kind of file, `about` the thing that the rows are for."""
    return signing.dumps([about, *rows], salt=what, compress=True)


def unseal(what: str, about: object, sealed: str) -> list[Any]:
    """The rows that were sealed for just this, within a day. Refuses PreviewLost."""
    try:
        packed: list[Any] = signing.loads(sealed, salt=what, max_age=A_DAY)
    except signing.BadSignature as bad:
        raise PreviewLost from bad
    if packed[0] != about:
        raise PreviewLost
    return packed[1:]
