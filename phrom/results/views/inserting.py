"""Putting live figures under an item of an agenda, and bringing them up to date until the agenda is frozen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions.bringing_back import refresh_open_matters
from phrom.meetings.actions.papers import put_generated, refresh_generated
from phrom.meetings.models import AgendaItem
from phrom.results.forms import InsertForm
from phrom.results.pages.inserting import generated_for, insert_page, item_for
from phrom.results.papers.sources import SOURCES
from phrom.results.papers.under_way import as_of
from phrom.shared.journal.once import once_for


@require_http_methods(["GET", "HEAD", "POST"])
def paper_insert(request: SignedRequest, item_id: int) -> HttpResponse:
    """Choose a source, look at it, put it in; the figures are made anew at the moment they are put in."""
    item = item_for(request.access, item_id)
    form = InsertForm(request.POST or None, initial={"source": request.GET.get("source", "")})
    if request.method != "POST" or not form.is_valid():
        page = insert_page(item, str(form["source"].value() or ""), request.at)
        return render(request, "results/paper_insert.html", {"page": page, "form": form}, status=422 if form.errors else 200)

    def put() -> str:
        source, title = form.cleaned_data["source"], form.cleaned_data["title"]
        blocks = SOURCES[source].make(item.meeting, request.at)
        put_generated(item=item, source=source, title=title, blocks=blocks, by=request.user, at=request.at)
        return _meeting(item)

    address = once_for(request, request.at, put)
    messages.success(request, f"แทรก{SOURCES[form.cleaned_data['source']].title}แล้ว ({as_of(request.at)})")
    return redirect(address)


@require_POST
def paper_refresh(request: SignedRequest, paper_id: int) -> HttpResponse:
    """Replace a generated paper by the figures of this moment. A double click does the same twice."""
    paper = generated_for(request.access, paper_id)
    meeting = paper.item.meeting
    if source := SOURCES.get(paper.source):
        refresh_generated(paper=paper, blocks=source.make(meeting, request.at), by=request.user, at=request.at)
    else:  # what is open of an earlier resolution is made where the follow-ups are
        refresh_open_matters(meeting=meeting, by=request.user, at=request.at)
    messages.success(request, f"ปรับ{source.title if source else 'เรื่องสืบเนื่อง'}ตามข้อมูลล่าสุดแล้ว ({as_of(request.at)})")
    return redirect(_meeting(paper.item))


def _meeting(item: AgendaItem) -> str:
    return f"{reverse('meeting', args=[item.meeting_id])}#item-{item.pk}"
