"""Random sets of the real edition as they would be frozen: lists, periods, confirmations, decisions of the province."""

from __future__ import annotations

import hashlib
import random
from decimal import Decimal
from typing import Any

from phrom.rules.instrument.model import Edition, Kind, Question
from phrom.rules.scoring.exchange import answer_from_json, answer_to_json
from phrom.rules.scoring.figures import kpi_json, scorecard_json
from phrom.rules.scoring.jcs import canonical
from phrom.rules.scoring.kpi import assess
from phrom.rules.scoring.merge import Merged, Provenance, merge
from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet

DAYS = (None, "2022-01-01", "2023-06-11", "2023-06-12", "2024-01-05", "2024-06-11", "2024-06-12", "2025-01-01")
NAMES = ("ขึ้นทะเบียนเกษตรกร", "ขอใช้น้ำ", "จองคิว", "แจ้งเหตุ", "ชำระภาษี", "ทะเบียนวัด")
FOUND = "ตามมติที่ประชุมครั้งที่ 1/2567"


def random_set(edition: Edition, chance: random.Random) -> dict[str, Any]:
    """One frozen set's document."""
    thorough = chance.random()
    agencies = [_agency(edition, chance, number, thorough) for number in range(chance.randint(1, 5))]
    overrides = {row.code: _answer(row, chance, 0.9) for row in edition.asked_rows if chance.random() < 0.05}
    return document_of(edition, merge(edition, agencies, overrides), chance.choice([None, "37.87", "4.20", "98.00"]))


def document_of(edition: Edition, merged: Merged, last_year: str | None = None) -> dict[str, Any]:
    """What freezing keeps, without a database."""
    given = {row.code: merged.sheet.get(row.code) for row in edition.asked_rows}
    document = {
        "format": "phrom-answer-set-1",
        "body": "chiangmai",
        "edition": edition.id,
        "edition_hash": edition.hash,
        "answers": {code: answer_to_json(answer) for code, answer in given.items() if answer.given},
        "provenance": {code: _came(row) for code, row in merged.rows.items()},
        "frozen_at": "2024-06-20T09:00:00+00:00",
    }
    return document | ({} if last_year is None else {"last_year": last_year})


def figures_of(edition: Edition, document: dict[str, Any]) -> dict[str, Any]:
    """What the pack prints of a set, computed by Phrom."""
    answers = {code: answer_from_json(edition.by_code[code], one, kept=True) for code, one in document["answers"].items()}
    card = score(edition, AnswerSheet(answers))
    last_year = None if (year := document.get("last_year")) is None else Decimal(year)
    kpis = [assess(edition.kpi, card, last_year, one.code) for one in edition.levels]
    sha256 = hashlib.sha256(canonical(document).encode()).hexdigest()
    return {"set_sha256": sha256, "scorecard": scorecard_json(card), "kpi": kpi_json(kpis)}


def _came(row: Provenance) -> dict[str, Any]:
    sources = [
        {
            "agency": one.agency,
            "name": one.name,
            "answer": answer_to_json(one.answer),
            "used": one.used,
            "because": one.because,
            "lead": one.lead,
        }
        for one in row.sources
    ]
    told = {"rule": row.rule.value, "because": row.because, "proposed": answer_to_json(row.proposed), "sources": sources}
    return told | {"overridden": row.overridden, "reason": FOUND if row.overridden else ""}


def _agency(edition: Edition, chance: random.Random, number: int, thorough: float) -> AgencySheet:
    asked = [row for row in edition.asked_rows if chance.random() < 0.8]
    answers = {row.code: _answer(row, chance, thorough) for row in asked if chance.random() < 0.9}
    lead = frozenset(row.code for row in asked if chance.random() < 0.3)
    sheet = AnswerSheet({code: answer for code, answer in answers.items() if answer.given})
    return AgencySheet(f"agency-{number}", f"หน่วยงานที่ {number}", sheet, lead, frozenset(row.code for row in asked))


def _answer(row: Question, chance: random.Random, thorough: float) -> Answer:
    said: dict[str, Any] = {"provider": chance.choice(["own", "own", "both", "parent", ""])}
    if chance.random() < 0.06:
        said["cannot"] = "อยู่ระหว่างรวบรวมข้อมูล"
    elif chance.random() < 0.08:
        said["stance"] = "confirms"
    elif chance.random() < thorough:
        said |= {"value": _value(row, chance), "stance": chance.choice(["", "", "adds", "differs"])}
        said["evidence"] = [_proof(row, chance) for _ in range(chance.randint(0, 3))]
    if row.kind is Kind.COUNT and chance.random() < 0.6:
        said["items"] = [{"ref": name, "name": name} for name in chance.sample(NAMES, chance.randint(1, 4))]
    if row.detail is not None and chance.random() < 0.5:
        said["detail"] = {Kind.YES_NO: chance.random() < 0.5, Kind.PERCENT: "33.33"}.get(row.detail.kind, "มีรายละเอียด")
    return answer_from_json(row, {key: part for key, part in said.items() if part != ""})


def _value(row: Question, chance: random.Random) -> Any:
    match row.kind:
        case Kind.YES_NO:
            return chance.random() < 0.75
        case Kind.MANY:
            return chance.sample([choice.code for choice in row.choices], chance.randint(0, len(row.choices)))
        case Kind.COUNT:
            return chance.choice([0, 1, 2, 3, 4, 9, 500])
        case Kind.PERCENT:
            return chance.choice(["0", "0.01", "33.33", "85.5", "100"])
        case Kind.URL:
            return "https://chiangmai.go.th"
        case Kind.DATE:
            return "2024-06-11"
        case _:
            return chance.choice(["มีประกาศ", "มีแผน\nสองบรรทัด"])


def _proof(row: Question, chance: random.Random) -> dict[str, Any]:
    slot = chance.choice(["", *(slot.code for slot in row.evidence)])
    days = {key: chance.choice(DAYS) for key in ("issued_on", "starts_on", "ends_on") if chance.random() < 0.5}
    return {"name": chance.choice(NAMES), "slot": slot, "ref": "sha256:" + "0" * 64, "page": "3", **days}
