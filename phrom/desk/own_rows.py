"""คำถามของฉัน on the first screen: the rows themselves, most urgent first, so that nobody has to look for them. No query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from phrom.agencies.models import Agency
from phrom.desk.survey_tasks import by_part, is_unanswered, last_day
from phrom.rules.scoring.stakes import stakes_of
from phrom.shared.thai.dates import days_left
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Round
from phrom.survey.pages.saved import section_address

SHOWN = 6


@dataclass(frozen=True)
class OwnRow:
    """One row that waits for the person."""

    code: str
    text: str
    tag: tuple[str, str]
    url: str


@dataclass(frozen=True)
class OwnPart:
    """One agency's part of one round: the most urgent rows, how many there are, and how far it is."""

    round: Round
    agency: Agency
    days: int
    rows: tuple[OwnRow, ...]
    waiting: int
    sent: int
    total: int

    @property
    def more(self) -> int:
        """Rows that wait and are not shown."""
        return self.waiting - len(self.rows)


def own_parts(own: Sequence[Ask], today: date) -> tuple[OwnPart, ...]:
    """The parts with something to do, what is due first on top."""
    parts = (_part(asks, today) for asks in by_part(own))
    return tuple(sorted((part for part in parts if part.waiting), key=lambda part: part.days))


def _part(asks: Sequence[Ask], today: date) -> OwnPart:
    edition = edition_of(asks[0].round.survey)
    stakes = stakes_of(edition)
    waiting = sorted((ask for ask in asks if _waits(ask) and ask.code in edition.by_code), key=lambda ask: _rank(ask, stakes))
    return OwnPart(
        round=asks[0].round,
        agency=asks[0].agency,
        days=days_left(last_day(asks[0]), today),
        rows=tuple(
            OwnRow(ask.code, edition.by_code[ask.code].text, _tag(ask), section_address(ask)) for ask in waiting[:SHOWN]
        ),
        waiting=len(waiting),
        sent=sum(ask.state in (AskState.SUBMITTED, AskState.ACCEPTED) for ask in asks),
        total=len(asks),
    )


def _waits(ask: Ask) -> bool:
    return ask.state == AskState.RETURNED or bool(getattr(ask, "inquired", False)) or is_unanswered(ask)


def _rank(ask: Ask, stakes: Mapping[str, Fraction]) -> tuple[int, Fraction, int]:
    """What came back, then what is inquired about, then what can bring most, then the printed order."""
    kind = 0 if ask.state == AskState.RETURNED else 1 if getattr(ask, "inquired", False) else 2
    return kind, -stakes.get(ask.code, Fraction(0)), ask.position


def _tag(ask: Ask) -> tuple[str, str]:
    if ask.state == AskState.RETURNED:
        return "returned", "ส่งกลับแก้ไข"
    return ("wait", "มีข้อซักถาม") if getattr(ask, "inquired", False) else ("open", "ยังไม่ได้ตอบ")
