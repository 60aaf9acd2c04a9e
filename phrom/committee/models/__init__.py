"""Orders that make a committee, the seats they name and who holds them."""

from phrom.committee.models.orders import Order, Quorum
from phrom.committee.models.seats import Holder, Seat, SeatCategory, SeatRole, Substitution

__all__ = ["Holder", "Order", "Quorum", "Seat", "SeatCategory", "SeatRole", "Substitution"]
