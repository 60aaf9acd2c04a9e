"""Who is in which role where: appointing, ending, handing over. The past stays as it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Membership, Person, Post
from phrom.agencies.roles import NOT_TO_ONESELF, ROLES
from phrom.shared.journal import record as journal
from phrom.shared.thai import clock
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal


class MayNotGrant(Refusal):
    """The role is not this person's to give or to take (`roles.MAY_GRANT`)."""

    status = 403


class AlreadyHolds(Refusal):
    """The person holds this role there on that day already."""


class WrongDay(Refusal):
    """A membership would end before it began."""


class LastManager(Refusal):
    """Nobody would be left who manages the accounts of the body."""


def refuse_unless_may_grant(*, by: Person | None, agency: Agency, role: str, at: datetime) -> None:
    """Raise `MayNotGrant` unless `by` may give this role at this agency today; None is the installation itself."""
    if by is not None and role not in access_of(by, clock.local_date(at)).may_grant(agency):
        raise MayNotGrant(
            f"ท่านไม่มีสิทธิให้หรือถอนบทบาท{ROLES[role].name}ที่{agency.name} ยังไม่มีอะไรเปลี่ยน กรุณาแจ้งผู้ดูแลระบบของจังหวัด",
            f"You may not give or take the role {role} at this agency. Nothing was changed. Please ask your administrator.",
            where="role",
        )


def refuse_to_oneself(*, by: Person | None, email: str, role: str) -> None:
    """Raise `MayNotGrant` when somebody gives a role to themselves that only another may give them (`roles.NOT_TO_ONESELF`)."""
    if by is not None and role in NOT_TO_ONESELF and by.email.lower() == email.strip().lower():
        raise MayNotGrant(
            f"ท่านให้บทบาท{ROLES[role].name}แก่ตนเองไม่ได้ ยังไม่มีอะไรเปลี่ยน กรุณาให้ผู้ดูแลระบบอีกคนเป็นผู้แต่งตั้ง",
            f"You may not give the role {role} to yourself. Nothing was changed. Please ask another administrator.",
            where="role",
        )


@transaction.atomic
def appoint(
    *,
    person: Person,
    agency: Agency,
    role: str,
    starts_on: date,
    by: Person | None,
    at: datetime,
    ends_on: date | None = None,
    post: Post | None = None,
) -> Membership:
    """Put a person in a role at an agency from a day on (to a day, both included)."""
    refuse_unless_may_grant(by=by, agency=agency, role=role, at=at)
    refuse_to_oneself(by=by, email=person.email, role=role)
    if ends_on is not None and ends_on < starts_on:
        raise WrongDay(
            "วันสิ้นสุดอยู่ก่อนวันเริ่ม ยังไม่มีอะไรถูกบันทึก กรุณาแก้วันที่",
            "The last day is before the first. Nothing was saved. Please mend the dates.",
            where="ends_on",
        )
    Agency.objects.select_for_update().get(pk=agency.pk)
    held = Membership.objects.filter(person=person, agency=agency, role=role)
    if held.in_force(starts_on).exists() or held.filter(starts_on__gte=starts_on).exists():
        raise AlreadyHolds(
            f"{person.name} มีบทบาท{ROLES[role].name}ที่{agency.name}อยู่แล้ว ไม่มีอะไรเปลี่ยน",
            "This person holds this role there already. Nothing was changed.",
            where="role",
        )
    membership = Membership.objects.create(
        person=person, agency=agency, role=role, post=post, starts_on=starts_on, ends_on=ends_on
    )
    _tell("membership.appointed", membership, by=by, at=at, day=starts_on)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, ends_on: date, by: Person | None, at: datetime) -> Membership:
    """End a membership after this day. To close the door at once, give the day before today or close the account."""
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("agency", "agency__body", "person")
        .get(pk=membership.pk)
    )
    refuse_unless_may_grant(by=by, agency=membership.agency, role=membership.role, at=at)
    if ends_on < membership.starts_on:
        raise WrongDay(
            f"วันสุดท้ายต้องไม่ก่อนวันเริ่ม ({thai_date(membership.starts_on)}) ยังไม่มีอะไรเปลี่ยน กรุณาแก้วันที่",
            "The last day is before the first. Nothing was changed. Please mend the date.",
            where="ends_on",
        )
    _refuse_if_last_manager(membership)
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    _tell("membership.ended", membership, by=by, at=at, day=ends_on)
    return membership


@transaction.atomic
def hand_over(*, membership: Membership, to: Person, starts_on: date, by: Person | None, at: datetime) -> Membership:
    """Give a role to a successor from a day on; the predecessor keeps it until the day before. Return the new membership."""
    new = appoint(
        person=to,
        agency=membership.agency,
        role=membership.role,
        post=membership.post,
        starts_on=starts_on,
        by=by,
        at=at,
    )
    end_membership(membership=membership, ends_on=starts_on - timedelta(days=1), by=by, at=at)
    return new


def _refuse_if_last_manager(membership: Membership) -> None:
    """Managers are counted by open-ended memberships, so that a date far ahead cannot strand the body later either."""
    managing = [role.key for role in ROLES.values() if "people.manage" in role.permissions]
    if membership.role not in managing or membership.ends_on is not None:
        return
    body = membership.agency.own_body
    Agency.objects.select_for_update().get(pk=body.pk)
    open_ended = Membership.objects.filter(role__in=managing, ends_on=None, person__is_active=True)
    others = open_ended.exclude(pk=membership.pk).of_body(body)
    if not others.exists():
        raise LastManager(
            "เป็นผู้จัดการบัญชีคนสุดท้ายของจังหวัด ยังไม่มีอะไรเปลี่ยน กรุณาตั้งผู้ประสานงานหรือผู้ดูแลระบบคนใหม่ก่อน",
            "This is the last person who manages accounts. Nothing was changed. Please appoint another first.",
        )


def _tell(event: str, membership: Membership, *, by: Person | None, at: datetime, day: date) -> None:
    agency = membership.agency
    journal.record(
        event,
        by=by,
        about=f"membership:{membership.pk}",
        at=at,
        chain=agency.own_body.code,
        details={
            "person": membership.person.name,
            "agency": agency.name,
            "role": membership.role,
            "day": day.isoformat(),
        },
    )
