"""Sending an agency's answers to be reviewed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.forms.answers import read_as_it_is
from phrom.survey.models import ReviewKind
from phrom.survey.pages.answering import Sheet, sheet_for
from phrom.survey.pages.submitting import submit_page


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """What is ready and what is missing; a POST sends what is ready, once."""
    sheet = sheet_for(request.access, "answer.submit", round_id, agency_id)
    if request.method == "POST":
        return redirect(once_for(request, request.at, lambda: _send(request, sheet)))
    return render(request, "survey/submit.html", {"page": submit_page(sheet, request.access, request.at)})


def _send(request: SignedRequest, sheet: Sheet) -> str:
    as_it_is = read_as_it_is(request.POST)
    steps = submit_answers(round=sheet.round, agency=sheet.agency, by=request.user, at=request.at, as_it_is=as_it_is)
    whom = "เสนอหัวหน้าหน่วยงานแล้ว" if steps[0].kind == ReviewKind.PREPARED else "ส่งให้ผู้ประสานงานตรวจแล้ว"
    messages.success(request, f"{whom} {len(steps)} ข้อ")
    return reverse("submit", args=[sheet.round.pk, sheet.agency.pk])
