"""What the pages of a round show of its letters, and who may write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.letters.scopes import may_draft_for
from phrom.letters.sent import Sent, by_agency, sent_for
from phrom.survey.actions.letters import owed_by
from phrom.survey.models import Round
from phrom.survey.pages.heads import round_for
from phrom.survey.papers import OPENING, REMINDER, RETURN, reminder_words, word_for

WRITE = "answer.review"


def round_to_write(access: Access, round_id: int) -> Round:
    """The round, for who reviews its answers and drafts letters at the office that writes the body's; 404 else."""
    round = round_for(access, WRITE, round_id)
    if not may_draft_for(access, round.body):
        raise Http404
    return round


def may_write(access: Access, round: Round) -> bool:
    """True where the buttons stand: in an open round."""
    return not round.is_frozen and access.can(WRITE, round.body) and may_draft_for(access, round.body)


def agency_for(round: Round, agency_id: int) -> Agency:
    """An agency of the round's body; 404 else."""
    return get_object_or_404(Agency, pk=agency_id, body=round.body_id)


@dataclass(frozen=True)
class MemoPage:
    """A reminder to one agency's head as plain text; empty where nothing is owed."""

    round: Round
    agency: Agency
    subject: str
    text: str

    @property
    def whole(self) -> str:
        """What is copied: subject, whom, text."""
        return f"เรื่อง {self.subject}\nเรียน หัวหน้า{self.agency.name}\n\n{self.text}" if self.text else ""


def memo_page(round: Round, agency: Agency, today: date, *, address: str) -> MemoPage:
    """Two queries: what the agency owes, and until when it has time."""
    owed = owed_by(round, agency)
    words = reminder_words(round, agency, owed, today, address=address)
    return MemoPage(round, agency, words.subject, words.text if owed.asks and not round.is_frozen else "")


def letters_of(round: Round, agencies: Iterable[int]) -> dict[int, Sent]:
    """The newest letter of the round to each of these agencies. One query."""
    words = [word_for(OPENING, round.pk)]
    words += [word_for(kind, round.pk, agency) for agency in agencies for kind in (RETURN, REMINDER)]
    return by_agency(chain.from_iterable(sent_for(words).values()))
