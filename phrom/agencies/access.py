"""Who may do what where: one query a request, then answers from memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
        return sorted({body_id_of(membership.agency) for membership in granting})

    def may_grant(self, agency: Agency) -> frozenset[str]:
        """The roles that the person may give, end and hand over at this agency."""
        given = (MAY_GRANT.get(m.role, frozenset()) for m in self.memberships if _reaches(m, agency))
        return frozenset().union(*given)


def access_of(person: Person, on: date) -> Access:
    """Read what the person may do on this day: one query. Nobody inactive may do anything."""
    if not person.is_active:
        return Access(person)
    rows = Membership.objects.in_force(on).filter(person=person).select_related("agency", "agency__body", "post")
    return Access(person, tuple(rows.order_by("agency__position", "id")))


def body_id_of(agency: Agency) -> int:
    """The id of the body an agency belongs to; a body is its own."""
    return agency.body_id or agency.id


def _reaches(membership: Membership, agency: Agency) -> bool:
    if membership.agency_id == agency.id:
        return True
    return ROLES[membership.role].whole_body and body_id_of(membership.agency) == body_id_of(agency)
