"""Replies to an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import replies as acts
from phrom.meetings.forms.calling import ReplyForm, as_answered
from phrom.meetings.pages.replies import replies_page, reply_page
from phrom.shared.ui.refusals import Refusal


class NotYourSeat(Refusal):
    """Only the holder of a seat, its office or the coordinator answers for it."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "ท่านตอบแทนตำแหน่งนี้ไม่ได้ ผู้ตอบได้คือผู้ดำรงตำแหน่ง หน่วยงานของตำแหน่ง หรือผู้ประสานงานจังหวัด ยังไม่มีอะไรถูกบันทึก",
            "You cannot answer for this seat; its holder, its office or the coordinator can. Nothing was saved.",
        )


@require_safe
def replies(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """Every seat with its reply, against the quorum."""
    return render(request, "meetings/replies.html", {"page": replies_page(request.access, meeting_id)})


@require_http_methods(["GET", "POST"])
def reply(request: SignedRequest, meeting_id: int, seat_id: int) -> HttpResponse:
    """The answer form of one seat."""
    page, allowed = reply_page(request.access, meeting_id, seat_id)
    if not allowed:
        raise NotYourSeat
    form = ReplyForm(request.POST or None, initial=as_answered(page.reply))
    if form.is_valid():
        acts.reply(meeting=page.meeting, seat=page.seat, answer=form.answer, by=request.user, at=request.at)
        messages.success(request, f"บันทึกคำตอบรับของ{page.seat.title}แล้ว แก้ได้จนกว่าจะเริ่มประชุม")
        return redirect("meeting_replies", page.meeting.pk)
    return render(request, "meetings/reply.html", {"page": page, "form": form}, status=422 if form.errors else 200)
