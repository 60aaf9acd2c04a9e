"""Papers under an item of the agenda: texts, parts generated from live figures, files. None changes once it is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.standing import MeetingStands, hold, refuse_when_frozen, refuse_when_over, still_there
from phrom.meetings.models import AgendaItem, Paper, PaperKind
from phrom.shared.documents.canonical import blocks_to_json
from phrom.shared.documents.content import Block
from phrom.shared.files.names import clean_name
from phrom.shared.files.store import keep
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal


class PaperRefused(Refusal):
    """The paper says nothing, or is not of the kind that this act is about."""


class PaperChanged(Refusal):
    """Somebody else changed the paper after this page was opened."""

    status = 409

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        super().__init__(
            f"{paper.made_by.name} แก้ไขเอกสารนี้ไปก่อนแล้ว จึงยังไม่บันทึกของท่าน ข้อความที่ท่านพิมพ์ยังอยู่ กรุณาอ่านฉบับล่าสุดแล้วรวมข้อความ",
            f"{paper.made_by.name} changed this paper meanwhile, so yours was not saved. Please read theirs and merge.",
            where="text",
        )


@transaction.atomic
def put_text(*, item: AgendaItem, text: str, by: Person, at: datetime, title: str = "") -> Paper:
    """Put a text at the end of an item. Refuses an empty text, and an item that is frozen, withdrawn or over."""
    item = _open(item)
    paper = Paper(item=item, kind=PaperKind.TEXT, title=title.strip(), text=_said(text))
    return _put(paper, by=by, at=at)


@transaction.atomic
def put_generated(*, item: AgendaItem, source: str, title: str, blocks: Sequence[Block], by: Person, at: datetime) -> Paper:
    """Put a part that was generated from live figures at the end of an item; `source` names them. Refuses as `put_text`."""
    item = _open(item)
    content = blocks_to_json(blocks)
    return _put(Paper(item=item, kind=PaperKind.GENERATED, title=title, source=source, content=content), by=by, at=at)


def attach_paper(*, item: AgendaItem, name: str, chunks: Iterable[bytes], by: Person, at: datetime, title: str = "") -> Paper:
    """Keep a file and put it at the end of an item; the same content is attached once. Refuses what the store refuses, and as
    `put_text`."""
    with transaction.atomic():
        _open(item)
    name = clean_name(name)
    stored = keep(chunks, name=name, at=at)
    with transaction.atomic():
        item = _open(item)
        if twin := item.papers.filter(file=stored).first():
            return twin
        paper = Paper(item=item, kind=PaperKind.ATTACHED, title=title.strip(), file=stored, file_name=name)
        return _put(paper, by=by, at=at)


@transaction.atomic
def edit_text(*, paper: Paper, text: str, seen: int, by: Person, at: datetime, title: str = "") -> Paper:
    """Change a text. `seen` is the version that the writer had before her. Refuses PaperChanged when it is not the newest."""
    paper = _open_paper(paper)
    if paper.kind != PaperKind.TEXT:
        raise PaperRefused(
            "เอกสารนี้ไม่ใช่ข้อความ จึงแก้ไขด้วยการพิมพ์ไม่ได้ ไม่มีอะไรเปลี่ยน",
            "This paper is no text and cannot be typed over. Nothing was changed.",
        )
    if paper.version != seen:
        raise PaperChanged(paper)
    paper.text, paper.title = _said(text), title.strip()
    return _changed(paper, by=by, at=at)


@transaction.atomic
def refresh_generated(*, paper: Paper, blocks: Sequence[Block], by: Person, at: datetime) -> Paper:
    """Replace the content of a generated paper by today's figures. Refuses a paper of another kind."""
    paper = _open_paper(paper)
    if paper.kind != PaperKind.GENERATED:
        raise PaperRefused(
            "เอกสารนี้ไม่ได้สร้างจากข้อมูลในระบบ จึงไม่มีอะไรให้ปรับเป็นปัจจุบัน",
            "This paper was not generated, so there is nothing to refresh.",
        )
    paper.content = blocks_to_json(blocks)
    return _changed(paper, by=by, at=at)


@transaction.atomic
def move_paper(*, paper: Paper, up: bool, by: Person, at: datetime) -> Paper:
    """Change places with the neighbour above or below in the same item. At the end nothing happens."""
    paper = _open_paper(paper)
    siblings = list(paper.item.papers.all())
    place = [each.pk for each in siblings].index(paper.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(siblings):
        siblings[place], siblings[other] = siblings[other], siblings[place]
        for position, each in enumerate(siblings, 1):
            each.position = position
        Paper.objects.bulk_update(siblings, ["position"])
        _tell("paper.moved", paper, by=by, at=at)
    return paper


@transaction.atomic
def remove_paper(*, paper: Paper, by: Person, at: datetime) -> None:
    """Take a paper away; the bytes of a file stay in the store. Refuses a frozen paper."""
    paper = _open_paper(paper)
    _tell("paper.removed", paper, by=by, at=at)
    paper.delete()


def _open(item: AgendaItem) -> AgendaItem:
    """The item as it is now, its meeting held. Refuses what may not be changed any more."""
    meeting = hold(item.meeting)
    refuse_when_over(meeting)
    fresh = still_there(AgendaItem.objects.select_related("meeting__body"), item.pk)
    refuse_when_frozen(fresh)
    if fresh.is_withdrawn:
        raise MeetingStands(
            f"ระเบียบวาระที่ {fresh.number} ถอนแล้ว จึงแก้ไขเอกสารไม่ได้ เอกสารเดิมยังอยู่",
            f"Item {fresh.number} was withdrawn; its papers cannot be changed.",
        )
    return fresh


def _open_paper(paper: Paper) -> Paper:
    _open(paper.item)
    return still_there(Paper.objects.select_related("item__meeting__body", "made_by", "file"), paper.pk)


def _said(text: str) -> str:
    if not text.strip():
        raise PaperRefused(
            "ยังไม่มีข้อความ ยังไม่มีอะไรถูกบันทึก กรุณาพิมพ์ข้อความ",
            "There is no text. Nothing was saved. Please type it.",
            where="text",
        )
    return text.replace("\r\n", "\n").strip()


def _put(paper: Paper, *, by: Person, at: datetime) -> Paper:
    last = paper.item.papers.last()
    paper.position = last.position + 1 if last else 1
    paper.made_by, paper.made_at = by, at
    paper.save(force_insert=True)
    _tell("paper.put", paper, by=by, at=at)
    return paper


def _changed(paper: Paper, *, by: Person, at: datetime) -> Paper:
    paper.version += 1
    paper.made_by, paper.made_at = by, at
    paper.save(update_fields=["text", "title", "content", "version", "made_by", "made_at"])
    _tell("paper.changed", paper, by=by, at=at)
    return paper


def _tell(event: str, paper: Paper, *, by: Person, at: datetime) -> None:
    meeting = paper.item.meeting
    what = paper.title or paper.file_name or paper.source or paper.text[:80]
    details: dict[str, object] = {"meeting": str(meeting), "item": paper.item.number, "kind": paper.kind, "paper": what}
    journal.record(event, by=by, about=f"meeting:{meeting.pk}", at=at, chain=meeting.body.code, details=details)
