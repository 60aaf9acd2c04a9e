"""Making the agenda: heads, items under them, their order and numbers, and what comes late or is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.standing import (
    MeetingStands,
    hold,
    refuse_when_frozen,
    refuse_when_over,
    still_there,
    with_substance,
)
from phrom.meetings.heads import head_templates
from phrom.meetings.models import AgendaItem, HeadKind, Meeting
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal


class AgendaRefused(Refusal):
    """The agenda cannot be made so."""


@transaction.atomic
def lay_heads(*, meeting: Meeting, template: str, by: Person, at: datetime) -> list[AgendaItem]:
    """Begin the agenda with the heads of a template. Refuses an unknown template and an agenda that has begun."""
    held = _open_agenda(meeting)
    known = head_templates().get(template)
    if known is None:
        raise AgendaRefused(
            "ไม่มีแบบระเบียบวาระที่เลือก ยังไม่มีอะไรถูกบันทึก กรุณาเลือกใหม่",
            "There is no such template of an agenda. Nothing was saved. Please choose again.",
            where="template",
        )
    if held.items.exists():
        raise MeetingStands(
            "ระเบียบวาระนี้เริ่มไว้แล้ว จึงไม่วางวาระหลักซ้ำ ไม่มีอะไรเปลี่ยน แก้ไขวาระที่มีอยู่ได้เลย",
            "This agenda has been begun already. Nothing was changed. Please edit what is there.",
        )
    heads = [
        AgendaItem(meeting=held, kind=head.kind, number=str(place), title=head.title, position=place, resolves=head.resolves)
        for place, head in enumerate(known.heads, 1)
    ]
    AgendaItem.objects.bulk_create(heads)
    _tell("agenda.begun", held, by=by, at=at, details={"template": template, "heads": [head.title for head in heads]})
    return list(held.items.all())


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    head: AgendaItem | None,
    title: str,
    by: Person,
    at: datetime,
    presenter: str = "",
    resolves: bool | None = None,
    reason: str = "",
) -> AgendaItem:
    """Put an item at the end of a head (None: a new head at the end of the agenda). After the invitation it is late and needs
    a reason; once the meeting has opened, none is added.

    `resolves` of None is what the head says.
    """
    held = _open_agenda(meeting)
    late = with_substance(reason) if held.invited_at else ""
    position = held.items.count() + 1
    above = still_there(held.items.filter(parent=None), head.pk) if head else None
    item = AgendaItem.objects.create(
        meeting=held,
        parent=above,
        kind="" if above else HeadKind.OTHER,
        title=_title(title),
        presenter=presenter.strip(),
        position=position,
        resolves=resolves if resolves is not None else above is None or above.resolves,
        late_because=late,
    )
    _renumber(held)
    item.refresh_from_db()
    _tell("agenda.item_added", held, by=by, at=at, details={"item": item.number, "title": item.title, "late": late})
    return item


@transaction.atomic
def edit_item(*, item: AgendaItem, title: str, presenter: str, resolves: bool, by: Person, at: datetime) -> AgendaItem:
    """Change what an item is called, who presents it, and whether a resolution is passed on it. Refuses a frozen item."""
    held, item = _open_item(item)
    item.title, item.presenter, item.resolves = _title(title), presenter.strip(), resolves
    item.save(update_fields=["title", "presenter", "resolves"])
    _tell("agenda.item_changed", held, by=by, at=at, details={"item": item.number, "title": item.title})
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: Person, at: datetime) -> AgendaItem:
    """Change places with the neighbour above or below under the same head; numbers follow. At the end nothing happens."""
    held, item = _open_item(item)
    siblings = [each for each in held.items.all() if each.parent_id == item.parent_id]
    place = [each.pk for each in siblings].index(item.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(siblings) and not siblings[other].is_frozen:
        neighbour = siblings[other]
        item.position, neighbour.position = neighbour.position, item.position
        AgendaItem.objects.bulk_update([item, neighbour], ["position"])
        _renumber(held)
        item.refresh_from_db()
        _tell("agenda.item_moved", held, by=by, at=at, details={"item": item.number, "title": item.title})
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Person, at: datetime) -> None:
    """Take an item off an agenda that nobody has been sent. Refuses a head with items, and every item after the invitation."""
    held, item = _open_item(item)
    if held.number is not None:
        raise MeetingStands(
            "ออกหนังสือเชิญแล้ว ระเบียบวาระจึงนำออกเงียบ ๆ ไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาถอนระเบียบวาระพร้อมเหตุผลแทน",
            "The invitation was issued, so no item can disappear. Nothing was changed. Please withdraw it with a reason.",
        )
    if item.children.exists():
        raise AgendaRefused(
            f"ระเบียบวาระที่ {item.number} ยังมีเรื่องอยู่ ยังไม่มีอะไรเปลี่ยน กรุณานำเรื่องภายใต้วาระนี้ออกก่อน",
            f"Head {item.number} still has items. Nothing was changed. Please remove them first.",
        )
    details: dict[str, object] = {"item": item.number, "title": item.title, "papers": item.papers.count()}
    item.papers.all().delete()
    item.delete()
    _renumber(held)
    _tell("agenda.item_removed", held, by=by, at=at, details=details)


@transaction.atomic
def withdraw_item(*, item: AgendaItem, reason: str, by: Person, at: datetime) -> AgendaItem:
    """Take an item out after the invitation: it stays visible, struck through, with the reason; no number changes."""
    reason = with_substance(reason)
    held = _open_agenda(item.meeting)
    item = still_there(held.items.select_related("parent"), item.pk)
    if held.number is None or item.is_withdrawn or item.parent_id is None:
        raise MeetingStands(
            f"ระเบียบวาระที่ {item.number} ถอนไม่ได้ในขณะนี้ (ยังไม่เชิญประชุม ถอนไปแล้ว หรือเป็นวาระหลัก) ไม่มีอะไรเปลี่ยน",
            f"Item {item.number} cannot be withdrawn: not invited yet, withdrawn already, or a head. Nothing was changed.",
        )
    item.withdrawn_because, item.withdrawn_by, item.withdrawn_at = reason, by, at
    item.save(update_fields=["withdrawn_because", "withdrawn_by", "withdrawn_at"])
    _tell("agenda.item_withdrawn", held, by=by, at=at, details={"item": item.number, "title": item.title, "reason": reason})
    return item


def _open_agenda(meeting: Meeting) -> Meeting:
    held = hold(meeting)
    refuse_when_over(held)
    return held


def _open_item(item: AgendaItem) -> tuple[Meeting, AgendaItem]:
    held = _open_agenda(item.meeting)
    fresh = still_there(held.items.all(), item.pk)
    refuse_when_frozen(fresh)
    if fresh.is_withdrawn:
        raise MeetingStands(
            f"ระเบียบวาระที่ {fresh.number} ถอนแล้ว จึงแก้ไขไม่ได้ ไม่มีอะไรเปลี่ยน หากต้องนำเข้าใหม่ ให้เพิ่มเป็นระเบียบวาระใหม่",
            f"Item {fresh.number} was withdrawn and cannot be changed. Nothing was changed. Please add a new item.",
        )
    return held, fresh


def _title(title: str) -> str:
    if not title.strip():
        raise AgendaRefused(
            "ระเบียบวาระต้องมีชื่อเรื่อง ยังไม่มีอะไรถูกบันทึก กรุณากรอกชื่อเรื่อง",
            "An item needs its title. Nothing was saved. Please enter it.",
            where="title",
        )
    return " ".join(title.split())


def _renumber(meeting: Meeting) -> None:
    """Positions in the order of the paper, and numbers after them: 3, 3.1, 3.2. Frozen items come first under their head, so
    they keep their numbers."""
    items = list(meeting.items.all())
    heads = [item for item in items if item.parent_id is None]
    changed: list[AgendaItem] = []
    place = 0
    for number, head in enumerate(heads, 1):
        for text, item in _numbered(number, head, [item for item in items if item.parent_id == head.pk]):
            place += 1
            if (item.number, item.position) != (text, place):
                item.number, item.position = text, place
                changed.append(item)
    meeting.items.filter(pk__in=[item.pk for item in changed]).update(number="")
    AgendaItem.objects.bulk_update(changed, ["number", "position"])


def _numbered(number: int, head: AgendaItem, items: Sequence[AgendaItem]) -> list[tuple[str, AgendaItem]]:
    return [(str(number), head), *((f"{number}.{place}", item) for place, item in enumerate(items, 1))]


def _tell(event: str, meeting: Meeting, *, by: Person, at: datetime, details: dict[str, object]) -> None:
    told = {"meeting": str(meeting), **details}
    journal.record(event, by=by, about=f"meeting:{meeting.pk}", at=at, chain=meeting.body.code, details=told)
