"""คำถามของฉัน: for each of my agencies and each round, how far it is, what came back, and the one next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import days_left
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Review, Round
from phrom.survey.models.deadlines import own_deadline
from phrom.survey.pages.answering import SectionLine, Sheet, path_of, section_line
from phrom.survey.pages.sections import Section, sections_of


@dataclass(frozen=True)
class Returned:
    """A row that came back: what it is, why, who says so, and the section where it stands."""

    ask: Ask
    text: str
    step: Review | None
    slug: str


@dataclass(frozen=True)
class NextStep:
    """The one act that is next. Without `slug` it is the submit page, or the head's page; without `act` one can but wait."""

    words: str
    act: str = ""
    slug: str = ""
    to_head: bool = False


@dataclass(frozen=True)
class Part:
    """One agency's part of one round."""

    round: Round
    agency: Agency
    lines: tuple[SectionLine, ...]
    returned: tuple[Returned, ...]
    deadline: date
    days: int
    step: NextStep

    @property
    def answered(self) -> int:
        """Rows answered."""
        return sum(line.answered for line in self.lines)

    @property
    def total(self) -> int:
        """Rows to answer."""
        return sum(line.total for line in self.lines)

    @property
    def with_head(self) -> int:
        """Rows that wait for the agency's head."""
        return sum(line.with_head for line in self.lines)

    @property
    def sent(self) -> int:
        """Rows that were sent or accepted."""
        return sum(line.sent for line in self.lines)


@dataclass(frozen=True)
class MyAsksPage:
    """Open rounds first, those with something to do on top; frozen ones below."""

    parts: tuple[Part, ...]
    closed: tuple[Part, ...]


def my_asks_page(access: Access, at: datetime) -> MyAsksPage:
    """Everything asked of the agencies where the person answers: two queries."""
    ids = access.agency_ids("answer.view")
    asks = Ask.objects.filter(agency__in=ids, withdrawn_at=None).select_related("agency", "answer", "round__survey")
    asks = (
        asks.annotate(until=own_deadline())
        .defer("round__survey__document")
        .order_by("-round__opened_at", "round_id", "agency__position", "agency_id", "position")
    )
    groups = [list(group) for _, group in groupby(asks, key=lambda ask: (ask.round_id, ask.agency_id))]
    steps = _return_steps([ask.pk for group in groups for ask in group if ask.state == AskState.RETURNED])
    may, heads = access.agency_ids("answer.edit"), access.agency_ids("answer.approve")
    parts = [
        _part(group, steps, at, may_edit=group[0].agency_id in may, is_head=group[0].agency_id in heads) for group in groups
    ]
    return MyAsksPage(
        parts=tuple(part for part in parts if not part.round.is_frozen),
        closed=tuple(part for part in parts if part.round.is_frozen),
    )


def _return_steps(ask_ids: list[int]) -> dict[int, Review]:
    if not ask_ids:
        return {}
    return Review.objects.filter(ask__in=ask_ids).newest_by_ask()


def _part(asks: Sequence[Ask], steps: dict[int, Review], at: datetime, *, may_edit: bool, is_head: bool) -> Part:
    round, agency = asks[0].round, asks[0].agency
    edition = edition_of(round.survey)
    by_code = {ask.code: ask for ask in asks if ask.code in edition.by_code}
    sheet = Sheet(round, agency, edition, by_code, path_of(edition, by_code), sections_of(edition, by_code))
    lines = tuple(section_line(sheet, section) for section in sheet.sections)
    slugs = {row.code: section.slug for section in sheet.sections for row in section.rows}
    returned = tuple(
        Returned(ask, edition.by_code[ask.code].text, steps.get(ask.pk), slugs[ask.code])
        for ask in by_code.values()
        if ask.state == AskState.RETURNED
    )
    days = days_left(sheet.deadline, local_date(at))
    step = _next_step(lines, returned, round.is_frozen, may_edit, is_head)
    return Part(round, agency, lines, returned, sheet.deadline, days, step)


def _next_step(
    lines: tuple[SectionLine, ...], returned: tuple[Returned, ...], frozen: bool, may_edit: bool, is_head: bool
) -> NextStep:
    if frozen:
        return NextStep("รอบนี้ปิดแล้ว คำตอบอ่านได้อย่างเดียว", "อ่านคำตอบ", lines[0].section.slug)
    if not may_edit:
        return NextStep("อ่านได้อย่างเดียว", "อ่านคำตอบ", lines[0].section.slug)
    with_head = sum(line.with_head for line in lines)
    if with_head and is_head:
        return NextStep(f"มี {with_head} ข้อรอท่านเห็นชอบก่อนส่งให้จังหวัด", "อ่านและเห็นชอบ", to_head=True)
    if returned:
        return NextStep(f"มี {len(returned)} ข้อที่ส่งกลับมา ให้แก้ก่อน", "แก้ข้อที่ส่งกลับ", returned[0].slug)
    waiting = _first_open(lines)
    if waiting is not None:
        started = any(line.answered for line in lines)
        return NextStep(f"ส่วนถัดไป: {waiting.pillar} {waiting.title}", "ตอบต่อ" if started else "เริ่มตอบ", waiting.slug)
    if any(line.sent + line.with_head < line.total for line in lines):
        return NextStep("ตอบครบทุกข้อแล้ว ตรวจอีกครั้งแล้วส่ง", "ส่งให้ตรวจ")
    if with_head:
        return NextStep(f"รอหัวหน้าหน่วยงานเห็นชอบ {with_head} ข้อ", "อ่านคำตอบ", lines[0].section.slug)
    return NextStep("ส่งครบแล้ว กำลังรอผู้ประสานงานตรวจ", "อ่านคำตอบ", lines[0].section.slug)


def _first_open(lines: tuple[SectionLine, ...]) -> Section | None:
    return next((line.section for line in lines if line.answered < line.total), None)
