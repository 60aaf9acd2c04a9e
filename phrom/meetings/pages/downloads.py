"""Papers of a meeting to take away: as they were kept, or as they stand while the meeting is prepared."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.meetings.models import KeptPaper, Meeting, Paper, PaperForm
from phrom.meetings.papers.agenda import agenda_document
from phrom.meetings.papers.invitation import invitation_documents
from phrom.meetings.recipients import roster_of
from phrom.meetings.scopes import kept_papers_within, may_manage, may_read_agenda, meetings_within, papers_within
from phrom.shared.documents.canonical import from_json
from phrom.shared.documents.content import Document

AGENDA = "agenda"


@dataclass(frozen=True)
class Download:
    """A body's document with the name of its file; `kept` where it was frozen: its PDF is the one that was handed out."""

    body: Agency
    document: Document
    name: str
    kept: KeptPaper | None = None


def download_of(access: Access, meeting_id: int, form: str) -> Download:
    """The agenda, or the invitation as `letter` or `memo`. 404 for drafts of others, and for what the meeting has not."""
    meeting = get_object_or_404(meetings_within(access), pk=meeting_id)
    kept = list(meeting.kept_papers.select_related("pdf"))
    if form == AGENDA:
        if not may_read_agenda(access, meeting):
            raise Http404
        frozen = next((paper for paper in kept if paper.form == PaperForm.AGENDA), None)
        return _kept(frozen) if frozen else Download(meeting.body, agenda_document(meeting), _name("ระเบียบวาระ", meeting))
    issued = {from_json(paper.content).form: paper for paper in kept if paper.form == PaperForm.INVITATION}
    if form in issued:
        return _kept(issued[form])
    drafts = invitation_documents(meeting, roster_of(meeting)) if may_manage(access, meeting) else {}
    if form not in drafts or meeting.number is not None:
        raise Http404
    return Download(meeting.body, drafts[form], _name("ร่างหนังสือเชิญ", meeting))


def kept_download(access: Access, kept_id: int) -> Download:
    """A paper as it was handed out; 404 outside the reader's bodies."""
    return _kept(get_object_or_404(kept_papers_within(access), pk=kept_id))


def attached_file(access: Access, paper_id: int) -> Paper:
    """A file under an item; 404 for a paper without one."""
    return get_object_or_404(papers_within(access), pk=paper_id, file__isnull=False)


def _kept(kept: KeptPaper) -> Download:
    document = from_json(kept.content)
    return Download(kept.meeting.body, document, _name(str(PaperForm(kept.form).label), kept.meeting), kept)


def _name(what: str, meeting: Meeting) -> str:
    number = f"ครั้งที่ {meeting.number}-{meeting.year}" if meeting.number else "ร่าง"
    return f"{what} {number}"
