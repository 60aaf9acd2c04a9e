"""What every paper of a pack is made from: the set's own document, read back as values; a draft reads today's set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from phrom.results.sheets import Standing, standing_of
from phrom.rules.instrument.model import Question
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.marks import Mark
from phrom.rules.scoring.sheet import Answer, Proof
from phrom.survey.actions.freezing import set_document
from phrom.survey.models import Round

RULES_TH = {
    "owner": "ใช้คำตอบของหน่วยงานเจ้าของข้อ",
    "any_with_evidence": "มีหน่วยงานใดมีและมีหลักฐาน ถือว่าจังหวัดมี",
    "all": "ต้องมีครบทุกหน่วยงาน",
    "union": "รวมรายการของทุกหน่วยงาน",
    "sum": "รวมจำนวนของทุกหน่วยงาน",
    "text": "เรียบเรียงจากข้อความของทุกหน่วยงาน",
}


@dataclass(frozen=True)
class Said:
    """What one agency said to a row, and what became of it."""

    agency: str
    name: str
    answer: Answer
    used: bool
    because: str


@dataclass(frozen=True)
class PackRow:
    """One row of the questionnaire with the provincial answer, how it came about, and its mark."""

    question: Question
    answer: Answer
    rule: str
    because: str
    reason: str
    said: tuple[Said, ...]
    mark: Mark


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence under one row: from whom, and its content's hash or its address."""

    code: str
    agency: str
    agency_name: str
    proof: Proof
    used: bool

    @property
    def sha256(self) -> str:
        """The hash of a file; empty for an address."""
        return self.proof.ref.removeprefix("sha256:") if self.proof.ref.startswith("sha256:") else ""

    @property
    def issued_on(self) -> date | None:
        """The day it was issued, where that is known."""
        return self.proof.issued_on


@dataclass(frozen=True)
class PackSource:
    """A pack's whole content. `document` is the set's canonical JSON, `sha256` its hash (empty for a draft)."""

    round: Round
    standing: Standing
    document: str
    sha256: str
    made_at: datetime
    rows: tuple[PackRow, ...]

    @property
    def is_draft(self) -> bool:
        """True until the round is frozen."""
        return not self.sha256

    def exhibits(self) -> Iterator[Exhibit]:
        """All evidence, in the order of rows and agencies."""
        for row in self.rows:
            for said in row.said:
                for proof in said.answer.proofs:
                    yield Exhibit(row.question.code, said.agency, said.name, proof, said.used)


def pack_source(round: Round, at: datetime) -> PackSource:
    """Read the frozen set, or today's where the round is still open."""
    standing = standing_of(round)
    document = standing.answer_set.document if standing.answer_set else set_document(round, at)
    sha256 = standing.answer_set.sha256 if standing.answer_set else ""
    provenance = json.loads(document)["provenance"]
    rows = tuple(_row(standing, question, provenance[question.code]) for question in standing.edition.asked_rows)
    return PackSource(round, standing, document, sha256, at, rows)


def _row(standing: Standing, question: Question, found: dict) -> PackRow:
    return PackRow(
        question=question,
        answer=standing.sheet.get(question.code),
        rule=RULES_TH.get(found["rule"], ""),
        because=found["because"],
        reason=found["reason"],
        said=tuple(_said(question, one) for one in found["sources"]),
        mark=standing.scorecard.rows[question.code],
    )


def _said(question: Question, found: dict) -> Said:
    answer = answer_from_json(question, found["answer"])
    return Said(found["agency"], found["name"], answer, found["used"], found["because"])
