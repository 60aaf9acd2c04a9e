"""Which state of a recipient may follow which. A late receipt turns expired into delivered; what was recalled stays so."""

from __future__ import annotations

from phrom.letters.models import RecipientState as S

MAY_FOLLOW: dict[str, frozenset[str]] = {
    S.WAITING: frozenset({S.QUEUED, S.DELIVERED, S.RECALLED}),
    S.QUEUED: frozenset({S.SENDING, S.DELIVERED, S.EXPIRED, S.RECALLED, S.REJECTED}),
    S.SENDING: frozenset({S.QUEUED, S.DELIVERED, S.EXPIRED, S.RECALLED, S.REJECTED}),
    S.DELIVERED: frozenset({S.ACCEPTED, S.REJECTED, S.INVALID, S.RECALLED}),
    S.EXPIRED: frozenset({S.QUEUED, S.DELIVERED, S.RECALLED}),
    # A number was disputed (InvalidAcceptID) and is told again; or the receiver gave the letter back as its sender asked.
    S.ACCEPTED: frozenset({S.DELIVERED, S.RECALLED}),
    S.REJECTED: frozenset({S.QUEUED, S.RECALLED}),
    S.INVALID: frozenset({S.QUEUED, S.RECALLED}),
    S.RECALLED: frozenset(),
}
