"""What every paper of a pack is made from: the set's own document, read back as values; a draft reads today's set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from phrom.results.sheets import Standing, standing_of, three_of
from phrom.rules.instrument.model import Question
from phrom.rules.scoring.figures import kpi_json, scorecard_json
from phrom.rules.scoring.jcs import canonical
from phrom.rules.scoring.marks import Mark
from phrom.rules.scoring.merge import Provenance
from phrom.rules.scoring.readings import ThreeScores
from phrom.rules.scoring.sheet import Proof
from phrom.rules.scoring.windows import WORDS, place
from phrom.rules.scoring.words import MERGES
from phrom.shared.thai.dates import thai_date, thai_when
from phrom.survey.models import Round
from phrom.survey.set_document import set_content, set_document
from phrom.survey.sheets import merged_from_set


@dataclass(frozen=True)
class PackRow:
    """One row of the questionnaire with the provincial answer, how it came about, and its mark."""

    question: Question
    came: Provenance
    rule: str
    reason: str
    mark: Mark


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence under one row: from whom, and its content's hash or its address."""

    code: str
    pillar: str
    agency: str
    agency_name: str
    proof: Proof
    used: bool
    place: str = ""

    @property
    def sha256(self) -> str:
        """The hash of a file; empty for an address."""
        return self.proof.ref.removeprefix("sha256:") if self.proof.ref.startswith("sha256:") else ""

    @property
    def issued_on(self) -> date | None:
        """The day it was issued, where that is known."""
        return self.proof.issued_on

    @property
    def period(self) -> str:
        """The days that it is about, with both ends; empty where nobody said."""
        first, last = self.proof.starts_on, self.proof.ends_on
        return f"{thai_date(first) if first else 'ไม่ระบุ'} ถึง {thai_date(last) if last else 'ไม่ระบุ'}" if first or last else ""


@dataclass(frozen=True)
class Approval:
    """Who laid the set before whom and when, and the resolution that it rests on, as the set itself says."""

    proposed_by: str
    proposed_at: str
    approved_by: str
    approved_at: str
    resolution: str


@dataclass(frozen=True)
class PackSource:
    """A pack's whole content. `document` is the set's canonical JSON, `sha256` its hash (empty for a draft)."""

    round: Round
    standing: Standing
    document: str
    sha256: str
    made_at: datetime
    rows: tuple[PackRow, ...]
    approval: Approval | None
    three: ThreeScores

    @property
    def places(self) -> dict[str, int]:
        """The place of each row in printed order, by its code."""
        return {row.question.code: place for place, row in enumerate(self.rows)}

    @property
    def figures(self) -> str:
        """Every figure that the papers print, bound to the set, in canonical form: what the verifier compares."""
        own = hashlib.sha256(self.document.encode()).hexdigest()
        card, kpis = scorecard_json(self.standing.scorecard), kpi_json(self.standing.kpis)
        return canonical({"set_sha256": own, "edition_hash": self.standing.edition.hash, "scorecard": card, "kpi": kpis})

    @property
    def is_draft(self) -> bool:
        """True until the round is frozen."""
        return not self.sha256

    def exhibits(self) -> Iterator[Exhibit]:
        """All evidence, in the order of rows and agencies."""
        for row in self.rows:
            for said in row.came.sources:
                for proof in said.answer.proofs:
                    where = WORDS[place(row.question.window, proof)] if row.question.window else ""
                    yield Exhibit(row.question.code, row.question.pillar, said.agency, said.name, proof, said.used, where)


def pack_source(round: Round, at: datetime) -> PackSource:
    """Read the frozen set, or today's where the round is still open."""
    standing = standing_of(round)
    document = standing.answer_set.document if standing.answer_set else _draft(round, standing, at)
    sha256 = standing.answer_set.sha256 if standing.answer_set else ""
    told = json.loads(document)
    found = told["provenance"]
    came = merged_from_set(standing.edition, document).rows
    rows = tuple(
        PackRow(
            question=question,
            came=came[question.code],
            rule=MERGES[came[question.code].rule],
            reason=found[question.code]["reason"],
            mark=standing.scorecard.rows[question.code],
        )
        for question in standing.edition.asked_rows
    )
    return PackSource(round, standing, document, sha256, at, rows, _approval(told.get("approval")), three_of(standing))


def _approval(told: dict[str, Any] | None) -> Approval | None:
    if told is None:
        return None
    when = {key: thai_when(datetime.fromisoformat(told[key]), "long") for key in ("proposed_at", "approved_at")}
    resolution = told["resolution"]
    words = f"มติที่ประชุมครั้งที่ {resolution['meeting']} วาระที่ {resolution['item']}: {resolution['text']}" if resolution else ""
    return Approval(proposed_by=told["proposed_by"], approved_by=told["approved_by"], resolution=words, **when)


def _draft(round: Round, standing: Standing, at: datetime) -> str:
    return set_document(set_content(round), at, standing.last_year.total if standing.last_year else None)
