"""The answering page: the sections of one agency with progress, one of them open. Eight queries at most, whatever its size;
three more for each row that the system can prove."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.model import Edition, Question
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.path import on_path
from phrom.rules.scoring.sheet import AnswerSheet
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import days_left
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, EvidenceLink, Review, Round
from phrom.survey.models.carrying import any_carried
from phrom.survey.models.deadlines import own_deadline
from phrom.survey.models.inquiries import ANSWER, any_inquiry
from phrom.survey.models.once import is_asked_once
from phrom.survey.models.scopes import agencies_within
from phrom.survey.pages.extras import extras_of
from phrom.survey.pages.rows import Row, Trouble, is_given, row_of
from phrom.survey.pages.sections import Section, section_at, sections_of
from phrom.survey.proposals import Proposal, proposal_for


@dataclass(frozen=True)
class Sheet:
    """One agency's part of a round as it is read for any page about it."""

    round: Round
    agency: Agency
    edition: Edition
    asks: Mapping[str, Ask]
    path: frozenset[str]
    sections: tuple[Section, ...]

    @property
    def deadline(self) -> date:
        """The agency's own last day."""
        return next((getattr(ask, "until", None) for ask in self.asks.values()), None) or self.round.internal_deadline


@dataclass(frozen=True)
class SectionLine:
    """A section in the side list: how many of its rows are answered, sent back, sent."""

    section: Section
    answered: int
    total: int
    returned: int
    sent: int
    current: bool
    with_head: int = 0

    @property
    def done(self) -> bool:
        """True when nothing of it waits for an answer."""
        return self.answered >= self.total and not self.returned

    @property
    def tag(self) -> tuple[str, str]:
        """Shape and word of the section's state."""
        if self.returned:
            return "returned", f"ส่งกลับ {self.returned}"
        if self.sent and self.sent >= self.total:
            return "submitted", "ส่งแล้ว"
        if self.with_head and self.sent + self.with_head >= self.total:
            return "with_head", "รอหัวหน้า"
        return ("done", "ครบ") if self.done else ("open", f"{self.answered}/{self.total}")

    @property
    def waiting(self) -> bool:
        """True while rows of it wait for an answer and none came back: its count says enough."""
        return self.tag[0] == "open"


@dataclass(frozen=True)
class AnsweringPage:
    """What the page shows."""

    round: Round
    agency: Agency
    section: Section
    lines: tuple[SectionLine, ...]
    entries: tuple[tuple[Question, Row | None], ...]
    deadline: date
    days: int
    may_edit: bool
    may_submit: bool
    may_reply: bool
    following: Section | None
    troubles: tuple[Row, ...] = field(default=())

    @property
    def answered(self) -> int:
        """Rows of the agency that are answered."""
        return sum(line.answered for line in self.lines)

    @property
    def total(self) -> int:
        """Rows of the agency that are to be answered."""
        return sum(line.total for line in self.lines)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows without the headings."""
        return tuple(row for _, row in self.entries if row)

    @property
    def editable(self) -> bool:
        """True when at least one row of the section may be changed."""
        return any(row.editable for row in self.rows)


def sheet_for(access: Access, permission: str, round_id: int, agency_id: int) -> Sheet:
    """The agency's sheet for somebody who may see it; 404 otherwise. Three queries."""
    agency = get_object_or_404(agencies_within(access, permission), pk=agency_id)
    rounds = Round.objects.select_related("survey", "body").defer("survey__document")
    round = get_object_or_404(rounds, pk=round_id, body_id=agency.own_body_id)
    edition = edition_of(round.survey)
    found = Ask.objects.filter(round=round, agency=agency, withdrawn_at=None).select_related("answer__by")
    found = found.annotate(until=own_deadline(), inquired=any_inquiry(), carries=any_carried(), asked_once=is_asked_once())
    asks = {ask.code: ask for ask in found if ask.code in edition.by_code}
    if not asks:
        raise Http404
    for ask in asks.values():
        ask.round, ask.agency = round, agency
    return Sheet(round, agency, edition, asks, path_of(edition, asks), sections_of(edition, asks))


def path_of(edition: Edition, asks: Mapping[str, Ask]) -> frozenset[str]:
    """The rows that the agency is to answer, given its answers so far."""
    stored = {code: ask.answer.content for code, ask in asks.items() if hasattr(ask, "answer")}
    answers = {code: answer_from_json(edition.by_code[code], content) for code, content in stored.items()}
    return on_path(edition, AnswerSheet(answers), asks)


def answering_page(
    sheet: Sheet, slug: str, *, access: Access, at: datetime, troubles: Mapping[int, Trouble] | None = None
) -> AnsweringPage:
    """The page with the section of this address open; the first one for an empty address, 404 for an unknown one."""
    section = section_at(sheet.sections, slug or sheet.sections[0].slug)
    if section is None:
        raise Http404
    may_edit = access.can("answer.edit", sheet.agency)
    rows = _rows(sheet, section, access.person, may_edit, at, troubles or {})
    place = sheet.sections.index(section)
    return AnsweringPage(
        round=sheet.round,
        agency=sheet.agency,
        section=section,
        lines=tuple(section_line(sheet, each, current=each is section) for each in sheet.sections),
        entries=tuple((question, rows.get(question.code)) for question in section.rows),
        deadline=sheet.deadline,
        days=days_left(sheet.deadline, local_date(at)),
        may_edit=may_edit and not sheet.round.is_frozen,
        may_submit=access.can("answer.submit", sheet.agency) and not sheet.round.is_frozen,
        may_reply=sheet.agency.pk in access.agency_ids(ANSWER) and not sheet.round.is_frozen,
        following=sheet.sections[place + 1] if place + 1 < len(sheet.sections) else None,
        troubles=tuple(row for row in rows.values() if row.trouble),
    )


def section_asks(sheet: Sheet, slug: str) -> list[Ask]:
    """The asks of a section in printed order; 404 for an unknown one."""
    section = section_at(sheet.sections, slug)
    if section is None:
        raise Http404
    return [sheet.asks[row.code] for row in section.asked if row.code in sheet.asks]


def shown_rows(ask: Ask) -> dict[str, bool]:
    """Which rows of the ask's agency are asked now, for rows whose condition looks at this one. Empty when there are none."""
    edition = edition_of(ask.round.survey)
    found = Ask.objects.filter(round=ask.round_id, agency=ask.agency_id, withdrawn_at=None).select_related("answer")
    asks = {other.code: other for other in found if other.code in edition.by_code}
    path = path_of(edition, asks)
    return {code: code in path for code in asks if edition.by_code[code].asked_when}


def section_line(sheet: Sheet, section: Section, *, current: bool = False) -> SectionLine:
    """How far a section is. Rows off the path are not counted."""
    asks = [sheet.asks[row.code] for row in section.asked if row.code in sheet.path and row.code in sheet.asks]
    return SectionLine(
        section=section,
        answered=sum(1 for ask in asks if hasattr(ask, "answer") and is_given(ask.answer.content)),
        total=len(asks),
        returned=sum(1 for ask in asks if ask.state == AskState.RETURNED),
        sent=sum(1 for ask in asks if ask.state in (AskState.SUBMITTED, AskState.ACCEPTED)),
        current=current,
        with_head=sum(1 for ask in asks if ask.state == AskState.WITH_HEAD),
    )


def _rows(
    sheet: Sheet, section: Section, reader: Person | None, may_edit: bool, at: datetime, troubles: Mapping[int, Trouble]
) -> dict[str, Row]:
    assert reader is not None  # noqa: S101  the access table lets nobody in without signing in
    asks = [sheet.asks[question.code] for question in section.asked if question.code in sheet.asks]
    papers, steps = _papers(asks), _steps(asks)
    proposals = _proposals(sheet, asks, at) if may_edit and not sheet.round.is_frozen else {}
    extras = extras_of(sheet.round, sheet.agency, sheet.edition, asks)
    return {
        ask.code: row_of(
            ask,
            sheet.edition.by_code[ask.code],
            on_path=ask.code in sheet.path,
            links=papers[ask.pk],
            step=steps.get(ask.pk),
            reader=reader,
            may_edit=may_edit,
            frozen=sheet.round.is_frozen,
            today=at,
            trouble=troubles.get(ask.pk),
            proposal=proposals.get(ask.code),
            extras=extras[ask.pk],
        )
        for ask in asks
    }


def _proposals(sheet: Sheet, asks: Sequence[Ask], at: datetime) -> dict[str, Proposal]:
    """What orders and meetings prove, for rows that may still be changed; no query where no row can be proved so."""
    found = {ask.code: proposal_for(sheet.edition.by_code[ask.code], sheet.round.body, at) for ask in asks if ask.editable}
    return {code: proposal for code, proposal in found.items() if proposal}


def _papers(asks: Sequence[Ask]) -> dict[int, list[EvidenceLink]]:
    papers: dict[int, list[EvidenceLink]] = defaultdict(list)
    for link in EvidenceLink.objects.standing().filter(ask__in=asks):
        papers[link.ask_id].append(link)
    return papers


def _steps(asks: Sequence[Ask]) -> dict[int, Review]:
    """The newest step of each ask that left the agency's hands once."""
    moved = [ask for ask in asks if ask.state != AskState.OPEN]
    if not moved:
        return {}
    return Review.objects.filter(ask__in=moved).newest_by_ask()
