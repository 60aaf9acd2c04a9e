"""One row of the answering page as a value: what is asked, what was answered, what may be done, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from phrom.agencies.models import Person
from phrom.rules.instrument.model import Kind, Question
from phrom.rules.scoring.claims import parent_alone, positive
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.path import codes_of, condition_th
from phrom.rules.scoring.sheet import Stance
from phrom.rules.scoring.words import PROVIDERS, in_words
from phrom.shared.thai.dates import bangkok, thai_when
from phrom.survey.actions.answering import EMPTY, Content
from phrom.survey.actions.locking import who_returns, why_locked
from phrom.survey.models import Answer, Ask, AskState, EvidenceLink, Review
from phrom.survey.pages.extras import NO_EXTRAS, RowExtras
from phrom.survey.pages.papers import Expected, Paper, expected_of, papers_of, window_words
from phrom.survey.proposals import Proposal


@dataclass(frozen=True)
class Option:
    """A thing to choose: its code, its words, whether it is chosen."""

    code: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Clash:
    """Two texts for one row: mine, not saved, and the one stored meanwhile."""

    mine: str
    theirs: str
    theirs_by: str
    theirs_at: str
    newest: int


@dataclass(frozen=True)
class Trouble:
    """What was typed and could not be saved: the raw fields, the reason, and the clash if it is one."""

    content: Content
    reason: str
    clash: Clash | None = None


@dataclass(frozen=True)
class Row:
    """One row to answer."""

    ask_id: int
    question: Question
    content: Content
    version: int
    given: bool
    on_path: bool
    state: str
    state_words: str
    editable: bool
    locked_why: str
    returned: Review | None
    saved: str
    papers: tuple[Paper, ...]
    expected: tuple[Expected, ...]
    trouble: Trouble | None = None
    proposal: Proposal | None = None
    extras: RowExtras = NO_EXTRAS

    @property
    def condition(self) -> str:
        """When the row is asked, in Thai; empty for always."""
        return condition_th(self.question.asked_when) if self.question.asked_when else ""

    @property
    def returner(self) -> str:
        """Who could give the row back while it cannot be changed."""
        return who_returns(self.state)

    @property
    def watches(self) -> str:
        """Codes of the rows that decide whether this one is asked, for the script."""
        return " ".join(sorted(codes_of(self.question.asked_when)))

    @property
    def confirmed(self) -> bool:
        """True when what is stored says what the system proposes, with all its papers."""
        if self.proposal is None or not self.proposal.holds:
            return False
        proposed = self.proposal.content(self.question)
        said = all(self.content.get(key) == proposed[key] for key in ("value", "detail"))
        return said and {paper.file.sha256 for paper in self.proposal.papers} <= {paper.sha256 for paper in self.papers}

    @property
    def typed(self) -> Content:
        """What stands in the fields: what was typed when it could not be saved, else what is stored."""
        return self.trouble.content if self.trouble else self.content

    @property
    def value(self) -> Any:
        """The text in the main field; a day in the Thai form."""
        return shown(self.typed.get("value"), self.question.kind)

    @property
    def choices(self) -> tuple[Option, ...]:
        """The ticks of a `many` row."""
        ticked = self.typed.get("value") or []
        return tuple(Option(choice.code, choice.text, choice.code in ticked) for choice in self.question.choices)

    @property
    def none_of_them(self) -> bool:
        """True when somebody said that nothing of the list is there."""
        return self.typed.get("value") == []

    @property
    def yes_no(self) -> tuple[Option, ...]:
        """The two radios of the main question."""
        return yes_no_options(self.typed.get("value"))

    @property
    def detail_yes_no(self) -> tuple[Option, ...]:
        """The two radios of a yes/no detail."""
        return yes_no_options(self.typed.get("detail"))

    @property
    def providers(self) -> tuple[Option, ...]:
        """Who provides what is claimed; asked only beyond the parent department."""
        if not self.question.beyond_parent_department:
            return ()
        return tuple(Option(key.value, words, self.typed.get("provider") == key.value) for key, words in PROVIDERS.items())

    @property
    def parent_alone(self) -> bool:
        """True when what is stored claims what the parent department alone provides: it does not count."""
        answer = answer_from_json(self.question, self.content)
        return positive(answer.value) and parent_alone(self.question, answer)

    @property
    def window(self) -> str:
        """The days inside which evidence must lie."""
        return window_words(self.question)

    @property
    def claims(self) -> bool:
        """True when the stored answer says that there is something, or may still come to say so."""
        return self.editable or positive(answer_from_json(self.question, self.content).value)

    @property
    def answer_words(self) -> str:
        """The stored answer in words, for rows that can only be read."""
        return in_words(self.question, answer_from_json(self.question, self.content))


def row_of(
    ask: Ask,
    question: Question,
    *,
    on_path: bool,
    links: Iterable[EvidenceLink],
    step: Review | None,
    reader: Person,
    may_edit: bool,
    frozen: bool,
    today: datetime,
    trouble: Trouble | None = None,
    proposal: Proposal | None = None,
    extras: RowExtras = NO_EXTRAS,
) -> Row:
    """A row for somebody who reads it at `today`."""
    answer: Answer | None = getattr(ask, "answer", None)
    papers = papers_of(links, question)
    content = answer.content if answer else EMPTY
    return Row(
        ask_id=ask.pk,
        question=question,
        content=content,
        version=answer.version if answer else 0,
        given=is_given(content),
        on_path=on_path,
        state=ask.state,
        state_words=str(AskState(ask.state).label),
        editable=ask.editable and may_edit and not frozen,
        locked_why="" if ask.editable else why_locked(ask, step),
        returned=step if ask.state == AskState.RETURNED else None,
        saved=saved_words(answer, reader, today) if answer else "",
        papers=papers,
        expected=expected_of(question, papers),
        trouble=trouble,
        proposal=proposal,
        extras=extras,
    )


def is_given(content: Mapping[str, Any]) -> bool:
    """True when somebody said something, be it no or cannot."""
    return content.get("value") is not None or bool(content.get("cannot")) or content.get("stance") == Stance.CONFIRMS


def saved_words(answer: Answer, reader: Person, now: datetime) -> str:
    """When it was saved, on the same day only the time; and by whom, where it was somebody else."""
    local = bangkok(answer.at)
    when = f"{local:%H.%M} น." if local.date() == bangkok(now).date() else thai_when(answer.at)
    return f"บันทึกแล้ว {when}" + (f" โดย {answer.by.name}" if answer.by_id != reader.pk else "")


def yes_no_options(value: object) -> tuple[Option, ...]:
    """มี and ไม่มี as radios."""
    return (Option("yes", "มี", value is True), Option("no", "ไม่มี", value is False))


def shown(value: object, kind: Kind) -> object:
    """The value as it stands in a field: a day in the Thai form, nothing as empty."""
    if kind is Kind.DATE and isinstance(value, str) and len(value) == 10 and value[4] == "-":
        return f"{int(value[8:])}/{int(value[5:7])}/{int(value[:4]) + 543}"
    return "" if value is None else value
