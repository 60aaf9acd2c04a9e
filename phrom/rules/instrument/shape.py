"""Plain values to models, one piece at a time, so that one bad row hides no other defect."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from phrom.rules.instrument.problems import Problem
from phrom.rules.instrument.tree import Document, Place

Model = TypeVar("Model", bound=BaseModel)
WANTED: Mapping[str, tuple[str, str]] = {
    "string": ("ข้อความ", "text"),
    "bool": ("true หรือ false", "true or false"),
    "int": ("จำนวนเต็ม", "a whole number"),
    "decimal": ("ตัวเลข", "a number"),
    "tuple": ("รายการ (ขึ้นต้นด้วย -)", "a list"),
    "list": ("รายการ (ขึ้นต้นด้วย -)", "a list"),
    "model": ("กลุ่มของ “ชื่อ: ค่า”", "a group of 'key: value'"),
    "dict": ("กลุ่มของ “ชื่อ: ค่า”", "a group of 'key: value'"),
}


@dataclass(frozen=True)
class Piece(Generic[Model]):
    """A part of a file as a model. `value` is None when none can be made; `dropped` are keys whose value was no good."""

    place: Place
    value: Model | None
    dropped: frozenset[str]
    problems: tuple[Problem, ...]


def shape(
    document: Document, place: Place, data: object, model: type[Model], stand_ins: Mapping[str, Any] | None = None
) -> Piece[Model]:
    """Make the model. What is wrong becomes problems; bad keys are dropped, required ones stood in for."""
    try:
        return Piece(place, _validate(model, data), frozenset(), ())
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = tuple(_say(document, place, detail, model) for detail in details)
    if not isinstance(data, dict):
        return Piece(place, None, frozenset(), problems)
    dropped = frozenset(str(detail["loc"][0]) for detail in details if detail["loc"])
    kept = {key: value for key, value in data.items() if key not in dropped}
    try:
        return Piece(place, _validate(model, {**(stand_ins or {}), **kept}), dropped, problems)
    except ValidationError:
        return Piece(place, None, dropped, problems)


def _validate(model: type[Model], data: object) -> Model:
    """Validate as JSON in strict mode: there a date and an enum may be text, yet "5" is no number and 1 is not true."""
    return model.model_validate_json(json.dumps(data, default=_number), strict=True)


def _number(value: object) -> float:
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    return float(value)


def _say(document: Document, place: Place, detail: ErrorDetails, model: type[BaseModel]) -> Problem:
    where = (*place, *(part for part in detail["loc"]))
    key = str(detail["loc"][-1]) if detail["loc"] else str(place[-1] if place else "")
    found = detail["input"]
    kind = detail["type"]
    if kind == "extra_forbidden":
        near = get_close_matches(key, model.model_fields, n=1)
        return document.problem(
            where,
            "unknown_key",
            key=key,
            guess_th=f" หมายถึง “{near[0]}” หรือไม่" if near else "",
            guess_en=f"; did you mean '{near[0]}'?" if near else "",
        )
    if kind == "missing":
        return document.problem(where, "missing_key", key=key)
    if kind == "enum":
        return document.problem(where, "not_in_list", key=key, found=found, allowed=detail["ctx"]["expected"].replace("'", ""))
    if kind.startswith("date"):
        return document.problem(where, "bad_date", key=key, found=found)
    wanted = WANTED.get(kind.split("_")[0], ("ค่าที่ถูกต้อง", "a valid value"))
    shown = {list: "[...]", dict: "{...}", type(None): "null"}.get(type(found), found)
    return document.problem(where, "wrong_type", key=key, wanted_th=wanted[0], wanted_en=wanted[1], found=shown)
