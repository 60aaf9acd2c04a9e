"""What was resolved: recorded beside the agenda, put right, handed out as a copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import resolving
from phrom.meetings.actions.recording import record_resolution
from phrom.meetings.forms.holding import ResolutionForm
from phrom.meetings.models import AgendaItem
from phrom.meetings.pages.calling import meeting_for
from phrom.meetings.pages.downloads import Download
from phrom.meetings.pages.resolutions import as_typed, resolution_of, resolutions_page
from phrom.meetings.papers.extract import extract_document
from phrom.meetings.scopes import meetings_within
from phrom.meetings.views.papers import handed_out
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date


@require_http_methods(["GET", "POST"])
def resolutions(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """The agenda with one item open; a post records a resolution on it."""
    page = resolutions_page(meeting_for(request.access, meeting_id), request.GET.get("item", ""))
    form = ResolutionForm(request.POST or None)
    if form.is_valid() and page.chosen:
        item = page.chosen.item
        return HttpResponseRedirect(once_for(request, request.at, lambda: _record(request, item, form)))
    return render(request, "meetings/resolutions.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def correct(request: SignedRequest, meeting_id: int, resolution_id: int) -> HttpResponse:
    """Put a resolution right, or take out one that was recorded by mistake."""
    found = resolution_of(meeting_for(request.access, meeting_id), resolution_id)
    back = reverse("resolutions", args=[meeting_id]) + f"?item={found.item_id}"
    if request.method == "POST" and "withdraw" in request.POST:
        resolving.withdraw_resolution(resolution=found, by=request.user, at=request.at)
        messages.success(request, "ถอนมติแล้ว ข้อความเดิมยังอยู่ในบันทึกการกระทำ")
        return redirect(back)
    form = ResolutionForm(request.POST or None, initial=as_typed(found))
    if form.is_valid():
        try:
            given = {**form.cleaned_data, "seen": request.POST.get("seen", "")}
            resolving.correct_resolution(resolution=found, **given, by=request.user, at=request.at)
            messages.success(request, "แก้ไขมติแล้ว ข้อความเดิมยังอยู่ในบันทึกการกระทำ")
            return redirect(back)
        except resolving.CorrectedMeanwhile as refusal:
            found = refusal.now
            form.add_error("text", refusal.th)
    shown = {"resolution": found, "form": form, "back": back, "seen": resolving.fingerprint(found)}
    return render(request, "meetings/resolution_correct.html", shown, status=422 if form.errors else 200)


@require_GET
def extract_paper(request: SignedRequest, meeting_id: int, resolution_id: int, file_format: str) -> HttpResponseBase:
    """คัดสำเนามติ, as PDF or DOCX."""
    meeting = get_object_or_404(meetings_within(request.access), pk=meeting_id)
    found = resolution_of(meeting, resolution_id)
    name = f"สำเนามติ {meeting} วาระที่ {found.item.number}".replace("/", "-")
    return handed_out(Download(meeting.body, extract_document(found, on=local_date(request.at)), name), file_format)


def _record(request: SignedRequest, item: AgendaItem, form: ResolutionForm) -> str:
    record_resolution(item=item, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, f"บันทึกมติของวาระที่ {item.number} แล้ว")
    return reverse("resolutions", args=[item.meeting_id]) + f"?item={item.pk}"
