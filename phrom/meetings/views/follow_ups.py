"""Follow-ups: the list, one resolution, one office's part; naming offices, reporting and deciding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import follow_ups as acts
from phrom.meetings.actions.bringing_back import bring_back
from phrom.meetings.forms.follow_ups import ANSWERED, CLOSE, RETURN, Decide, OpenFollowUps, Report
from phrom.meetings.models import FollowUp, Resolution
from phrom.meetings.pages.follow_ups import (
    MANAGE,
    REPORT,
    follow_up_for,
    follow_up_page,
    follow_ups_page,
    note_with_file,
    open_page,
    resolution_for,
    resolution_page,
)
from phrom.meetings.scopes import meetings_managed
from phrom.shared.files.download import answer as hand_out
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date


@require_safe
def follow_ups(request: SignedRequest) -> HttpResponse:
    """What is to be done because of resolutions: the own offices' part first."""
    page = follow_ups_page(request.access, request.GET.get("show", ""), local_date(request.at))
    return render(request, "meetings/follow_ups.html", {"page": page})


@require_safe
def resolution(request: SignedRequest, resolution_id: int) -> HttpResponse:
    """Who owes what of one resolution."""
    page = resolution_page(request.access, resolution_id, local_date(request.at))
    return render(request, "meetings/resolution_follow_ups.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: SignedRequest, resolution_id: int) -> HttpResponse:
    """Name offices under a resolution, once."""
    found = resolution_for(request.access, MANAGE, resolution_id)
    page = open_page(found, local_date(request.at))
    form = OpenFollowUps(request.POST or None, offices=page.offices, seats=page.seats, initial=page.initial)
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _open(request, found, form)))
    status = 422 if form.errors else 200
    return render(request, "meetings/follow_ups_open.html", {"page": page, "form": form}, status=status)


@require_safe
def follow_up(request: SignedRequest, follow_up_id: int) -> HttpResponse:
    """One office's part."""
    return _follow_up(request, follow_up_id, Report(), Decide())


@require_POST
def report(request: SignedRequest, follow_up_id: int) -> HttpResponse:
    """The office tells how far it is, or that it is done. Its file is kept before the transaction that tells of it."""
    found = follow_up_for(request.access, REPORT, follow_up_id)
    form = Report(request.POST, request.FILES)
    if not form.is_valid():
        return _follow_up(request, follow_up_id, form, Decide())
    kept = acts.keep_evidence(upload=form.cleaned_data["file"], at=request.at)
    return HttpResponseRedirect(once_for(request, request.at, lambda: _report(request, found, form, kept)))


@require_POST
def decide(request: SignedRequest, follow_up_id: int) -> HttpResponse:
    """The coordinator returns, closes or opens again."""
    found = follow_up_for(request.access, MANAGE, follow_up_id)
    form = Decide(request.POST)
    if not form.is_valid():
        return _follow_up(request, follow_up_id, Report(), form)
    return HttpResponseRedirect(once_for(request, request.at, lambda: _decide(request, found, form)))


@require_POST
def bring_open_matters(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """What is open of earlier resolutions onto the agenda, and what stands there made current."""
    meeting = get_object_or_404(meetings_managed(request.access), pk=meeting_id)
    added = bring_back(meeting=meeting, by=request.user, at=request.at)
    said = f"นำเรื่องค้างเข้าระเบียบวาระ {len(added)} เรื่อง" if added else "ไม่มีเรื่องค้างใหม่ เรื่องที่มีอยู่เป็นข้อมูลปัจจุบันแล้ว"
    messages.success(request, said)
    return redirect("agenda", meeting.pk)


@require_safe
def file(request: SignedRequest, note_id: int) -> HttpResponseBase:
    """Hand out the file of a report, checked against its hash."""
    note = note_with_file(request.access, note_id)
    assert note.file is not None  # noqa: S101  the page's query leaves out notes without one
    return hand_out(note.file, name=note.file_name, inline="inline" in request.GET)


def _follow_up(request: SignedRequest, follow_up_id: int, report: Report, decide: Decide) -> HttpResponse:
    page = follow_up_page(request.access, follow_up_id, local_date(request.at))
    status = 422 if report.errors or decide.errors else 200
    shown = {"page": page, "report": report, "decide": decide}
    return render(request, "meetings/follow_up.html", shown, status=status)


def _open(request: SignedRequest, found: Resolution, form: OpenFollowUps) -> str:
    task, due_on = form.cleaned_data["task"], form.cleaned_data["due_on"]
    made = acts.open_follow_ups(
        resolution=found, agencies=form.chosen, due_on=due_on, task=task, by=request.user, at=request.at
    )
    messages.success(request, f"มอบหน่วยงานแล้ว {len(made)} แห่ง แต่ละแห่งเห็นเรื่องนี้ในหน้างานของตน")
    return reverse("resolution", args=[found.pk])


def _report(request: SignedRequest, found: FollowUp, form: Report, kept: acts.Kept | None) -> str:
    done = form.cleaned_data["kind"] == ANSWERED
    act = acts.answer if done else acts.note
    act(follow_up=found, text=form.cleaned_data["text"], kept=kept, by=request.user, at=request.at)
    messages.success(request, "รายงานว่าเสร็จแล้ว รอผู้ประสานงานตรวจ" if done else "บันทึกความคืบหน้าแล้ว")
    return reverse("follow_up", args=[found.pk])


def _decide(request: SignedRequest, found: FollowUp, form: Decide) -> str:
    verdict, reason = form.cleaned_data["verdict"], form.cleaned_data["reason"]
    if verdict == CLOSE:
        acts.close(follow_up=found, because=reason, by=request.user, at=request.at)
        messages.success(request, f"ปิดเรื่องของ{found.agency.name}แล้ว")
    elif verdict == RETURN:
        acts.return_(follow_up=found, reason=reason, by=request.user, at=request.at)
        messages.success(request, f"ส่งกลับให้{found.agency.name}ทำเพิ่มแล้ว")
    else:
        acts.reopen(follow_up=found, reason=reason, by=request.user, at=request.at)
        messages.success(request, f"เปิดเรื่องของ{found.agency.name}อีกครั้งแล้ว")
    return reverse("resolution", args=[found.resolution_id])
