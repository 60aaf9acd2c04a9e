"""Letters of a round, drafted through the office that writes the body's letters. Deciding is one thing, telling another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet

from phrom.agencies.models import Agency, Person
from phrom.letters.actions.body_letters import Words, draft_for_body
from phrom.letters.actions.offices import issuing_office
from phrom.letters.followers import News
from phrom.letters.models import Letter
from phrom.letters.sent import drafted_for
from phrom.meetings.actions.letters import note_letter
from phrom.rules.instrument.model import Status
from phrom.rules.scoring.scorecard import status_of
from phrom.rules.scoring.stakes import at_stake
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.mandate import SENT
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round
from phrom.survey.models.deadlines import deadline_of
from phrom.survey.papers import RETURN, Owed, opening_words, reminder_words, return_words, round_in, word_for

FROM_THE_REVIEWER = (ReviewKind.RETURNED, ReviewKind.REOPENED)
NEVER = datetime.min.replace(tzinfo=UTC)


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
    steps = Review.objects.filter(ask__in=asks).newest_by_ask()
    returned = [(ask, steps[ask.pk].reason) for ask in asks if ask.pk in steps and steps[ask.pk].kind in FROM_THE_REVIEWER]
    words = return_words(round, agency, returned, address=address)
    return _write(round, words, [agency] if returned else [], by, at)


@transaction.atomic
def write_returns(*, round: Round, address_of: Callable[[Agency], str], by: Person, at: datetime) -> list[Letter]:
    """A draft for every agency with rows that came back since its last return letter was drafted. Refuses NothingToTell."""
    last = _last_returns(round)
    told = drafted_for(word_for(RETURN, round.pk, pk) for pk in last)
    waiting = [pk for pk, at_last in last.items() if told.get(word_for(RETURN, round.pk, pk), NEVER) < at_last]
    agencies = Agency.objects.filter(pk__in=waiting).exclude(pk=issuing_office(round.body).agency_id)
    letters = [
        write_return(round=round, agency=agency, address=address_of(agency), by=by, at=at)
        for agency in agencies.order_by("position", "name")
    ]
    if not letters:
        raise NothingToTell
    return letters


@transaction.atomic
def write_reminder(*, round: Round, agency: Agency, address: str, by: Person, at: datetime) -> Letter:
    """To an agency with the rows that it has not sent. Refuses NothingToTell without any."""
    owed = owed_by(round, agency)
    words = reminder_words(round, agency, owed, local_date(at), address=address)
    return _write(round, words, [agency] if owed.asks else [], by, at)


def owed_by(round: Round, agency: Agency) -> Owed:
    """What the agency has not sent, with its own last day and what that can bring: two queries."""
    edition = edition_of(round.survey)
    asks = list(_asks(round, agency).exclude(state__in=SENT))
    stake = at_stake(edition, (ask.code for ask in asks))
    return Owed(asks, deadline_of(round, agency), stake, status_of(edition.asked_rows) is Status.ESTIMATED)


def follow_letter(news: News) -> None:
    """What becomes of a round's letter also stands on the follow-up of the resolution that the round stands on."""
    round_id = round_in(news.recipient.letter.sent_for)
    if round_id is None:
        return
    rows = Round.objects.filter(pk=round_id).exclude(mandate=None).select_related("mandate__item__meeting__body")
    round = rows.defer("survey__document").first()
    if round is not None and round.mandate is not None:
        note_letter(round.mandate, news)


def _last_returns(round: Round) -> dict[int, datetime]:
    """When the reviewer last gave an agency a row back that it still has, by agency id; what its head gave back is its own."""
    found = Review.objects.filter(ask__round=round, ask__state=AskState.RETURNED, ask__withdrawn_at=None).select_related("ask")
    last: dict[int, datetime] = {}
    for step in found.newest_by_ask().values():
        if step.kind in FROM_THE_REVIEWER:
            last[step.ask.agency_id] = max(step.at, last.get(step.ask.agency_id, NEVER))
    return last


def _asks(round: Round, agency: Agency) -> QuerySet[Ask]:
    return Ask.objects.filter(round=round, agency=agency, withdrawn_at=None).order_by("position")


def _write(round: Round, words: Words, agencies: list[Agency], by: Person, at: datetime) -> Letter:
    """The office that writes the letter knows already, also where it is asked itself."""
    refuse_when_frozen(round)
    others = [agency for agency in agencies if agency.pk != issuing_office(round.body).agency_id]
    if not others:
        raise NothingToTell
    return draft_for_body(body=round.body, words=words, agencies=others, by=by, at=at)
