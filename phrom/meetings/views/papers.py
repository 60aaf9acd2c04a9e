"""Papers under an item, and papers of a meeting to take away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phrom.agencies.handing_out import paper_file
from phrom.agencies.requests import SignedRequest
from phrom.meetings.actions import papers as acts
from phrom.meetings.forms.agenda import EditText, NewFile, NewText
from phrom.meetings.models import AgendaItem
from phrom.meetings.pages.agenda import item_page, paper_for
from phrom.meetings.pages.downloads import Download, attached_file, download_of, kept_download
from phrom.meetings.views.agenda import shown_item
from phrom.shared.files.download import answer
from phrom.shared.journal.once import once_for


@require_POST
def add(request: SignedRequest, item_id: int) -> HttpResponse:
    """A text or a file at the end of an item."""
    page = item_page(request.access, item_id)
    name, form = _posted(request)
    if not form.is_valid():
        return shown_item(request, page, {name: form})
    if isinstance(form, NewFile):  # a file is kept before any row is held; sent twice, it is attached once
        return HttpResponseRedirect(_attach(request, page.line.item, form))
    return HttpResponseRedirect(once_for(request, request.at, lambda: _put(request, page.line.item, form)))


@require_http_methods(["GET", "POST"])
def paper(request: SignedRequest, paper_id: int) -> HttpResponse:
    """A text on the desk. Somebody else's change in between is shown beside what was typed."""
    found = paper_for(request.access, paper_id)
    form = EditText(request.POST or None, initial={"text": found.text, "version": found.version})
    theirs = None
    if form.is_valid():
        try:
            given = {"text": form.cleaned_data["text"], "seen": form.cleaned_data["version"], "title": found.title}
            acts.edit_text(paper=found, **given, by=request.user, at=request.at)
            messages.success(request, "บันทึกข้อความแล้ว")
            return redirect("agenda_item", found.item_id)
        except acts.PaperChanged as refusal:
            theirs = refusal
            form = EditText(initial={"text": form.cleaned_data["text"], "version": refusal.paper.version})
    shown = {"paper": found, "form": form, "theirs": theirs}
    return render(request, "meetings/paper.html", shown, status=409 if theirs else 422 if form.errors else 200)


@require_POST
def move(request: SignedRequest, paper_id: int) -> HttpResponse:
    """One place up or down within its item."""
    found = paper_for(request.access, paper_id)
    acts.move_paper(paper=found, up=request.POST.get("to") == "up", by=request.user, at=request.at)
    return redirect("agenda_item", found.item_id)


@require_POST
def remove(request: SignedRequest, paper_id: int) -> HttpResponse:
    """Away with it, while nothing is frozen."""
    found = paper_for(request.access, paper_id)
    acts.remove_paper(paper=found, by=request.user, at=request.at)
    messages.success(request, "นำเอกสารออกแล้ว")
    return redirect("agenda_item", found.item_id)


@require_GET
def file(request: SignedRequest, paper_id: int) -> HttpResponseBase:
    """The file under an item, checked against its hash."""
    found = attached_file(request.access, paper_id)
    assert found.file is not None  # noqa: S101  the query asks for it
    return answer(found.file, name=found.file_name, inline="inline" in request.GET)


@require_GET
def of_meeting(request: SignedRequest, meeting_id: int, which: str, file_format: str) -> HttpResponseBase:
    """The agenda or the invitation, as PDF or DOCX."""
    return handed_out(download_of(request.access, meeting_id, which), file_format)


@require_GET
def kept(request: SignedRequest, kept_id: int, file_format: str) -> HttpResponseBase:
    """A paper as it was handed out, as PDF or DOCX."""
    return handed_out(kept_download(request.access, kept_id), file_format)


def _posted(request: SignedRequest) -> tuple[str, NewText | NewFile]:
    if "file" in request.FILES or request.POST.get("what") == "file":
        return "file", NewFile(request.POST, request.FILES, auto_id="file_%s")
    return "text", NewText(request.POST, auto_id="text_%s")


def _attach(request: SignedRequest, item: AgendaItem, form: NewFile) -> str:
    sent, title = form.cleaned_data["file"], form.cleaned_data["title"]
    acts.attach_paper(item=item, name=sent.name, chunks=sent.chunks(), title=title, by=request.user, at=request.at)
    messages.success(request, "แนบไฟล์แล้ว")
    return reverse("agenda_item", args=[item.pk])


def _put(request: SignedRequest, item: AgendaItem, form: NewText) -> str:
    acts.put_text(item=item, text=form.cleaned_data["text"], by=request.user, at=request.at)
    messages.success(request, "เพิ่มข้อความแล้ว")
    return reverse("agenda_item", args=[item.pk])


def handed_out(download: Download, file_format: str) -> HttpResponseBase:
    """The file of a paper; what was kept as PDF comes as it was kept."""
    if file_format == "pdf" and download.kept:
        return answer(download.kept.pdf, name=f"{download.name}.pdf")
    return paper_file(download.body, download.document, download.name, file_format)
