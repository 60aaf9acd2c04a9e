"""The local government's own pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.rollout.actions import cases
from phrom.rollout.forms.recording import CaseForm, NoteForm
from phrom.rollout.models import Enrolment, SupportCase
from phrom.rollout.pages.cases import own_case_page
from phrom.rollout.pages.own import own_page
from phrom.shared.journal.once import once_for


@require_http_methods(["GET", "POST"])
def own(request: SignedRequest) -> HttpResponse:
    """Where my office stands and what is next; a post asks for help."""
    page = own_page(request.access, request.POST.get("office") or request.GET.get("office", ""), request.at)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and page is None:
        raise Http404
    if page is not None and form.is_valid():
        enrolment = page.enrolment
        return HttpResponseRedirect(once_for(request, request.at, lambda: _ask(request, enrolment, form)))
    return render(request, "rollout/own.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def own_case(request: SignedRequest, own_case_id: int) -> HttpResponse:
    """A case of my office; a post writes in it."""
    page = own_case_page(request.access, own_case_id, request.at)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _write(request, page.case, form)))
    return render(request, "rollout/case.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _ask(request: SignedRequest, enrolment: Enrolment, form: CaseForm) -> str:
    words = form.cleaned_data
    made = cases.open_case(enrolment=enrolment, **words, from_office=True, by=request.user, at=request.at)
    messages.success(request, "ส่งเรื่องถึงผู้ดูแลของจังหวัดแล้ว คำตอบจะอยู่ในหน้านี้")
    return reverse("own_case", args=[made.pk])


def _write(request: SignedRequest, case: SupportCase, form: NoteForm) -> str:
    text = form.cleaned_data["text"]
    cases.write_note(case=case, text=text, from_office=True, by=request.user, at=request.at)
    messages.success(request, "ส่งข้อความแล้ว")
    return reverse("own_case", args=[case.pk])
