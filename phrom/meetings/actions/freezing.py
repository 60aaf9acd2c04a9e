"""Freezing the agenda: every paper gets its hash, the whole is kept as it was handed out. What comes later is a supplement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.keeping import in_journal, keep_paper, make
from phrom.meetings.actions.standing import MeetingStands, hold, refuse_when_over
from phrom.meetings.models import AgendaItem, KeptPaper, Meeting, Paper, PaperForm
from phrom.meetings.papers.agenda import agenda_document, items_of, supplement_document
from phrom.meetings.papers.hashing import line_of, paper_sha256
from phrom.shared.documents.canonical import sha256_of
from phrom.shared.documents.content import Document
from phrom.shared.journal import record as journal

TRIES = 5


def freeze_agenda(*, meeting: Meeting, by: Person, at: datetime) -> KeptPaper:
    """Freeze the agenda, or, when it is frozen already, what was added late since: its items as a supplement.

    Refuses a meeting not invited yet or over, and a frozen agenda to which nothing was added. Afterwards no frozen paper
    changes.
    The PDF is printed before any row is held; should somebody change the agenda meanwhile, it is printed anew.
    """
    for _ in range(TRIES):
        ready = _ready(meeting)
        made = make(_document(ready), ready.body, at)
        with transaction.atomic():
            held = hold(meeting)
            if sha256_of(_document(_refuse_early(held))) != made.sha256:
                continue
            kept = keep_paper(made, meeting=held, form=PaperForm.AGENDA, by=by, at=at)
            _freeze(held, kept, by=by, at=at)
            return kept
    raise MeetingStands(
        "มีผู้แก้ไขระเบียบวาระอยู่ในขณะนี้ จึงยังไม่ตรึง ไม่มีอะไรเปลี่ยน กรุณาลองใหม่เมื่อแก้ไขเสร็จ",
        "Somebody is changing the agenda, so it was not frozen. Nothing was changed. Please try again when they are done.",
    )


def waiting_to_be_frozen(meeting: Meeting) -> list[AgendaItem]:
    """Items that stand in no frozen agenda yet, in the order of the paper. Two queries."""
    return [item for item in items_of(meeting) if not item.is_frozen]


def _ready(meeting: Meeting) -> Meeting:
    return _refuse_early(Meeting.objects.select_related("body", "order").get(pk=meeting.pk))


def _refuse_early(meeting: Meeting) -> Meeting:
    refuse_when_over(meeting)
    if meeting.invited_at is None:
        raise MeetingStands(
            "ยังไม่ได้ออกหนังสือเชิญ การประชุมจึงยังไม่มีเลขครั้งที่ให้พิมพ์ในระเบียบวาระ ไม่มีอะไรเปลี่ยน กรุณาออกหนังสือเชิญก่อนแล้วจึงตรึง",
            "The invitation was not issued yet, so there is no number to print. Nothing was changed. Please issue it first.",
        )
    if meeting.agenda_frozen_at is not None and not waiting_to_be_frozen(meeting):
        raise MeetingStands(
            "ระเบียบวาระตรึงครบทุกเรื่องแล้ว ไม่มีระเบียบวาระเพิ่มเติมให้ตรึง",
            "The agenda is frozen already and nothing was added to it since.",
        )
    return meeting


def _document(meeting: Meeting) -> Document:
    if meeting.agenda_frozen_at is None:
        return agenda_document(meeting)
    return supplement_document(meeting, waiting_to_be_frozen(meeting))


def _freeze(meeting: Meeting, kept: KeptPaper, *, by: Person, at: datetime) -> None:
    items = waiting_to_be_frozen(meeting)
    papers = [paper for item in items for paper in item.papers.all()]
    _hash(papers)
    meeting.items.filter(pk__in=[item.pk for item in items]).update(frozen_in=kept)
    supplement = meeting.agenda_frozen_at is not None
    if not supplement:
        Meeting.objects.filter(pk=meeting.pk).update(agenda_frozen_by=by, agenda_frozen_at=at)
    details: dict[str, object] = {"meeting": str(meeting), "kept": in_journal(kept), "supplement": supplement}
    details |= {"items": [line_of(item) for item in items], "papers": [paper.sha256 for paper in papers]}
    journal.record("agenda.frozen", by=by, about=f"meeting:{meeting.pk}", at=at, chain=meeting.body.code, details=details)


def _hash(papers: Sequence[Paper]) -> None:
    for paper in papers:
        paper.sha256 = paper_sha256(paper)
    Paper.objects.bulk_update(papers, ["sha256"])
