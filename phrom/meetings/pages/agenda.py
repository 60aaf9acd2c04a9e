"""The agenda as it is made: heads, items, papers, and what may still be done with each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.meetings.heads import HeadsTemplate, head_templates
from phrom.meetings.models import AgendaItem, Meeting, Paper, PaperKind
from phrom.meetings.pages.parts import Part, parts_of
from phrom.meetings.pages.steps import state_of
from phrom.meetings.papers.agenda import items_of, paragraphs_of
from phrom.meetings.scopes import items_managed, meetings_managed, papers_managed
from phrom.shared.documents.canonical import blocks_from_json


@dataclass(frozen=True)
class PaperLine:
    """A paper under an item: what it is called and what its beginning says."""

    paper: Paper
    name: str
    beginning: str

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What a generated paper says, for the screen; nothing of other papers, and no query."""
        return parts_of(blocks_from_json(self.paper.content)) if self.paper.content else ()

    @property
    def folded_as(self) -> str:
        """The name under which its tables are folded: the title, else what their columns are called; "" without a table."""
        columns = next((part.columns for part in self.parts if part.columns), ())
        return self.paper.title or " · ".join(column.title for column in columns) if columns else ""


@dataclass(frozen=True)
class ItemLine:
    """A head or an item with its papers. `first` and `last` among those that may change places with it."""

    item: AgendaItem
    papers: tuple[PaperLine, ...]
    open: bool
    first: bool
    last: bool


@dataclass(frozen=True)
class HeadGroup:
    """A head and the items under it."""

    head: ItemLine
    items: tuple[ItemLine, ...]


@dataclass(frozen=True)
class AgendaPage:
    """The agenda of one meeting on the maker's desk."""

    meeting: Meeting
    groups: tuple[HeadGroup, ...]
    templates: tuple[HeadsTemplate, ...]
    state: tuple[str, str]

    @property
    def can_change(self) -> bool:
        """True until the meeting opens or is called off."""
        return self.meeting.opened_at is None and not self.meeting.is_cancelled


@dataclass(frozen=True)
class ItemPage:
    """One item on the maker's desk."""

    meeting: Meeting
    line: ItemLine
    can_remove: bool
    can_withdraw: bool


def agenda_page(access: Access, meeting_id: int) -> AgendaPage:
    """404 outside the bodies whose meetings the person keeps. Five queries, whatever the length of the agenda."""
    meeting = get_object_or_404(meetings_managed(access), pk=meeting_id)
    return AgendaPage(meeting, groups_of(meeting), tuple(head_templates().values()), state_of(meeting))


def groups_of(meeting: Meeting) -> tuple[HeadGroup, ...]:
    """The agenda by heads, in the order of the paper. Two queries."""
    items = items_of(meeting)
    over = meeting.opened_at is not None or meeting.is_cancelled
    heads = [item for item in items if item.parent_id is None]
    known = {head.pk for head in heads}
    groups = []
    for place, head in enumerate(heads):
        under = [item for item in items if item.parent_id in known and item.parent_id == head.pk]
        line = _line(head, over, first=place == 0, last=place == len(heads) - 1)
        lines = [_line(item, over, first=at == 0, last=at == len(under) - 1) for at, item in enumerate(under)]
        groups.append(HeadGroup(line, tuple(lines)))
    return tuple(groups)


def item_page(access: Access, item_id: int) -> ItemPage:
    """One item with its papers; 404 outside the person's bodies."""
    item = get_object_or_404(items_managed(access).prefetch_related("papers__file"), pk=item_id)
    meeting = item.meeting
    over = meeting.opened_at is not None or meeting.is_cancelled
    called = meeting.number is not None
    return ItemPage(
        meeting=meeting,
        line=_line(item, over, first=True, last=True),
        can_remove=not called and not over,
        can_withdraw=called and not over and not item.is_withdrawn and item.parent_id is not None,
    )


def paper_for(access: Access, paper_id: int) -> Paper:
    """A paper of an agenda that the person makes; 404 else."""
    return get_object_or_404(papers_managed(access), pk=paper_id)


def paper_line(paper: Paper) -> PaperLine:
    """A paper as lists show it."""
    said = paragraphs_of(paper.text)[:1]
    name = paper.title or paper.file_name or str(PaperKind(paper.kind).label)
    return PaperLine(paper, name, said[0] if said else "")


def _line(item: AgendaItem, over: bool, *, first: bool, last: bool) -> ItemLine:
    papers = tuple(paper_line(paper) for paper in item.papers.all())
    return ItemLine(item, papers, not over and not item.is_frozen and not item.is_withdrawn, first, last)
