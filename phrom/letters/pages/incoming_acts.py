"""What somebody may do with an incoming letter: shown on its page and asked again before each act. No query."""

from __future__ import annotations

from dataclasses import dataclass

from phrom.agencies.access import Access
from phrom.letters.models import Incoming
from phrom.letters.scopes import DRAFT, INSTRUCT, RECEIVE, REGISTERS, SECRETS


@dataclass(frozen=True)
class May:
    """What the reader may do now, given the state of the letter. What they may not is not drawn."""

    accept: bool = False
    instruct: bool = False
    assign: bool = False
    pass_on: bool = False
    copy: bool = False
    note: bool = False
    answer: bool = False
    close: bool = False
    reopen: bool = False
    decide_recall: bool = False
    tell_number: bool = False

    @property
    def anything(self) -> bool:
        """True when there is some act to show."""
        return any(vars(self).values())


def may_receive(access: Access, incoming: Incoming) -> bool:
    """True for a clerk of the letter's own office; a secret letter is its registrar's alone."""
    return _holds(access, RECEIVE, incoming) and (not incoming.is_secret or _holds(access, SECRETS, incoming))


def keeps_register(access: Access, incoming: Incoming) -> bool:
    """True for who keeps the office's registers; a secret letter's class is for who handles secrets besides."""
    return _holds(access, REGISTERS, incoming) and (not incoming.is_secret or _holds(access, SECRETS, incoming))


def allowed(access: Access, incoming: Incoming) -> frozenset[str]:
    """What this person may do with this letter, which they read already, whatever its state; names of `May`."""
    clerk = may_receive(access, incoming)
    head = _holds(access, INSTRUCT, incoming)
    writer = _holds(access, DRAFT, incoming)
    answers = writer and (not incoming.is_secret or _holds(access, SECRETS, incoming))  # whose draft would be secret too
    own = access.person is not None and incoming.assigned_to_id == access.person.pk
    mover = clerk or (head and not incoming.is_secret)
    granted = {
        "accept": clerk,
        "instruct": head,
        "assign": clerk or head,
        "pass_on": mover,
        "copy": mover,
        "note": clerk or head or writer,
        "answer": answers,
        "close": clerk or head or own,
        "reopen": clerk or head,
        "decide_recall": clerk,
        "tell_number": clerk,
    }
    return frozenset(name for name, holds in granted.items() if holds)


def may_of(access: Access, incoming: Incoming) -> May:
    """What this person may do with it now."""
    accepted = incoming.accepted_at is not None and incoming.recalled_at is None and not incoming.is_destroyed
    is_open = accepted and incoming.closed_at is None
    fits = {
        "accept": incoming.waits,
        **dict.fromkeys(("instruct", "assign", "pass_on", "answer", "close"), is_open),
        **dict.fromkeys(("copy", "note"), accepted),
        "reopen": accepted and not is_open,
        "decide_recall": incoming.recall_waits,
        "tell_number": incoming.disputed_at is not None,
    }
    granted = allowed(access, incoming)
    return May(**{name: holds and name in granted for name, holds in fits.items()})


def _holds(access: Access, permission: str, incoming: Incoming) -> bool:
    return incoming.office.agency_id in access.agency_ids(permission)
