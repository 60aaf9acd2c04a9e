"""The one box."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from phrom.agencies.requests import SignedRequest
from phrom.shared.ui.typed import posted_id
from phrom.survey.pages.search import search_page

LAST_PAGE = 10_000


@require_GET
def search(request: SignedRequest) -> HttpResponse:
    """What was found, in groups; a group alone is paged through."""
    asked = request.GET
    number = min(posted_id(asked.get("page", "")), LAST_PAGE)
    page = search_page(request.access, request.at, typed=asked.get("q", ""), only=asked.get("only", ""), page=number)
    return render(request, "survey/search.html", {"page": page})
