"""Choosing figures for an item of an agenda: what there is, how it will look, whether it may still be put in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.meetings.actions.bringing_back import SOURCE as OPEN_MATTERS
from phrom.meetings.models import AgendaItem, Paper, PaperKind
from phrom.meetings.pages.parts import Part, parts_of
from phrom.results.papers.missing import NoFigures
from phrom.results.papers.sources import SOURCES
from phrom.results.papers.under_way import as_of

MANAGE = "meeting.manage"


@dataclass(frozen=True)
class Offer:
    """One source to choose."""

    key: str
    title: str
    about: str
    here: bool


@dataclass(frozen=True)
class InsertPage:
    """The sources, and the chosen one as it would be printed; `missing` and `locked` say why it cannot be put in."""

    item: AgendaItem
    offers: tuple[Offer, ...]
    chosen: Offer | None
    preview: tuple[Part, ...]
    missing: str
    as_of: str
    locked: str


def item_for(access: Access, item_id: int) -> AgendaItem:
    """An item of a meeting that the person manages; 404 for any other."""
    items = AgendaItem.objects.select_related("meeting__body", "meeting__order")
    return get_object_or_404(items, pk=item_id, meeting__body__in=access.body_ids(MANAGE))


def generated_for(access: Access, paper_id: int) -> Paper:
    """A generated paper of a meeting that the person manages: of a source here, or of what came back by itself; else 404."""
    papers = Paper.objects.select_related("item__meeting__body", "item__meeting__order").filter(kind=PaperKind.GENERATED)
    paper = get_object_or_404(papers, pk=paper_id, item__meeting__body__in=access.body_ids(MANAGE))
    if paper.source not in SOURCES and not paper.source.startswith(OPEN_MATTERS):
        raise Http404
    return paper


def insert_page(item: AgendaItem, wanted: str, at: datetime) -> InsertPage:
    """The list; with a source wanted, its preview made now. An unknown source shows the list alone."""
    offers = tuple(Offer(key, source.title, source.about, key == wanted) for key, source in SOURCES.items())
    chosen = next((offer for offer in offers if offer.here), None)
    preview, missing = _preview(item, wanted, at) if chosen else ((), "")
    return InsertPage(item, offers, chosen, preview, missing, as_of(at), _locked(item))


def _preview(item: AgendaItem, source: str, at: datetime) -> tuple[tuple[Part, ...], str]:
    try:
        blocks = SOURCES[source].make(item.meeting, at)
    except NoFigures as nothing:
        return (), nothing.th
    return parts_of(blocks), ""


def _locked(item: AgendaItem) -> str:
    if item.meeting.cancelled_at or item.meeting.opened_at:
        return "การประชุมครั้งนี้เริ่มแล้วหรือถูกยกเลิก จึงแทรกเอกสารไม่ได้ เอกสารเดิมยังอยู่ครบ"
    if item.is_withdrawn:
        return "ระเบียบวาระนี้ถอนแล้ว จึงแทรกเอกสารไม่ได้"
    return "ระเบียบวาระนี้ตรึงแล้ว เอกสารไม่เปลี่ยนอีก เรื่องใหม่ให้เพิ่มเป็นระเบียบวาระเพิ่มเติม" if item.is_frozen else ""
