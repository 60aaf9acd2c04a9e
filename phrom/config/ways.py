"""Which adapter carries letters by which way: the one place that knows them all."""

from __future__ import annotations

from phrom.letters.actions.ecms_sending import ByEcms
from phrom.letters.actions.peer_transport import BetweenNodes
from phrom.letters.actions.sending import ByHand, Here
from phrom.letters.actions.transports import TABLE
from phrom.letters.models import Via


def open_ways() -> None:
    """Fill the table once, when the program starts."""
    TABLE.update({Via.HERE: Here(), Via.HAND: ByHand(), Via.PEER: BetweenNodes(), Via.ECMS: ByEcms()})
