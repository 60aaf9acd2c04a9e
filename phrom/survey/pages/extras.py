"""What stands beside the rows of a section: each kind is one module, one query where a row has any, one part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Edition
from phrom.survey.models import Ask, Round
from phrom.survey.pages.row_carried import Carried, carried_beside
from phrom.survey.pages.row_inquiries import Thread, inquired, threads_of
from phrom.survey.pages.row_listed import RowListed, listed_beside
from phrom.survey.pages.row_owner import Owner, owners_of


@dataclass(frozen=True)
class RowExtras:
    """Beside one row."""

    inquiries: tuple[Thread, ...] = ()
    carried: Carried | None = None
    listed: RowListed | None = None
    owner: Owner | None = None


NO_EXTRAS = RowExtras()


def extras_of(round: Round, agency: Agency, edition: Edition, asks: Sequence[Ask]) -> dict[int, RowExtras]:
    """What stands beside each of these asks of one agency, by ask id."""
    about = inquired(asks)
    threads = threads_of(about, may_speak=not round.is_frozen) if about else {}
    carried = carried_beside(asks, edition, frozen=round.is_frozen)
    listed = listed_beside(round, agency, edition, asks)
    owners = owners_of(round, edition, asks)
    return {
        ask.pk: RowExtras(
            inquiries=threads.get(ask.pk, ()),
            carried=carried.get(ask.pk),
            listed=listed.get(ask.pk),
            owner=owners.get(ask.pk),
        )
        for ask in asks
    }
