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

# In the order of the day. The third part is where a subject's pages lie when not below the entry's own address.
LINKS = (
    ("desk", "งานของฉัน", ""),
    ("my_asks", "คำถามของฉัน", ""),
    ("in_tray", "หนังสือ", "/letters/"),
    ("rounds", "รอบสำรวจ", ""),
    ("library", "คลังหลักฐาน", ""),
    ("meetings", "การประชุม", ""),
    ("follow_ups", "การติดตามมติ", ""),
    ("chair", "มติและผล", ""),
    ("orders", "คณะกรรมการ", ""),
    ("rollout", "e-Document", ""),
    ("rollout_own", "e-Document ของหน่วยงาน", ""),
)
# What is set up once or looked at seldom: one entry at the end that unfolds.
SETTINGS = (
    ("people", "บุคคล", ""),
    ("paper_settings", "แบบเอกสาร", ""),
    ("journal", "บันทึกการกระทำ", ""),
    ("exchange", "แลกเปลี่ยนหนังสือ", ""),
)
FEW = 7


class Link(NamedTuple):
    """One entry of the navigation."""

    label: str
    url: str
    current: str  # "page" on the page itself, "true" on the pages below it, "" elsewhere


@dataclass(frozen=True)
class Chrome:
    """The frame of a page for somebody signed in."""

    person: Person
    office: str
    role: str
    links: tuple[Link, ...]
    settings: tuple[Link, ...]
    banner: str
    search: str  # the address of the search; empty on that page itself, which has its own box


def chrome(request: SignedRequest) -> dict[str, object]:
    """Context for the base template; nothing for pages without sign-in."""
    access: Access | None = getattr(request, "access", None)
    if access is None or access.person is None:
        return {}
    links, seldom = _links(request, access, LINKS), _links(request, access, SETTINGS)
    if len(seldom) == 1 or len(links + seldom) <= FEW:  # where all of it fits, nothing is folded away
        links, seldom = links + seldom, ()
    frame = Chrome(
        person=access.person,
        office=" · ".join(dict.fromkeys(membership.agency.name for membership in access.memberships)),
        role=" · ".join(dict.fromkeys(ROLES[membership.role].name for membership in access.memberships)),
        links=links,
        settings=seldom,
        banner=banner(request.at),
        search="" if request.path == (search := reverse("search")) else search,
    )
    return {"chrome": frame}


def banner(at: datetime) -> str:
    """What must be seen on every page of a demonstration; empty elsewhere."""
    if not settings.PHROM_CLOCK_OFFSET:
        return ""
    return f"ชุดข้อมูลสาธิต บุคคลและคำตอบเป็นเรื่องสมมติ นาฬิกาของระบบอยู่ที่วันที่ {thai_date(local_date(at))}"


def _links(request: HttpRequest, access: Access, entries: tuple[tuple[str, str, str], ...]) -> tuple[Link, ...]:
    allowed = [entry for entry in entries if RULES[entry[0]] == SIGNED_IN or access.anywhere(RULES[entry[0]])]
    addresses = [reverse(name) for name, _, _ in allowed]
    below = [section or address for (_, _, section), address in zip(allowed, addresses, strict=True)]
    here = max((each for each in below if each != "/" and request.path.startswith(each)), key=len, default="")
    return tuple(
        Link(label, address, "page" if address == request.path else "true" if section == here else "")
        for (_, label, _), address, section in zip(allowed, addresses, below, strict=True)
    )
