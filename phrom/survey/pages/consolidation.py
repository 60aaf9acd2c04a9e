"""The province's answers with who said what, all rows: who contradicts first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from phrom.agencies.access import Access
from phrom.rules.instrument.model import Edition, Pillar, Question
from phrom.rules.scoring.merge import Merged, Source
from phrom.rules.scoring.sheet import Answer
from phrom.rules.scoring.words import MERGES, in_words
from phrom.shared.thai.dates import thai_when
from phrom.survey import sheets
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Ask, AskState, ProvinceAnswer, Round, TakenProposal
from phrom.survey.pages.heads import Choice, RoundHead, round_head
from phrom.survey.set_document import row_fingerprint

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
    agency: str = ""
    conflict: bool = False


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
    fingerprint: str = ""
    taken: str = ""
    changed: bool = False

    @property
    def conflicts(self) -> tuple[SourceLine, ...]:
        """Who says something else than what is proposed."""
        return tuple(source for source in self.sources if source.conflict)

    @property
    def offered(self) -> bool:
        """True when the row can be taken together with others: an answer, nobody contradicts, nobody took it as it is."""
        return self.given and not self.conflicts and (not self.taken or self.changed)

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
    proposal_url: str = ""

    @property
    def offered(self) -> tuple[ProvinceRow, ...]:
        """The shown rows that can be taken together; none in a preview and none once the round is frozen."""
        return () if self.preview or self.head.frozen else tuple(row for row in self.rows if row.offered)


@dataclass(frozen=True)
class Found:
    """Everything read for a round: three queries while it is open, one or two more once it is frozen."""

    edition: Edition
    merged: Merged
    answers: sheets.RoundAnswers
    asks: Mapping[tuple[str, str], Ask]
    decisions: Mapping[str, ProvinceAnswer]
    taken: Mapping[str, TakenProposal]
    preview: bool


FILTERS: dict[str, tuple[str, Callable[[ProvinceRow], bool]]] = {
    "all": ("ทุกข้อ", lambda row: True),
    "conflict": ("มีข้อขัดแย้ง", lambda row: bool(row.conflicts)),
    "untaken": ("ยังไม่ได้ยอมรับ", lambda row: row.given and (not row.taken or row.changed)),
    "empty": ("ยังไม่มีคำตอบ", lambda row: not row.given),
    "overridden": ("จังหวัดกำหนดเอง", lambda row: row.overridden),
    "waiting": ("มีคำตอบที่ยังไม่นับ", lambda row: row.waiting > 0),
    "silent": ("มีหน่วยงานที่ยังไม่ตอบ", lambda row: bool(row.silent)),
}


def consolidation_page(
    round: Round, access: Access, today: date, *, preview: bool = False, pillar: str = "", show: str = "all"
) -> ConsolidationPage:
    """All rows, the same few queries for any number of agencies."""
    found = found_of(round, preview)
    rows = [row_line(found, question) for question in found.edition.asked_rows]
    show = show if show in FILTERS else "all"
    may_freeze = access.can("round.freeze", round.body) and not round.is_frozen
    of_pillar = [row for row in rows if row.question.pillar == pillar] or rows
    return ConsolidationPage(
        head=round_head(round, access, "consolidation", today),
        pillars=found.edition.pillars,
        pillar=pillar if of_pillar is not rows else "",
        filters=tuple(Choice(key, label, sum(map(test, of_pillar)), key == show) for key, (label, test) in FILTERS.items()),
        show=show,
        rows=tuple(sorted(filter(FILTERS[show][1], of_pillar), key=lambda row: not row.conflicts)),
        preview=found.preview,
        given=sum(row.given for row in rows),
        asked=len(rows),
        freeze_url=reverse("freeze", args=[round.pk]) if may_freeze else "",
        proposal_url=reverse("set_proposal", args=[round.pk]) if may_freeze else "",
    )


def found_of(round: Round, preview: bool, only: Collection[str] | None = None) -> Found:
    """Read a round; `only` limits the merging to some rows."""
    edition = edition_of(round.survey)
    answers = sheets.answers_of(round, edition)
    asks = {(ask.code, ask.agency.code): ask for ask in answers.asks}
    decisions = {each.code: each for each in ProvinceAnswer.objects.filter(round=round).select_related("by")}
    looked = TakenProposal.objects.filter(round=round).select_related("by") if getattr(round, "any_taken", True) else ()
    taken = {each.code: each for each in looked}
    if round.is_frozen:
        document = AnswerSet.objects.values_list("document", flat=True).get(round=round)
        return Found(edition, sheets.merged_from_set(edition, document), answers, asks, decisions, taken, False)
    overrides = {code: sheets.answer_of(edition, code, each.content) for code, each in decisions.items()}
    merged = sheets.merged(edition, answers, overrides, reviewed_only=not preview, only=only)
    return Found(edition, merged, answers, asks, decisions, taken, preview)


def row_line(found: Found, question: Question) -> ProvinceRow:
    """One row with everybody who said something, who contradicts first."""
    row = found.merged.rows[question.code]
    fingerprint, taken = row_fingerprint(row), found.taken.get(question.code)
    against = {source.agency for source in row.conflicts}
    decision = found.decisions.get(question.code) if row.overridden else None
    lines = [
        _line(found, question, source, found.asks.get((question.code, source.agency)), conflict=source.agency in against)
        for source in row.sources
    ]
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
        fingerprint=fingerprint,
        taken=f"{taken.by.name} เมื่อ {thai_when(taken.at)}" if taken else "",
        changed=taken is not None and taken.fingerprint != fingerprint,
    )


def _standing(line: SourceLine) -> tuple[bool, bool, bool, bool]:
    return (not line.conflict, not line.used, not line.given, not line.lead)


def _line(found: Found, question: Question, source: Source, ask: Ask | None, *, conflict: bool) -> SourceLine:
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
        agency=source.agency,
        conflict=conflict,
    )
