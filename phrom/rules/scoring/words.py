"""An answer in plain Thai, for screens and papers: one wording everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from phrom.rules.instrument.model import Kind, Merge, Question
from phrom.rules.scoring.sheet import Answer, Provider, Stance, Value

NOT_ANSWERED = "ยังไม่ได้ตอบ"
CONFIRMED = "ยืนยันตามคำตอบของหน่วยงานหลัก"
PROVIDERS = {
    Provider.OWN: "หน่วยงานจัดทำเอง",
    Provider.BOTH: "หน่วยงานจัดทำร่วมกับกรมต้นสังกัด",
    Provider.PARENT: "กรมต้นสังกัดจัดให้ทั้งหมด",
}
MERGES = {
    Merge.OWNER: "ใช้คำตอบของหน่วยงานเจ้าของข้อ",
    Merge.ANY_WITH_EVIDENCE: "มีอย่างน้อยหนึ่งหน่วยงานที่มีและมีหลักฐาน ถือว่าจังหวัดมี",
    Merge.ALL: "ต้องมีครบทุกหน่วยงาน",
    Merge.UNION: "รวมทุกรายการที่หน่วยงานเลือก",
    Merge.SUM: "รวมจำนวนของทุกหน่วยงาน",
    Merge.TEXT: "เรียงข้อความของทุกหน่วยงานต่อกัน",
}


def value_in_words(question: Question, answer: Answer) -> str:
    """The main answer: "มี", "ไม่มี", the ticked texts, a figure, a text; "ตอบไม่ได้: reason"; "ยังไม่ได้ตอบ"."""
    if answer.stance is Stance.CONFIRMS:
        return CONFIRMED
    if answer.value is None:
        return f"ตอบไม่ได้: {answer.cannot}" if answer.cannot else NOT_ANSWERED
    return WORDS[question.kind](question, answer.value)


def detail_in_words(question: Question, answer: Answer) -> str:
    """The detail with its label; empty when there is none."""
    if question.detail is None or answer.detail is None or answer.detail == "":
        return ""
    if isinstance(answer.detail, bool):
        return f"{question.detail.label}: {'มี' if answer.detail else 'ไม่มี'}"
    return f"{question.detail.label}: {answer.detail}"


def provider_in_words(answer: Answer) -> str:
    """Who provides what is claimed; empty when nobody said."""
    return PROVIDERS.get(answer.provider, "")


def in_words(question: Question, answer: Answer) -> str:
    """The whole answer in lines: value, detail, provider."""
    parts = (value_in_words(question, answer), detail_in_words(question, answer), provider_in_words(answer))
    return "\n".join(part for part in parts if part)


def _ticked(question: Question, value: Value) -> str:
    texts = {choice.code: choice.text for choice in question.choices}
    codes = value if isinstance(value, tuple) else ()
    return "; ".join(texts.get(code, code) for code in codes) or "ไม่มีรายการใด"


def _yes_no(question: Question, value: Value) -> str:
    return "มี" if value is True else "ไม่มี"


def _day(question: Question, value: Value) -> str:
    return f"{value.day}/{value.month}/{value.year + 543}" if isinstance(value, date) else str(value)


def _plain(question: Question, value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


WORDS: dict[Kind, Callable[[Question, Value], str]] = {
    Kind.YES_NO: _yes_no,
    Kind.MANY: _ticked,
    Kind.COUNT: lambda question, value: f"{value} รายการ",
    Kind.PERCENT: lambda question, value: f"ร้อยละ {_plain(question, value)}",
    Kind.DATE: _day,
    Kind.URL: _plain,
    Kind.TEXT: _plain,
}
