"""A clerk brings a message of eCMS that no connector brought."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions.ecms_inbox import take_message
from phrom.letters.forms.ecms import EcmsFile
from phrom.letters.models import Arrival, Purpose
from phrom.letters.scopes import RECEIVE
from phrom.shared.ui.refusals import Refusal


@require_http_methods(["GET", "POST"])
def bring(request: SignedRequest) -> HttpResponse:
    """Choose the file; what it says is taken once, for the person's own offices only."""
    form = EcmsFile(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            arrival = take_message(content, at=request.at, agency_ids=request.access.agency_ids(RECEIVE))
            return _told(request, arrival)
        except Refusal as refusal:
            form.add_error("file", refusal.th)
    return render(request, "letters/ecms_bring.html", {"form": form}, status=422 if form.errors else 200)


def _told(request: SignedRequest, arrival: Arrival | None) -> HttpResponse:
    """A letter leads to its page; of a secret one only the tray of those who handle it tells."""
    if arrival is None:
        messages.success(request, "อ่านข้อความแล้ว ไม่มีสิ่งที่ต้องทำ")
        return redirect("in_tray")
    incoming = arrival.incoming
    if arrival.purpose == Purpose.LETTER and incoming is not None and not incoming.is_secret:
        messages.success(request, "หนังสือจาก eCMS อยู่ในหนังสือรับแล้ว รอลงรับ")
        return redirect("incoming", incoming.pk)
    messages.success(request, "รับข้อความจาก eCMS แล้ว")
    return redirect("in_tray")
