"""Later deadlines of single agencies."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date
from phrom.survey.actions.extending import BadExtension, extend
from phrom.survey.forms.extending import ExtensionForm
from phrom.survey.models import Round
from phrom.survey.pages.extending import extensions_page
from phrom.survey.pages.heads import round_for
from phrom.survey.pages.letters import agency_for


@require_http_methods(["GET", "HEAD", "POST"])
def extensions(request: SignedRequest, round_id: int) -> HttpResponse:
    """Who has until when; a post gives one agency another day."""
    round = round_for(request.access, "answer.review", round_id)
    page = extensions_page(round, request.access, local_date(request.at))
    posted = request.POST if request.method == "POST" else None
    form = ExtensionForm(posted, agencies=page.agencies, initial={"agency": request.GET.get("agency", "")})
    if form.is_valid():
        try:
            return HttpResponseRedirect(once_for(request, request.at, lambda: _extend(request, round, form)))
        except BadExtension as refusal:
            form.add_error("until", refusal.th)
    return render(request, "survey/extensions.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _extend(request: SignedRequest, round: Round, form: ExtensionForm) -> str:
    typed = form.cleaned_data
    agency = agency_for(round, typed["agency"])
    extend(round=round, agency=agency, until=typed["until"], reason=typed["reason"], by=request.user, at=request.at)
    messages.success(request, f"{agency.name}ส่งได้ถึงวันที่ {thai_date(typed['until'])}")
    return reverse("extensions", args=[round.pk])
