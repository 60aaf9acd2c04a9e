"""Before sending: what is ready, what is not and why, each with a link to its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.models import Agency
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import days_left
from phrom.survey.actions.submitting import Standing, standing
from phrom.survey.models import AskState, Round
from phrom.survey.pages.answering import Sheet


@dataclass(frozen=True)
class Line:
    """A row with what must be put right or is worth a look, and the section where it stands."""

    standing: Standing
    slug: str


@dataclass(frozen=True)
class SubmitPage:
    """What the page shows. `ready` is what one press sends; `untouched` came back and was not changed since."""

    round: Round
    agency: Agency
    ready: tuple[Line, ...]
    untouched: tuple[Line, ...]
    missing: tuple[Line, ...]
    warned: tuple[Line, ...]
    sent: int
    accepted: int
    days: int

    @property
    def complete(self) -> bool:
        """True when nothing is missing."""
        return not self.missing


def submit_page(sheet: Sheet, at: datetime) -> SubmitPage:
    """The standing of the agency's rows today; two queries beside the sheet's."""
    slugs = {row.code: section.slug for section in sheet.sections for row in section.rows}
    rows = standing(round=sheet.round, agency=sheet.agency, today=local_date(at))
    lines = [Line(row, slugs.get(row.ask.code, sheet.sections[0].slug)) for row in rows]
    return SubmitPage(
        round=sheet.round,
        agency=sheet.agency,
        ready=tuple(line for line in lines if line.standing.ready),
        untouched=tuple(line for line in lines if line.standing.sendable and not line.standing.ready),
        missing=tuple(line for line in lines if line.standing.ask.editable and not line.standing.sendable),
        warned=tuple(line for line in lines if line.standing.ready and line.standing.warnings),
        sent=_count(lines, AskState.SUBMITTED),
        accepted=_count(lines, AskState.ACCEPTED),
        days=days_left(sheet.round.internal_deadline, local_date(at)),
    )


def _count(lines: Sequence[Line], state: str) -> int:
    return sum(1 for line in lines if line.standing.ask.state == state)
