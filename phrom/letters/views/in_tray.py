"""The in-tray, accepting from it, and entering what came on paper."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions import receiving
from phrom.letters.arrived import Arrived, ArrivedFile
from phrom.letters.forms.incoming import PaperLetter
from phrom.letters.models import Office, Via
from phrom.letters.pages.in_tray import Asked
from phrom.letters.pages.in_tray import in_tray as tray_page
from phrom.letters.pages.incoming import incoming_for
from phrom.letters.pages.incoming_acts import may_receive
from phrom.letters.scopes import RECEIVE, SECRETS, offices_within
from phrom.shared.files.names import clean_name
from phrom.shared.files.store import keep
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal
from phrom.shared.ui.typed import posted_id

KEPT = ("show", "office", "person", "page")


@require_GET
def in_tray(request: SignedRequest) -> HttpResponse:
    """What came and where it is."""
    asked = Asked(*(request.GET.get(name, "") for name in (*KEPT, "at_hand")))
    return render(request, "letters/in_tray.html", {"page": tray_page(request.access, request.at, asked)})


@require_POST
def accept(request: SignedRequest, incoming_id: int) -> HttpResponse:
    """Give it its number; from the tray the next letter's button is at hand afterwards. Pressing again changes nothing."""
    incoming = incoming_for(request.access, request.at, incoming_id)
    if not may_receive(request.access, incoming):
        raise Http404
    try:
        held = receiving.accept(incoming=incoming, by=request.user, at=request.at)
    except Refusal as refusal:
        messages.error(request, refusal.th)
        return redirect("incoming", incoming_id)
    number = held.entry.number_text if held.entry else ""
    mine = held.accepted_by == request.user
    messages.success(request, f"ลงรับแล้ว เลขรับ {number}" + ("" if mine else f" (โดย{held.accepted_by})"))
    return redirect(_back_to_tray(request)) if "following" in request.POST else redirect("incoming", incoming_id)


@require_http_methods(["GET", "POST"])
def incoming_new(request: SignedRequest) -> HttpResponse:
    """A letter on paper, typed in and accepted at once."""
    form = PaperLetter(
        request.POST or None,
        request.FILES or None,
        offices=offices_within(request.access, RECEIVE),
        secret_agencies=request.access.agency_ids(SECRETS),
    )
    if form.is_valid():
        try:
            files = _kept(request, form.uploads, has_main=bool(form.cleaned_data["main"]))
            return HttpResponseRedirect(once_for(request, request.at, lambda: _entered(request, form, files)))
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    return render(request, "letters/incoming_new.html", {"form": form}, status=422 if form.errors else 200)


def _entered(request: SignedRequest, form: PaperLetter, files: tuple[ArrivedFile, ...]) -> str:
    said = form.cleaned_data
    office: Office = said["office"]
    words = {name: said[name] for name in ("from_name", "subject", "their_number", "their_date", "to_name")}
    more = {name: said[name] for name in ("speed", "secrecy", "note", "due_on")}
    arrived = Arrived(via=Via.HAND, files=files, **words, **more)
    incoming = receiving.record_by_hand(office=office, arrived=arrived, by=request.user, at=request.at)
    held = receiving.accept(incoming=incoming, by=request.user, at=request.at)
    messages.success(request, f"ลงรับแล้ว เลขรับ {held.entry.number_text if held.entry else ''}")
    return reverse("incoming", args=[held.pk])


def _kept(request: SignedRequest, uploads: list[UploadedFile], *, has_main: bool) -> tuple[ArrivedFile, ...]:
    """The files in the store, before the transaction that refers to them."""
    names = [clean_name(upload.name or "") for upload in uploads]
    kept = [keep(upload.chunks(), name=name, at=request.at) for upload, name in zip(uploads, names, strict=True)]
    return tuple(
        ArrivedFile(file, name, is_main=has_main and place == 0)
        for place, (file, name) in enumerate(zip(kept, names, strict=True))
    )


def _back_to_tray(request: SignedRequest) -> str:
    query = {name: request.POST[name] for name in KEPT if request.POST.get(name)}
    query["at_hand"] = str(posted_id(request.POST["following"]))
    return f"{reverse('in_tray')}?{urlencode(query)}"
