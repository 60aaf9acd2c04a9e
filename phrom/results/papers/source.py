"""What every paper of a pack is made from: the set's own document, read back as values; a draft reads today's set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from phrom.results.sheets import Standing, standing_of
from phrom.rules.instrument.model import Question
from phrom.rules.scoring.marks import Mark
from phrom.rules.scoring.merge import Provenance
from phrom.rules.scoring.sheet import Proof
from phrom.rules.scoring.words import MERGES
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
            for said in row.came.sources:
                for proof in said.answer.proofs:
                    yield Exhibit(row.question.code, said.agency, said.name, proof, said.used)


def pack_source(round: Round, at: datetime) -> PackSource:
    """Read the frozen set, or today's where the round is still open."""
    standing = standing_of(round)
    document = standing.answer_set.document if standing.answer_set else _draft(round, standing, at)
    sha256 = standing.answer_set.sha256 if standing.answer_set else ""
    found = json.loads(document)["provenance"]
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
    return PackSource(round, standing, document, sha256, at, rows)


def _draft(round: Round, standing: Standing, at: datetime) -> str:
    return set_document(set_content(round), at, standing.last_year.total if standing.last_year else None)
