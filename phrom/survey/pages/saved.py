"""What the answering script is told: the stored version and when, which rows appear, both texts of a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from phrom.rules.instrument.model import Edition, Question
from phrom.rules.scoring.exchange import answer_from_json
from phrom.rules.scoring.path import codes_of
from phrom.rules.scoring.words import NOT_ANSWERED, in_words
from phrom.shared.thai.dates import bangkok, thai_when
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import EMPTY, AnswerConflict, Content, Entry, question_of
from phrom.survey.editions import edition_of
from phrom.survey.models import Answer, Ask
from phrom.survey.pages.answering import Sheet, shown_rows
from phrom.survey.pages.rows import Clash, Trouble, is_given, shown
from phrom.survey.pages.sections import sections_of


def saved_reply(answer: Answer, ask: Ask) -> dict[str, Any]:
    """The stored version. One query more where other rows depend on this one."""
    reply: dict[str, Any] = {
        "version": answer.version,
        "saved_at": answer.at.isoformat() if answer.at else "",
        "saved_at_th": f"บันทึกแล้ว {bangkok(answer.at):%H.%M} น." if answer.at else "ยังไม่ได้ตอบ",
        "state": ask.state,
        "given": is_given(answer.content),
    }
    if ask.code in _deciding(edition_of(ask.round.survey)):
        reply["shown"] = shown_rows(ask)
    return reply


def conflict_reply(conflict: AnswerConflict) -> dict[str, Any]:
    """The refusal with both texts in words beside their contents."""
    clash = clash_of(conflict)
    theirs = conflict.theirs.content if conflict.theirs else EMPTY
    fields = form_fields(question_of(conflict.ask), theirs)
    return conflict.as_json() | {"mine_th": clash.mine, "theirs_th": clash.theirs, "theirs_fields": fields}


def clash_of(conflict: AnswerConflict) -> Clash:
    """Both texts in words, who wrote the stored one and when."""
    question, theirs = question_of(conflict.ask), conflict.theirs
    return Clash(
        mine=words_of(question, conflict.mine),
        theirs=words_of(question, theirs.content) if theirs else NOT_ANSWERED,
        theirs_by=theirs.by.name if theirs else "",
        theirs_at=thai_when(theirs.at) if theirs else "",
        newest=theirs.version if theirs else 0,
    )


def words_of(question: Question, content: Content) -> str:
    """A stored content in words."""
    return in_words(question, answer_from_json(question, content))


@dataclass(frozen=True)
class ConflictPage:
    """Both texts side by side; `fields` send mine again, upon the newest version."""

    ask: Ask
    clash: Clash
    text: str
    fields: tuple[tuple[str, str], ...]
    back: str


def conflict_page(conflict: AnswerConflict) -> ConflictPage:
    """The page for a plain form."""
    clash = clash_of(conflict)
    fields = (*form_fields(question_of(conflict.ask), conflict.mine), ("version", str(clash.newest)))
    return ConflictPage(conflict.ask, clash, question_of(conflict.ask).text, fields, section_address(conflict.ask))


def form_fields(question: Question, content: Content) -> list[tuple[str, str]]:
    """The content as fields of a form, read back the same by `forms.answers`."""
    value = content["value"]
    ticks = [("value", code) for code in value] or [("none", "1")] if isinstance(value, list) else []
    return [
        *(ticks or [("value", _field(shown(value, question.kind)))]),
        ("detail", _field(content["detail"])),
        ("provider", content["provider"]),
        ("cannot", content["cannot"]),
    ]


def troubles_of(entries: Sequence[Entry], refused: Mapping[int, Refusal]) -> dict[int, Trouble]:
    """What goes back into the fields of a page, with the reason, by ask id."""
    return {entry.ask.pk: _trouble(entry, refused[entry.ask.pk]) for entry in entries if entry.ask.pk in refused}


def section_address(ask: Ask) -> str:
    """Where the row stands on its agency's sheet."""
    sections = sections_of(edition_of(ask.round.survey), [ask.code])
    return reverse("answering_section", args=[ask.round_id, ask.agency_id, sections[0].slug]) + f"#a{ask.pk}"


def onward_address(sheet: Sheet, slug: str, go: str) -> str:
    """Where a saved page leads: the section asked for, the submit page, or the same section again."""
    if go == "submit":
        return reverse("submit", args=[sheet.round.pk, sheet.agency.pk])
    known = {section.slug for section in sheet.sections}
    return reverse("answering_section", args=[sheet.round.pk, sheet.agency.pk, go if go in known else slug])


def _trouble(entry: Entry, refusal: Refusal) -> Trouble:
    if isinstance(refusal, AnswerConflict):
        return Trouble(refusal.mine, refusal.th, clash_of(refusal))
    return Trouble(entry.content, refusal.th)


def _field(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


_KEPT: dict[str, frozenset[str]] = {}


def _deciding(edition: Edition) -> frozenset[str]:
    """Rows at whose answer some other row's condition looks."""
    if edition.hash not in _KEPT:
        _KEPT[edition.hash] = frozenset(code for row in edition.rows for code in codes_of(row.asked_when))
    return _KEPT[edition.hash]
