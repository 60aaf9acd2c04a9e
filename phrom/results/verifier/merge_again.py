"""Merge the agencies' answers of a set again, row by row, by the rule of each row. verify.py runs it where it lies beside.

    python merge_again.py EDITION.json SET.json

A row where the province decided otherwise than the rule is merged too: what the set calls the proposal must be the rule's.
Exit code 0: every proposal follows from its sources; 1: one does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from runpy import run_path
from typing import Any

VERIFY = run_path(str(Path(__file__).with_name("verify.py")))
there, amount, on_path, NO_ANSWER = (VERIFY[name] for name in ("there", "amount", "on_path", "NO_ANSWER"))
NONE = {"yes_no": False, "many": [], "count": 0}


def merge_again(rows: Any, document: Any) -> Iterator[str]:
    """Every row whose proposal, sources in use or final answer is not what its sources make."""
    answers, came = document["answers"], document["provenance"]
    sheets: dict[str, Any] = {one["agency"]: {} for how in came.values() for one in how["sources"]}
    for code, one in ((code, one) for code, how in came.items() for one in how["sources"]):
        sheets[one["agency"]][code] = one["answer"]
    paths = {agency: on_path(rows, sheet, sheet) for agency, sheet in sheets.items()}
    if came.keys() != rows.keys() or answers.keys() - rows.keys():
        yield "rows are missing or unknown"
    for code in came.keys() & rows.keys():
        row, how = rows[code], came[code]
        sources = [{**one, "usable": code in paths[one["agency"]] and usable(row, one["answer"])} for one in how["sources"]]
        proposed, used = merged(row, sources)
        proposed = {key: part for key, part in proposed.items() if part or key in NO_ANSWER}
        if how["rule"] != (row["merge"] or "owner") or how["proposed"] != proposed:
            yield f"{code}: its sources do not make the proposal"
        if used != {one["agency"] for one in sources if one["used"]}:
            yield f"{code}: the sources in use are not those of the rule"
        if how["overridden"] != bool(how["reason"]):
            yield f"{code}: a decision of the province has its reason, and nothing else has one"
        if not how["overridden"] and answers.get(code, NO_ANSWER) != proposed:
            yield f"{code}: the answer is not the proposal, and the province did not decide otherwise"


def usable(row: Any, answer: Any) -> bool:
    return answer["value"] is not None and not parents(row, answer)


def parents(row: Any, answer: Any) -> bool:
    """It claims only what the parent department provides, on a row that asks for more."""
    return bool(row["beyond_parent_department"]) and answer["provider"] == "parent" and there(row, answer)


def stance(source: Any) -> str:
    return str(source["answer"].get("stance", ""))


def merged(row: Any, sources: list[Any]) -> tuple[Any, set[str]]:
    """What the row's rule proposes and whose answers it rests on; who confirms the owner's answer is not weighed."""
    rule = row["merge"] or "owner"
    standing = [one for one in sources if stance(one) != "confirms"]
    said = [one for one in standing if one["usable"]]
    if rule == "owner":
        return owned(row, standing)
    if not said:
        return nothing(row, standing), set()
    if rule == "any_with_evidence":
        return proved(row, said)
    if rule == "all":
        return everybody(row, standing, said)
    owner = next((one for one in said if one["lead"] and stance(one) != "differs"), None)
    said = [one for one in said if owner is None or one is owner or stance(one) != "differs"]
    return gathered(row, said, rule), agencies(said)


def owned(row: Any, standing: list[Any]) -> tuple[Any, set[str]]:
    leads = [one for one in standing if one["lead"]] or (standing if len(standing) == 1 else [])
    if not (owner := [one for one in leads if one["usable"]][:1]):
        return nothing(row, leads), set()
    said = owner + [one for one in standing if one["usable"] and one not in leads and stance(one) == "adds"]
    if len(said) == 1:
        return owner[0]["answer"], agencies(said)
    return gathered(row, said, "text") if row["kind"] == "text" else together(row, owner[0]["answer"], said), agencies(said)


def proved(row: Any, said: list[Any]) -> tuple[Any, set[str]]:
    claims = [one for one in said if there(row, one["answer"])]
    denied = [one for one in said if one not in claims]
    if not (found := [one for one in claims if not lacks(row, one["answer"])]):
        return none_of(row) if claims else denied[0]["answer"], agencies(denied)

    def rank(one: Any) -> Any:
        return -amount(row, one["answer"]), not one["lead"], -len(one["answer"].get("evidence", ())), one["agency"]

    return together(row, min(found, key=rank)["answer"], found), agencies(found)


def everybody(row: Any, standing: list[Any], said: list[Any]) -> tuple[Any, set[str]]:
    without = [one for one in said if not there(row, one["answer"])]
    if without or any(parents(row, one["answer"]) for one in standing):
        return none_of(row), agencies(without)
    if any(one["answer"]["value"] is None and not one["answer"]["cannot"] for one in standing):
        return NO_ANSWER, set()
    return gathered(row, said, "all"), agencies(said)


def gathered(row: Any, said: list[Any], rule: str) -> Any:
    """What several say together: ticks of anybody (or of all), counts added, texts under one another, else the best answer."""
    answers = [one["answer"] for one in said]
    value = (min if rule == "all" else max)(answers, key=partial(amount, row))["value"]
    if row["kind"] == "many":
        ticked = all if rule == "all" else any
        value = [one["code"] for one in row["choices"] if ticked(one["code"] in each["value"] for each in answers)]
    elif (row["kind"], rule) == ("count", "sum"):
        listed = [each for each in answers if 0 < len(each.get("items", ())) <= each["value"]]
        beside = sum(each["value"] - (len(each["items"]) if each in listed else 0) for each in answers)
        named = things(listed)
        return {**valued(row, said, len(named) + beside), "items": named}
    elif (row["kind"], rule) == ("text", "text"):
        value = lines([(one["name"], one["answer"]["value"]) for one in said])
    return valued(row, said, value)


def valued(row: Any, said: list[Any], value: Any) -> Any:
    positive = [one for one in said if there(row, one["answer"])] or said
    best = max((one["answer"] for one in positive), key=partial(amount, row))
    return {**together(row, best, positive), "value": value, "cannot": ""}


def things(answers: list[Any]) -> list[Any]:
    """Named things, each once; of the same thing the first that can be seen somewhere."""
    found: dict[str, Any] = {}
    for item in (item for answer in answers for item in answer.get("items", ())):
        known = found.setdefault(item["ref"], item)
        found[item["ref"]] = {**known, "proof": item["proof"]} if item.get("proof") and not known.get("proof") else known
    return list(found.values())


def together(row: Any, best: Any, said: list[Any]) -> Any:
    """The best answer with the details, the providers and the evidence of all."""
    kind = row["detail"]["kind"] if row["detail"] else ""
    details = [(one["name"], one["answer"]["detail"]) for one in said if one["answer"]["detail"] is not None]
    detail = None
    if details and kind:
        told = any(each is True for _, each in details) if kind == "yes_no" else best["detail"]
        detail = told if kind in ("yes_no", "percent") else lines(details)
    providers = {one["answer"]["provider"] for one in said} - {""}
    evidence: list[Any] = []
    for proof in (proof for one in said for proof in one["answer"].get("evidence", ())):
        evidence += [] if proof in evidence else [proof]
    made = {**best, "detail": detail, "provider": "both" if len(providers) > 1 else "".join(providers)}
    return {**made, "evidence": evidence, "items": things([one["answer"] for one in said])}


def lines(said: list[tuple[str, Any]]) -> Any:
    return said[0][1] if len(said) == 1 else "\n".join(f"{name}: {text}" for name, text in said)


def lacks(row: Any, answer: Any) -> bool:
    """A required slot has no evidence; what names no slot fills one that is empty."""
    slots = [proof["slot"] for proof in answer.get("evidence", ()) if inside(row["window"], proof)]
    return len([one for one in row["evidence"] if one["required"] and one["code"] not in slots]) > slots.count("")


def inside(window: Any, proof: Any) -> bool:
    """Not wholly outside the row's window, by its period, else by its day of issue; days of ISO sort as texts."""
    period = proof.get("starts_on"), proof.get("ends_on")
    first, last = period if any(period) else (proof["issued_on"], proof["issued_on"])
    first, last = sorted([first or "", last or "9999"])
    return not window or bool(last >= window["start"] and first <= window["end"])


def nothing(row: Any, heard: list[Any]) -> Any:
    """Only the parent department's things: none. Only "cannot": the province cannot. Else open."""
    if any(parents(row, one["answer"]) for one in heard):
        return none_of(row)
    cannot = [f"{one['name']}: {one['answer']['cannot']}" for one in heard if one["answer"]["cannot"]]
    return {**NO_ANSWER, "cannot": "\n".join(cannot) if len(cannot) == len(heard) else ""}


def none_of(row: Any) -> Any:
    return {**NO_ANSWER, "value": NONE.get(row["kind"])}


def agencies(sources: list[Any]) -> set[str]:
    return {one["agency"] for one in sources}


def main(arguments: list[str]) -> int:
    edition, document = (Path(one).read_bytes() for one in arguments)
    wrong = list(merge_again(VERIFY["read_edition"](edition)["rows"], json.loads(document)))
    print("\n".join(wrong) or "ตรงกันทั้งหมด / all agrees")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
