"""Invitations: mailed, once, seven days, worth nothing in the database, and only what the inviter may give."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from phrom.agencies.actions import accept_invitation, invite, join, resend_invitation, withdraw_invitation
from phrom.agencies.actions.invitations import AlreadyMember, InvitationUnusable, MailNotSent
from phrom.agencies.actions.memberships import MayNotGrant
from phrom.agencies.models import Agency, Invitation, Membership, Person
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.typed import NotOneLine
from tests.factories.agencies import PASSWORD, make_agency, make_body, make_member, make_person

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
NEW = "ฝนตกขี้หมูไหล คนจัญไรมาพบกัน"


@pytest.fixture
def office() -> Agency:
    return make_agency(make_body())


@pytest.fixture
def coordinator(office: Agency) -> Person:
    return make_member(office.body, "coordinator")


def send(office: Agency, by: Person, email: str = "New@Example.org", role: str = "official", at: datetime = AT) -> str:
    """Invite and return the token of the mail."""
    tokens: list[str] = []
    address_of = lambda token: (tokens.append(token), f"https://phrom.example/invitation/{token}/")[1]  # noqa: E731
    invite(email=email, name="นายใหม่ เพิ่งมา", agency=office, role=role, by=by, at=at, address_of=address_of)
    return tokens[0]


def test_the_mail_brings_the_link_and_the_database_does_not_know_it(office: Agency, coordinator: Person) -> None:
    token = send(office, coordinator)
    [sent] = mail.outbox
    assert sent.to == ["new@example.org"]
    assert f"/invitation/{token}/" in sent.body
    assert token not in str(Invitation.objects.values().get())


def test_accepting_makes_the_account_and_works_once(office: Agency, coordinator: Person) -> None:
    token = send(office, coordinator)
    person = accept_invitation(token=token, password=NEW, at=AT)
    assert person.check_password(NEW)
    assert Membership.objects.get(person=person).agency == office
    with pytest.raises(InvitationUnusable):
        accept_invitation(token=token, password=NEW, at=AT)
    assert AuditEvent.objects.filter(event="invitation.accepted").count() == 1


@pytest.mark.parametrize("late", [timedelta(days=7), timedelta(days=30)])
def test_after_seven_days_it_is_dead(office: Agency, coordinator: Person, late: timedelta) -> None:
    token = send(office, coordinator)
    with pytest.raises(InvitationUnusable):
        accept_invitation(token=token, password=NEW, at=AT + late)


def test_withdrawn_and_replaced_links_are_dead(office: Agency, coordinator: Person) -> None:
    first = send(office, coordinator)
    second = send(office, coordinator)
    withdraw_invitation(invitation=Invitation.objects.open(AT).get(), by=coordinator, at=AT)
    for token in (first, second, "unknown"):
        with pytest.raises(InvitationUnusable):
            accept_invitation(token=token, password=NEW, at=AT)


def test_sending_again_makes_a_new_link(office: Agency, coordinator: Person) -> None:
    old = send(office, coordinator)
    again = resend_invitation(invitation=Invitation.objects.get(), by=coordinator, at=AT, address_of=lambda token: token)
    assert again.is_open(AT)
    with pytest.raises(InvitationUnusable):
        accept_invitation(token=old, password=NEW, at=AT)


def test_nobody_invites_into_roles_or_places_that_are_not_theirs(office: Agency, coordinator: Person) -> None:
    with pytest.raises(MayNotGrant):
        send(office, coordinator, role="administrator")
    with pytest.raises(MayNotGrant):
        send(make_agency(make_body()), coordinator)
    assert mail.outbox == []


def test_an_inviter_who_lost_the_right_gives_nothing_any_more(office: Agency, coordinator: Person) -> None:
    token = send(office, coordinator)
    coordinator.memberships.update(ends_on=date(2024, 6, 10))
    with pytest.raises(MayNotGrant):
        accept_invitation(token=token, password=NEW, at=AT)
    assert not Person.objects.filter(email="new@example.org").exists()


def test_whoever_holds_the_role_is_not_invited_again(office: Agency, coordinator: Person) -> None:
    with pytest.raises(AlreadyMember):
        send(office, coordinator, email=make_member(office).email)


def test_a_link_never_changes_the_password_of_an_account(office: Agency, coordinator: Person) -> None:
    somebody = make_person(password=PASSWORD)
    token = send(office, coordinator, email=somebody.email)
    with pytest.raises(InvitationUnusable):
        accept_invitation(token=token, password=NEW, at=AT)
    with pytest.raises(InvitationUnusable):
        join(token=token, person=make_person(), at=AT)
    join(token=token, person=somebody, at=AT)
    somebody.refresh_from_db()
    assert somebody.check_password(PASSWORD)
    assert somebody.memberships.get().agency == office


def test_when_the_mail_cannot_go_there_is_no_invitation(office: Agency, coordinator: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9
    with pytest.raises(MailNotSent):
        send(office, coordinator)
    assert not Invitation.objects.open(AT).exists()


def test_from_the_form_to_the_first_sign_in(client: Client, office: Agency, coordinator: Person) -> None:
    client.force_login(coordinator, backend="phrom.agencies.signin.backend.PersonBackend")
    client.post("/people/invite/", {"name": "นายใหม่", "email": "new@example.org", "agency": office.pk, "role": "official"})
    link = re.search(r"/invitation/\S+/", mail.outbox[0].body)
    assert link
    stranger = Client()
    assert "ตั้งรหัสผ่าน" in stranger.get(link[0]).content.decode()
    assert stranger.post(link[0], {"password": "สั้น", "again": "สั้น"}).status_code == 422
    assert stranger.post(link[0], {"password": NEW, "again": NEW}).headers["Location"] == "/account/login/"
    assert stranger.get(link[0]).status_code == 404
    assert stranger.post("/account/login/", {"login": "new@example.org", "password": NEW}).headers["Location"] == "/"


def test_the_form_offers_only_what_may_be_given(client: Client, office: Agency, coordinator: Person) -> None:
    make_agency(make_body(), name="สำนักงานของจังหวัดอื่น")
    client.force_login(coordinator, backend="phrom.agencies.signin.backend.PersonBackend")
    page = client.get("/people/invite/").content.decode()
    assert "สำนักงานของจังหวัดอื่น" not in page
    assert "ผู้ดูแลระบบ</option>" not in page.replace("\n", "")
    forged = {"name": "ก", "email": "a@example.org", "agency": office.pk, "role": "administrator"}
    assert client.post("/people/invite/", forged).status_code == 422
    assert client.post("/people/invite/", {}).status_code == 422


@pytest.mark.parametrize("name", ["นายใหม่\nBcc: all@example.org", "นาย\x1b[2Jใหม่", "นาย\u202eมหใ"], ids=ascii)
def test_a_name_of_two_lines_or_with_hidden_letters_goes_nowhere(office: Agency, coordinator: Person, name: str) -> None:
    with pytest.raises(NotOneLine):
        invite(email="a@b.example", name=name, agency=office, role="official", by=coordinator, at=AT, address_of=str)
    assert not mail.outbox and not Invitation.objects.exists() and not AuditEvent.objects.exists()


def test_the_form_mends_a_pasted_line_break_and_refuses_what_is_hidden(
    client: Client, office: Agency, coordinator: Person
) -> None:
    client.force_login(coordinator, backend="phrom.agencies.signin.backend.PersonBackend")
    typed = {"email": "new@example.org", "agency": office.pk, "role": "official"}
    assert client.post("/people/invite/", {**typed, "name": "นางกิ่งแก้ว\tน้ำใจ\n"}).status_code == 302
    assert Invitation.objects.get().name == "นางกิ่งแก้ว น้ำใจ"
    for wrong in ({"name": "นาง\x07แก้ว"}, {"name": "นางแก้ว", "email": '"a\x01b"@example.org'}):
        told = client.post("/people/invite/", {**typed, **wrong})
        assert told.status_code == 422 and "มองไม่เห็น" in told.content.decode()
    assert len(mail.outbox) == 1
