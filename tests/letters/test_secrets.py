"""Secret letters: named readers, breaking the glass, every reading kept; nobody makes themselves registrar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from phrom.agencies.actions.invitations import invite
from phrom.agencies.actions.memberships import MayNotGrant, appoint, hand_over
from phrom.agencies.models import Membership, Person
from phrom.letters.actions.dealing import NotTheirs, assign
from phrom.letters.actions.secrets import CannotBeReader, Glass, NoSuchNumber, break_glass, end_reader, name_reader
from phrom.letters.actions.standing import ReasonMissing
from phrom.letters.models import Book, Incoming, Letter, Office, Secrecy, SecretReader
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.letters import make_accepted, make_clerk, make_incoming, make_office, make_secret
from tests.house.cast import BACKEND, make_file

pytestmark = pytest.mark.django_db
NOW = timezone.now()
YEAR = timezone.localtime(NOW).year + 543
WHY = "น้ำท่วมฉับพลัน นายทะเบียนติดต่อไม่ได้"
KEY = "s" * 22


def secret_office() -> tuple[Office, Person, Incoming]:
    office = make_office(make_agency(make_body()))
    registrar = make_clerk(office, "secret_registrar", "นายทะเบียน ลับมาก")
    incoming = make_incoming(office, secrecy=Secrecy.SECRET, subject="ข่าวกรองชายแดน", at=NOW)
    incoming.files.create(file=make_file(), name="แผนที่.pdf")
    return office, registrar, make_accepted(incoming, by=registrar, at=NOW)


def status(person: Person, about: Incoming | Letter) -> int:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.get(reverse("incoming" if isinstance(about, Incoming) else "letter", args=[about.pk])).status_code


def test_only_the_registrar_reads_it_until_somebody_is_named() -> None:
    office, registrar, incoming = secret_office()
    head = make_clerk(office, "head")
    assert (status(registrar, incoming), status(head, incoming), status(make_clerk(office), incoming)) == (200, 404, 404)
    name_reader(about=incoming, person=head, until=None, because="ให้พิจารณา", by=registrar, at=NOW)
    assert status(head, incoming) == 200


def test_a_named_reader_without_a_role_in_correspondence_reads_the_letter_and_its_file() -> None:
    office, registrar, incoming = secret_office()
    auditor = make_member(office.agency.own_body, "auditor")
    name_reader(about=incoming, person=auditor, until=None, because="ตรวจสอบ", by=registrar, at=NOW)
    client = Client()
    client.force_login(auditor, backend=BACKEND)
    assert "ข่าวกรองชายแดน" in client.get(reverse("incoming", args=[incoming.pk])).content.decode()
    assert client.get(reverse("incoming_file", args=[incoming.pk, incoming.files.get().pk])).status_code == 200
    assert client.get(reverse("in_tray")).status_code == 404


def test_a_right_ends_by_its_day_and_by_hand() -> None:
    office, registrar, incoming = secret_office()
    head, official = make_clerk(office, "head"), make_clerk(office, "official")
    words = {"about": incoming, "because": "ให้พิจารณา", "by": registrar}
    name_reader(person=head, until=NOW - timedelta(minutes=1), at=NOW - timedelta(hours=1), **words)
    reader = name_reader(person=official, until=None, at=NOW, **words)
    assert (status(head, incoming), status(official, incoming)) == (404, 200)
    end_reader(reader=reader, by=registrar, at=NOW)
    assert status(official, incoming) == 404
    assert end_reader(reader=reader, by=registrar, at=NOW + timedelta(hours=1)).until == NOW


@pytest.mark.parametrize("wrong", ["not secret", "past", "twice", "no reason"])
def test_readers_that_cannot_be_named(wrong: str) -> None:
    office, registrar, incoming = secret_office()
    about = make_incoming(office) if wrong == "not secret" else incoming
    until = NOW - timedelta(days=1) if wrong == "past" else None
    words = {"about": about, "person": make_clerk(office), "until": until, "by": registrar, "at": NOW}
    if wrong == "twice":
        name_reader(because="ให้พิจารณา", **words)
    with pytest.raises(ReasonMissing if wrong == "no reason" else CannotBeReader):
        name_reader(because="" if wrong == "no reason" else "ให้พิจารณา", **words)


def test_a_secret_letter_is_assigned_only_to_who_reads_it() -> None:
    office, registrar, incoming = secret_office()
    official = make_clerk(office, "official")
    with pytest.raises(NotTheirs):
        assign(incoming=incoming, to=official, due_on=None, by=registrar, at=NOW)
    name_reader(about=incoming, person=official, until=None, because="ให้พิจารณา", by=registrar, at=NOW)
    assert assign(incoming=incoming, to=official, due_on=None, by=registrar, at=NOW).to_person == official


def test_breaking_the_glass_is_seen_by_everybody(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    office, registrar, incoming = secret_office()
    administrator = make_member(office.agency.own_body, "administrator", "นายผู้ดูแล ระบบ")
    client = Client()
    client.force_login(administrator, backend=BACKEND)
    assert status(administrator, incoming) == 404
    posted = {"agency": office.agency_id, "book": "secret_receive", "year": YEAR, "number": "๑", "because": WHY}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("secret_glass"), posted)
    assert answer.headers["Location"] == reverse("incoming", args=[incoming.pk])
    assert status(administrator, incoming) == 200
    told = AuditEvent.objects.get(event="secret.glass_broken", chain=office.agency.own_body.code)
    assert told.details == {"agency": office.agency.name, "reason": WHY}
    assert [message.to for message in mail.outbox] == [[registrar.email]]
    assert "ข่าวกรอง" not in mail.outbox[0].body and "ลับ 1" not in mail.outbox[0].body
    client.force_login(registrar, backend=BACKEND)
    page = client.get(reverse("incoming", args=[incoming.pk])).content.decode()
    assert "มีผู้ใช้สิทธิฉุกเฉิน" in page and "นายผู้ดูแล ระบบ" in page and WHY in page


def test_the_glass_is_whole_again_after_an_hour_and_the_page_still_tells() -> None:
    office, _, incoming = secret_office()
    administrator = make_member(office.agency.own_body, "administrator")
    glass = Glass(office, Book.SECRET_RECEIVE, YEAR, 1)
    then = NOW - timedelta(minutes=61)
    first = break_glass(glass=glass, because=WHY, by=administrator, at=then)
    assert break_glass(glass=glass, because=WHY, by=administrator, at=then + timedelta(minutes=1)) == first
    assert status(administrator, incoming) == 404
    assert SecretReader.objects.filter(broke_glass=True).count() == 1


def test_the_glass_opens_letters_that_we_wrote_too() -> None:
    office = make_office(make_agency(make_body()))
    letter = make_secret(office)
    administrator = make_member(office.agency.own_body, "administrator")
    break_glass(glass=Glass(office, Book.SECRET_SEND, 2567, 1), because=WHY, by=administrator, at=NOW)
    assert status(administrator, letter) == 200


@pytest.mark.parametrize(("book", "number"), [(Book.SECRET_RECEIVE, 2), (Book.RECEIVE, 1)])
def test_a_number_that_is_not_there_is_kept_as_asked_for(book: str, number: int) -> None:
    office, _, _ = secret_office()
    administrator = make_member(office.agency.own_body, "administrator")
    with pytest.raises(NoSuchNumber):
        break_glass(glass=Glass(office, book, YEAR, number), because=WHY, by=administrator, at=NOW)
    assert AuditEvent.objects.filter(event="secret.glass_missed", by_id=administrator.pk).exists()
    assert not SecretReader.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "auditor", "head", "clerk", "supporter"])
def test_nobody_else_breaks_the_glass(role: str) -> None:
    office, _, _ = secret_office()
    whole = role in ("coordinator", "auditor", "supporter")
    person = make_member(office.agency.own_body if whole else office.agency, role)
    client = Client()
    client.force_login(person, backend=BACKEND)
    assert client.get(reverse("secret_glass")).status_code == 404


def test_every_reading_is_kept_in_a_chain_of_its_own() -> None:
    office, registrar, incoming = secret_office()
    status(registrar, incoming)
    told = AuditEvent.objects.get(event="secret.read")
    assert (told.by_id, told.chain) == (registrar.pk, f"{office.agency.own_body.code}:secret:{office.agency.code}")
    assert "subject" not in told.details


def test_the_registrar_names_and_ends_on_the_page_and_a_clerk_cannot() -> None:
    office, registrar, incoming = secret_office()
    head = make_clerk(office, "head", "นายหัวหน้า สำนักงาน")
    client = Client()
    client.force_login(registrar, backend=BACKEND)
    address = reverse("secret_readers", args=["in", incoming.pk])
    posted = {"person": head.pk, "last_day": "31/12/2599", "because": "ให้พิจารณา", "once": KEY}
    assert "นายหัวหน้า สำนักงาน" in client.post(address, posted, follow=True).content.decode()
    reader = SecretReader.objects.get()
    client.post(reverse("secret_reader_end", args=[reader.pk]))
    assert status(head, incoming) == 404
    client.force_login(make_clerk(office), backend=BACKEND)
    assert client.get(address).status_code == 404


def test_an_administrator_does_not_make_themselves_registrar() -> None:
    office = make_office(make_agency(make_body()))
    administrator = make_member(office.agency.own_body, "administrator")
    words = {"agency": office.agency, "role": "secret_registrar", "by": administrator, "at": NOW}
    with pytest.raises(MayNotGrant, match="แก่ตนเอง"):
        appoint(person=administrator, starts_on=date(2024, 6, 1), **words)
    with pytest.raises(MayNotGrant, match="แก่ตนเอง"):
        invite(email=f" {administrator.email.upper()} ", name="ฉันเอง", address_of=str, **words)
    registrar = make_clerk(office, "secret_registrar")
    held = Membership.objects.get(person=registrar)
    with pytest.raises(MayNotGrant, match="แก่ตนเอง"):
        hand_over(membership=held, to=administrator, starts_on=date(2024, 7, 1), by=administrator, at=NOW)
    assert Membership.objects.get(role="secret_registrar").person == registrar
    assert appoint(person=make_clerk(office), starts_on=date(2024, 6, 1), **words).role == "secret_registrar"
