"""The registers: all books, one book, numbers set aside, numbers cancelled, the office's settings, a book for an auditor."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions import registers as acts
from phrom.letters.actions.numbering import reserve as reserve_numbers
from phrom.letters.actions.offices import office_of
from phrom.letters.forms.registers import Look, Reserve, SettingsForm, VoidReason, as_said
from phrom.letters.pages.registers import (
    agency_for,
    agency_to_reserve,
    entry_for,
    office_set_up,
    register_for,
    register_page,
    registers_page,
    reservable,
)
from phrom.letters.proof import export_register
from phrom.shared.files.download import just_made
from phrom.shared.journal.once import once_for
from phrom.shared.ui.refusals import Refusal


@require_GET
def registers(request: SignedRequest) -> HttpResponse:
    """Which books there are."""
    return render(request, "letters/registers.html", {"page": registers_page(request.access)})


@require_GET
def register(request: SignedRequest, register_id: int) -> HttpResponse:
    """One book, page by page, with what was looked for."""
    found = register_for(request.access, register_id)
    form = Look(request.GET or None)
    page = register_page(request.access, found, form.wanted, request.GET.get("page", ""))
    kept = urlencode([*((name, text) for name, text in request.GET.items() if name != "page"), ("", "")])
    return render(request, "letters/register.html", {"page": page, "form": form, "kept": kept.removesuffix("=")})


@require_GET
def export(request: SignedRequest, register_id: int) -> HttpResponse:
    """The book with its chain, for whoever checks it without this system (phrom/letters/standalone.py)."""
    found = register_for(request.access, register_id)
    text = json.dumps(export_register(found.pk), ensure_ascii=False, indent=1)
    name = f"register-{found.book}-{found.year}.json"
    return just_made(text.encode(), name=name, content_type="application/json")


@require_http_methods(["GET", "POST"])
def reserve(request: SignedRequest) -> HttpResponse:
    """Set numbers aside; leads to the book."""
    form = Reserve(request.POST or None, books=reservable(request.access), initial={"book": request.GET.get("book", "")})
    if form.is_valid():
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _reserve(request, form)))
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    return render(request, "letters/register_reserve.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def void(request: SignedRequest, entry_id: int) -> HttpResponse:
    """Cancel a number, with a reason; leads to the book."""
    entry = entry_for(request.access, entry_id)
    form = VoidReason(request.POST or None)
    if form.is_valid():
        try:
            acts.void_number(entry=entry, because=form.cleaned_data["because"], by=request.user, at=request.at)
            messages.success(request, f"ยกเลิกเลข {entry.number_text} แล้ว เลขนี้ยังอยู่ในทะเบียนพร้อมเหตุผล")
            return redirect("register", entry.register_id)
        except Refusal as refusal:
            form.add_error(None, refusal.th)
    return render(request, "letters/register_void.html", {"form": form, "entry": entry}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def settings(request: SignedRequest, correspondent_id: int) -> HttpResponse:
    """What the office says of itself."""
    agency = agency_for(request.access, correspondent_id)
    form = SettingsForm(request.POST or None, initial=as_said(office_set_up(agency)))
    if form.is_valid():
        acts.set_office(agency=agency, said=form.said, by=request.user, at=request.at)
        messages.success(request, f"บันทึกการตั้งค่าทะเบียนของ{agency.name}แล้ว")
        return redirect("registers")
    return render(
        request, "letters/office_settings.html", {"form": form, "agency": agency}, status=422 if form.is_bound else 200
    )


def _reserve(request: SignedRequest, form: Reserve) -> str:
    agency_id, book = form.chosen
    said = form.cleaned_data
    entries = reserve_numbers(
        office=office_of(agency_to_reserve(request.access, agency_id, book)),
        book=book,
        count=said["count"],
        reserved_for=said["reserved_for"],
        by=request.user,
        at=request.at,
    )
    first, last = entries[0].number_text, entries[-1].number_text
    messages.success(request, f"จองเลข {first} แล้ว" if first == last else f"จองเลข {first} ถึง {last} แล้ว")
    return reverse("register", args=[entries[0].register_id])
