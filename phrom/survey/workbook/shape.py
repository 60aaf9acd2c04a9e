"""What stands where in the workbook: one sheet a pillar, one line a row, one a choice. Writer and reader both look here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from phrom.rules.instrument.model import Edition, Pillar, Question
from phrom.rules.scoring.words import PROVIDERS

FORMAT = "phrom-agency-workbook-1"
HIDDEN, GUIDE = "phrom", "วิธีกรอก"
CODE, TEXT, ANSWER, DETAIL, PROVIDER, CANNOT = "รหัส", "คำถาม", "คำตอบ", "รายละเอียด", "ผู้จัดทำ", "เหตุผลที่ตอบไม่ได้"
EVIDENCE, STATE, VERSION = "หลักฐาน (เพื่อทราบ)", "สถานะ", "รุ่น"
COLUMNS = {CODE: 9, TEXT: 48, ANSWER: 18, DETAIL: 30, PROVIDER: 20, CANNOT: 22, EVIDENCE: 30, STATE: 13, VERSION: 6}
FILLED = (ANSWER, DETAIL, PROVIDER, CANNOT)
YES, NO, TICKED, NONE_OF_THEM = "มี", "ไม่มี", "เลือก", "ไม่มีรายการใด"
PROVIDER_WORDS = {words: key.value for key, words in PROVIDERS.items()}
CHOICE_MARK = ":"

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """A row of the questionnaire as the agency has it now. `version` 0: nothing was stored; `asked` False: only a heading."""

    question: Question
    content: Content
    version: int = 0
    asked: bool = True
    editable: bool = True
    state: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgencyBook:
    """All rows of one agency in one round, in printed order, with what the file must say to be taken back here."""

    edition: Edition
    round_id: int
    agency_code: str
    agency_name: str
    deadline: str
    lines: tuple[Line, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """What the hidden sheet holds: the form, the round, the agency, the questionnaire."""
        return (FORMAT, str(self.round_id), self.agency_code, self.edition.hash)

    @property
    def by_code(self) -> dict[str, Line]:
        """The lines by the code of their row."""
        return {line.question.code: line for line in self.lines}

    @property
    def sheets(self) -> tuple[tuple[str, Pillar, tuple[Line, ...]], ...]:
        """One sheet for each pillar that has lines: its name, the pillar, the lines."""
        found = ((p, tuple(line for line in self.lines if line.question.pillar == p.code)) for p in self.edition.pillars)
        return tuple((pillar.code, pillar, lines) for pillar, lines in found if lines)


def choice_code(row: str, choice: str) -> str:
    """How the line of one choice is named: "P3.1:training"."""
    return f"{row}{CHOICE_MARK}{choice}"
