"""Who may do what where: one query a request, then answers from memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from phrom.agencies.models import Agency, Membership, Person
from phrom.agencies.roles import MAY_GRANT, ROLES


@dataclass(frozen=True)
class Access:
    """What one person may do on one day. Made once a request (`request.access`)."""

    person: Person | None
    memberships: tuple[Membership, ...] = ()

    def anywhere(self, permission: str) -> bool:
        """True when some membership grants the permission; the coarse test before a view looks for its object."""
        return any(permission in ROLES[membership.role].permissions for membership in self.memberships)

    def can(self, permission: str, agency: Agency) -> bool:
        """True when the person may do this for this agency (or body)."""
        return any(
            permission in ROLES[membership.role].permissions and _reaches(membership, agency) for membership in self.memberships
        )

    def agencies(self, permission: str) -> list[Agency]:
        """The agencies of the memberships that grant the permission, each once, in their order."""
        granting = {m.agency_id: m.agency for m in self.memberships if permission in ROLES[m.role].permissions}
        return sorted(granting.values(), key=lambda agency: (agency.position, agency.name))

    def agency_ids(self, permission: str) -> list[int]:
        """Ids of the own agencies for which the permission holds, without those reached through the body."""
        return [agency.id for agency in self.agencies(permission)]

    def body_ids(self, permission: str) -> list[int]:
        """Ids of the bodies over all of whose agencies the permission holds."""
        granting = (m for m in self.memberships if permission in ROLES[m.role].permissions and ROLES[m.role].whole_body)
        return sorted({membership.agency.own_body_id for membership in granting})

    def may_grant(self, agency: Agency) -> frozenset[str]:
        """The roles that the person may give, end and hand over at this agency."""
        given = (MAY_GRANT.get(m.role, frozenset()) for m in self.memberships if _reaches(m, agency))
        return frozenset().union(*given)


def access_of(person: Person, on: date) -> Access:
    """Read what the person may do on this day: one query. Nobody inactive may do anything."""
    if not person.is_active:
        return Access(person)
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [person.pk, on, on])
        rows = cursor.fetchall()
    return Access(person, tuple(_membership(person, row) for row in rows))


def _reaches(membership: Membership, agency: Agency) -> bool:
    if membership.agency_id == agency.id:
        return True
    return ROLES[membership.role].whole_body and membership.agency.own_body_id == agency.own_body_id


# Plain SQL, because every request asks this and the ORM needs ten times longer to build the statement than to run it.
_OWN = tuple(field.attname for field in Membership._meta.concrete_fields)
_OFFICE = tuple(field.attname for field in Agency._meta.concrete_fields)
_COLUMNS = ", ".join([f"m.{name}" for name in _OWN] + [f"a.{name}" for name in _OFFICE])
_IN_FORCE = (
    f"SELECT {_COLUMNS} FROM agencies_membership m JOIN agencies_agency a ON a.id = m.agency_id"  # noqa: S608  names above
    " WHERE m.person_id = %s AND m.starts_on <= %s AND (m.ends_on IS NULL OR m.ends_on >= %s) ORDER BY a.position, m.id"
)


def _membership(person: Person, row: Sequence[Any]) -> Membership:
    membership = Membership.from_db("default", _OWN, row[: len(_OWN)])
    membership.person = person
    membership.agency = Agency.from_db("default", _OFFICE, row[len(_OWN) :])
    return membership
