"""What the room's pages show: all queries are here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.actions.invitations import hash_of
from phrom.agencies.models import Agency, Invitation, Membership, Person
from phrom.agencies.roles import ROLES, Role
from phrom.shared.thai.words import search_key

MANAGE = "people.manage"


@dataclass(frozen=True)
class Holder:
    """Somebody in a role at an agency, as a line of the people page."""

    id: int
    person: Person
    role: Role
    post: str
    starts_on: date
    ends_on: date | None
    state: str
    mine_to_change: bool


@dataclass(frozen=True)
class Office:
    """An agency with the people in it."""

    agency: Agency
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class Waiting:
    """An invitation that nobody has taken up yet."""

    invitation: Invitation
    role: Role
    is_open: bool
    mine_to_change: bool


@dataclass(frozen=True)
class PeoplePage:
    """The people of the bodies that somebody manages, office by office."""

    offices: tuple[Office, ...]
    empty_agencies: tuple[Agency, ...]
    invitations: tuple[Waiting, ...]
    show: str
    search: str
    counts: dict[str, int]


def people_page(access: Access, *, show: str, search: str, at: datetime, today: date) -> PeoplePage:
    """`show` is "" (in force), "never" (never signed in) or "past"; `search` looks into names, addresses and agencies."""
    bodies = access.body_ids(MANAGE)
    everybody = _memberships(bodies)
    current = [m for m in everybody if m.ends_on is None or m.ends_on >= today]
    lists = {
        "": current,
        "never": [m for m in current if m.person.last_login is None],
        "past": [m for m in everybody if m.ends_on is not None and m.ends_on < today],
    }
    chosen = [m for m in lists.get(show, current) if _mentions(m, search)]
    staffed = {m.agency_id for m in current}
    agencies = Agency.objects.filter(Q(pk__in=bodies) | Q(body__in=bodies), answers_survey=True).select_related("body")
    return PeoplePage(
        offices=tuple(_by_office(access, chosen, today)),
        empty_agencies=tuple(agency for agency in agencies if agency.pk not in staffed and not agency.is_body),
        invitations=tuple(_waiting(access, bodies, at)),
        show=show if show in lists else "",
        search=search,
        counts={"current": len(lists[""]), "never": len(lists["never"]), "past": len(lists["past"])},
    )


def agencies_managed(access: Access) -> QuerySet[Agency]:
    """The bodies that somebody manages and all their agencies."""
    bodies = access.body_ids(MANAGE)
    return Agency.objects.filter(Q(pk__in=bodies) | Q(body__in=bodies)).order_by("body_id", "position", "name")


def roles_grantable(access: Access) -> list[str]:
    """Keys of the roles that somebody may give anywhere, in the order of the list of roles."""
    given = frozenset().union(*(access.may_grant(membership.agency) for membership in access.memberships))
    return [key for key in ROLES if key in given]


def membership_managed(access: Access, membership_id: int) -> Membership:
    """The membership, if it is within reach; else 404."""
    rows = Membership.objects.of_bodies(access.body_ids(MANAGE)).select_related("agency", "agency__body", "person", "post")
    return get_object_or_404(rows, pk=membership_id)


def person_managed(access: Access, person_id: int) -> Person:
    """Somebody with a membership within reach; else 404."""
    bodies = access.body_ids(MANAGE)
    rows = Person.objects.filter(Q(memberships__agency__in=bodies) | Q(memberships__agency__body__in=bodies)).distinct()
    return get_object_or_404(rows, pk=person_id)


def invitation_managed(access: Access, invitation_id: int) -> Invitation:
    """The invitation, if it is within reach; else 404."""
    rows = Invitation.objects.of_bodies(access.body_ids(MANAGE)).select_related("agency", "agency__body")
    return get_object_or_404(rows, pk=invitation_id)


def successors(membership: Membership) -> QuerySet[Person]:
    """Who may be handed a membership: active people of the same body other than its holder."""
    body_id = membership.agency.own_body_id
    people = Person.objects.filter(Q(memberships__agency=body_id) | Q(memberships__agency__body=body_id), is_active=True)
    return people.exclude(pk=membership.person_id).distinct().order_by("name")


def invitation_by_token(token: str, at: datetime) -> Invitation | None:
    """The open invitation of a link, or None: unknown, used, withdrawn and expired look the same."""
    rows = Invitation.objects.open(at).select_related("agency", "invited_by")
    return rows.filter(token_hash=hash_of(token)).first()


def account_of(invitation: Invitation) -> Person | None:
    """The account that the invited address has already, if somebody can sign in with it."""
    person = Person.objects.filter(email__iexact=invitation.email).first()
    return person if person and person.password and person.has_usable_password() else None


@dataclass(frozen=True)
class OpenSession:
    """A browser in which the person is signed in."""

    id: int
    browser: str
    ip: str
    since: datetime
    is_current: bool


def sessions_of(person: Person, *, current: str, at: datetime) -> tuple[OpenSession, ...]:
    """The browsers in which the person is signed in now, this one first."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    rows = UserSession.objects.filter(user=person, session_key__in=alive).order_by("-created_at")
    sessions = [
        OpenSession(row.pk, browser_of(row.user_agent), row.ip, row.created_at, row.session_key == current) for row in rows
    ]
    return tuple(sorted(sessions, key=lambda session: not session.is_current))


def session_of(person: Person, session_id: int) -> UserSession:
    """The person's own session; else 404."""
    found: UserSession = get_object_or_404(UserSession.objects.filter(user=person), pk=session_id)
    return found


def browser_of(user_agent: str) -> str:
    """A browser and its machine in words, from what it says of itself."""
    browsers = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    machines = {
        "Android": "โทรศัพท์ Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    browser = next((name for sign, name in browsers.items() if sign in user_agent), "เบราว์เซอร์ไม่ทราบชื่อ")
    machine = next((name for sign, name in machines.items() if sign in user_agent), "")
    return f"{browser} บน {machine}" if machine else browser


def _memberships(bodies: list[int]) -> list[Membership]:
    rows = Membership.objects.of_bodies(bodies).select_related("agency", "agency__body", "person", "post")
    return list(rows.order_by("agency__body_id", "agency__position", "agency__name", "starts_on", "id"))


def _mentions(membership: Membership, search: str) -> bool:
    where = f"{membership.person.name} {membership.person.email} {membership.agency.name} {membership.agency.short_name}"
    return all(word in search_key(where) for word in search_key(search).split())


def _by_office(access: Access, memberships: Iterable[Membership], today: date) -> list[Office]:
    offices: dict[int, tuple[Agency, list[Holder]]] = {}
    for membership in memberships:
        _, holders = offices.setdefault(membership.agency_id, (membership.agency, []))
        holders.append(_holder(access, membership, today))
    return [Office(agency, tuple(holders)) for agency, holders in offices.values()]


def _holder(access: Access, membership: Membership, today: date) -> Holder:
    return Holder(
        id=membership.pk,
        person=membership.person,
        role=ROLES[membership.role],
        post=membership.post.title if membership.post else "",
        starts_on=membership.starts_on,
        ends_on=membership.ends_on,
        state=_state(membership, today),
        mine_to_change=membership.role in access.may_grant(membership.agency),
    )


def _state(membership: Membership, today: date) -> str:
    if not membership.person.is_active:
        return "closed"
    if membership.starts_on > today:
        return "future"
    if membership.ends_on is not None and membership.ends_on < today:
        return "past"
    return "never" if membership.person.last_login is None else "active"


def _waiting(access: Access, bodies: list[int], at: datetime) -> list[Waiting]:
    rows = Invitation.objects.of_bodies(bodies).filter(accepted_at=None).select_related("agency", "agency__body", "invited_by")
    newest: dict[tuple[str, int, str], Invitation] = {}
    for row in rows.order_by("invited_at"):
        newest[row.email, row.agency_id, row.role] = row
    return [
        Waiting(row, ROLES[row.role], row.is_open(at), row.role in access.may_grant(row.agency))
        for row in sorted(newest.values(), key=lambda row: row.invited_at, reverse=True)
    ]
