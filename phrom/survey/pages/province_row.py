"""One row of the province as a ledger: sources, rejected ones, nearly equal texts, who decided and who decided before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404

from phrom.agencies.access import Access
from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.merge import Source
from phrom.rules.scoring.sheet import Answer
from phrom.rules.scoring.similar import groups
from phrom.rules.scoring.words import in_words
from phrom.shared.thai.dates import thai_when
from phrom.survey.actions.consolidation import seen_of
from phrom.survey.models import ProvinceDecision, Round
from phrom.survey.pages.consolidation import Found, ProvinceRow, found_of, row_line
from phrom.survey.pages.heads import RoundHead, round_head
from phrom.survey.sheets import answer_of

TO_OVERRIDE = "ใช้ข้อความของ{name}แทนการเรียงต่อกัน"


@dataclass(frozen=True)
class Text:
    """What one agency wrote; `agency` is its code, by which the text is taken."""

    agency: str
    name: str
    text: str


@dataclass(frozen=True)
class Decided:
    """One decision of the province, past or standing. `said` is empty where it went back to what the rule proposes."""

    said: str
    reason: str
    who: str
    when: str


@dataclass(frozen=True)
class ProvinceRowPage:
    """One row with the decision that may be made. `answer` and `reason` are the form's first state."""

    head: RoundHead
    row: ProvinceRow
    answer: Answer
    reason: str
    seen: str
    preview: bool
    previous: str
    next: str
    place: int
    of: int
    texts: tuple[tuple[Text, ...], ...]
    history: tuple[Decided, ...]
    using: str

    @property
    def many_texts(self) -> bool:
        """True when there is something to compare."""
        return sum(map(len, self.texts)) > 1


def province_row_page(
    round: Round, access: Access, today: date, *, code: str, preview: bool = False, use: str = ""
) -> ProvinceRowPage:
    """One row, the only one that is merged; 404 for a code that this edition does not ask.

    `use` names the agency whose text is laid into the form of the decision.
    """
    found = found_of(round, preview, only={code})
    codes = [row.code for row in found.edition.asked_rows]
    if code not in codes:
        raise Http404
    place, question, came = codes.index(code), found.edition.by_code[code], found.merged.rows[code]
    row = row_line(found, question)
    source = next((each for each in came.sources if each.agency == use and each.answer.given), None)
    return ProvinceRowPage(
        head=round_head(round, access, "consolidation", today),
        row=row,
        answer=_laid(question, came.answer, source) if source else came.answer,
        reason=TO_OVERRIDE.format(name=source.name) if source else row.reason,
        seen=seen_of(found.decisions.get(code)),
        preview=found.preview,
        previous=codes[place - 1] if place else "",
        next=codes[place + 1] if place + 1 < len(codes) else "",
        place=place + 1,
        of=len(codes),
        texts=_texts(question, came.sources),
        history=_history(round, found, question),
        using=source.name if source else "",
    )


def _laid(question: Question, answer: Answer, source: Source) -> Answer:
    """The source's text in place of the province's: the answer of a text row, else the detail."""
    if question.kind is Kind.TEXT:
        return replace(source.answer, proofs=())
    return replace(answer, detail=source.answer.detail)


def _texts(question: Question, sources: Sequence[Source]) -> tuple[tuple[Text, ...], ...]:
    """What the agencies wrote, nearly equal texts together."""
    told = [Text(each.agency, each.name, text) for each in sources if (text := _text(question, each.answer))]
    return tuple(tuple(told[place] for place in group) for group in groups([each.text for each in told]))


def _text(question: Question, answer: Answer) -> str:
    said = answer.value if question.kind is Kind.TEXT else answer.detail
    return said if isinstance(said, str) else ""


def _history(round: Round, found: Found, question: Question) -> tuple[Decided, ...]:
    """Every decision on the row, the newest first."""
    decisions = ProvinceDecision.objects.filter(round=round, code=question.code).select_related("by").order_by("-id")
    return tuple(
        Decided(
            said=in_words(question, answer_of(found.edition, question.code, each.content)) if each.content else "",
            reason=each.reason,
            who=each.by.name,
            when=thai_when(each.at),
        )
        for each in decisions
    )
