"""Answers as JSON and back: the one form of forms, API, database and answer sets. Types are strict; nothing is guessed.

`{"value": ..., "detail": ..., "provider": "own|both|parent|", "cannot": "", "evidence": [{"name","slot","issued_on","ref"}]}`,
beside them only where they say something: `items` [{"ref","name"}] (each with a `proof` if it has one), `stance`, and of
evidence `starts_on`, `ends_on`, `page`, `quotation`, `letter`.
Percents travel as text ("12.50") so that no digit is lost, days as ISO ("2024-06-11"), ticks as a list of choice codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.claims import URL, answered
from phrom.rules.scoring.sheet import Answer, Item, Proof, Provider, Stance, Value

KEYS = frozenset({"value", "detail", "provider", "cannot", "evidence", "items", "stance"})
PROOF_DAYS = ("starts_on", "ends_on")
PROOF_WORDS = ("page", "quotation", "letter")
PROOF_KEYS = frozenset({"name", "slot", "issued_on", "ref", *PROOF_DAYS, *PROOF_WORDS})
ITEM_KEYS = frozenset({"ref", "name", "proof"})
LONGEST = 10_000
MOST = 1_000_000
# NUL breaks PostgreSQL, the other control characters break XLSX and DOCX, a lone surrogate breaks UTF-8.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong with an answer, as a sentence in Thai and in English."""

    th: str
    en: str


class BadAnswer(ValueError):
    """The JSON is no answer to this row; `problems` holds every reason."""

    def __init__(self, code: str, problems: tuple[Trouble, ...]) -> None:
        self.code = code
        self.problems = problems
        super().__init__(f"{code}: " + "; ".join(problem.en for problem in problems))


class Unfit(Exception):
    """Inside this module: one part does not fit."""

    def __init__(self, th: str, en: str) -> None:
        self.trouble = Trouble(th, en)
        super().__init__(en)


def answer_from_json(question: Question, data: Mapping[str, Any], *, kept: bool = False) -> Answer:
    """The answer in `data`. Raises `BadAnswer` with all problems: unknown keys, wrong types, values that cannot be.

    `kept` reads what we wrote ourselves, such as a frozen set: there texts and counts of many agencies are put together, so
    the limits of what one person may send (`LONGEST` characters, `MOST`, slots of the row) do not hold.
    """
    if not isinstance(data, Mapping):
        raise BadAnswer(question.code, (Trouble("คำตอบต้องเป็นชุดข้อมูล", "An answer must be an object."),))
    problems: list[Trouble] = []
    parts: dict[str, Any] = {}
    for name, part in PARTS.items():
        try:
            if (read := part(question, data)) is not None:
                parts[name] = read
        except Unfit as unfit:
            problems.append(unfit.trouble)
    answer = Answer(**parts)
    problems += [] if kept else _beyond_limits(question, answer)
    if problems:
        raise BadAnswer(question.code, tuple(problems))
    return answer


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The JSON form; `evidence`, `items` and `stance` only where there are some. Reading it back gives an equal answer."""
    data: dict[str, Any] = {
        "value": _plain(answer.value),
        "detail": _plain(answer.detail),
        "provider": answer.provider.value,
        "cannot": answer.cannot,
    }
    if answer.stance:
        data["stance"] = answer.stance.value
    if answer.items:
        data["items"] = [_item_json(item) for item in answer.items]
    if answer.proofs:
        data["evidence"] = [_proof_json(proof) for proof in answer.proofs]
    return data


def _proof_json(proof: Proof) -> dict[str, Any]:
    told = {"name": proof.name, "slot": proof.slot, "issued_on": _plain(proof.issued_on), "ref": proof.ref}
    more = {key: _plain(getattr(proof, key)) for key in (*PROOF_DAYS, *PROOF_WORDS)}
    return told | {key: value for key, value in more.items() if value}


def _item_json(item: Item) -> dict[str, str]:
    told = {"ref": item.ref, "name": item.name}
    return told | {"proof": item.proof} if item.proof else told


def _beyond_limits(question: Question, answer: Answer) -> list[Trouble]:
    """What one person may not send although it is of the right kind."""
    found = []
    texts = [answer.value, answer.detail, answer.cannot, *(text for proof in answer.proofs for text in (proof.name, proof.ref))]
    if any(isinstance(text, str) and len(text) > LONGEST for text in texts):
        found.append(Trouble(f"ข้อความยาวเกิน {LONGEST:,} อักขระ", f"A text is longer than {LONGEST:,} characters."))
    if type(answer.value) is int and answer.value > MOST:
        found.append(Trouble(f"จำนวนมากเกินไป (ไม่เกิน {MOST:,})", f"The number is too large (at most {MOST:,})."))
    slots = {"", *(slot.code for slot in question.evidence)}
    if unknown := sorted({proof.slot for proof in answer.proofs} - slots):
        found.append(Trouble(f"ข้อนี้ไม่มีช่องหลักฐาน {', '.join(unknown)}", f"No such evidence slot: {', '.join(unknown)}."))
    return found


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _shape(question: Question, data: Mapping[str, Any]) -> None:
    _only(data, KEYS)
    if data.get("stance") == Stance.CONFIRMS and (answered(data.get("value")) or data.get("cannot")):
        raise Unfit("ยืนยันตามหน่วยงานหลักแล้ว จึงไม่มีคำตอบอื่นในข้อเดียวกัน", "Who confirms the owner's answer gives no other.")
    if answered(data.get("value")) and data.get("cannot"):
        raise Unfit("เลือกได้อย่างเดียว: ตอบ หรือแจ้งว่าตอบไม่ได้พร้อมเหตุผล", "Either answer or say why you cannot, not both.")


def _only(data: Mapping[str, Any], keys: frozenset[str]) -> None:
    if unknown := sorted(str(key) for key in data if key not in keys):
        raise Unfit(f"มีช่องที่ไม่รู้จัก: {', '.join(unknown)}", f"Unknown keys: {', '.join(unknown)}.")


def _value(question: Question, raw: object) -> Value:
    if raw is None:
        return None
    if question.kind is Kind.HEADING:
        raise Unfit("ข้อนี้เป็นหัวข้อ ไม่ต้องตอบ", "This row is a heading and takes no answer.")
    return READERS[question.kind](question, raw)


def _yes_no(question: Question, raw: object) -> Value:
    if not isinstance(raw, bool):
        raise Unfit("ข้อนี้ตอบได้เพียง “มี” หรือ “ไม่มี”", "This row takes yes or no (true or false).")
    return raw


def _many(question: Question, raw: object) -> Value:
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise Unfit("ข้อนี้ต้องเลือกจากรายการ", "This row takes a list of choice codes.")
    known = [choice.code for choice in question.choices]
    if unknown := [item for item in raw if item not in known]:
        raise Unfit(f"ไม่มีตัวเลือกนี้ในข้อ: {', '.join(unknown)}", f"Not among the choices: {', '.join(unknown)}.")
    return tuple(code for code in known if code in raw)


def _count(question: Question, raw: object) -> Value:
    if type(raw) is not int or raw < 0:
        raise Unfit("ข้อนี้ต้องเป็นจำนวนเต็มตั้งแต่ 0 ขึ้นไป", "This row takes a whole number from 0.")
    return raw


def _percent(question: Question, raw: object) -> Decimal:
    written = str(raw) if type(raw) is int else raw
    value = Decimal(written) if isinstance(written, str) and PERCENT.fullmatch(written) else None
    if value is None or not 0 <= value <= 100:
        raise Unfit(
            "ร้อยละต้องอยู่ระหว่าง 0 ถึง 100 ทศนิยมไม่เกิน 2 ตำแหน่ง",
            'A percent is text from "0" to "100" with at most two decimals.',
        )
    return value


def _date(question: Question | None, raw: object) -> date:
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) and DAY.fullmatch(raw) else None
    except ValueError:
        day = None
    if day is None:
        raise Unfit("วันที่นี้ไม่มีจริงหรือเขียนไม่ถูกแบบ", "This is not a real day written as YYYY-MM-DD.")
    if not 1900 <= day.year <= 2200:
        raise Unfit("ปีในข้อมูลต้องเป็น ค.ศ. (2024 ไม่ใช่ 2567)", "The year must be of the common era (2024, not 2567).")
    return day


def _url(question: Question, raw: object) -> Value:
    text = _text(raw)
    if text and not URL.fullmatch(text):
        raise Unfit("ที่อยู่เว็บต้องขึ้นต้นด้วย http:// หรือ https://", "A web address starts with http:// or https://.")
    return text or None


def _words(question: Question, raw: object) -> Value:
    return _text(raw) or None


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise Unfit("ต้องเป็นข้อความ", "This must be text.")
    text = raw.strip()
    if UNPRINTABLE.search(text):
        raise Unfit("มีอักขระควบคุมที่เก็บไม่ได้ในข้อความ", "The text holds control characters that cannot be kept.")
    return text


READERS: dict[Kind, Callable[[Question, object], Value]] = {
    Kind.YES_NO: _yes_no,
    Kind.MANY: _many,
    Kind.COUNT: _count,
    Kind.PERCENT: _percent,
    Kind.DATE: _date,
    Kind.URL: _url,
    Kind.TEXT: _words,
}


def _detail(question: Question, raw: object) -> str | Decimal | bool | None:
    if raw is None or raw == "":
        return None
    if question.detail is None:
        raise Unfit("ข้อนี้ไม่มีช่องรายละเอียด", "This row has no detail.")
    match question.detail.kind:
        case Kind.YES_NO:
            if not isinstance(raw, bool):
                raise Unfit("รายละเอียดตอบได้เพียง “มี” หรือ “ไม่มี”", "The detail is yes or no (true or false).")
            return raw
        case Kind.PERCENT:
            return _percent(question, raw)
        case _:
            return _text(raw) or None


def _provider(raw: object) -> Provider:
    if not isinstance(raw, str) or raw not in Provider._value2member_map_:
        raise Unfit("ผู้จัดให้ต้องเป็น own, both หรือ parent", "The provider is own, both, parent or empty.")
    return Provider(raw)


def _proofs(raw: object) -> tuple[Proof, ...]:
    if not isinstance(raw, list):
        raise Unfit("หลักฐานต้องเป็นรายการ", "Evidence must be a list.")
    return tuple(_proof(item) for item in raw)


def _proof(raw: object) -> Proof:
    if not isinstance(raw, Mapping):
        raise Unfit("หลักฐานแต่ละชิ้นต้องเป็นชุดข้อมูล", "Each piece of evidence must be an object.")
    _only(raw, PROOF_KEYS)
    name, slot = _text(raw.get("name", "")), _text(raw.get("slot", ""))
    if not name:
        raise Unfit("หลักฐานต้องมีชื่อ", "Evidence needs a name.")
    days: dict[str, Any] = {key: _date(None, raw[key]) for key in ("issued_on", *PROOF_DAYS) if raw.get(key) is not None}
    words = {key: _text(raw.get(key, "")) for key in ("ref", *PROOF_WORDS)}
    return Proof(name, slot, **(days | words))


def _items(raw: object) -> tuple[Item, ...]:
    if not isinstance(raw, list) or not all(isinstance(item, Mapping) for item in raw):
        raise Unfit("รายการต้องเป็นชุดข้อมูล", "Items must be a list of objects.")
    for item in raw:
        _only(item, ITEM_KEYS)
    return tuple(Item(*(_text(item.get(key, "")) for key in ("ref", "name", "proof"))) for item in raw)


def _stance(raw: object) -> Stance:
    if not isinstance(raw, str) or raw not in Stance._value2member_map_:
        raise Unfit("ต้องเป็น confirms, adds หรือ differs", "The stance is confirms, adds, differs or empty.")
    return Stance(raw)


PARTS: dict[str, Callable[[Question, Mapping[str, Any]], object]] = {
    "": _shape,
    "value": lambda question, data: _value(question, data.get("value")),
    "detail": lambda question, data: _detail(question, data.get("detail")),
    "provider": lambda question, data: _provider(data.get("provider", "")),
    "cannot": lambda question, data: _text(data.get("cannot", "")),
    "proofs": lambda question, data: _proofs(data.get("evidence", [])),
    "items": lambda question, data: _items(data.get("items", [])),
    "stance": lambda question, data: _stance(data.get("stance", "")),
}
