"""Who has what: rows by agencies, each cell asked or not, each row with its lead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.rules.instrument.informants import IN_WORDS
from phrom.rules.instrument.model import Pillar, Question
from phrom.survey.actions.routing import routing_version
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Round
from phrom.survey.models.once import asked_once_of
from phrom.survey.pages.heads import RoundHead, round_head

# Above so many boxes a page opens with one pillar instead of all.
MOST_BOXES = 1500
EVERY_PILLAR = "all"
MARKS = {AskState.SUBMITTED: "ส่ง", AskState.ACCEPTED: "รับ"}


@dataclass(frozen=True)
class MatrixCell:
    """One box. `note` says what is kept there: sent, accepted, or taken away before; `mark` says it in a word."""

    agency: Agency
    asked: bool
    lead: bool
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """One row of the questionnaire with its boxes; `printed` is who the edition says is asked."""

    question: Question
    printed: str
    cells: tuple[MatrixCell, ...]
    lead: int
    asked: int
    once: bool = False

    @property
    def lead_name(self) -> str:
        """The lead's name; empty where nobody leads."""
        return next((cell.agency.label for cell in self.cells if cell.lead), "")


@dataclass(frozen=True)
class MatrixPage:
    """What the matrix shows; `version` goes back with the form."""

    head: RoundHead
    pillars: tuple[Pillar, ...]
    pillar: str
    agencies: tuple[Agency, ...]
    rows: tuple[MatrixRow, ...]
    version: str

    @property
    def locked(self) -> bool:
        """True once the round is frozen."""
        return bool(self.head.frozen)

    @property
    def nobody(self) -> int:
        """Rows that nobody is asked: the province has no answer to them."""
        return sum(not row.asked for row in self.rows)


def matrix_page(round: Round, access: Access, today: date, *, pillar: str = "") -> MatrixPage:
    """Three queries: the body's agencies, the asks of the rows shown, and which of the rows are asked once."""
    edition = edition_of(round.survey)
    agencies = tuple(Agency.objects.filter(body=round.body_id, answers_survey=True).order_by("position", "name"))
    codes = {each.code for each in edition.pillars}
    if pillar not in codes and (pillar == EVERY_PILLAR or len(edition.asked_rows) * len(agencies) <= MOST_BOXES):
        pillar, shown = EVERY_PILLAR, edition.asked_rows
    else:
        pillar = pillar if pillar in codes else edition.pillars[0].code
        shown = edition.rows_of(pillar)
    asks = tuple(Ask.objects.filter(round=round, code__in=[row.code for row in shown]))
    once = asked_once_of(round)
    by_row: dict[str, dict[int, Ask]] = defaultdict(dict)
    for ask in asks:
        by_row[ask.code][ask.agency_id] = ask
    return MatrixPage(
        head=round_head(round, access, "matrix", today),
        pillars=edition.pillars,
        pillar=pillar,
        agencies=agencies,
        rows=tuple(_row(row, agencies, by_row[row.code], row.code in once) for row in shown),
        version=routing_version(asks),
    )


def _row(question: Question, agencies: tuple[Agency, ...], asks: dict[int, Ask], once: bool) -> MatrixRow:
    cells = tuple(_cell(agency, asks.get(agency.pk)) for agency in agencies)
    lead = next((cell.agency.pk for cell in cells if cell.lead), 0)
    return MatrixRow(question, IN_WORDS[question.informants], cells, lead, sum(cell.asked for cell in cells), once)


def _cell(agency: Agency, ask: Ask | None) -> MatrixCell:
    if ask is None:
        return MatrixCell(agency, False, False)
    if ask.withdrawn_at is not None:
        return MatrixCell(agency, False, False, "เคยถาม ถอนแล้ว", "ถอน")
    mark = MARKS.get(AskState(ask.state), "")
    return MatrixCell(agency, True, ask.lead, str(AskState(ask.state).label) if mark else "", mark)
