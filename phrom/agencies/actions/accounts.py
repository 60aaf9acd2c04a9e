"""An account: its sessions, closing and opening it."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from phrom.agencies.access import access_of
from phrom.agencies.actions.memberships import MayNotGrant
from phrom.agencies.models import Membership, Person
from phrom.shared.journal import record as journal
from phrom.shared.thai import clock


@transaction.atomic
def end_session(*, session: UserSession, by: Person, at: datetime) -> None:
    """Sign the person out of one browser, at once."""
    _end([session], by=by, at=at)


@transaction.atomic
def end_sessions(*, but: str, by: Person, at: datetime) -> None:
    """Sign the person out of every browser but the one whose session key is given."""
    _end(list(UserSession.objects.filter(user=by).exclude(session_key=but)), by=by, at=at)


@transaction.atomic
def close_account(*, person: Person, by: Person, at: datetime) -> None:
    """Close an account: out of every browser at once, and no way back in until it is opened again."""
    _refuse_unless_manages(person, by=by, at=at)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    keys = UserSession.objects.filter(user=person).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    _tell("person.account_closed", person, by=by, at=at)


@transaction.atomic
def reopen_account(*, person: Person, by: Person, at: datetime) -> None:
    """Open a closed account again; its memberships hold as their dates say."""
    _refuse_unless_manages(person, by=by, at=at)
    Person.objects.filter(pk=person.pk).update(is_active=True)
    _tell("person.account_opened", person, by=by, at=at)


def _refuse_unless_manages(person: Person, *, by: Person, at: datetime) -> None:
    """Whoever closes an account must be able to take every role that the person ever held, and cannot close their own."""
    access = access_of(by, clock.local_date(at))
    held = Membership.objects.filter(person=person).select_related("agency", "agency__body")
    if person.pk == by.pk or any(membership.role not in access.may_grant(membership.agency) for membership in held):
        raise MayNotGrant(
            "ท่านปิดหรือเปิดบัญชีนี้ไม่ได้ เพราะมีบทบาทที่ท่านไม่ได้เป็นผู้ให้ ไม่มีอะไรเปลี่ยน กรุณาแจ้งผู้ดูแลระบบของจังหวัด",
            "You may not close or open this account: it holds a role that is not yours to give. Nothing was changed.",
        )


def _end(sessions: list[UserSession], *, by: Person, at: datetime) -> None:
    Session.objects.filter(session_key__in=[session.session_key for session in sessions]).delete()
    UserSession.objects.filter(pk__in=[session.pk for session in sessions]).delete()
    journal.record("person.ended_sessions", by=by, about=f"person:{by.pk}", at=at, details={"count": len(sessions)})


def _tell(event: str, person: Person, *, by: Person, at: datetime) -> None:
    """In the chain of the body where the person works, so that its auditors read it."""
    agency = Membership.objects.filter(person=person).select_related("agency__body").latest("id").agency
    chain = agency.own_body.code
    journal.record(event, by=by, about=f"person:{person.pk}", at=at, chain=chain, details={"person": person.name})
