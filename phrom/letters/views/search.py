"""One box for letters in and out and for the numbers of registers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from phrom.agencies.requests import SignedRequest
from phrom.letters.pages.search import search_page
from phrom.shared.ui.typed import posted_id


@require_GET
def search(request: SignedRequest) -> HttpResponse:
    """What was found, in groups; a group alone is paged through."""
    asked = request.GET
    number = min(posted_id(asked.get("page", "")), 10_000)
    page = search_page(request.access, request.at, words=asked.get("q", ""), only=asked.get("only", ""), page=number)
    return render(request, "letters/search.html", {"page": page})
