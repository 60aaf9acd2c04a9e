"""Two years beside each other."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phrom.agencies.requests import SignedRequest
from phrom.results.pages.compare import compare_page
from phrom.shared.thai.clock import local_date
from phrom.survey.pages.heads import round_for


@require_safe
def compare(request: SignedRequest, round_id: int) -> HttpResponse:
    """This year beside the last."""
    round = round_for(request.access, "results.view", round_id)
    page = compare_page(request.access, round, local_date(request.at), settings.PHROM_EDITIONS)
    return render(request, "results/compare.html", {"page": page})
