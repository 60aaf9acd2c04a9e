"""What was posted for a row, as the content of an answer. Thai digits, thousands and Thai dates are read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.sheet import Stance
from phrom.shared.thai.digits import to_arabic
from phrom.shared.thai.reading import BadDate, parse_date
from phrom.survey.actions.answering import AnswerNotUnderstood, Content, Entry
from phrom.survey.models import Ask

YES_NO = {"yes": True, "no": False}
KEEP_THEIRS = "theirs"


@dataclass(frozen=True)
class Typed:
    """An answer as it came in, and the version it was written upon."""

    content: Content
    version: int


def read_answer(question: Question, request: HttpRequest) -> Typed:
    """One row from a form or from JSON `{"version": 3, "content": {...}}`. Refuses AnswerNotUnderstood."""
    if request.content_type == "application/json":
        return _from_json(question, request.body)
    return Typed(content_of(question, request.POST), version_of(question, request.POST.get("version", "")))


def read_section(questions: Mapping[str, Question], asks: Sequence[Ask], data: QueryDict) -> list[Entry]:
    """The rows of a page that were posted, in order. A row whose text cannot be read carries its refusal.

    Rows for which "keep theirs" was chosen after a conflict are left out.
    """
    posted = [ask for ask in asks if f"a{ask.pk}-version" in data and data.get(f"a{ask.pk}-choice") != KEEP_THEIRS]
    return [_entry(questions[ask.code], ask, data) for ask in posted]


def read_as_it_is(data: QueryDict) -> frozenset[int]:
    """Ids of the returned asks that somebody ticked to send again unchanged; what is no number is nobody's."""
    return frozenset(int(raw) for raw in data.getlist("as_it_is") if re.fullmatch(r"[0-9]{1,18}", raw))


def content_of(question: Question, data: QueryDict, prefix: str = "") -> Content:
    """The content that these fields say. Refuses AnswerNotUnderstood for a date that is none."""
    content: Content = {
        "value": _value(question, data, prefix),
        "detail": _detail(question, data.get(f"{prefix}detail", "")),
        "provider": data.get(f"{prefix}provider", ""),
        "cannot": data.get(f"{prefix}cannot", "").strip(),
    }
    return content | _stance(content, data.get(f"{prefix}stance", ""))


def _stance(content: Content, stance: str) -> Content:
    """What is said to the owner's answer; adding and differing say nothing while there is no answer."""
    said = content["value"] is not None or content["cannot"] or stance == Stance.CONFIRMS
    return {"stance": stance} if stance and said else {}


def version_of(question: Question, raw: object) -> int:
    """The version number of a form; refuses AnswerNotUnderstood when it is none."""
    if not re.fullmatch(r"[0-9]{1,9}", str(raw)):
        raise AnswerNotUnderstood(question.code, ["แบบฟอร์มไม่สมบูรณ์ กรุณาเปิดหน้าใหม่"], ["The form is incomplete: no version."])
    return int(str(raw))


def _entry(question: Question, ask: Ask, data: QueryDict) -> Entry:
    prefix = f"a{ask.pk}-"
    chosen = data.get(f"{prefix}newest", "") if data.get(f"{prefix}choice") == "mine" else ""
    try:
        version = version_of(question, chosen or data.get(f"{prefix}version", ""))
        return Entry(ask, content_of(question, data, prefix), version)
    except AnswerNotUnderstood as wrong:
        return Entry(ask, {}, 0, wrong)


def _from_json(question: Question, body: bytes) -> Typed:
    try:
        data = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as broken:
        raise _not_json(question) from broken
    if not isinstance(data, dict) or not isinstance(data.get("content"), dict) or type(data.get("version")) is not int:
        raise _not_json(question)
    return Typed(data["content"], version_of(question, data["version"]))


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _not_json(question: Question) -> AnswerNotUnderstood:
    return AnswerNotUnderstood(
        question.code, ["ข้อมูลที่ส่งมาไม่เป็นไปตามแบบ"], ['Send JSON like {"version": 0, "content": {"value": true}}.']
    )


def _value(question: Question, data: QueryDict, prefix: str) -> Any:
    if question.kind is Kind.MANY:
        ticked = data.getlist(f"{prefix}value")
        return ticked if ticked else [] if data.get(f"{prefix}none") else None
    raw = data.get(f"{prefix}value", "")
    match question.kind:
        case Kind.YES_NO:
            return YES_NO.get(raw, raw or None)
        case Kind.COUNT:
            return _count(raw)
        case Kind.PERCENT:
            return _percent(raw)
        case Kind.DATE:
            return _date(question, raw)
        case _:
            return raw.strip() or None


def _detail(question: Question, raw: str) -> Any:
    if question.detail is None:
        return raw.strip() or None
    match question.detail.kind:
        case Kind.YES_NO:
            return YES_NO.get(raw, raw or None)
        case Kind.PERCENT:
            return _percent(raw)
        case _:
            return raw.strip() or None


def _count(raw: str) -> int | str | None:
    text = to_arabic(raw).replace(",", "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text) else text or None


def _percent(raw: str) -> str | None:
    return to_arabic(raw).replace("%", "").strip() or None


def _date(question: Question, raw: str) -> str | None:
    if not raw.strip():
        return None
    try:
        return parse_date(raw).isoformat()
    except BadDate as bad:
        raise AnswerNotUnderstood(question.code, [bad.th], [bad.en]) from bad
