"""What a round holds, read from the database file by plain SQL: nothing of the program stands between."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVIDENCE = """
    SELECT ask.code, agency.code, evidence.name, file.sha256, link.slot
    FROM survey_evidencelink link
    JOIN survey_ask ask ON ask.id = link.ask_id JOIN agencies_agency agency ON agency.id = ask.agency_id
    JOIN survey_evidence evidence ON evidence.id = link.evidence_id JOIN files_storedfile file ON file.id = evidence.file_id
    WHERE link.removed_at IS NULL
"""
ANSWERS = """
    SELECT agency.name, ask.code, answer.content, ask.state
    FROM survey_answer answer
    JOIN survey_ask ask ON ask.id = answer.ask_id JOIN agencies_agency agency ON agency.id = ask.agency_id
"""
OFFICIALS = """
    SELECT person.email, agency.code FROM agencies_membership member
    JOIN agencies_person person ON person.id = member.person_id JOIN agencies_agency agency ON agency.id = member.agency_id
    WHERE member.role = 'official' ORDER BY member.id
"""


@dataclass(frozen=True)
class Exhibit:
    """One file under one row of one agency."""

    code: str
    agency: str
    name: str
    sha256: str


@dataclass(frozen=True)
class Stored:
    """The only round of a database file."""

    data: Path

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with sqlite3.connect(f"file:{self.data / 'phrom.sqlite3'}?mode=ro", uri=True) as base:
            return base.execute(sql).fetchall()

    def frozen(self) -> tuple[str, str]:
        """The frozen set's document and its hash."""
        [(document, sha256)] = self.rows("SELECT document, sha256 FROM survey_answerset")
        return document, sha256

    def exhibits(self) -> list[Exhibit]:
        """Every file that stands under a row."""
        return [Exhibit(*row[:4]) for row in self.rows(EVIDENCE)]

    def answers(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What each agency said, by its name and the row's code."""
        return {(agency, code): json.loads(content) for agency, code, content, _ in self.rows(ANSWERS)}

    def officials(self) -> list[tuple[str, str]]:
        """Who answers, with the code of the agency."""
        return [(str(email), str(agency)) for email, agency in self.rows(OFFICIALS)]

    def agencies(self) -> dict[str, int]:
        """The ids of agencies by their code."""
        return {str(code): int(pk) for pk, code in self.rows("SELECT id, code FROM agencies_agency")}

    def states(self) -> set[str]:
        """The states that asks are in."""
        return {str(state) for (state,) in self.rows("SELECT DISTINCT state FROM survey_ask WHERE withdrawn_at IS NULL")}
