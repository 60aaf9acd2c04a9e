"""The province's answers with who said what: all rows, or one row as a ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.rules.instrument.model import Edition, Pillar, Question
from phrom.rules.scoring.merge import Merged, Source
from phrom.rules.scoring.sheet import Answer
from phrom.rules.scoring.words import MERGES, in_words
from phrom.shared.thai.dates import thai_when
from phrom.survey import sheets
from phrom.survey.actions.consolidation import seen_of
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Ask, AskState, ProvinceAnswer, Round
from phrom.survey.pages.heads import Choice, RoundHead, round_head

MOST_SOURCES = 12
NOT_COUNTED = {
    AskState.OPEN: "ยังไม่นับ เพราะหน่วยงานยังไม่ส่ง",
    AskState.WITH_HEAD: "ยังไม่นับ เพราะรอหัวหน้าหน่วยงานเห็นชอบ",
    AskState.RETURNED: "ยังไม่นับ เพราะส่งกลับให้แก้ไขอยู่",
    AskState.SUBMITTED: "ยังไม่นับ เพราะยังไม่ได้ตรวจ",
}


@dataclass(frozen=True)
class SourceLine:
    """What one agency said to a row (empty: nothing), whether it was used and why; `url` leads to the reviewer's desk."""

    name: str
    lead: bool
    said: str
    used: bool
    given: bool
    because: str
    proofs: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class ProvinceRow:
    """One row: the province's answer, how it came about, who said something (the used ones first), who said nothing."""

    question: Question
    said: str
    given: bool
    rule: str
    because: str
    overridden: bool
    proposed: str
    reason: str
    decided: str
    sources: tuple[SourceLine, ...]
    silent: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many agencies the row is put to."""
        return len(self.sources) + len(self.silent)

    @property
    def waiting(self) -> int:
        """How many agencies said something that is not counted yet."""
        return sum(not source.given for source in self.sources)

    @property
    def used(self) -> int:
        """How many agencies' answers were used."""
        return sum(source.used for source in self.sources)

    @property
    def shown(self) -> tuple[SourceLine, ...]:
        """The first sources, for the sheet of all rows."""
        return self.sources[:MOST_SOURCES]

    @property
    def hidden(self) -> int:
        """How many sources only the row's own page shows."""
        return max(0, len(self.sources) - MOST_SOURCES)


@dataclass(frozen=True)
class ConsolidationPage:
    """All rows. `preview` is true when answers that wait for review are counted too."""

    head: RoundHead
    pillars: tuple[Pillar, ...]
    pillar: str
    filters: tuple[Choice, ...]
    show: str
    rows: tuple[ProvinceRow, ...]
    preview: bool
    given: int
    asked: int
    freeze_url: str


@dataclass(frozen=True)
class ConsolidationRowPage:
    """One row with the decision that may be made. `answer` is what stands now, for the form's first state."""

    head: RoundHead
    row: ProvinceRow
    answer: Answer
    seen: str
    preview: bool
    previous: str
    next: str


@dataclass(frozen=True)
class Found:
    """Everything read for a round: three queries while it is open, one or two more once it is frozen."""

    edition: Edition
    merged: Merged
    answers: sheets.RoundAnswers
    asks: Mapping[tuple[str, str], Ask]
    decisions: Mapping[str, ProvinceAnswer]
    preview: bool


FILTERS: dict[str, tuple[str, Callable[[ProvinceRow], bool]]] = {
    "all": ("ทุกข้อ", lambda row: True),
    "empty": ("ยังไม่มีคำตอบ", lambda row: not row.given),
    "overridden": ("จังหวัดกำหนดเอง", lambda row: row.overridden),
    "waiting": ("มีคำตอบที่ยังไม่นับ", lambda row: row.waiting > 0),
    "silent": ("มีหน่วยงานที่ยังไม่ตอบ", lambda row: bool(row.silent)),
}


def consolidation_page(
    round: Round, access: Access, today: date, *, preview: bool = False, pillar: str = "", show: str = "all"
) -> ConsolidationPage:
    """All rows, the same few queries for any number of agencies."""
    found = _found(round, preview)
    rows = [_row(found, question) for question in found.edition.asked_rows]
    show = show if show in FILTERS else "all"
    of_pillar = [row for row in rows if row.question.pillar == pillar] or rows
    return ConsolidationPage(
        head=round_head(round, access, "consolidation", today),
        pillars=found.edition.pillars,
        pillar=pillar if of_pillar is not rows else "",
        filters=tuple(Choice(key, label, sum(map(test, of_pillar)), key == show) for key, (label, test) in FILTERS.items()),
        show=show,
        rows=tuple(filter(FILTERS[show][1], of_pillar)),
        preview=found.preview,
        given=sum(row.given for row in rows),
        asked=len(rows),
        freeze_url=reverse("freeze", args=[round.pk]) if access.can("round.freeze", round.body) and not round.is_frozen else "",
    )


def consolidation_row_page(
    round: Round, access: Access, today: date, *, code: str, preview: bool = False
) -> ConsolidationRowPage:
    """One row; 404 for a code that this edition does not ask."""
    found = _found(round, preview)
    codes = [row.code for row in found.edition.asked_rows]
    if code not in codes:
        raise Http404
    place = codes.index(code)
    return ConsolidationRowPage(
        head=round_head(round, access, "consolidation", today),
        row=_row(found, found.edition.by_code[code]),
        answer=found.merged.rows[code].answer,
        seen=seen_of(found.decisions.get(code)),
        preview=found.preview,
        previous=codes[place - 1] if place else "",
        next=codes[place + 1] if place + 1 < len(codes) else "",
    )


def _found(round: Round, preview: bool) -> Found:
    edition = edition_of(round.survey)
    answers = sheets.answers_of(round, edition)
    asks = {(ask.code, ask.agency.code): ask for ask in answers.asks}
    decisions = {each.code: each for each in ProvinceAnswer.objects.filter(round=round).select_related("by")}
    if round.is_frozen:
        document = AnswerSet.objects.values_list("document", flat=True).get(round=round)
        return Found(edition, sheets.merged_from_set(edition, document), answers, asks, decisions, False)
    overrides = {code: sheets.answer_of(edition, code, each.content) for code, each in decisions.items()}
    merged = sheets.merged(edition, answers, overrides, reviewed_only=not preview)
    return Found(edition, merged, answers, asks, decisions, preview)


def _row(found: Found, question: Question) -> ProvinceRow:
    row = found.merged.rows[question.code]
    decision = found.decisions.get(question.code) if row.overridden else None
    lines = [_line(found, question, source, found.asks.get((question.code, source.agency))) for source in row.sources]
    return ProvinceRow(
        question=question,
        said=in_words(question, row.answer),
        given=row.answer.given,
        rule=MERGES[row.rule],
        because=row.because,
        overridden=row.overridden,
        proposed=in_words(question, row.proposed) if row.overridden else "",
        reason=decision.reason if decision else "",
        decided=f"{decision.by.name} เมื่อ {thai_when(decision.at)}" if decision else "",
        sources=tuple(sorted((line for line in lines if line.said), key=_standing)),
        silent=tuple(line.name for line in lines if not line.said),
    )


def _standing(line: SourceLine) -> tuple[bool, bool, bool]:
    return (not line.used, not line.given, not line.lead)


def _line(found: Found, question: Question, source: Source, ask: Ask | None) -> SourceLine:
    """An answer that is not counted yet is shown all the same, with the reason."""
    counted = source.answer.given
    stored = found.answers.answers.get(ask.pk, Answer()) if ask else Answer()
    answer = source.answer if counted else stored
    because = source.because
    if not counted and ask and stored.given and ask.state in NOT_COUNTED:
        because = NOT_COUNTED[AskState(ask.state)]
    return SourceLine(
        name=source.name,
        lead=source.lead,
        said=in_words(question, answer) if answer.given else "",
        used=source.used and counted,
        given=counted,
        because=because,
        proofs=tuple(proof.name for proof in answer.proofs),
        url=reverse("review_ask", args=[ask.pk]) if ask else "",
    )
