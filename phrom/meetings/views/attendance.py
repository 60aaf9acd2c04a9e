"""Holding a meeting: who came, when it began and ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import attendance as acts
from phrom.meetings.actions import holding
from phrom.meetings.forms.holding import BeginTime, EndTime, NewParticipant, read_marks
from phrom.meetings.models import Meeting
from phrom.meetings.pages.attendance import AttendancePage, attendance_page
from phrom.meetings.pages.calling import meeting_for
from phrom.meetings.pages.downloads import Download
from phrom.meetings.papers.sign_in import sign_in_document
from phrom.meetings.views.papers import handed_out
from phrom.shared.journal.once import once_for
from phrom.shared.thai.dates import BANGKOK, bangkok
from phrom.shared.ui.typed import posted_id


@require_http_methods(["GET", "POST"])
def attendance(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Every seat; a post stores the rows that were changed, whichever button was pressed; one button ticks the rest too."""
    meeting = meeting_for(request.access, meeting_id)
    if request.method == "GET":
        return _shown(request, attendance_page(meeting))
    marks = read_marks(request.POST)
    rest_came = "rest" in request.POST
    outcome = acts.mark_attendance(meeting=meeting, marks=marks, by=request.user, at=request.at, rest_came=rest_came)
    if outcome.refused:
        page = attendance_page(meeting, typed=marks, refused=outcome.refused)
        return _shown(request, page, status=max(each.status for each in outcome.refused.values()))
    messages.success(request, _told(outcome, rest_came))
    row = posted_id(request.POST.get("row", ""))
    return redirect(reverse("attendance", args=[meeting.pk]) + (f"#seat-{row}" if row else ""))


@require_POST
def time(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """When the meeting began (`what` is open) or ended (close); again to correct it."""
    meeting = meeting_for(request.access, meeting_id)
    closing = request.POST.get("what") == "close"
    form = EndTime(request.POST, auto_id="close_%s") if closing else BeginTime(request.POST, auto_id="open_%s")
    if form.is_valid():
        try:
            return _timed(request, meeting, datetime.combine(meeting.day, form.cleaned_data["clock"], tzinfo=BANGKOK), closing)
        except holding.TimeRefused as refusal:
            form.add_error("clock", refusal.th)
    return _shown(request, attendance_page(meeting), status=422, **{"closing" if closing else "opening": form})


@require_POST
def participant_add(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Somebody who is no member."""
    meeting = meeting_for(request.access, meeting_id)
    form = NewParticipant(request.POST, auto_id="participant_%s")
    if not form.is_valid():
        return _shown(request, attendance_page(meeting), status=422, participant=form)
    return redirect(once_for(request, request.at, lambda: _add(request, meeting, form)))


@require_POST
def participant_remove(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Written down by mistake."""
    meeting = meeting_for(request.access, meeting_id)
    if asked := posted_id(request.POST.get("participant", "")):
        found = get_object_or_404(meeting.attendance.filter(seat=None), pk=asked)
        acts.remove_participant(participant=found, by=request.user, at=request.at)
        messages.success(request, f"นำ {found.name} ออกจากผู้เข้าร่วมประชุมแล้ว")
    return redirect(reverse("attendance", args=[meeting.pk]) + "#participants")


@require_GET
def sign_in_paper(request: SignedRequest, meeting_id: int, file_format: str) -> HttpResponseBase:
    """The list to sign, as PDF or DOCX."""
    meeting = meeting_for(request.access, meeting_id)
    name = f"บัญชีลงชื่อ {meeting}".replace("/", "-")
    return handed_out(Download(meeting.body, sign_in_document(meeting), name), file_format)


def _told(outcome: acts.MarkOutcome, rest_came: bool) -> str:
    said = f"บันทึกแล้ว {len(outcome.saved)} ตำแหน่ง" if outcome.saved else "ไม่มีแถวใดเปลี่ยนแปลง"
    alone = " เพราะว่าง ตอบว่ามาไม่ได้ หรือส่งผู้แทน"
    return f"{said} เหลือ {outcome.left} ตำแหน่งที่ต้องเลือกเอง{alone}" if rest_came and outcome.left else said


def _timed(request: SignedRequest, meeting: Meeting, moment: datetime, closing: bool) -> HttpResponse:
    if closing:
        holding.close_meeting(meeting=meeting, closed_at=moment, by=request.user, at=request.at)
        messages.success(request, f"บันทึกแล้วว่าเลิกประชุมเวลา {bangkok(moment):%H.%M} น.")
    else:
        holding.open_meeting(meeting=meeting, opened_at=moment, by=request.user, at=request.at)
        messages.success(request, f"บันทึกแล้วว่าเริ่มประชุมเวลา {bangkok(moment):%H.%M} น.")
    return redirect("attendance", meeting.pk)


def _add(request: SignedRequest, meeting: Meeting, form: NewParticipant) -> str:
    row = acts.add_participant(meeting=meeting, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, f"เพิ่ม {row.name} เป็นผู้เข้าร่วมประชุมแล้ว")
    return reverse("attendance", args=[meeting.pk]) + "#participants"


def _shown(request: SignedRequest, page: AttendancePage, status: int = 200, **forms: Any) -> HttpResponse:
    local = bangkok(request.at)
    now = {"clock": f"{local:%H.%M}"} if local.date() == page.meeting.day else {}
    opened = {"clock": page.opened.removesuffix(" น.")} if page.opened else now
    closed = {"clock": page.closed.removesuffix(" น.")} if page.closed else now
    shown = {
        "page": page,
        "opening": BeginTime(initial=opened, auto_id="open_%s"),
        "closing": EndTime(initial=closed, auto_id="close_%s"),
        "participant": NewParticipant(auto_id="participant_%s"),
    }
    return render(request, "meetings/attendance.html", shown | forms, status=status)
