"""Calling a meeting: new, invitation, change, cancellation, and the event for a calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from phrom.agencies.models import Agency
from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import calling
from phrom.meetings.actions.bringing_back import begin_agenda
from phrom.meetings.actions.posting import Post
from phrom.meetings.calendar import Method, calendar_file
from phrom.meetings.forms.calling import Announcement, IssueInvitation, NewMeeting, Reason, as_announced
from phrom.meetings.models import Meeting
from phrom.meetings.pages.calling import body_for, invite_page, meeting_for, numbering_office
from phrom.meetings.scopes import meetings_within
from phrom.shared.files.download import just_made
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal


@require_http_methods(["GET", "POST"])
def new(request: SignedRequest) -> HttpResponse:
    """A meeting and the heads of its agenda."""
    body = body_for(request.access, request.POST.get("body") or request.GET.get("body", ""))
    form = NewMeeting(request.POST or None)
    if form.is_valid():
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _create(request, body, form)))
        except calling.CannotBeCalled as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    return _shown(request, "meetings/meeting_new.html", form, body=body)


@require_http_methods(["GET", "POST"])
def invite(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """What the invitation will do; a post issues it. A second click finds it issued and leads to the meeting."""
    meeting = meeting_for(request.access, meeting_id)
    if meeting.number is not None:
        return redirect("meeting", meeting.pk)
    office = numbering_office(request.access, meeting)
    form = IssueInvitation(request.POST if request.method == "POST" else None, registered=office is not None)
    if form.is_valid():
        try:
            done = calling.issue_invitation(
                meeting=meeting, **form.cleaned_data, by=request.user, at=request.at, address=_address(request, meeting)
            )
            return _told(request, done, f"ออกหนังสือเชิญแล้ว เป็นการประชุมครั้งที่ {done.meeting}")
        except calling.CannotBeCalled as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    return _shown(request, "meetings/meeting_invite.html", form, page=invite_page(meeting, office))


@require_http_methods(["GET", "POST"])
def change(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Another time or place."""
    meeting = meeting_for(request.access, meeting_id)
    form = Announcement(request.POST or None, initial=as_announced(meeting))
    if form.is_valid():
        try:
            done = calling.change_meeting(
                meeting=meeting,
                announced=form.announced,
                by=request.user,
                at=request.at,
                address=_address(request, meeting),
            )
            return _told(request, done, "บันทึกวันเวลาและสถานที่แล้ว")
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    return _shown(request, "meetings/meeting_change.html", form, meeting=meeting)


@require_http_methods(["GET", "POST"])
def cancel(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Call it off, with a reason. A second click finds it cancelled and leads to the meeting."""
    meeting = meeting_for(request.access, meeting_id)
    if meeting.is_cancelled:
        return redirect("meeting", meeting.pk)
    form = Reason(request.POST or None)
    if form.is_valid():
        reason, address = form.cleaned_data["reason"], _address(request, meeting)
        done = calling.cancel_meeting(meeting=meeting, reason=reason, by=request.user, at=request.at, address=address)
        return _told(request, done, "ยกเลิกการประชุมแล้ว")
    return _shown(request, "meetings/meeting_cancel.html", form, meeting=meeting)


@require_GET
def calendar(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """The event as a file; after a cancellation, the file that takes the event away."""
    meeting = get_object_or_404(meetings_within(request.access), pk=meeting_id)
    method = Method.CANCEL if meeting.is_cancelled else Method.PUBLISH
    content = calendar_file(meeting, method=method, address=_address(request, meeting), at=request.at)
    kind = f"text/calendar; charset=utf-8; method={method}"
    return just_made(content, name=f"meeting-{meeting.pk}.ics", content_type=kind)


def _create(request: SignedRequest, body: Agency, form: NewMeeting) -> str:
    meeting = calling.create_meeting(body=body, announced=form.announced, by=request.user, at=request.at)
    begin_agenda(meeting=meeting, template=form.cleaned_data["template"], by=request.user, at=request.at)
    messages.success(request, "สร้างการประชุมแล้ว ต่อไปเพิ่มเรื่องในระเบียบวาระ")
    return reverse("agenda", args=[meeting.pk])


def _told(request: SignedRequest, done: calling.Called, words: str) -> HttpResponse:
    messages.success(request, words + _mailed(done.mail))
    if done.mail.failed:
        messages.error(request, "ส่งอีเมลไม่ได้ในขณะนี้ สิ่งที่บันทึกไว้ยังอยู่ครบ กรุณาส่งหนังสือทางอื่น และแจ้งผู้ดูแลระบบให้ตรวจเครื่องส่งอีเมล")
    return redirect("meeting", done.meeting.pk)


def _mailed(mail: Post) -> str:
    return f" ส่งอีเมลพร้อมปฏิทินถึง {mail.addressed} คน" if mail.addressed and not mail.failed else ""


def _address(request: SignedRequest, meeting: Meeting) -> str:
    return request.build_absolute_uri(reverse("meeting", args=[meeting.pk]))


def _shown(
    request: SignedRequest, template: str, form: Announcement | IssueInvitation | Reason, **more: object
) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)
