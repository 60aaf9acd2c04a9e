"""Before sending: what is ready, what is not and why, each with a link to its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import days_left
from phrom.survey.actions.submitting import Standing, standing
from phrom.survey.models import AskState, Round
from phrom.survey.pages.answering import Sheet
from phrom.survey.pages.own_scores import OwnScores, own_scores


@dataclass(frozen=True)
class Line:
    """A row with what must be put right or is worth a look, and the section where it stands."""

    standing: Standing
    slug: str


@dataclass(frozen=True)
class SubmitPage:
    """What the page shows. `ready` is what one press sends; `untouched` came back and was not changed since.

    `to_head`: one press lays it before the agency's head. `may_approve`: the reader is that head.
    """

    round: Round
    agency: Agency
    ready: tuple[Line, ...]
    untouched: tuple[Line, ...]
    missing: tuple[Line, ...]
    warned: tuple[Line, ...]
    sent: int
    accepted: int
    with_head: int
    to_head: bool
    may_approve: bool
    own: OwnScores
    deadline: date
    days: int

    @property
    def complete(self) -> bool:
        """True when nothing is missing."""
        return not self.missing


def submit_page(sheet: Sheet, access: Access, at: datetime) -> SubmitPage:
    """The standing of the agency's rows today; two queries beside the sheet's."""
    slugs = {row.code: section.slug for section in sheet.sections for row in section.rows}
    rows = standing(round=sheet.round, agency=sheet.agency, today=local_date(at))
    lines = [Line(row, slugs.get(row.ask.code, sheet.sections[0].slug)) for row in rows]
    head_first, is_head = sheet.agency.head_approves, access.can("answer.approve", sheet.agency)
    return SubmitPage(
        round=sheet.round,
        agency=sheet.agency,
        ready=tuple(line for line in lines if line.standing.ready or (line.standing.approvable and not head_first)),
        untouched=tuple(line for line in lines if line.standing.sendable and not line.standing.ready),
        missing=tuple(line for line in lines if line.standing.ask.editable and not line.standing.sendable),
        warned=tuple(line for line in lines if line.standing.ready and line.standing.warnings),
        sent=_count(lines, AskState.SUBMITTED),
        accepted=_count(lines, AskState.ACCEPTED),
        with_head=_count(lines, AskState.WITH_HEAD),
        to_head=head_first and not is_head,
        may_approve=is_head,
        own=own_scores(rows),
        deadline=sheet.deadline,
        days=days_left(sheet.deadline, local_date(at)),
    )


def _count(lines: Sequence[Line], state: str) -> int:
    return sum(1 for line in lines if line.standing.ask.state == state)
