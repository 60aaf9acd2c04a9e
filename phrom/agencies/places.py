"""In which district of the province an agency is. The room that keeps the districts stands above; `config` fills the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from phrom.agencies.models import Agency

PLACES: list[Callable[[Agency], Mapping[int, str]]] = []


def districts_in(body: Agency) -> dict[int, str]:
    """The names of districts by agency id, for those agencies of the body whose district is known."""
    return {pk: name for places in PLACES for pk, name in places(body).items()}
