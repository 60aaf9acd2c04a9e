"""Is the round ready to be handed in; and why a warning may stand."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.results.forms import JustifyForm
from phrom.results.pages.ready import judged_for, ready_page
from phrom.shared.journal.once import once_for
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.justifying import justify
from phrom.survey.models import Round
from phrom.survey.pages.heads import round_for
from phrom.survey.readiness import Judged


@require_http_methods(["GET", "HEAD", "POST"])
def ready(request: SignedRequest, round_id: int) -> HttpResponse:
    """Every finding; a post says why one warning may stand."""
    round = round_for(request.access, "answer.consolidate", round_id)
    today = local_date(request.at)
    judged = judged_for(round, today, settings.PHROM_EDITIONS)
    form = JustifyForm(request.POST or None)
    if form.is_valid():
        return HttpResponseRedirect(once_for(request, request.at, lambda: _justify(request, round, judged, form)))
    shown = {"show": request.GET.get("show", ""), "by": request.GET.get("by", "")}
    page = ready_page(round, judged, request.access, today, **shown)
    return render(request, "results/ready.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _justify(request: SignedRequest, round: Round, judged: Judged, form: JustifyForm) -> str:
    key, text = form.cleaned_data["key"], form.cleaned_data["text"]
    justify(round=round, judged=judged, key=key, text=text, by=request.user, at=request.at)
    messages.success(request, "บันทึกเหตุผลของข้อเตือนแล้ว")
    return f"{reverse('ready', args=[round.pk])}?show=justified"
