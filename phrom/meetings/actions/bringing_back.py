"""What is open comes back: an item under เรื่องสืบเนื่อง for every earlier resolution that is not done, with its offices."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.agenda import add_item, lay_heads, remove_item
from phrom.meetings.actions.papers import put_generated, refresh_generated
from phrom.meetings.actions.standing import hold, refuse_when_over
from phrom.meetings.models import AgendaItem, HeadKind, Meeting, Paper, Resolution
from phrom.meetings.open_matters import Followed, open_follow_ups
from phrom.meetings.papers.open_matters import all_done_blocks, open_matters_blocks
from phrom.shared.documents.canonical import blocks_to_json
from phrom.shared.documents.content import Block
from phrom.shared.thai.clock import local_date

SOURCE = "open_matters:"
TITLE = "หน่วยงานที่ยังดำเนินการไม่แล้วเสร็จ"


@transaction.atomic
def begin_agenda(*, meeting: Meeting, template: str, by: Person, at: datetime) -> list[AgendaItem]:
    """Lay the heads of a template, with what is open under its head เรื่องสืบเนื่อง. Returns the heads; refuses as `lay_heads`."""
    heads = lay_heads(meeting=meeting, template=template, by=by, at=at)
    bring_back(meeting=meeting, by=by, at=at)
    return heads


@transaction.atomic
def bring_back(*, meeting: Meeting, by: Person, at: datetime) -> list[AgendaItem]:
    """Put what is open under the head เรื่องสืบเนื่อง, refresh what stands there, and return the items that were added.

    Done as often as one likes until the agenda is frozen; then nothing happens any more, nor without such a head. What is done
    meanwhile leaves the agenda again, or says so where others have added papers or the invitation is out. Refuses a meeting
    that is over.
    """
    held = hold(meeting)
    refuse_when_over(held)
    head = held.items.filter(parent=None, kind=HeadKind.FOLLOW_UP).first()
    if head is None or held.agenda_frozen_at is not None:
        return []
    today = local_date(at)
    found = {source_of(each.resolution): each for each in open_follow_ups(held.body, today, before=held)}
    standing = {paper.source: paper for paper in _papers(held)}
    for source, paper in standing.items():
        _refresh(paper, found.get(source), today, by=by, at=at)
    return [_add(head, each, by=by, at=at) for source, each in found.items() if source not in standing]


@transaction.atomic
def refresh_open_matters(*, meeting: Meeting, by: Person, at: datetime) -> None:
    """Make current what stands on an agenda that is about to be frozen, and add nothing. Refuses a meeting that is over."""
    held = hold(meeting)
    refuse_when_over(held)
    if held.agenda_frozen_at is None:
        today = local_date(at)
        found = {source_of(each.resolution): each for each in open_follow_ups(held.body, today, before=held)}
        for paper in _papers(held):
            _refresh(paper, found.get(paper.source), today, by=by, at=at)


def source_of(resolution: Resolution) -> str:
    """The key by which a generated paper knows its resolution."""
    return f"{SOURCE}{resolution.pk}"


def _papers(meeting: Meeting) -> list[Paper]:
    rows = Paper.objects.filter(item__meeting=meeting, item__withdrawn_at=None, item__frozen_in=None)
    return list(rows.filter(source__startswith=SOURCE).select_related("item__meeting__body"))


def _add(head: AgendaItem, found: Followed, *, by: Person, at: datetime) -> AgendaItem:
    title = f"ติดตามผลตาม{found.resolution} เรื่อง {found.resolution.item.title}"[:500]
    reason = f"เรื่องค้างจาก{found.resolution}"
    item = add_item(meeting=head.meeting, head=head, title=title, reason=reason, by=by, at=at)
    blocks = open_matters_blocks(found, local_date(at))
    put_generated(item=item, source=source_of(found.resolution), title=TITLE, blocks=blocks, by=by, at=at)
    return item


def _refresh(paper: Paper, found: Followed | None, today: date, *, by: Person, at: datetime) -> None:
    """Today's state of what stands on the agenda; a paper that already says so is left alone."""
    if found is None and paper.item.meeting.invited_at is None and paper.item.papers.count() == 1:
        remove_item(item=paper.item, by=by, at=at)
        return
    blocks: tuple[Block, ...] = open_matters_blocks(found, today) if found else all_done_blocks(today)
    if paper.content != blocks_to_json(blocks):
        refresh_generated(paper=paper, blocks=blocks, by=by, at=at)
