"""The offices of the drive and their cases, for the province's people."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.rollout.actions import cases, recording
from phrom.rollout.forms.recording import CaseForm, HoldbackForm, NoteForm, StageForm, VisitForm
from phrom.rollout.models import Enrolment
from phrom.rollout.pages.cases import case_for, case_page, cases_page, enrolment_for
from phrom.rollout.pages.offices import chosen_of, office_page, offices_page
from phrom.shared.journal.once import once_for
from phrom.shared.ui.typed import posted_id

# What is recorded about an office: the form, the act, and what is said when it is done.
RECORDS: dict[str, tuple[type[forms.Form], Callable[..., object], str]] = {
    "stage": (StageForm, recording.record_stage, "บันทึกขั้นแล้ว"),
    "holdback": (HoldbackForm, recording.hold_back, "บันทึกเหตุที่ยังไม่ไปต่อแล้ว"),
    "visit": (VisitForm, recording.record_visit, "บันทึกการช่วยเหลือแล้ว"),
}


@require_GET
def offices(request: SignedRequest, programme_id: int) -> HttpResponse:
    """The list, as narrowed as the address says."""
    page = offices_page(request.access, programme_id, chosen_of(request.GET), request.at)
    return render(request, "rollout/offices.html", {"page": page})


@require_GET
def office(request: SignedRequest, enrolment_id: int) -> HttpResponse:
    """One office."""
    return _office(request, enrolment_id)


@require_POST
def record(request: SignedRequest, enrolment_id: int) -> HttpResponse:
    """Record a stage, what holds the office back (or that it no longer does), or a visit."""
    enrolment = enrolment_for(request.access, enrolment_id)
    what = request.POST.get("what", "")
    if what == "over":
        holdback = posted_id(request.POST.get("holdback", ""))
        recording.end_holdback(enrolment=enrolment, holdback_id=holdback, by=request.user, at=request.at)
        messages.success(request, "บันทึกว่าเหตุนี้หมดไปแล้ว")
        return redirect("local_office", enrolment_id)
    what = what if what in RECORDS else "stage"
    form = RECORDS[what][0](request.POST)
    if form.is_valid():
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _record(request, enrolment, what, form)))
        except recording.CannotBeRecorded as refusal:
            form.add_error(refusal.where, refusal.th)
    return _office(request, enrolment_id, **{what: form})


@require_http_methods(["GET", "POST"])
def case_new(request: SignedRequest, enrolment_id: int) -> HttpResponse:
    """Open a case for an office that called or wrote."""
    enrolment = enrolment_for(request.access, enrolment_id)
    form = CaseForm(request.POST or None)
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _open(request, enrolment, form)))
    context = {"form": form, "enrolment": enrolment}
    return render(request, "rollout/case_new.html", context, status=422 if form.errors else 200)


@require_GET
def case_list(request: SignedRequest, programme_id: int) -> HttpResponse:
    """The cases of a programme."""
    page = cases_page(request.access, programme_id, request.GET.get("show", ""), request.at)
    return render(request, "rollout/cases.html", {"page": page})


@require_GET
def case(request: SignedRequest, case_id: int) -> HttpResponse:
    """One case."""
    page = case_page(request.access, case_id, request.at)
    return render(request, "rollout/case.html", {"page": page, "form": NoteForm()})


@require_POST
def case_write(request: SignedRequest, case_id: int) -> HttpResponse:
    """Answer, or say that it is settled."""
    found = case_for(request.access, case_id)
    if request.POST.get("act") == "close":
        cases.close_case(case=found, by=request.user, at=request.at)
        messages.success(request, "ปิดเรื่องแล้ว")
        return redirect("support_case", case_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _answer(request, case_id, form)))
    page = case_page(request.access, case_id, request.at)
    return render(request, "rollout/case.html", {"page": page, "form": form}, status=422)


def _office(request: SignedRequest, enrolment_id: int, **given: forms.Form) -> HttpResponse:
    page = office_page(request.access, enrolment_id, request.at)
    shown = {name: given.get(name) or kind() for name, (kind, _, _) in RECORDS.items()}
    return render(request, "rollout/office.html", {"page": page, **shown}, status=422 if given else 200)


def _record(request: SignedRequest, enrolment: Enrolment, what: str, form: forms.Form) -> str:
    _, act, words = RECORDS[what]
    act(enrolment=enrolment, **form.cleaned_data, by=request.user, at=request.at)
    messages.success(request, words)
    return reverse("local_office", args=[enrolment.pk])


def _open(request: SignedRequest, enrolment: Enrolment, form: CaseForm) -> str:
    words = form.cleaned_data
    made = cases.open_case(enrolment=enrolment, **words, from_office=False, by=request.user, at=request.at)
    messages.success(request, "เปิดเรื่องแล้ว")
    return reverse("support_case", args=[made.pk])


def _answer(request: SignedRequest, case_id: int, form: NoteForm) -> str:
    found, text = case_for(request.access, case_id), form.cleaned_data["text"]
    cases.write_note(case=found, text=text, from_office=False, by=request.user, at=request.at)
    messages.success(request, "บันทึกคำตอบแล้ว หน่วยงานเห็นในหน้าของตน")
    return reverse("support_case", args=[case_id])
