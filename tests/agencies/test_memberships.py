"""Who is in which role where: giving, ending, handing over, and who may."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from phrom.agencies.access import access_of
from phrom.agencies.actions import appoint, close_account, end_membership, hand_over, make_post, register_agency, reopen_account
from phrom.agencies.actions.memberships import AlreadyHolds, LastManager, MayNotGrant, WrongDay
from phrom.agencies.actions.offices import AgencyRefused
from phrom.agencies.models import Agency, Membership, Person
from phrom.agencies.roles import MAY_GRANT, ROLES
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body, make_member, make_person

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
TODAY = date(2024, 6, 11)


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def office(body: Agency) -> Agency:
    return make_agency(body)


@pytest.fixture
def coordinator(body: Agency) -> Person:
    return make_member(body, "coordinator")


def test_a_coordinator_appoints_an_official(office: Agency, coordinator: Person) -> None:
    person = make_person()
    appoint(person=person, agency=office, role="official", starts_on=TODAY, by=coordinator, at=AT)
    assert access_of(person, TODAY).can("answer.edit", office)
    entry = AuditEvent.objects.get(event="membership.appointed")
    assert (entry.chain, entry.by_id) == (office.body.code, coordinator.pk)


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_a_coordinator_makes_no_coordinator_and_no_administrator(office: Agency, coordinator: Person, role: str) -> None:
    with pytest.raises(MayNotGrant):
        appoint(person=make_person(), agency=office, role=role, starts_on=TODAY, by=coordinator, at=AT)
    with pytest.raises(MayNotGrant):
        appoint(person=coordinator, agency=office.body, role=role, starts_on=TODAY, by=coordinator, at=AT)
    assert Membership.objects.count() == 1


def test_an_administrator_makes_a_coordinator(body: Agency) -> None:
    administrator, person = make_member(body, "administrator"), make_person()
    appoint(person=person, agency=body, role="coordinator", starts_on=TODAY, by=administrator, at=AT)
    assert access_of(person, TODAY).can("round.open", body)


def test_nobody_appoints_in_another_province_or_after_their_own_time(office: Agency, coordinator: Person) -> None:
    with pytest.raises(MayNotGrant):
        appoint(person=make_person(), agency=make_agency(make_body()), role="official", starts_on=TODAY, by=coordinator, at=AT)
    coordinator.memberships.update(ends_on=date(2024, 6, 10))
    with pytest.raises(MayNotGrant):
        appoint(person=make_person(), agency=office, role="official", starts_on=TODAY, by=coordinator, at=AT)


def test_granting_is_a_table_over_known_roles() -> None:
    assert set(MAY_GRANT) == {role.key for role in ROLES.values() if "people.manage" in role.permissions}
    assert frozenset().union(*MAY_GRANT.values()) == set(ROLES)


def test_a_role_is_held_once_at_a_time(office: Agency, coordinator: Person) -> None:
    person = make_member(office)
    with pytest.raises(AlreadyHolds):
        appoint(person=person, agency=office, role="official", starts_on=TODAY, by=coordinator, at=AT)


def test_the_last_day_counts_and_the_day_after_does_not(office: Agency, coordinator: Person) -> None:
    person = make_member(office)
    end_membership(membership=person.memberships.get(), ends_on=TODAY, by=coordinator, at=AT)
    assert access_of(person, TODAY).can("answer.edit", office)
    assert not access_of(person, date(2024, 6, 12)).can("answer.edit", office)


def test_no_membership_ends_before_it_began(office: Agency, coordinator: Person) -> None:
    with pytest.raises(WrongDay):
        end_membership(membership=make_member(office).memberships.get(), ends_on=date(2023, 1, 1), by=coordinator, at=AT)


def test_handing_over_leaves_no_gap_and_no_overlap(office: Agency, coordinator: Person) -> None:
    old, new = make_member(office), make_member(make_agency(office.body))
    hand_over(membership=old.memberships.get(), to=new, starts_on=TODAY, by=coordinator, at=AT)
    assert access_of(old, date(2024, 6, 10)).can("answer.edit", office)
    assert not access_of(old, TODAY).can("answer.edit", office)
    assert access_of(new, TODAY).can("answer.edit", office)


def test_the_last_who_manages_accounts_stays(body: Agency) -> None:
    administrator = make_member(body, "administrator")
    with pytest.raises(LastManager):
        end_membership(membership=administrator.memberships.get(), ends_on=TODAY, by=administrator, at=AT)
    make_member(body, "administrator")
    end_membership(membership=administrator.memberships.get(), ends_on=TODAY, by=administrator, at=AT)


def test_a_closed_account_may_nothing_until_it_is_opened_again(office: Agency, coordinator: Person) -> None:
    person = make_member(office)
    close_account(person=person, by=coordinator, at=AT)
    person.refresh_from_db()
    assert not access_of(person, TODAY).anywhere("answer.view")
    reopen_account(person=person, by=coordinator, at=AT)
    person.refresh_from_db()
    assert access_of(person, TODAY).can("answer.edit", office)


def test_nobody_closes_their_own_account_or_one_above_or_one_elsewhere(body: Agency, coordinator: Person) -> None:
    shared = make_member(make_agency(body))
    Membership.objects.create(person=shared, agency=make_agency(make_body()), role="official", starts_on=TODAY)
    for person in (coordinator, make_member(body, "administrator"), shared):
        with pytest.raises(MayNotGrant):
            close_account(person=person, by=coordinator, at=AT)
        assert Person.objects.get(pk=person.pk).is_active


def test_an_agency_is_registered_with_its_posts(body: Agency, coordinator: Person) -> None:
    office = register_agency(code="cm-stat", name="สำนักงานสถิติ", kind="statistical_office", body=body, by=coordinator, at=AT)
    post = make_post(agency=office, title="สถิติจังหวัด", is_head=True, by=coordinator, at=AT)
    assert make_post(agency=office, title="สถิติจังหวัด", by=coordinator, at=AT) == post
    assert AuditEvent.objects.filter(chain=body.code).count() == 2


@pytest.mark.parametrize(
    ("code", "kind", "inside"),
    [("CM Stat", "regional", True), ("taken", "regional", True), ("new", "province", True), ("new", "regional", False)],
)
def test_agencies_that_do_not_fit_are_refused(body: Agency, code: str, kind: str, inside: bool) -> None:
    make_agency(body, code="taken")
    with pytest.raises(AgencyRefused):
        register_agency(code=code, name="ก", kind=kind, body=body if inside else None, by=None, at=AT)
