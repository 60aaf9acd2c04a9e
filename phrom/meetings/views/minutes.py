"""Minutes: reading and commenting, the paper, adoption."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import minutes_comments as acts
from phrom.meetings.actions.adoption import adopt
from phrom.meetings.forms.minutes import Comment, CommentAnswer
from phrom.meetings.models import Minutes
from phrom.meetings.pages.calling import meeting_for
from phrom.meetings.pages.minutes import commentable, minutes_download, minutes_page
from phrom.meetings.pages.minutes_editor import adoption_page, minutes_to_write, to_adopt
from phrom.meetings.views.papers import handed_out
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id


@require_safe
def minutes(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """The minutes to read, with their comments."""
    return _shown(request, meeting_id)


@require_POST
def comment(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Ask for a correction."""
    found = commentable(request.access, meeting_id)
    form = Comment(request.POST)
    if not form.is_valid():
        return _shown(request, meeting_id, status=422, comment=form)
    return HttpResponseRedirect(once_for(request, request.at, lambda: _comment(request, found, form)))


@require_POST
def comment_answer(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Take a comment or say why not."""
    found = minutes_to_write(meeting_for(request.access, meeting_id))
    form = CommentAnswer(request.POST)
    if not form.is_valid():
        return _shown(request, meeting_id, status=422, answer=form)
    rows = found.comments.select_related("item") if found else None
    asked = get_object_or_404(rows, pk=form.cleaned_data.pop("comment")) if rows is not None else None
    if asked:
        acts.answer_comment(comment=asked, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "บันทึกคำตอบแล้ว ผู้ขอเห็นคำตอบในหน้านี้")
    return redirect("minutes", meeting_id)


@require_GET
def paper(request: SignedRequest, meeting_id: int, file_format: str) -> HttpResponseBase:
    """The minutes as PDF or DOCX: as they were adopted, else marked as a draft."""
    return handed_out(minutes_download(request.access, meeting_id), file_format)


@require_http_methods(["GET", "POST"])
def adoption(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """What this meeting may adopt; a post adopts."""
    meeting = meeting_for(request.access, meeting_id)
    if asked := posted_id(request.POST.get("minutes", "")):
        found = to_adopt(meeting, asked)
        adopt(minutes=found, in_meeting=meeting, by=request.user, at=request.at)
        messages.success(request, f"รับรองรายงานการประชุมครั้งที่ {found.meeting} แล้ว เก็บเป็น PDF/A พร้อมค่าตรวจสอบ และไม่เปลี่ยนอีก")
        return redirect("adoption", meeting.pk)
    return render(request, "meetings/adoption.html", {"page": adoption_page(meeting)})


def _comment(request: SignedRequest, found: Minutes, form: Comment) -> str:
    asked = form.cleaned_data["item"]
    item = get_object_or_404(found.meeting.items, pk=asked) if asked is not None else None
    acts.comment(minutes=found, item=item, text=form.cleaned_data["text"], by=request.user, at=request.at)
    messages.success(request, "ส่งข้อขอแก้ให้ฝ่ายเลขานุการแล้ว คำตอบจะแสดงในหน้านี้")
    return reverse("minutes", args=[found.meeting_id]) + (f"#item-{item.pk}" if item else "#general")


def _shown(request: SignedRequest, meeting_id: int, status: int = 200, **forms: Comment | CommentAnswer) -> HttpResponse:
    page = minutes_page(request.access, meeting_id, today=local_date(request.at))
    shown = {"page": page, "comment": Comment(), "answer": CommentAnswer()}
    return render(request, "meetings/minutes.html", shown | forms, status=status)
