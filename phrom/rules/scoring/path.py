"""Which rows are asked, given the answers so far."""

from __future__ import annotations

from collections.abc import Collection

from phrom.rules.instrument.model import Condition, Edition
from phrom.rules.scoring.claims import answered, positive
from phrom.rules.scoring.sheet import AnswerSheet, Stance


def on_path(edition: Edition, sheet: AnswerSheet, asked: Collection[str] | None = None) -> frozenset[str]:
    """Codes of the rows that are asked and whose conditions the sheet fulfils; an answer off the path fulfils nothing.

    `asked` names the rows that were put to whoever answers (None: all). A condition about a row that was not put to them is
    somebody else's to fulfil and counts as fulfilled here; so does one about a row where they confirm another's answer.
    """
    path: set[str] = set()
    for row in edition.asked_rows:
        if (asked is None or row.code in asked) and _holds(row.asked_when, sheet, path, asked):
            path.add(row.code)
    return frozenset(path)


def _holds(condition: Condition | None, sheet: AnswerSheet, path: set[str], asked: Collection[str] | None) -> bool:
    if condition is None:
        return True
    if condition.code:
        if asked is not None and condition.code not in asked:
            return True
        return condition.code in path and (
            _confirmed(sheet, condition.code) or leaf_holds(condition.test, sheet, condition.code)
        )
    if condition.any_of:
        return any(_holds(part, sheet, path, asked) for part in condition.any_of)
    return all(_holds(part, sheet, path, asked) for part in condition.all_of)


def _confirmed(sheet: AnswerSheet, code: str) -> bool:
    return sheet.get(code).stance is Stance.CONFIRMS


def leaf_holds(test: str, sheet: AnswerSheet, code: str) -> bool:
    """One leaf: `given` is any value, even no; `yes` and `above_zero` are a value that says there is something."""
    value = sheet.get(code).value
    return answered(value) if test == "given" else positive(value)


def codes_of(condition: Condition | None) -> frozenset[str]:
    """Every row that a condition looks at."""
    if condition is None:
        return frozenset()
    if condition.code:
        return frozenset({condition.code})
    return frozenset().union(*(codes_of(part) for part in (*condition.all_of, *condition.any_of)))


def condition_th(condition: Condition) -> str:
    """The condition in Thai, to stand after "ข้อนี้ถามเมื่อ"."""
    if condition.code:
        return {
            "yes": f"ตอบว่า “มี” ในข้อ {condition.code}",
            "given": f"ตอบข้อ {condition.code} แล้ว",
            "above_zero": f"ตอบข้อ {condition.code} มากกว่า 0",
        }[condition.test]
    parts, word = (condition.any_of, " หรือ ") if condition.any_of else (condition.all_of, " และ ")
    return word.join(condition_th(part) for part in parts)
