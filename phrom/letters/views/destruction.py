"""The list of letters to be destroyed: made, looked through, approved, answered by the archives, carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phrom.agencies.handing_out import paper_file
from phrom.agencies.requests import SignedRequest
from phrom.letters.actions import destruction as acts
from phrom.letters.actions.carrying_out import carry_out
from phrom.letters.forms.destruction import Answered, ApprovalRecord, Committee, DecisionForm, Nothing, Sent
from phrom.letters.models import ListStep
from phrom.letters.pages import destruction as pages
from phrom.letters.papers.destruction import destruction_document
from phrom.letters.scopes import APPROVE, REGISTERS
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id


class Act(NamedTuple):
    """What a step asks for and does."""

    form: Callable[..., Any]
    do: Callable[..., object]
    done: str


STEPS: dict[str, Act] = {
    ListStep.NAME: Act(Committee, acts.name_committee, "บันทึกคณะกรรมการแล้ว"),
    ListStep.DECIDE: Act(Nothing, acts.report, "เสนอหัวหน้าหน่วยงานแล้ว"),
    ListStep.APPROVE: Act(ApprovalRecord, acts.approve, "บันทึกการอนุมัติแล้ว"),
    ListStep.SEND: Act(Sent, acts.send, "บันทึกการส่งแล้ว"),
    ListStep.ANSWER: Act(Answered, acts.answer, "บันทึกคำตอบแล้ว"),
    ListStep.CARRY_OUT: Act(Nothing, carry_out, "ทำลายตามบัญชีแล้ว ทะเบียนยังอยู่ครบ"),
    "rest": Act(Nothing, acts.decide_rest, "บันทึกให้ทำลายรายการที่เหลือแล้ว"),
}


@require_safe
def lists(request: SignedRequest) -> HttpResponse:
    """All lists, and what is due for one."""
    page = pages.lists_page(request.access, local_date(request.at))
    return render(request, "letters/destruction_lists.html", {"page": page})


@require_POST
def propose(request: SignedRequest) -> HttpResponse:
    """Make the list of a year."""
    is_secret = request.POST.get("secret") == "1"
    office = pages.office_to_list(request.access, posted_id(request.POST.get("office", "")), is_secret=is_secret)
    year = posted_id(request.POST.get("year", ""))

    def make() -> str:
        made = acts.propose(office=office, year=year, is_secret=is_secret, by=request.user, at=request.at)
        return reverse("destruction_list", args=[made.pk])

    return HttpResponseRedirect(once_for(request, request.at, make))


@require_safe
def listed(request: SignedRequest, destruction_id: int) -> HttpResponse:
    """A list and what it waits for."""
    return _shown(request, destruction_id)


@require_POST
def step(request: SignedRequest, destruction_id: int, step: str) -> HttpResponse:
    """Take a step of a list that the person keeps."""
    found = pages.list_for(request.access, destruction_id, REGISTERS)
    act = STEPS.get(step)
    form = act.form(request.POST) if act else None
    if act is None or form is None or not form.is_valid():
        return _shown(request, destruction_id, form)
    act.do(listed=found, **form.given, by=request.user, at=request.at)
    messages.success(request, act.done)
    return redirect("destruction_list", found.pk)


@require_POST
def approve(request: SignedRequest, destruction_id: int) -> HttpResponse:
    """The head of the office approves."""
    found = pages.list_for(request.access, destruction_id, APPROVE)
    acts.approve(listed=found, by=request.user, at=request.at)
    messages.success(request, "อนุมัติบัญชีแล้ว")
    return redirect("destruction_list", found.pk)


@require_http_methods(["GET", "POST"])
def item(request: SignedRequest, listed_item_id: int) -> HttpResponse:
    """What becomes of one letter."""
    found = pages.item_for(request.access, listed_item_id)
    initial = {name: getattr(found, name) or "" for name in ("decision", "because", "keep_until")}
    form = DecisionForm(request.POST or None, listed=found.list, initial=initial)
    if form.is_valid():
        try:
            acts.decide(item=found, decided=form.decided, by=request.user, at=request.at)
            messages.success(request, f"บันทึกผลการพิจารณาลำดับที่ {found.position} แล้ว")
            return redirect("destruction_list", found.list_id)
        except acts.DestructionRefused as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, refusal.th)
    return render(request, "letters/destruction_item.html", {"item": found, "form": form}, status=422 if form.errors else 200)


@require_safe
def paper(request: SignedRequest, destruction_id: int, file_format: str) -> HttpResponse:
    """บัญชีหนังสือขอทำลาย as it stands now."""
    found = pages.list_for(request.access, destruction_id)
    document = destruction_document(found, *pages.whole_list(found))
    return paper_file(found.office.agency.own_body, document, str(found), file_format)


def _shown(request: SignedRequest, destruction_id: int, form: Any = None) -> HttpResponse:
    page = pages.list_page(request.access, destruction_id, request.GET.get("page", ""), request.GET.get("show", ""))
    status = 422 if form is not None and form.errors else 200
    act = STEPS.get(page.listed.step)
    shown = {"page": page, "form": form or (act.form() if act else None)}
    return render(request, "letters/destruction_list.html", shown, status=status)
