"""What one cell of the workbook says, by its column: the value that the answer gets, or why the column does not take it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from phrom.rules.instrument.model import Kind, Question
from phrom.shared.thai.digits import to_arabic
from phrom.shared.thai.reading import parse_date
from phrom.survey.workbook.shape import ANSWER, CANNOT, DETAIL, NO, NONE_OF_THEM, PROVIDER, PROVIDER_WORDS, YES

_YES_NO: dict[str, Any] = {YES: True, NO: False, "ใช่": True, "ไม่ใช่": False, "yes": True, "no": False}


class OddCell(Exception):
    """A cell that holds what its column does not take."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(en)
        self.th, self.en = th, en


def text_of(cell: Any) -> str:
    """A cell as text, with its lines; whole numbers without a point, days as offices write them, true as มี."""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell.day}/{cell.month}/{cell.year if cell.year > 2400 else cell.year + 543}"
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _answer(question: Question, text: str, ticked: list[str]) -> Any:
    match question.kind:
        case Kind.MANY:
            return _many(text, ticked)
        case Kind.YES_NO:
            return _YES_NO.get(text.lower(), text or None)
        case Kind.COUNT:
            plain = to_arabic(text).replace(",", "").replace(" ", "")
            return int(plain) if re.fullmatch("[0-9]{1,12}", plain) else text or None
        case Kind.PERCENT:
            return _percent(text)
        case Kind.DATE:
            return parse_date(text).isoformat() if text else None
        case _:
            return text or None


def _many(text: str, ticked: list[str]) -> list[str] | None:
    if text and text != NONE_OF_THEM:
        raise OddCell(
            f"“{text[:40]}” ใช้ไม่ได้ กรุณาเลือกในบรรทัดของแต่ละรายการ หรือเลือก “{NONE_OF_THEM}”",
            "Choose in the lines of the choices, or say that none applies.",
        )
    if text and ticked:
        raise OddCell(f"เลือก “{NONE_OF_THEM}” พร้อมกับเลือกบางรายการไม่ได้", "Nothing of the list, and some of it, cannot both be.")
    return ticked if ticked else [] if text else None


def _detail(question: Question, text: str, ticked: list[str]) -> Any:
    if question.detail is None or question.detail.kind is Kind.TEXT:
        return text or None
    return _percent(text) if question.detail.kind is Kind.PERCENT else _YES_NO.get(text.lower(), text or None)


def _percent(text: str) -> str | None:
    return to_arabic(text).replace("%", "").removeprefix("ร้อยละ").strip() or None


def _provider(question: Question, text: str, ticked: list[str]) -> str:
    if text and not question.beyond_parent_department:
        raise OddCell("ข้อนี้ไม่ถามว่าใครจัดทำ กรุณาลบ", "This row does not ask who provides it.")
    if text and text not in PROVIDER_WORDS:
        raise OddCell(
            f"“{text[:40]}” ไม่ใช่คำที่ใช้ได้ กรุณาเลือกจาก: {', '.join(PROVIDER_WORDS)}", "Choose the provider from the list."
        )
    return PROVIDER_WORDS.get(text, "")


READERS: dict[str, Callable[[Question, str, list[str]], Any]] = {
    ANSWER: _answer,
    DETAIL: _detail,
    PROVIDER: _provider,
    CANNOT: lambda question, text, ticked: text,
}
