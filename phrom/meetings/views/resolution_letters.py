"""A resolution becomes a letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions.resolution_letters import write_letter
from phrom.meetings.forms.resolution_letters import WriteLetter, groups_of, typed
from phrom.meetings.models import Resolution
from phrom.meetings.pages.resolution_letters import letter_page
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedRequest, resolution_id: int) -> HttpResponse:
    """To whom, what and by when; a post makes the draft, once, and leads to it. Looking for a name loses no tick."""
    page = letter_page(request.access, resolution_id, local_date(request.at))
    looking = request.POST.get("act") == "find"
    form = WriteLetter(
        request.POST if request.POST and not looking else None,
        groups=groups_of(page.agencies, page.locals, page.entries, page.districts),
        wanted=request.POST.get("q", "").replace("\0", "").strip()[:100] if looking else "",
        initial=typed(request.POST) if looking else page.initial,
    )
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _write(request, page.resolution, form)))
    return render(request, "meetings/resolution_letter.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _write(request: SignedRequest, resolution: Resolution, form: WriteLetter) -> str:
    letter = write_letter(resolution=resolution, asked=form.asked, by=request.user, at=request.at)
    messages.success(request, "ร่างหนังสือแล้ว ยังไม่มีเลข กรุณาอ่านข้อความและผู้ลงนาม แล้วจึงออกเลขและส่ง")
    return reverse("letter", args=[letter.pk])
