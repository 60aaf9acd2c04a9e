"""Asking an agency about a row, its answer, and closing the matter. Talk only: neither answer nor state of the row change."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.models import Ask, Inquiry, InquiryNote

LONGEST = 2000


class NothingSaid(Refusal):
    """An inquiry or a reply without words, or with more than fit."""

    def __init__(self) -> None:
        super().__init__(
            f"กรุณาเขียนข้อความไม่เกิน {LONGEST} ตัวอักษร ยังไม่มีอะไรถูกบันทึก ข้อซักถามและคำตอบเดิมยังอยู่ครบ",
            f"Please write something of at most {LONGEST} characters. Nothing was saved; what was said before is safe.",
            where="text",
        )


class InquiryClosed(Refusal):
    """The inquiry was closed, or the row is not asked of this agency any more."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__(
            f"ข้อซักถามของข้อ {code} ปิดแล้วหรือถอนข้อนี้จากหน่วยงานแล้ว จึงไม่ได้บันทึก ข้อความเดิมยังอยู่ครบ "
            "กรุณาเปิดหน้านี้ใหม่ หากต้องถามต่อให้เริ่มข้อซักถามใหม่",
            f"The inquiry about {code} was closed, or the row was withdrawn. Nothing was saved; what was said is safe. "
            "Please reload the page and begin a new inquiry if there is more to ask.",
            where=code,
        )


@transaction.atomic
def inquire(*, ask: Ask, text: str, by: Person, at: datetime) -> Inquiry:
    """Begin an inquiry about a row, sent or not. Refuses RoundClosed, a withdrawn row (InquiryClosed) and no words."""
    text = _said(text)
    refuse_when_frozen(ask.round)
    if Ask.objects.select_for_update(of=("self",)).get(pk=ask.pk).withdrawn_at is not None:
        raise InquiryClosed(ask.code)
    inquiry = Inquiry.objects.create(ask=ask, opened_by=by, opened_at=at)
    InquiryNote.objects.create(inquiry=inquiry, text=text, by=by, at=at)
    _tell("inquiry.opened", inquiry, by, at)
    return inquiry


@transaction.atomic
def ask_further(*, inquiry: Inquiry, text: str, by: Person, at: datetime) -> InquiryNote:
    """The reviewer's next words: the inquiry is open again. Refuses as `inquire`, and a closed inquiry."""
    return _note(inquiry, text, by, at, from_agency=False)


@transaction.atomic
def reply(*, inquiry: Inquiry, text: str, by: Person, at: datetime) -> InquiryNote:
    """The agency's words: the inquiry is answered. Refuses as `ask_further`."""
    return _note(inquiry, text, by, at, from_agency=True)


@transaction.atomic
def close_inquiry(*, inquiry: Inquiry, by: Person, at: datetime) -> None:
    """Close it; nothing can be said there any more. Doing it twice does nothing more. Refuses RoundClosed."""
    refuse_when_frozen(inquiry.ask.round)
    if Inquiry.objects.filter(pk=inquiry.pk, closed_at=None).update(closed_by=by, closed_at=at):
        _tell("inquiry.closed", inquiry, by, at)


def _note(inquiry: Inquiry, text: str, by: Person, at: datetime, *, from_agency: bool) -> InquiryNote:
    text = _said(text)
    refuse_when_frozen(inquiry.ask.round)
    held = Inquiry.objects.select_for_update(of=("self",)).select_related("ask").get(pk=inquiry.pk)
    if held.closed_at is not None or held.ask.withdrawn_at is not None:
        raise InquiryClosed(held.ask.code)
    note = InquiryNote.objects.create(inquiry=held, text=text, from_agency=from_agency, by=by, at=at)
    _tell("inquiry.answered" if from_agency else "inquiry.asked", inquiry, by, at)
    return note


def _said(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said or len(said) > LONGEST or "\0" in said:
        raise NothingSaid
    return said


def _tell(event: str, inquiry: Inquiry, by: Person, at: datetime) -> None:
    ask = inquiry.ask
    details: dict[str, object] = {"code": ask.code, "agency": ask.agency.code, "inquiry": inquiry.pk}
    record(event, by=by, about=f"ask:{ask.pk}", at=at, chain=ask.round.body.code, details=details)
