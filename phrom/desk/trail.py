"""The journal as a person reads it: newest first, in words, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.shared.journal.models import AuditEvent
from phrom.shared.journal.sentences import sentence
from phrom.shared.ui.typed import posted_id

PAGE = 50
THINGS = {
    "agency": "หน่วยงาน",
    "ask": "ข้อที่ถาม",
    "follow_up": "การติดตามมติ",
    "installation": "ระบบ",
    "invitation": "คำเชิญ",
    "item": "ระเบียบวาระ",
    "meeting": "การประชุม",
    "membership": "บทบาท",
    "order": "คำสั่ง",
    "pack": "ชุดเอกสารคำตอบ",
    "person": "บุคคล",
    "post": "ตำแหน่ง",
    "resolution": "มติ",
    "round": "รอบ",
    "seat": "ตำแหน่งกรรมการ",
}


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    number: int
    at: datetime
    by: str
    text: str
    about: str
    thing: str
    hash: str


@dataclass(frozen=True)
class TrailPage:
    """Entries, and where the older ones begin."""

    lines: tuple[Line, ...]
    older: int | None
    about: str


def trail_page(access: Access, *, before: str, about: str) -> TrailPage:
    """Entries of the chains of the person's bodies; `before` is an entry's id, `about` filters by the thing."""
    chains = Agency.objects.filter(pk__in=access.body_ids("journal.view")).values_list("code", flat=True)
    events = AuditEvent.objects.filter(chain__in=list(chains)).order_by("-id")
    if newest := posted_id(before):
        events = events.filter(id__lt=newest)
    if about:
        events = events.filter(about=about[:120].replace("\0", ""))  # NUL breaks PostgreSQL
    rows = list(events[: PAGE + 1])
    lines = tuple(Line(e.sequence, e.at, e.by_name, sentence(e.event), e.about, thing(e.about), e.hash) for e in rows[:PAGE])
    return TrailPage(lines, rows[PAGE - 1].id if len(rows) > PAGE else None, about)


def thing(about: str) -> str:
    """What an entry is about, in words: "รอบ 2"."""
    kind, _, number = about.partition(":")
    return f"{THINGS.get(kind, kind)} {number}".strip()
