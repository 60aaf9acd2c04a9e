"""Scores an answer set a second time, by another hand: python score_again.py EDITION_FOLDER ANSWERS.json

Reads only the edition's YAML files and exported JSON. Every figure is a pair of whole numbers until it is rounded for show.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from functools import reduce
from math import gcd
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Pair = tuple[int, int]
ZERO, HUNDRED = (0, 1), (100, 1)


def ratio(number: object) -> Pair:
    """12, 12.5 or "12.50" as (top, bottom)."""
    whole, _, decimals = str(number).partition(".")
    return (-1 if whole.startswith("-") else 1) * int(whole.lstrip("-") + decimals), 10 ** len(decimals)


def add(a: Pair, b: Pair) -> Pair:
    top, bottom = a[0] * b[1] + b[0] * a[1], a[1] * b[1]
    return top // gcd(top, bottom), bottom // gcd(top, bottom)


def minus(a: Pair) -> Pair:
    return -a[0], a[1]


def times(a: Pair, b: Pair) -> Pair:
    return a[0] * b[0], a[1] * b[1]


def over(a: Pair, b: Pair) -> Pair:
    return (a[0] * b[1], a[1] * b[0]) if b[0] else ZERO


def total_of(pairs: Iterable[Pair]) -> Pair:
    return reduce(add, pairs, ZERO)


def hundredths(a: Pair) -> int:
    return (200 * a[0] + a[1]) // (2 * a[1])


def shown(a: Pair) -> str:
    return f"{hundredths(a) // 100}.{hundredths(a) % 100:02d}"


class Paper:
    """One edition with one body's answers."""

    def __init__(self, folder: Path, document: dict[str, Any]) -> None:
        def read(name: str) -> Any:
            return YAML(typ="safe").load((folder / name).read_text("utf-8"))

        self.edition, self.kpi, self.assumptions = read("edition.yaml"), read("kpi.yaml"), read("levels.yaml")["assumptions"]
        self.rows = {row["code"]: row for row in self.edition["rows"] if row["kind"] != "heading"}
        self.take(document)

    def take(self, document: dict[str, Any]) -> None:
        self.answers, self.last_year = document["answers"], document.get("last_year")

    def value(self, code: str) -> Any:
        return self.answers[code]["value"] if code in self.answers else None

    def there(self, code: str) -> bool:
        """The answer says that there is something."""
        value = self.value(code)
        return ratio(value)[0] > 0 if value and self.rows[code]["kind"] == "percent" else bool(value)

    def asked(self, condition: dict[str, Any] | None) -> bool:
        if condition is None:
            return True
        if condition.get("any_of"):
            return any(self.asked(part) for part in condition["any_of"])
        if condition.get("all_of"):
            return all(self.asked(part) for part in condition["all_of"])
        code = condition["code"]
        told = self.value(code) is not None if condition.get("test") == "given" else self.there(code)
        return told and self.asked(self.rows[code].get("asked_when"))

    def points(self, row: dict[str, Any]) -> Pair:
        code, worth, value = row["code"], row.get("points"), self.value(row["code"])
        if not worth or not self.there(code) or not self.asked(row.get("asked_when")):
            return ZERO
        if row.get("beyond_parent_department") and self.answers[code].get("provider") == "parent":
            return ZERO
        full, most = ratio(worth["out_of"]), worth.get("full_at", 1)
        if row["kind"] in ("many", "count"):
            return times(full, (min(len(set(value)) if row["kind"] == "many" else value, most), most))
        return times(full, over(ratio(value), HUNDRED)) if row["kind"] == "percent" else full

    def levels(self, percent: Pair) -> dict[str, int]:
        def reached(band: dict[str, Any]) -> bool:
            return hundredths(ratio(band["at_least"])) <= hundredths(percent)

        return {each["code"]: max(band["level"] for band in each["bands"] if reached(band)) for each in self.assumptions}

    def score(self) -> dict[str, Any]:
        """Everything that `phrom score` says, except its sentences."""
        total, pillars = ZERO, {}
        for pillar in (each for each in self.edition["pillars"] if each["weight"] is not None):
            rows = [row for row in self.rows.values() if row["pillar"] == pillar["code"]]
            earned, full = total_of(map(self.points, rows)), total_of(ratio(row["points"]["out_of"]) for row in rows)
            percent, total = times(HUNDRED, over(earned, full)), add(total, times(ratio(pillar["weight"]), over(earned, full)))
            pillars[pillar["code"]] = {"points": shown(earned), "percent": shown(percent), "levels": self.levels(percent)}
        figures = {"total": shown(total), "levels": self.levels(total), "pillars": pillars}
        figures["rows"] = {code: shown(self.points(row)) for code, row in self.rows.items()}
        return {**figures, "kpi": {each["code"]: self.assess(figures, each["code"]) for each in self.assumptions}}

    def assess(self, figures: dict[str, Any], assumption: str) -> dict[str, Any]:
        found = {each["code"]: self.sub(each, figures, assumption) for each in self.kpi["sub_indicators"]}
        weights = [ratio(each["weight"]) for each in self.kpi["sub_indicators"]]
        open_ = None in found.values()
        points = [] if open_ else [times(weight, each or ZERO) for weight, each in zip(weights, found.values(), strict=True)]
        return {
            "subs": {code: None if each is None else shown(each) for code, each in found.items()},
            "points": None if open_ else shown(over(total_of(points), total_of(weights))),
        }

    def sub(self, sub: dict[str, Any], figures: dict[str, Any], assumption: str) -> Pair | None:
        steps = sorted((step["points"], ratio(step["value"])) for step in sub["steps"])
        if sub["measures"] == "pillars_at_level":
            count = sum(pillar["levels"][assumption] >= sub["level"] for pillar in figures["pillars"].values())
            return self.between((count, 1), steps)
        if self.last_year is None:
            return None
        wanted = [(points, add(ratio(self.last_year), value)) for points, value in steps]
        held = [(points, min(max(value, ZERO, key=hundredths), HUNDRED, key=hundredths)) for points, value in wanted]
        return self.between(ratio(figures["total"]), held)

    def between(self, value: Pair, steps: list[tuple[Any, Pair]]) -> Pair:
        reached = [step for step in steps if hundredths(step[1]) <= hundredths(value)]
        if not reached or len(reached) == len(steps) or self.kpi["interpolation"] != "linear":
            return ratio(reached[-1][0]) if reached else ZERO
        (low, start), (high, end) = reached[-1], steps[len(reached)]
        return add(ratio(low), times(over(add(value, minus(start)), add(end, minus(start))), ratio(high - low)))


if __name__ == "__main__":
    answers = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    print(json.dumps(Paper(Path(sys.argv[1]), answers).score(), ensure_ascii=False, indent=1))
