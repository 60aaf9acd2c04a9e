"""What stands beside the rows of a section: each kind is one module, one query where a row has any, one part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Edition
from phrom.survey.models import Ask, Round


@dataclass(frozen=True)
class RowExtras:
    """Beside one row."""


NO_EXTRAS = RowExtras()


def extras_of(round: Round, agency: Agency, edition: Edition, asks: Sequence[Ask]) -> dict[int, RowExtras]:
    """What stands beside each of these asks of one agency, by ask id."""
    return {ask.pk: NO_EXTRAS for ask in asks}
