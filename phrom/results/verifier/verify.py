"""Check a pack of answers without Phrom: needs nothing but Python 3.11 or newer and the two programs that lie in the pack.

    python verify.py PACK.zip [--sha256 PRINTED]       or       python verify.py EDITION.json SET.json ... [FIGURES.json ...]

Checks that the set is in canonical form (RFC 8785) and bound to its edition and that every file is the one in the manifest;
scores the set again and compares with the printed figures; merges the agencies' answers again where merge_again.py lies beside.
--sha256: the hash on the paper. Exit code 0: all agrees; 1: something does not, each line says what; 2: it cannot be read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Collection, Iterator
from fractions import Fraction
from pathlib import Path
from runpy import run_path
from typing import Any

SET, EDITION, FIGURES, MANIFEST = "ชุดคำตอบ.json", "แบบสำรวจ.json", "คะแนน.json", "บัญชีแฟ้ม.csv"
MERGING, as_json = Path(__file__).with_name("merge_again.py"), json.JSONEncoder(ensure_ascii=False).encode
NO_ANSWER: dict[str, Any] = {"value": None, "detail": None, "provider": "", "cannot": ""}


def canonical(value: Any) -> str:
    """RFC 8785 of what a set may hold: texts, whole numbers, lists, objects."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return f"{{{','.join(f'{canonical(key)}:{canonical(value[key])}' for key in keys)}}}"
    return f"[{','.join(map(canonical, value))}]" if isinstance(value, list) else as_json(value)


def read_edition(text: bytes) -> Any:
    """The questionnaire with its asked rows by code; `hash` becomes the hash that its content really has."""
    data = {key: value for key, value in json.loads(text).items() if key != "hash"}
    said = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    rows = {row["code"]: row for row in json.loads(text, parse_float=Fraction)["rows"] if row["kind"] != "heading"}
    return json.loads(text, parse_float=Fraction) | {"rows": rows, "hash": hashlib.sha256(said.encode()).hexdigest()}


def there(row: Any, answer: Any) -> bool:
    """The answer says that there is something."""
    value = answer["value"]
    return Fraction(value) > 0 if value and row["kind"] == "percent" else bool(value)


def amount(row: Any, answer: Any) -> Fraction:
    """The share of the row's points that the answer earns: none for what only the parent department has on a row beyond it."""
    value, full, choices = (
        answer["value"],
        row["points"]["full_at"] if row["points"] else 1,
        {c["code"] for c in row["choices"]},
    )
    if not there(row, answer) or (row["beyond_parent_department"] and answer["provider"] == "parent"):
        return Fraction(0)
    if row["kind"] in ("many", "count"):
        return Fraction(min(len(choices & {*value}) if row["kind"] == "many" else value, full), full)
    return Fraction(value) / 100 if row["kind"] == "percent" else Fraction(1)


def on_path(rows: Any, answers: Any, asked: Collection[str]) -> set[str]:
    """Rows that were asked and whose conditions the answers fulfil; a condition on a row not asked is somebody else's."""
    found: set[str] = set()

    def holds(when: Any) -> bool:
        if not when or not when["code"]:
            return not when or (any(map(holds, when["any_of"])) if when["any_of"] else all(map(holds, when["all_of"])))
        answer = answers.get(when["code"], NO_ANSWER)
        told = answer["value"] is not None if when["test"] == "given" else there(rows[when["code"]], answer)
        return when["code"] not in asked or (when["code"] in found and (told or answer.get("stance") == "confirms"))

    for code in (code for code in rows if code in asked):
        found.update([code] if holds(rows[code]["asked_when"]) else [])
    return found


def two(number: Fraction) -> str:
    whole = int(number * 100 + Fraction(1, 2))
    return f"{whole // 100}.{whole % 100:02d}"


def levels(edition: Any, percent: Fraction) -> dict[str, int]:
    """Under each named assumption: the highest band that the shown percent reaches, else the lowest."""
    bands = {one["code"]: sorted(one["bands"], key=lambda band: band["at_least"]) for one in edition["levels"]}
    shown = Fraction(two(percent))
    return {code: ([b for b in each if b["at_least"] <= shown] or each[:1])[-1]["level"] for code, each in bands.items()}


def score(edition: Any, document: Any) -> dict[str, Any]:
    """Every figure that the pack prints; points of rows and bands of levels are estimates of the edition."""
    rows, answers, pillars, marks, total = edition["rows"], document["answers"], {}, {}, Fraction(0)
    path = on_path(rows, answers, rows)
    for code, row in rows.items():
        earns = row["points"] and code in answers and code in path
        marks[code] = row["points"]["out_of"] * amount(row, answers[code]) if earns else Fraction(0)
    for pillar in (one for one in edition["pillars"] if one["weight"] is not None):
        codes = [code for code, row in rows.items() if row["pillar"] == pillar["code"] and row["points"]]
        out_of, earned = sum(rows[code]["points"]["out_of"] for code in codes), sum((marks[one] for one in codes), Fraction(0))
        share = earned / out_of if out_of else Fraction(0)
        total += pillar["weight"] * share
        pillars[pillar["code"]] = {"points": two(earned), "percent": two(share * 100), "levels": levels(edition, share * 100)}
    card: dict[str, Any] = {"total": two(total), "levels": levels(edition, total), "pillars": pillars}
    card["rows"] = {code: {"points": two(earned)} for code, earned in marks.items()}
    by = {one["code"]: kpi(edition["kpi"], card, document.get("last_year"), one["code"]) for one in edition["levels"]}
    return {"scorecard": card, "kpi": by}


def kpi(edition: Any, card: Any, last_year: str | None, assumption: str) -> dict[str, Any]:
    """Points of the sub-indicators, and weighted together; None while one cannot be computed."""
    found: dict[str, Fraction | None] = {}
    for sub in edition["sub_indicators"]:
        steps = [(Fraction(step["value"]), Fraction(step["points"])) for step in sub["steps"]]
        value = Fraction(sum(one["levels"][assumption] >= sub["level"] for one in card["pillars"].values()))
        if against := sub["measures"] == "score_against_last_year":
            value, before = Fraction(card["total"]), Fraction(last_year or 0)
            steps = [(min(max(before + target, Fraction(0)), Fraction(100)), points) for target, points in steps]
        reached = max((step for step in steps if step[0] <= value), key=lambda step: step[1], default=None)
        ahead = min((step for step in steps if step[0] > value), default=None)
        points = reached[1] if reached else Fraction(0)
        if reached and ahead and edition["interpolation"] == "linear":
            points += (value - reached[0]) / (ahead[0] - reached[0]) * (ahead[1] - reached[1])
        found[sub["code"]] = None if against and last_year is None else points
    weights = {sub["code"]: Fraction(sub["weight"]) for sub in edition["sub_indicators"]}
    earned, whole = [weights[code] * one for code, one in found.items() if one is not None], sum(weights.values())
    together = two(sum(earned, Fraction(0)) / whole) if whole and len(earned) == len(found) else None
    return {"points": together, "subs": {code: {"points": None if one is None else two(one)} for code, one in found.items()}}


def differences(printed: Any, again: Any, place: str = "") -> Iterator[str]:
    """Where printed figures are not those computed again; the sentences beside them are not compared."""
    for key in again if isinstance(again, dict) else ():
        yield from differences(printed.get(key) if isinstance(printed, dict) else None, again[key], f"{place} {key}")
    if not isinstance(again, dict) and printed != again:
        yield f"figure{place}: printed {printed}, computed {again}"


def manifest(pack: zipfile.ZipFile) -> Iterator[str]:
    """Every file is listed with its true hash, and nothing that is listed is missing."""
    told, names = csv.DictReader(io.StringIO(pack.read(MANIFEST).decode("utf-8-sig"), newline="")), pack.namelist()
    listed = {row["path"]: row["sha256"] for row in told}
    for name in sorted({*names} ^ {*listed, MANIFEST}):
        yield f"{name!r}: {'missing' if name in listed else 'not in the manifest'}"
    for name in (name for name in names if name in listed):
        with pack.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != listed[name] or names.count(name) > 1:  # type: ignore[arg-type]
                yield f"{name!r}: not the file that the manifest names"


def check(text: bytes, edition: Any, figures: dict[str, Any], sha256: str | None, merging: Any) -> Iterator[str]:
    """All that is wrong with one set, then its figures in lines that begin with a blank."""
    document, own = json.loads(text), hashlib.sha256(text).hexdigest()
    if canonical(document).encode() != text:
        yield "the set is not in canonical form"
    if sha256 is not None and own != sha256.lower():
        yield "the set is not the one of the printed hash"
    if edition["hash"] != document["edition_hash"]:
        yield "the questionnaire is not the one that the set is bound to"
    yield from merging(edition["rows"], document) if merging else ()
    again = score(edition, document)
    yield from differences(figures.get(own), again) if figures else ()
    card, points = again["scorecard"], {code: one["points"] for code, one in again["kpi"].items()}
    pillars = " · ".join(f"{code} {one['percent']}" for code, one in card["pillars"].items())
    yield f" {document['body']} · {edition['id']} · SHA-256 {own}"
    yield f" total {card['total']} (estimated) · {pillars}\n levels {card['levels']} · KPI {points} (estimated)"


def checked(paths: list[Path], printed: list[str]) -> Iterator[str]:
    if paths[0].suffix == ".json":
        edition_text, *texts = [path.read_bytes() for path in paths]
    else:
        pack = zipfile.ZipFile(paths[0])
        yield from manifest(pack)
        edition_text, *texts = [pack.read(name) for name in (EDITION, SET, FIGURES)]
    figures = {data.get("set_sha256", ""): data for data in map(json.loads, texts) if "provenance" not in data}
    merging, edition = run_path(str(MERGING))["merge_again"] if MERGING.exists() else None, read_edition(edition_text)
    if not (sets := [text for text in texts if "provenance" in json.loads(text)]):
        raise ValueError("there is no set of answers in it")
    for text in sets:
        yield from check(text, edition, figures, "".join(printed[1:]) if printed else None, merging)


def main(arguments: list[str]) -> int:
    place, wrong = (arguments.index("--sha256") if "--sha256" in arguments else len(arguments)), 0
    try:
        for line in checked([Path(one) for one in arguments[:place]], arguments[place:]):
            wrong += not line.startswith(" ")
            print(line if line.startswith(" ") else f"WRONG {line}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, zipfile.BadZipFile) as error:
        print(f"cannot be read: {type(error).__name__} {error}")
        return 2
    print(f"ไม่ตรง {wrong} แห่ง / {wrong} things do not agree" if wrong else "ตรงกันทั้งหมด / all agrees")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
