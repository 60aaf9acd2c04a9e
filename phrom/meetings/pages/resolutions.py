"""Recording what was resolved, item by item, beside the agenda."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.meetings.models import AgendaItem, Meeting, Resolution
from phrom.meetings.pages.steps import minutes_of
from phrom.meetings.papers.agenda import items_of
from phrom.shared.thai.dates import thai_date, thai_when


@dataclass(frozen=True)
class ResolutionCard:
    """A resolution as it stands, and who put it right last."""

    resolution: Resolution
    corrected: str


@dataclass(frozen=True)
class ItemCard:
    """An item in the list at the side. `resolvable` where the agenda asks for a resolution or one stands."""

    item: AgendaItem
    depth: int
    count: int
    resolvable: bool

    @property
    def state(self) -> tuple[str, str]:
        """Shape and word."""
        if self.item.is_withdrawn:
            return "stop", "ถอนวาระ"
        return ("done", f"{self.count} มติ") if self.count else ("open", "ยังไม่มีมติ")


@dataclass(frozen=True)
class ResolutionsPage:
    """The agenda with the chosen item open."""

    meeting: Meeting
    items: tuple[ItemCard, ...]
    chosen: ItemCard | None
    said: tuple[str, ...]
    resolutions: tuple[ResolutionCard, ...]
    next_item: AgendaItem | None
    locked: str


def resolutions_page(meeting: Meeting, chosen_id: str) -> ResolutionsPage:
    """The chosen item, else the first that still waits for its resolution. 404 for an item of elsewhere. Four queries."""
    items = items_of(meeting)
    found: dict[int, list[Resolution]] = {}
    for each in Resolution.objects.filter(item__meeting=meeting).select_related("corrected_by").order_by("pk"):
        found.setdefault(each.item_id, []).append(each)
    heads = {item.parent_id for item in items if not item.is_withdrawn}
    cards = tuple(_card(item, len(found.get(item.pk, ())), item.pk in heads) for item in items)
    chosen = _chosen(cards, chosen_id)
    waiting = [card for card in cards if card.resolvable and not card.item.is_withdrawn]
    place = waiting.index(chosen) + 1 if chosen in waiting else len(waiting)
    resolutions = tuple(ResolutionCard(each, _corrected(each)) for each in found.get(chosen.item.pk, ())) if chosen else ()
    return ResolutionsPage(
        meeting=meeting,
        items=cards,
        chosen=chosen,
        said=tuple(paper.text or paper.title or paper.file_name for paper in chosen.item.papers.all()) if chosen else (),
        resolutions=resolutions,
        next_item=waiting[place].item if place < len(waiting) else None,
        locked=_locked(meeting),
    )


def resolution_of(meeting: Meeting, resolution_id: int) -> Resolution:
    """A resolution of this meeting; 404 for any other."""
    rows = Resolution.objects.filter(item__meeting=meeting).select_related("item__meeting__body", "item__parent")
    return get_object_or_404(rows, pk=resolution_id)


def _card(item: AgendaItem, count: int, has_items: bool) -> ItemCard:
    resolvable = bool(count) or (item.resolves and not has_items)
    return ItemCard(item, item.number.count("."), count, resolvable)


def _chosen(cards: tuple[ItemCard, ...], asked: str) -> ItemCard | None:
    if asked:
        for card in cards:
            if str(card.item.pk) == asked:
                return card
        raise Http404
    waiting = [card for card in cards if card.resolvable and not card.count and not card.item.is_withdrawn]
    return next(iter([*waiting, *(card for card in cards if card.resolvable), *cards]), None)


def _corrected(resolution: Resolution) -> str:
    if resolution.corrected_by is None or resolution.corrected_at is None:
        return ""
    return f"แก้ไขโดย {resolution.corrected_by.name} เมื่อ {thai_when(resolution.corrected_at)}"


def _locked(meeting: Meeting) -> str:
    minutes = minutes_of(meeting)
    if meeting.is_cancelled:
        return "การประชุมครั้งนี้ถูกยกเลิก"
    if minutes is not None and minutes.adopted_at is not None:
        return f"รายงานการประชุมรับรองแล้วเมื่อ {thai_when(minutes.adopted_at)} มติจึงแก้ไขไม่ได้อีก"
    if minutes is not None and minutes.circulated_at is not None:
        return f"แจ้งเวียนรายงานการประชุมแล้วเมื่อ {thai_when(minutes.circulated_at)} มติแก้ได้เฉพาะเรื่องที่รับข้อขอแก้ไว้"
    return ""


def as_typed(resolution: Resolution) -> dict[str, str]:
    """What the form shows before a correction."""
    due = thai_date(resolution.due_on) if resolution.due_on else ""
    return {"kind": resolution.kind, "text": resolution.text, "due_on": due}
