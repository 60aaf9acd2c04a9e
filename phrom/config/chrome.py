"""What every page's frame shows: who I am, for which office, what I may open. Costs no query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.agencies.models import Person
from phrom.agencies.requests import SignedRequest
from phrom.agencies.roles import ROLES
from phrom.config.access_table import RULES, SIGNED_IN
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date

LINKS = (
    ("desk", "งานของฉัน"),
    ("chair", "มติและผล"),
    ("my_asks", "คำถามของฉัน"),
    ("in_tray", "หนังสือ"),
    ("rounds", "รอบสำรวจ"),
    ("orders", "คณะกรรมการ"),
    ("meetings", "การประชุม"),
    ("follow_ups", "การติดตามมติ"),
    ("registers", "ทะเบียนหนังสือ"),
    ("rollout", "e-Document"),
    ("rollout_own", "e-Document ของหน่วยงาน"),
    ("people", "บุคคล"),
    ("paper_settings", "แบบเอกสาร"),
    ("exchange", "แลกเปลี่ยนหนังสือ"),
    ("journal", "บันทึกการกระทำ"),
)


class Link(NamedTuple):
    """One entry of the navigation."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Chrome:
    """The frame of a page for somebody signed in."""

    person: Person
    office: str
    role: str
    links: tuple[Link, ...]
    banner: str


def chrome(request: SignedRequest) -> dict[str, object]:
    """Context for the base template; nothing for pages without sign-in."""
    access: Access | None = getattr(request, "access", None)
    if access is None or access.person is None:
        return {}
    frame = Chrome(
        person=access.person,
        office=" · ".join(dict.fromkeys(membership.agency.name for membership in access.memberships)),
        role=" · ".join(dict.fromkeys(ROLES[membership.role].name for membership in access.memberships)),
        links=tuple(_links(request, access)),
        banner=banner(request.at),
    )
    return {"chrome": frame}


def banner(at: datetime) -> str:
    """What must be seen on every page of a demonstration; empty elsewhere."""
    if not settings.PHROM_CLOCK_OFFSET:
        return ""
    return f"ชุดข้อมูลสาธิต บุคคลและคำตอบเป็นเรื่องสมมติ นาฬิกาของระบบอยู่ที่วันที่ {thai_date(local_date(at))}"


def _links(request: HttpRequest, access: Access) -> list[Link]:
    match = request.resolver_match
    here = match.view_name if match else ""
    allowed = [(name, label) for name, label in LINKS if RULES[name] == SIGNED_IN or access.anywhere(RULES[name])]
    return [Link(label, reverse(name), name == here) for name, label in allowed]
