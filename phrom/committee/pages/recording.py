"""What an order may be recorded upon: the bodies whose orders the person keeps, and the orders it may replace or amend."""

from __future__ import annotations

from dataclasses import dataclass

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.committee.models import Order
from phrom.committee.scopes import bodies_managed, orders_managed


@dataclass(frozen=True)
class RecordingPage:
    """Bodies, and the orders that make a committee and that no other replaced, the newest first."""

    bodies: tuple[Agency, ...]
    making: tuple[Order, ...]


def recording_page(access: Access) -> RecordingPage:
    """Two queries."""
    making = orders_managed(access).filter(amends=None, replaced_by=None).order_by("-effective_on", "-pk")
    return RecordingPage(tuple(bodies_managed(access)), tuple(making))
