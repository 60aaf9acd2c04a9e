"""Invitations by mail: one token, seven days, used once. The token is only in the mail; the database keeps its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from phrom.agencies.actions.memberships import appoint, refuse_to_oneself, refuse_unless_may_grant
from phrom.agencies.models import Agency, Invitation, Membership, Person
from phrom.agencies.roles import ROLES
from phrom.shared.journal import record as journal
from phrom.shared.thai import clock
from phrom.shared.ui.refusals import Refusal
from phrom.shared.ui.typed import refuse_unless_one_line

LASTS = timedelta(days=7)


class InvitationUnusable(Refusal):
    """Unknown, used, withdrawn or expired: the same answer for all, so that nobody learns which."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "คำเชิญนี้ใช้ไม่ได้แล้ว อาจถูกใช้ไปแล้วหรือเกิน 7 วัน กรุณาขอคำเชิญใหม่จากผู้ประสานงานจังหวัด",
            "This invitation cannot be used: it was used already or is older than 7 days. Please ask for a new one.",
        )


class MailNotSent(Refusal):
    """The mail server did not take the mail; nothing was kept."""

    status = 503


class AlreadyMember(Refusal):
    """Whoever has this address holds the role there already."""


def invite(
    *, email: str, name: str, agency: Agency, role: str, by: Person, at: datetime, address_of: Callable[[str], str]
) -> Invitation:
    """Mail an invitation. `address_of(token)` makes the link. Earlier open ones to the same address and place expire now.

    Refuses a role that `by` may not give, a name or address that is not one line, and whoever holds the role already. The mail
    goes after the commit, so that no mail server holds the database up; when it is not sent, the invitation is withdrawn again.
    """
    token = secrets.token_urlsafe(32)
    invitation = _invite(email=email.strip().lower(), name=name.strip(), agency=agency, role=role, by=by, at=at, token=token)
    try:
        _post(invitation, address_of(token))
    except OSError as problem:
        withdraw_invitation(invitation=invitation, by=by, at=at)
        raise MailNotSent(
            "ส่งอีเมลไม่ได้ จึงยังไม่มีคำเชิญ กรุณาลองใหม่ในอีกสักครู่ ถ้ายังไม่ได้ให้แจ้งผู้ดูแลระบบ",
            "The mail could not be sent, so there is no invitation. Please try again shortly, or tell your administrator.",
        ) from problem
    return invitation


@transaction.atomic
def _invite(*, email: str, name: str, agency: Agency, role: str, by: Person, at: datetime, token: str) -> Invitation:
    refuse_unless_may_grant(by=by, agency=agency, role=role, at=at)
    refuse_to_oneself(by=by, email=email, role=role)
    refuse_unless_one_line(name, where="name")
    refuse_unless_one_line(email, where="email")
    if Membership.objects.in_force(clock.local_date(at)).filter(person__email=email, agency=agency, role=role).exists():
        raise AlreadyMember(
            f"ผู้ใช้อีเมล {email} มีบทบาท{ROLES[role].name}ที่{agency.name}อยู่แล้ว ไม่ได้ส่งคำเชิญ",
            "This person holds this role there already. No invitation was sent.",
            where="email",
        )
    Invitation.objects.open(at).filter(email=email, agency=agency, role=role).update(expires_at=at)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        agency=agency,
        role=role,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
    )
    _tell("invitation.sent", invitation, by=by, at=at)
    return invitation


def resend_invitation(*, invitation: Invitation, by: Person, at: datetime, address_of: Callable[[str], str]) -> Invitation:
    """Send it again under a new token; the old link dies."""
    if invitation.accepted_at is not None:
        raise InvitationUnusable
    return invite(
        email=invitation.email,
        name=invitation.name,
        agency=invitation.agency,
        role=invitation.role,
        by=by,
        at=at,
        address_of=address_of,
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person, at: datetime) -> None:
    """Take an open invitation back: its link dies at once."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    refuse_unless_may_grant(by=by, agency=invitation.agency, role=invitation.role, at=at)
    if not invitation.is_open(at):
        raise InvitationUnusable
    invitation.expires_at = at
    invitation.save(update_fields=["expires_at"])
    _tell("invitation.withdrawn", invitation, by=by, at=at)


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime) -> Person:
    """Make the account of somebody new: person, password and membership from today. The password was checked by the form.

    Somebody who has an account already is not given a new password by a link; they sign in and `join`.
    """
    invitation = _open(token, at)
    person, _ = Person.objects.get_or_create(email=invitation.email, defaults={"name": invitation.name})
    if not person.is_active or (person.password and person.has_usable_password()):
        raise InvitationUnusable
    person.set_password(password)
    person.save(update_fields=["password"])
    _take_up(invitation, person, at=at)
    return person


@transaction.atomic
def join(*, token: str, person: Person, at: datetime) -> None:
    """Let somebody signed in take up an invitation that went to their own address."""
    invitation = _open(token, at)
    if person.email.lower() != invitation.email:
        raise InvitationUnusable
    _take_up(invitation, person, at=at)


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _open(token: str, at: datetime) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("agency", "agency__body", "invited_by")
        .filter(token_hash=hash_of(token))
        .first()
    )
    if invitation is None or not invitation.is_open(at):
        raise InvitationUnusable
    return invitation


def _take_up(invitation: Invitation, person: Person, *, at: datetime) -> None:
    """The inviter's right is looked at again: who lost it in between gives nothing any more."""
    held = Membership.objects.filter(person=person, agency=invitation.agency, role=invitation.role)
    if not held.in_force(clock.local_date(at)).exists():
        appoint(
            person=person,
            agency=invitation.agency,
            role=invitation.role,
            starts_on=clock.local_date(at),
            by=invitation.invited_by,
            at=at,
        )
    invitation.accepted_by, invitation.accepted_at = person, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    _tell("invitation.accepted", invitation, by=person, at=at)


def _post(invitation: Invitation, address: str) -> None:
    context = {"invitation": invitation, "address": address, "role": ROLES[invitation.role]}
    text = render_to_string("agencies/mail/invitation.txt", context)
    EmailMessage("คำเชิญเข้าใช้ระบบพร้อม", text, to=[invitation.email]).send()


def _tell(event: str, invitation: Invitation, *, by: Person, at: datetime) -> None:
    agency = invitation.agency
    journal.record(
        event,
        by=by,
        about=f"invitation:{invitation.pk}",
        at=at,
        chain=agency.own_body.code,
        details={"name": invitation.name, "agency": agency.name, "role": invitation.role},
    )
