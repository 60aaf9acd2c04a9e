"""Who reads a secret letter: naming readers, ending their right, and the emergency that everybody sees afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions.offices import office_of
from phrom.letters.actions.secrets import Glass, break_glass, end_reader, name_reader
from phrom.letters.forms.secrets import BreakGlass, NameReader
from phrom.letters.models import Incoming, Letter
from phrom.letters.pages.secrets import agencies_of_glass, reader_for, readers_page, secret_for
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal


@require_http_methods(["GET", "POST"])
def readers(request: SignedRequest, way: str, secret_id: int) -> HttpResponse:
    """Who may read one secret letter; a post names one more."""
    about = secret_for(request.access, request.at, way, secret_id)
    page = readers_page(about, way, request.at)
    form = NameReader(request.POST or None, members=page.members)
    if form.is_valid():
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _named(request, about, way, form)))
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    return render(request, "letters/secret_readers.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def reader_end(request: SignedRequest, reader_id: int) -> HttpResponse:
    """End one right to read, at once."""
    reader, way = reader_for(request.access, request.at, reader_id)
    end_reader(reader=reader, by=request.user, at=request.at)
    messages.success(request, f"ยุติสิทธิอ่านของ{reader.person.name}แล้ว")
    return redirect("secret_readers", way, reader.incoming_id or reader.letter_id)


@require_http_methods(["GET", "POST"])
def open_in_emergency(request: SignedRequest) -> HttpResponse:
    """Read one secret letter for an hour; everybody concerned learns of it."""
    form = BreakGlass(request.POST or None, agencies=agencies_of_glass(request.access))
    if form.is_valid():
        said = form.cleaned_data
        glass = Glass(office_of(said["agency"]), said["book"], said["year"], said["number"])
        try:
            reader = break_glass(glass=glass, because=said["because"], by=request.user, at=request.at)
            messages.warning(request, "เปิดอ่านได้ 1 ชั่วโมง การเปิดอ่านนี้ถูกบันทึกและแจ้งนายทะเบียนของหน่วยงานแล้ว")
            return redirect("incoming" if reader.incoming_id else "letter", reader.incoming_id or reader.letter_id)
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    return render(request, "letters/secret_glass.html", {"form": form}, status=422 if form.errors else 200)


def _named(request: SignedRequest, about: Letter | Incoming, way: str, form: NameReader) -> str:
    said = form.cleaned_data
    words = {"person": said["person"], "until": form.until, "because": said["because"]}
    name_reader(about=about, **words, by=request.user, at=request.at)
    messages.success(request, f"{said['person'].name}อ่านหนังสือฉบับนี้ได้แล้ว")
    return reverse("secret_readers", args=[way, about.pk])
