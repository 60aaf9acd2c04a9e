"""`phrom score EDITION ANSWERS.json`: scores one sheet, or many, without a server and without Django.

One sheet is an answer set: `{"body", "answers": {row: answer}, "last_year"?, "edition"?, "edition_hash"?}`; many sheets are
`{"sheets": [{"body", "answers", "last_year"?}, ...]}`. `last_year` is the body's official total of the year before, as text;
without it the KPI that rests on it stays open. What the sheet says about its edition must be true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from phrom.rules.instrument.load import EditionProblems, load_edition
from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.exchange import BadAnswer, answer_from_json
from phrom.rules.scoring.figures import kpi_json, scorecard_json
from phrom.rules.scoring.kpi import assess
from phrom.rules.scoring.many import ManyScores, score_sheets
from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.sheet import AnswerSheet

FIGURE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


class CannotScore(Exception):
    """Nothing was scored; `lines` say why, each in Thai and English."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def score_file(edition_folder: Path, answers: Path, *, last_year: str | None = None) -> str:
    """The figures as JSON. Raises `CannotScore` for a broken edition, a broken file, answers of another edition.

    `last_year` is for a set that does not carry it, such as a frozen one; what the set itself says comes first.
    """
    document = _document(answers)
    known = {} if last_year is None else {"last_year": last_year}
    figures = score_document(_edition(edition_folder), {**known, **document})
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, indent=1)


def score_document(edition: Edition, document: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of one answer set, or of many. Raises `CannotScore` with every reason."""
    head = {"edition": edition.id, "edition_hash": edition.hash}
    for key, truth in head.items():
        if document.get(key, truth) != truth:
            raise CannotScore(f"คำตอบชุดนี้เป็นของแบบสำรวจอื่น ({key}) / These answers belong to another edition ({key}).")
    if "sheets" in document:
        return {**head, "scores": _many(edition, document["sheets"])}
    return {**head, **_one(edition, document)}


def _edition(folder: Path) -> Edition:
    try:
        return load_edition(folder)
    except EditionProblems as found:
        raise CannotScore(*(f"{each.file}:{each.line} {each.th} / {each.en}" for each in found.problems)) from found


def _document(file: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise CannotScore(f"อ่านไฟล์ {file.name} ไม่ได้ / Cannot read {file.name}: {problem}") from problem
    if not isinstance(document, dict) or not ("sheets" in document or "answers" in document):
        raise CannotScore("ไฟล์ต้องมี answers หรือ sheets / The file must hold answers or sheets.")
    return document


def _one(edition: Edition, document: Mapping[str, Any]) -> dict[str, Any]:
    scorecard = score(edition, _sheet(edition, document))
    last_year = _last_year(document)
    kpis = [assess(edition.kpi, scorecard, last_year, assumption.code) for assumption in edition.levels]
    return {"body": document.get("body", ""), **scorecard_json(scorecard), "kpi": kpi_json(kpis)}


def _many(edition: Edition, documents: object) -> list[dict[str, Any]]:
    if not isinstance(documents, list) or not all(
        isinstance(each, dict) and each.get("answers") is not None for each in documents
    ):
        raise CannotScore("sheets ต้องเป็นรายการของ {body, answers} / sheets must be a list of {body, answers}.")
    sheets = {str(each.get("body", place)): _sheet(edition, each) for place, each in enumerate(documents)}
    if len(sheets) < len(documents):
        raise CannotScore("มีหน่วยงานซ้ำใน sheets / The same body stands twice in sheets.")
    scores = score_sheets(edition, sheets)
    return [_line(scores, place) for place in range(len(scores.bodies))]


def _line(scores: ManyScores, place: int) -> dict[str, Any]:
    """One body of many, under the same names as one body alone; no row by row reasons."""
    assumptions = list(scores.bands)
    return {
        "body": scores.bodies[place],
        "status": scores.status.value,
        "total": str(scores.total(place)),
        "levels": {code: scores.level(place, code).level for code in assumptions},
        "pillars": {
            pillar: {
                "percent": str(scores.percent(place, pillar)),
                "levels": {code: scores.pillar_level(place, pillar, code).level for code in assumptions},
            }
            for pillar in scores.pillars
        },
    }


def _sheet(edition: Edition, document: Mapping[str, Any]) -> AnswerSheet:
    answers, wrong = {}, []
    written = document["answers"]
    for code, data in written.items() if isinstance(written, dict) else ():
        row = edition.by_code.get(code)
        if row is None or not row.asked:
            wrong.append(f"{code}: ไม่มีข้อคำถามนี้ / No such row is asked.")
            continue
        try:
            answers[code] = answer_from_json(row, data, kept=True)
        except BadAnswer as bad:
            wrong += [f"{code}: {problem.th} / {problem.en}" for problem in bad.problems]
    if not isinstance(written, dict):
        wrong.append("answers ต้องเป็นชุดข้อมูลตามรหัสข้อ / answers must be an object by row code.")
    if wrong:
        raise CannotScore(*wrong)
    return AnswerSheet(answers)


def _last_year(document: Mapping[str, Any]) -> Decimal | None:
    written = document.get("last_year")
    if written is None:
        return None
    if not isinstance(written, str) or not FIGURE.fullmatch(written) or Decimal(written) > 100:
        raise CannotScore('last_year ต้องเป็นข้อความเช่น "37.87" / last_year must be text such as "37.87".')
    return Decimal(written)
