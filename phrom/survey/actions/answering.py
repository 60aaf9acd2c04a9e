"""Saving answers: one at a time while somebody types, or a page of them. Nothing is overwritten silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.model import Question
from phrom.rules.scoring.exchange import BadAnswer, answer_from_json, answer_to_json
from phrom.rules.scoring.sheet import Answer as SheetAnswer
from phrom.rules.scoring.sheet import Stance
from phrom.shared.journal.record import record
from phrom.shared.thai.dates import thai_when
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.locking import locked, refuse_when_locked
from phrom.survey.editions import edition_of
from phrom.survey.models import Answer, AnswerVersion, Ask, Round
from phrom.survey.models.once import asked_once_of
from phrom.survey.models.saving import keep_version, overwrite
from phrom.survey.owners import Said, confirmable

Content = dict[str, Any]
EMPTY: Content = answer_to_json(SheetAnswer())
BESIDE = ("evidence", "items")
"""What an answer rests on and is kept in rows of its own, never in the answer's content."""


class AnswerConflict(Refusal):
    """Somebody saved another text since this one was opened. `mine` was not saved; `theirs` is what is stored, if anything."""

    status = 409

    def __init__(self, ask: Ask, mine: Content, theirs: Answer | None) -> None:
        self.ask, self.mine, self.theirs = ask, mine, theirs
        who = f"โดย {theirs.by.name} เมื่อ {thai_when(theirs.at)}" if theirs else ""
        super().__init__(
            f"ยังไม่ได้บันทึกข้อ {ask.code} เพราะมีผู้บันทึกข้อนี้ไว้ก่อนแล้ว {who} ข้อความของท่านยังอยู่ครบ กรุณาเลือกว่าจะใช้ข้อความใด",
            f"{ask.code} was not saved: it was changed meanwhile{f' by {theirs.by.name}' if theirs else ''}. "
            "Your text is still here. Please choose which one to keep.",
            where=ask.code,
        )

    def as_json(self) -> dict[str, Any]:
        """The refusal with both texts, who wrote theirs and when, and the version to save upon."""
        theirs = self.theirs
        return super().as_json() | {
            "mine": self.mine,
            "theirs": theirs.content if theirs else None,
            "theirs_by": theirs.by.name if theirs else "",
            "theirs_at": theirs.at.isoformat() if theirs else "",
            "theirs_at_th": thai_when(theirs.at) if theirs else "",
            "version": theirs.version if theirs else 0,
        }


class AnswerNotUnderstood(Refusal):
    """What was typed is no answer to this row."""

    def __init__(self, code: str, th: Sequence[str], en: Sequence[str]) -> None:
        super().__init__(
            f"ยังไม่ได้บันทึกข้อ {code}: {' '.join(th)} ข้อความที่พิมพ์ยังอยู่ในหน้านี้ กรุณาแก้แล้วบันทึกใหม่",
            f"{code} was not saved: {' '.join(en)} What you typed is still on the page.",
            where=code,
        )
        self.reasons = tuple(th)


class NothingToConfirm(Refusal):
    """The row has no owner's answer, and nobody proved it: there is nothing that could be confirmed."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__(
            f"ข้อ {code} ยังไม่มีคำตอบของหน่วยงานหลักหรือหน่วยงานอื่นให้ยืนยัน จึงยังไม่บันทึก คำตอบเดิมยังอยู่ กรุณาตอบเอง หรือรอหน่วยงานหลักตอบ",
            f"{code} has no answer of its owner or of another agency to confirm, so nothing was saved. "
            "Your own answer is safe. Please answer the row yourself, or wait for its owner.",
            where=code,
        )


@dataclass(frozen=True)
class Entry:
    """One row of a page as it was posted: what was typed, upon which version. `wrong` is why it cannot be read at all."""

    ask: Ask
    content: Content
    version: int
    wrong: AnswerNotUnderstood | None = None


@dataclass
class SectionOutcome:
    """What became of a page: rows that were stored anew, and refusals by ask id. Every other row was unchanged."""

    saved: list[Answer] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)


def save_answer(*, ask: Ask, content: Content, version: int, by: Person, at: datetime, anew: bool = False) -> Answer:
    """Store `content` upon `version` (0: nothing stored yet) and return it as stored. Unchanged: no version unless `anew`.

    Refuses AnswerNotUnderstood, RoundClosed, AskLocked, and AnswerConflict with both texts when the version is not the newest.
    """
    content = checked(question_of(ask), content)
    known = getattr(ask, "answer", None) or Answer(ask=ask, version=0, content=EMPTY)
    fresh = Answer(ask=ask, version=version + 1, content=content, by=by, at=at)
    with transaction.atomic():
        refuse_when_frozen(ask.round)
        refuse_when_locked(ask)
        if known.version == version and known.content == content and not anew:
            return known
        _refuse_nothing_to_confirm(ask, content)
        if not _written(fresh, upon=version):
            return _stored_already(fresh)
        keep_version(fresh)
        details: dict[str, object] = {"code": ask.code, "agency": ask.agency.code, "version": fresh.version}
        record("answer.saved", by=by, about=f"ask:{ask.pk}", at=at, chain=ask.round.body.code, details=details)
    return fresh


def save_section(*, round: Round, agency: Agency, entries: Sequence[Entry], by: Person, at: datetime) -> SectionOutcome:
    """Store a page of answers in one transaction. Rows that cannot be stored are reported, the others are kept.

    Refuses RoundClosed as a whole; row by row AnswerNotUnderstood, AskLocked and AnswerConflict.
    """
    outcome = SectionOutcome()
    with transaction.atomic():
        refuse_when_frozen(round)
        held = Ask.objects.select_for_update(of=("self",)).filter(
            round=round, agency=agency, pk__in=[e.ask.pk for e in entries]
        )
        asks = {ask.pk: ask for ask in held.order_by("pk")}
        stored = {answer.ask_id: answer for answer in Answer.objects.filter(ask__in=asks).select_related("by")}
        for entry in entries:
            try:
                if entry.ask.pk in asks and (answer := _next(entry, asks[entry.ask.pk], stored.get(entry.ask.pk), by, at)):
                    outcome.saved.append(answer)
            except Refusal as refusal:
                outcome.refused[entry.ask.pk] = refusal
        if outcome.saved:
            _keep(outcome.saved)
            changed = [f"{asks[answer.ask_id].code} v{answer.version}" for answer in outcome.saved]
            about, details = f"round:{round.pk}", {"agency": agency.code, "versions": changed}
            record("answers.saved", by=by, about=about, at=at, chain=round.body.code, details=details)
    return outcome


def question_of(ask: Ask) -> Question:
    """The row of the questionnaire that an ask puts."""
    return edition_of(ask.round.survey).by_code[ask.code]


def confirmable_by(ask: Ask) -> tuple[Said, ...]:
    """What of others the agency may confirm on this row: three queries at most."""
    edition = edition_of(ask.round.survey)
    return confirmable(ask.round, edition, [ask], asked_once_of(ask.round, [ask.code])).get(ask.code, ())


def _refuse_nothing_to_confirm(ask: Ask, content: Content) -> None:
    if content.get("stance") == Stance.CONFIRMS and not confirmable_by(ask):
        raise NothingToConfirm(ask.code)


def checked(question: Question, content: Content) -> Content:
    """The content as it will be stored; raises AnswerNotUnderstood with every reason."""
    try:
        answer = answer_from_json(question, {key: value for key, value in content.items() if key not in BESIDE})
    except BadAnswer as bad:
        raise AnswerNotUnderstood(question.code, [p.th for p in bad.problems], [p.en for p in bad.problems]) from bad
    return answer_to_json(answer)


def _written(fresh: Answer, *, upon: int) -> bool:
    """Write if exactly this version is still the newest; the database decides, not what was read before."""
    if upon == 0:
        return _first(fresh)
    return overwrite(fresh, upon=upon)


def _stored_already(fresh: Answer) -> Answer:
    """What stands there instead: the same text (a request that was sent twice) is no conflict, any other is."""
    theirs = Answer.objects.filter(ask_id=fresh.ask_id).select_related("by").first()
    if theirs is None or theirs.content != fresh.content:
        raise AnswerConflict(fresh.ask, fresh.content, theirs)
    return theirs


def _first(answer: Answer) -> bool:
    """Insert the first version unless there is one. The ask is held, but somebody may have been before."""
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _next(entry: Entry, held: Ask, stored: Answer | None, by: Person, at: datetime) -> Answer | None:
    """The answer that a row of a page becomes; None when nothing changes. The asks are held, so `stored` is the newest."""
    if entry.wrong:
        raise entry.wrong
    content = checked(question_of(entry.ask), entry.content)
    if content == (stored.content if stored else EMPTY):
        return None
    if not held.editable:
        raise locked(held)
    if entry.version != (stored.version if stored else 0):
        raise AnswerConflict(entry.ask, content, stored)
    _refuse_nothing_to_confirm(entry.ask, content)
    return Answer(ask=held, version=entry.version + 1, content=content, by=by, at=at)


def _keep(answers: Sequence[Answer]) -> None:
    """One upsert for the newest texts, one insert for their versions."""
    Answer.objects.bulk_create(
        answers, update_conflicts=True, unique_fields=["ask"], update_fields=["version", "content", "by", "at"]
    )
    versions = [AnswerVersion(ask_id=a.ask_id, version=a.version, content=a.content, by=a.by, at=a.at) for a in answers]
    AnswerVersion.objects.bulk_create(versions)
