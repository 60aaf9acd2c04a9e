"""The rows and answers that I may see, as texts for the search: two queries, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from phrom.agencies.access import Access
from phrom.rules.instrument.model import Edition
from phrom.survey.actions.answering import Content
from phrom.survey.editions import edition_of
from phrom.survey.models import Round
from phrom.survey.models.scopes import asks_within
from phrom.survey.pages.saved import words_of
from phrom.survey.pages.sections import sections_of


@dataclass(frozen=True)
class SeenAsk:
    """One standing ask: whose, of which round, and what was answered."""

    pk: int
    code: str
    round_id: int
    agency_id: int
    agency: str
    content: Content | None


@dataclass(frozen=True)
class Seen:
    """The standing asks, those of the newest round first, and their rounds."""

    asks: tuple[SeenAsk, ...]
    rounds: Mapping[int, Round]

    def rows(self) -> Iterator[tuple[SeenAsk, str]]:
        """Each row of each round once with its text, however many agencies are asked; the first one's ask stands for it."""
        first: dict[tuple[int, str], SeenAsk] = {}
        for ask in self.asks:
            first.setdefault((ask.round_id, ask.code), ask)
        for ask, edition in self._known(first.values()):
            yield ask, edition.by_code[ask.code].text

    def answers(self) -> Iterator[tuple[SeenAsk, str]]:
        """Each answer in words."""
        for ask, edition in self._known(self.asks):
            if ask.content:
                yield ask, words_of(edition.by_code[ask.code], ask.content)

    def round_of(self, ask: SeenAsk) -> str:
        """Whose round of which survey the ask belongs to."""
        round = self.rounds[ask.round_id]
        return f"{round.body.name} · {round.survey.title}"

    def address_of(self, ask: SeenAsk) -> str:
        """Where the ask stands on its agency's sheet."""
        section = sections_of(edition_of(self.rounds[ask.round_id].survey), [ask.code])[0]
        return reverse("answering_section", args=[ask.round_id, ask.agency_id, section.slug]) + f"#a{ask.pk}"

    def sheet_of(self, agency_id: int) -> str:
        """The address of the agency's newest sheet; empty where it was asked nothing."""
        round_id = next((ask.round_id for ask in self.asks if ask.agency_id == agency_id), None)
        return reverse("answering", args=[round_id, agency_id]) if round_id else ""

    def _known(self, asks: Iterable[SeenAsk]) -> Iterator[tuple[SeenAsk, Edition]]:
        """With their edition; rows that it does not have any more are left out."""
        for ask in asks:
            edition = edition_of(self.rounds[ask.round_id].survey)
            if ask.code in edition.by_code:
                yield ask, edition


def seen_rows(access: Access) -> Seen:
    """What was asked of the agencies whose answers I may see."""
    asks = (
        asks_within(access, "answer.view")
        .filter(withdrawn_at=None)
        .order_by("-round__opened_at", "round", "agency", "position")
    )
    found = asks.values_list("pk", "code", "round_id", "agency_id", "agency__name", "answer__content")
    seen = tuple(SeenAsk(*row) for row in found)
    ids = {ask.round_id for ask in seen}
    rounds = Round.objects.filter(pk__in=ids).select_related("survey", "body").defer("survey__document") if ids else ()
    return Seen(seen, {round.pk: round for round in rounds})
