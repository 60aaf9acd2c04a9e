"""Letters of a round, drafted through the office that writes the body's letters. Deciding is one thing, telling another."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from phrom.agencies.models import Agency, Person
from phrom.letters.actions.body_letters import Words, draft_for_body
from phrom.letters.actions.offices import issuing_office
from phrom.letters.followers import News
from phrom.letters.models import Letter
from phrom.meetings.actions.letters import note_letter
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.models import Ask, AskState, Review, Round
from phrom.survey.papers import opening_words, reminder_words, return_words, round_in


class NothingToTell(Refusal):
    """There is nobody to write to, or nothing to write about."""

    def __init__(self) -> None:
        super().__init__(
            "ไม่มีข้อที่ต้องแจ้งหน่วยงานนี้แล้ว จึงไม่ได้ร่างหนังสือ ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
            "There is nothing left to tell this agency, so no letter was drafted. Nothing was changed. Please reload.",
        )


@transaction.atomic
def write_opening(*, round: Round, address: str, by: Person, at: datetime) -> Letter:
    """One circular to every agency that is asked. Refuses a round that is closed, and one that asks nobody."""
    asked = Agency.objects.filter(asks__round=round, asks__withdrawn_at=None).distinct()
    return _write(round, opening_words(round, address=address), list(asked), by, at)


@transaction.atomic
def write_return(*, round: Round, agency: Agency, address: str, by: Person, at: datetime) -> Letter:
    """To an agency with the rows that came back to it, each with the reviewer's reason. Refuses NothingToTell without any."""
    asks = list(_asks(round, agency).filter(state=AskState.RETURNED))
    reasons = Review.objects.filter(ask__in=asks).newest_by_ask()
    returned = [(ask, reasons[ask.pk].reason if ask.pk in reasons else "") for ask in asks]
    words = return_words(round, agency, returned, address=address)
    return _write(round, words, [agency] if asks else [], by, at)


@transaction.atomic
def write_reminder(*, round: Round, agency: Agency, address: str, by: Person, at: datetime) -> Letter:
    """To an agency with the rows that it has not sent. Refuses NothingToTell without any."""
    owed = list(_asks(round, agency).filter(state__in=(AskState.OPEN, AskState.RETURNED)))
    words = reminder_words(round, agency, owed, local_date(at), address=address)
    return _write(round, words, [agency] if owed else [], by, at)


def follow_letter(news: News) -> None:
    """What becomes of a round's letter also stands on the follow-up of the resolution that the round stands on."""
    round_id = round_in(news.recipient.letter.sent_for)
    if round_id is None:
        return
    rows = Round.objects.filter(pk=round_id).exclude(mandate=None).select_related("mandate__item__meeting__body")
    round = rows.defer("survey__document").first()
    if round is not None and round.mandate is not None:
        note_letter(round.mandate, news)


def _asks(round: Round, agency: Agency) -> QuerySet[Ask]:
    return Ask.objects.filter(round=round, agency=agency, withdrawn_at=None).order_by("position")


def _write(round: Round, words: Words, agencies: list[Agency], by: Person, at: datetime) -> Letter:
    """The office that writes the letter knows already, also where it is asked itself."""
    refuse_when_frozen(round)
    others = [agency for agency in agencies if agency.pk != issuing_office(round.body).agency_id]
    if not others:
        raise NothingToTell
    return draft_for_body(body=round.body, words=words, agencies=others, by=by, at=at)
