"""One recipient of a letter: what happened there, calling back, sending again, and what a clerk records of a way by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.actions.sending import DayBeforeLetter, Dispatch, record_dispatch, record_outcome
from phrom.letters.actions.standing import DayToCome
from phrom.letters.actions.statuses import Said
from phrom.letters.forms.letters import Because
from phrom.letters.forms.sending import DispatchForm, OutcomeForm
from phrom.letters.models import Recipient
from phrom.letters.pages.letters import recipient_for, recipient_page
from phrom.letters.scopes import ISSUE


@require_GET
def recipient(request: SignedRequest, recipient_id: int) -> HttpResponse:
    """What became of the letter there."""
    return _shown(request, recipient_for(request.access, request.at, recipient_id))


@require_POST
def call_back(request: SignedRequest, recipient_id: int) -> HttpResponse:
    """Recall it from this one, with a reason."""
    found = recipient_for(request.access, request.at, recipient_id, ISSUE)
    form = Because(request.POST)
    if not form.is_valid():
        return _shown(request, found, recall_form=form)
    recall(recipient=found, because=form.cleaned_data["because"], by=request.user, at=request.at)
    messages.success(request, "บันทึกการเรียกคืนแล้ว")
    return redirect("recipient", recipient_id)


@require_POST
def send_again(request: SignedRequest, recipient_id: int) -> HttpResponse:
    """Send it once more."""
    found = recipient_for(request.access, request.at, recipient_id, ISSUE)
    resend(recipient=found, by=request.user, at=request.at)
    messages.success(request, "ส่งใหม่แล้ว")
    return redirect("recipient", recipient_id)


@require_POST
def dispatch(request: SignedRequest, recipient_id: int) -> HttpResponse:
    """It went by hand."""
    found = recipient_for(request.access, request.at, recipient_id, ISSUE)
    form = DispatchForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, dispatch_form=form)
    try:
        record_dispatch(recipient=found, dispatch=Dispatch(**form.cleaned_data), by=request.user, at=request.at)
    except (DayToCome, DayBeforeLetter) as refusal:
        form.add_error(refusal.where, refusal.th)
        return _shown(request, found, dispatch_form=form)
    messages.success(request, "บันทึกการส่งแล้ว")
    return redirect("letter", found.letter_id)


@require_POST
def settle(request: SignedRequest, recipient_id: int) -> HttpResponse:
    """What the other side said."""
    found = recipient_for(request.access, request.at, recipient_id, ISSUE)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, outcome_form=form)
    typed = form.cleaned_data
    said = Said(typed["who"], typed["reason"], typed["number"], typed["on"])
    try:
        record_outcome(recipient=found, outcome=typed["outcome"], said=said, by=request.user, at=request.at)
    except DayToCome as refusal:
        form.add_error(refusal.where, refusal.th)
        return _shown(request, found, outcome_form=form)
    messages.success(request, "บันทึกสิ่งที่ปลายทางแจ้งแล้ว")
    return redirect("letter", found.letter_id)


def _shown(request: SignedRequest, found: Recipient, **forms: Because | DispatchForm | OutcomeForm) -> HttpResponse:
    page = recipient_page(request.access, request.at, found)
    blank = {"recall_form": Because(), "dispatch_form": DispatchForm(), "outcome_form": OutcomeForm()}
    return render(request, "letters/recipient.html", {"page": page, **blank, **forms}, status=422 if forms else 200)
