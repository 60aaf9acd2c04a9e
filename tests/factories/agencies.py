"""A small cast: a province, its offices, the people in them."""

from __future__ import annotations

from datetime import date, datetime

from phrom.agencies.models import Agency, AgencyKind, Membership, Person, Post, SignInCount

START = date(2024, 1, 1)
PASSWORD = "ช้างสองตัวเดินข้ามดอยสุเทพ"
_counter = iter(range(1, 1_000_000))


def make_body(code: str = "", name: str = "จังหวัดเชียงใหม่") -> Agency:
    """A province."""
    code = code or f"province-{next(_counter)}"
    return Agency.objects.create(code=code, name=name, kind=AgencyKind.PROVINCE)


def make_agency(body: Agency, name: str = "", kind: str = AgencyKind.REGIONAL, code: str = "") -> Agency:
    """An office of a province."""
    number = next(_counter)
    name = name or f"สำนักงานตัวอย่างที่ {number}จังหวัดเชียงใหม่"
    return Agency.objects.create(code=code or f"agency-{number}", name=name, kind=kind, body=body, position=number)


def make_person(name: str = "นางสาวคำแก้ว ใจดี", email: str = "", password: str = "") -> Person:
    """Somebody; without a password nobody can sign in as them (tests use force_login)."""
    person = Person(email=email or f"person{next(_counter)}@example.org", name=name)
    person.set_password(password) if password else person.set_unusable_password()
    person.save()
    return person


def make_member(
    agency: Agency, role: str = "official", name: str = "นางสาวคำแก้ว ใจดี", since: date = START, password: str = ""
) -> Person:
    """Somebody in a role at an agency."""
    person = make_person(name, password=password)
    Membership.objects.create(person=person, agency=agency, role=role, starts_on=since)
    return person


def make_post(agency: Agency, title: str = "นักวิชาการคอมพิวเตอร์ชำนาญการ", *, is_head: bool = False) -> Post:
    """A post of an agency."""
    return Post.objects.create(agency=agency, title=title, is_head=is_head)


def make_count(counter: str, *, last_at: datetime, failures: int = 1) -> SignInCount:
    """Wrong passwords typed for an address."""
    return SignInCount.objects.create(counter=counter, failures=failures, last_at=last_at)
