"""Bringing many files at once."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from phrom.agencies.requests import SignedRequest
from phrom.survey.actions.bulk import file_away
from phrom.survey.forms.evidence import read_files
from phrom.survey.pages.answering import sheet_for
from phrom.survey.pages.bulk import bulk_page


@require_http_methods(["GET", "POST"])
def bulk(request: SignedRequest, round_id: int, agency_id: int) -> HttpResponse:
    """The page; a post keeps and files what was chosen and reports on each file. Sent again it reports duplicates."""
    sheet = sheet_for(request.access, "evidence.add", round_id, agency_id)
    if request.method == "GET":
        return render(request, "survey/bulk.html", {"page": bulk_page(sheet)})
    outcomes = file_away(
        round=sheet.round,
        agency=sheet.agency,
        edition=sheet.edition,
        asks=sheet.asks,
        uploads=read_files(request),
        by=request.user,
        at=request.at,
    )
    page = bulk_page(sheet, outcomes)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"html": render_to_string("survey/bulk_lines.html", {"page": page}, request=request)})
    return render(request, "survey/bulk.html", {"page": page})
