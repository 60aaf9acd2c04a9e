"""Whose letters and registers somebody reaches: every query of the room begins here.

Letters belong to the office, never to the body above it: only memberships at the office itself count. Secret letters are there
only for who handles them at the office, and for named readers.
"""

from __future__ import annotations

from datetime import datetime

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.letters.models import Incoming, Letter, Office, Register
from phrom.letters.models.incoming import IncomingQuerySet
from phrom.letters.models.letters import LetterQuerySet
from phrom.letters.models.registers import RegisterQuerySet

READ, DRAFT, APPROVE, ISSUE = "letter.view", "letter.draft", "letter.approve", "letter.issue"
RECEIVE, INSTRUCT = "letter.receive", "letter.instruct"
REGISTERS, SECRETS = "register.manage", "secret.handle"
EXCHANGE, BREAK_GLASS = "exchange.manage", "secret.break_glass"


def offices_within(access: Access, permission: str = READ) -> list[Office]:
    """The offices for which the person may do this, each with its agency. One query."""
    rows = Office.objects.of_agencies(access.agency_ids(permission)).select_related("agency")
    return sorted(rows, key=lambda office: (office.agency.position, office.agency.name))


def letters_within(access: Access, at: datetime, permission: str = READ) -> LetterQuerySet:
    """The letters of the person's offices that they may read at this moment."""
    reader = _reader(access)
    rows = Letter.objects.readable(reader, access.agency_ids(permission), access.agency_ids(SECRETS), at)
    return rows.select_related("office__agency", "entry", "pdf", "answer_to")


def incoming_within(access: Access, at: datetime, permission: str = READ) -> IncomingQuerySet:
    """The letters that came to the person's offices and that they may read at this moment."""
    reader = _reader(access)
    rows = Incoming.objects.readable(reader, access.agency_ids(permission), access.agency_ids(SECRETS), at)
    return rows.select_related("office__agency", "entry", "assigned_to", "from_office__agency")


def registers_within(access: Access, permission: str = READ) -> RegisterQuerySet:
    """The books that the person may read; the secret ones only of offices whose secret letters they handle."""
    rows = Register.objects.readable(access.agency_ids(permission), access.agency_ids(SECRETS))
    return rows.select_related("office__agency")


def _reader(access: Access) -> Person:
    if access.person is None:
        raise PermissionError("nobody is signed in")
    return access.person


def may_draft_for(access: Access, body: Agency) -> bool:
    """True for who drafts letters at the office that writes the body's (provincial office, else the body). No query."""
    drafting = (agency for agency in access.agencies(DRAFT) if agency.own_body_id == body.pk)
    return any(agency.is_body or agency.kind == AgencyKind.PROVINCIAL_OFFICE for agency in drafting)
