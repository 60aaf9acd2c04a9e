"""How long letters are kept: what falls due when, and the class of one letter."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions.retention import keep_incoming_for, keep_letter_for, list_electronic
from phrom.letters.forms.destruction import Because, RetentionForm
from phrom.letters.models import Office
from phrom.letters.pages.retention import (
    KeptPage,
    NoRegisters,
    due_page,
    kept_incoming,
    kept_letter,
    office_of_page,
    retention_page,
)
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id


@require_safe
def overview(request: SignedRequest) -> HttpResponse:
    """Per year what falls due."""
    office = office_of_page(request.access, posted_id(request.GET.get("office", "")))
    page = retention_page(request.access, office, local_date(request.at)) if office else None
    return render(request, "letters/retention.html", {"page": page, "form": Because()})


@require_safe
def due(request: SignedRequest, year: int) -> HttpResponse:
    """The letters that are kept no longer when a year ends."""
    page = due_page(request.access, _office(request, request.GET.get("office", "")), year, request.GET.get("page", ""))
    return render(request, "letters/retention_due.html", {"page": page})


@require_POST
def electronic(request: SignedRequest) -> HttpResponse:
    """Say whether lists hold letters that never were on paper."""
    office, form = _office(request, request.POST.get("office", "")), Because(request.POST)
    if not form.is_valid():
        page = retention_page(request.access, office, local_date(request.at))
        return render(request, "letters/retention.html", {"page": page, "form": form}, status=422)
    wanted = request.POST.get("wanted") == "1"
    list_electronic(office=office, wanted=wanted, because=form.cleaned_data["because"], by=request.user, at=request.at)
    messages.success(request, "บันทึกแล้ว บัญชีครั้งต่อไป" + ("รวมหนังสืออิเล็กทรอนิกส์" if wanted else "มีเฉพาะหนังสือกระดาษ"))
    return redirect(f"{reverse('retention')}?office={office.pk}")


@require_http_methods(["GET", "POST"])
def of_letter(request: SignedRequest, letter_id: int) -> HttpResponse:
    """Change how long a letter of ours is kept."""
    page = kept_letter(request.access, letter_id, request.at)
    return _change(request, page, keep_letter_for, "letter")


@require_http_methods(["GET", "POST"])
def of_incoming(request: SignedRequest, incoming_id: int) -> HttpResponse:
    """Change how long a letter that came is kept."""
    page = kept_incoming(request.access, incoming_id, request.at)
    return _change(request, page, keep_incoming_for, "incoming")


def _change(request: SignedRequest, page: KeptPage, change: Callable[..., object], name: str) -> HttpResponse:
    form = RetentionForm(request.POST or None, initial={"retention": page.retention})
    if form.is_valid():
        change(**{name: page.row}, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "เปลี่ยนอายุการเก็บแล้ว")
        return redirect(request.path)
    return render(request, "letters/retention_change.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _office(request: SignedRequest, asked: str) -> Office:
    office = office_of_page(request.access, posted_id(asked))
    if office is None:
        raise NoRegisters
    return office
