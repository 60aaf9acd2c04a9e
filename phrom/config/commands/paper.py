"""`phrom paper KIND WHICH --out DIR`: an official paper as DOCX and PDF, without a browser.

What was handed out comes as it was kept, its PDF byte for byte; what is not frozen yet comes as it stands now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from phrom.agencies.models import Agency
from phrom.agencies.paperwork import docx_for, pdf_for
from phrom.committee.models import Order
from phrom.committee.pages.comparing import compare
from phrom.committee.papers.difference import difference_document
from phrom.committee.papers.order import order_document
from phrom.meetings.models import KeptPaper, Meeting, Minutes, PaperForm
from phrom.meetings.papers.agenda import agenda_document
from phrom.meetings.papers.extract import extract_document
from phrom.meetings.papers.invitation import invitation_documents
from phrom.meetings.papers.minutes import draft_of, minutes_document
from phrom.meetings.papers.sign_in import sign_in_document
from phrom.meetings.recipients import roster_of
from phrom.shared.documents.canonical import from_json
from phrom.shared.documents.content import Document
from phrom.shared.files.store import read
from phrom.shared.thai.digits import to_arabic

WHICH = re.compile(r"([0-9]{1,6})/([0-9]{4})(?::([0-9.]{1,10}))?")


class NoSuchPaper(Exception):
    """The kind, the number or the body names nothing; the text says what there is, in Thai and English."""


@dataclass(frozen=True)
class Asked:
    """Which paper: number/year of a meeting or an order of a body; `item` for an extract; `on` is the day of the making."""

    body: Agency
    number: int
    year: int
    item: str
    on: date

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


@dataclass(frozen=True)
class Sheet:
    """One paper and the name of its files; `kept` where it was handed out."""

    name: str
    document: Document
    kept: KeptPaper | None = None


def write_papers(kind: str, which: str, out: Path, *, body: str, on: date) -> list[Path]:
    """Write DOCX and PDF of each paper into the folder; returns their paths. Raises NoSuchPaper."""
    if kind not in KINDS:
        raise NoSuchPaper(f"ไม่มีเอกสารชนิด {kind} เลือกได้จาก / no such kind of paper; choose from: {', '.join(KINDS)}")
    asked = _asked(which, body, on)
    sheets = list(KINDS[kind](asked))
    if not sheets:
        raise NoSuchPaper(f"ไม่มีเอกสาร {kind} ของ {which} / there is no {kind} of {which}")
    out.mkdir(parents=True, exist_ok=True)
    return [path for sheet in sheets for path in _written(sheet, asked.body, out)]


def _written(sheet: Sheet, body: Agency, out: Path) -> tuple[Path, Path]:
    word, pdf = out / f"{sheet.name}.docx", out / f"{sheet.name}.pdf"
    word.write_bytes(docx_for(body, sheet.document))
    pdf.write_bytes(b"".join(read(sheet.kept.pdf)) if sheet.kept else pdf_for(body, sheet.document))
    return word, pdf


def _asked(which: str, body: str, on: date) -> Asked:
    found = WHICH.fullmatch(to_arabic(which.strip()))
    if found is None:
        raise NoSuchPaper(f"อ่าน {which} ไม่ได้ ให้เขียนเช่น 1/2567 หรือ 1/2567:3.1 / write it like 1/2567 or 1/2567:3.1")
    return Asked(_body(body), int(found[1]), int(found[2]), found[3] or "", on)


def _body(code: str) -> Agency:
    bodies = Agency.objects.filter(body=None).order_by("pk")
    found = bodies.filter(code=code).first() if code else bodies.first()
    if found is None:
        codes = ", ".join(bodies.values_list("code", flat=True)) or "-"
        raise NoSuchPaper(f"ไม่มีจังหวัดรหัส {code or '-'} มีแต่ / no such body; there are: {codes}")
    return found


def _meeting(asked: Asked) -> Meeting:
    meetings = Meeting.objects.filter(body=asked.body)
    found = meetings.select_related("body", "order").filter(number=asked.number, year=asked.year).first()
    if found is None:
        known = ", ".join(str(one) for one in meetings.exclude(number=None)) or "-"
        raise NoSuchPaper(f"{asked.body.name}ไม่มีการประชุมครั้งที่ {asked} มีแต่ / no such meeting; there are: {known}")
    return found


def _order(asked: Asked) -> Order:
    orders = Order.objects.filter(body=asked.body)
    found = orders.select_related("body", "replaces", "amends").filter(number=asked.number, year=asked.year).first()
    if found is None:
        known = ", ".join(str(one) for one in orders) or "-"
        raise NoSuchPaper(f"{asked.body.name}ไม่มีคำสั่งที่ {asked} มีแต่ / no such order; there are: {known}")
    return found


def _kept(meeting: Meeting, form: str, name: str) -> Iterator[Sheet]:
    for place, paper in enumerate(meeting.kept_papers.filter(form=form).select_related("pdf"), 1):
        document = from_json(paper.content)
        yield Sheet(name if place == 1 else f"{name}-{place}", document, paper)


def _agenda(asked: Asked) -> Iterator[Sheet]:
    meeting, name = _meeting(asked), f"agenda-{_slug(asked)}"
    kept = list(_kept(meeting, PaperForm.AGENDA, name))
    yield from kept or [Sheet(name, agenda_document(meeting))]


def _invitation(asked: Asked) -> Iterator[Sheet]:
    meeting, name = _meeting(asked), f"invitation-{_slug(asked)}"
    kept = list(_kept(meeting, PaperForm.INVITATION, name))
    drafts = () if kept else invitation_documents(meeting, roster_of(meeting)).values()
    for sheet in kept or [Sheet(name, document) for document in drafts]:
        yield replace(sheet, name=f"{name}-{sheet.document.form}")


def _minutes(asked: Asked) -> Iterator[Sheet]:
    meeting, name = _meeting(asked), f"minutes-{_slug(asked)}"
    kept = list(_kept(meeting, PaperForm.MINUTES, name))
    begun = Minutes.objects.filter(meeting=meeting).exists()
    yield from kept or ([Sheet(name, draft_of(minutes_document(meeting)))] if begun else [])


def _extract(asked: Asked) -> Iterator[Sheet]:
    item = _meeting(asked).items.filter(number=asked.item).first()
    if item is None:
        raise NoSuchPaper(f"การประชุมครั้งที่ {asked} ไม่มีวาระที่ {asked.item or '-'} เขียนเช่น / write it like 1/2567:3.1")
    for place, resolution in enumerate(item.resolutions.order_by("pk"), 1):
        name = f"extract-{_slug(asked)}-{asked.item}" + (f"-{place}" if place > 1 else "")
        yield Sheet(name, extract_document(resolution, on=asked.on))


def _sign_in(asked: Asked) -> Iterator[Sheet]:
    yield Sheet(f"sign-in-list-{_slug(asked)}", sign_in_document(_meeting(asked)))


def _order_paper(asked: Asked) -> Iterator[Sheet]:
    order = _order(asked)
    yield Sheet(f"order-{_slug(asked)}", order_document(order, list(order.seats.all()), list(order.ended_seats.all())))


def _difference(asked: Asked) -> Iterator[Sheet]:
    order = _order(asked)
    before = order.replaces or order.amends
    if before is None:
        raise NoSuchPaper(f"คำสั่งที่ {asked} ไม่ได้แทนหรือแก้ไขคำสั่งใด จึงไม่มีข้อแตกต่าง / order {asked} replaces or amends none")
    yield Sheet(f"difference-{_slug(asked)}", difference_document(compare(order, before)))


def _slug(asked: Asked) -> str:
    return f"{asked.number}-{asked.year}"


KINDS: dict[str, Callable[[Asked], Iterator[Sheet]]] = {
    "agenda": _agenda,
    "invitation": _invitation,
    "minutes": _minutes,
    "extract": _extract,
    "order": _order_paper,
    "difference": _difference,
    "sign-in-list": _sign_in,
}
