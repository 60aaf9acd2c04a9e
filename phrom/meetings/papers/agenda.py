"""The agenda (ระเบียบวาระการประชุม) as a paper, in the order and with the words of the agenda of 1/2567."""

from __future__ import annotations

from collections.abc import Iterable

from phrom.meetings.models import AgendaItem, Meeting, Paper, PaperKind
from phrom.meetings.papers.words import committee_lines, number_words, place_words, when_words
from phrom.shared.documents.canonical import blocks_from_json
from phrom.shared.documents.content import Block, Clause, Document, Field, Paragraph

TITLE = "ระเบียบวาระการประชุม"
RESOLUTION = "มติที่ประชุม"


def agenda_document(meeting: Meeting) -> Document:
    """The agenda as it stands now: heads, items, their papers, and the place for each resolution. Two queries."""
    return Document(TITLE, tuple(agenda_blocks(items_of(meeting))), subtitle=_subtitle(meeting), form="agenda")


def supplement_document(meeting: Meeting, late: Iterable[AgendaItem]) -> Document:
    """What came after the agenda was frozen, as a paper of its own."""
    subtitle = _subtitle(meeting)
    return Document(f"{TITLE} (เพิ่มเติม)", tuple(agenda_blocks(late)), subtitle=subtitle, form="agenda")


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Heads and items in the order of the paper, each with its papers at hand. Two queries."""
    return list(meeting.items.select_related("parent").prefetch_related("papers__file"))


def agenda_blocks(items: Iterable[AgendaItem]) -> list[Block]:
    """The text of the agenda for these items, in their order."""
    listed = list(items)
    with_items = {item.parent_id for item in listed if not item.is_withdrawn}
    blocks: list[Block] = []
    for item in listed:
        blocks += _heading(item)
        if item.is_withdrawn:
            continue
        for paper in item.papers.all():
            blocks += paper_blocks(paper)
        if item.resolves and item.pk not in with_items:
            blocks.append(Field(RESOLUTION, bold_label=True))
    return blocks


def paper_blocks(paper: Paper) -> list[Block]:
    """What a paper under an item prints: its paragraphs, its blocks, or the name of the file that is enclosed."""
    title: list[Block] = [Paragraph(paper.title, bold=True)] if paper.title and paper.kind == PaperKind.GENERATED else []
    if paper.kind == PaperKind.GENERATED:
        return [*title, *blocks_from_json(paper.content)]
    if paper.kind == PaperKind.ATTACHED:
        return [Paragraph(f"เอกสารประกอบ: {paper.title or paper.file_name}", indent=True)]
    return [Paragraph(text, indent=True) for text in paragraphs_of(paper.text)]


def paragraphs_of(text: str) -> list[str]:
    """A typed text as paragraphs: every line that is not empty is one."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _heading(item: AgendaItem) -> list[Block]:
    withdrawn = " (ถอนระเบียบวาระนี้)" if item.is_withdrawn else ""
    if item.parent_id is None and "." not in item.number:
        return [Field(f"ระเบียบวาระที่ {item.number}", (item.title + withdrawn,), bold=True)]
    presenter = f" โดย{item.presenter}" if item.presenter else ""
    return [Clause(item.number, item.title + presenter + withdrawn, bold=True)]


def _subtitle(meeting: Meeting) -> str:
    *lines, last = committee_lines(meeting)
    place = place_words(meeting)
    return "\n".join([*lines, f"{last} {number_words(meeting)}", f"ใน{when_words(meeting)}" + (f" ณ {place}" if place else "")])
