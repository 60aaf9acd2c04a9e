"""The room's pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phrom.agencies.requests import SignedRequest
from phrom.committee import pages
from phrom.shared.thai import clock


@require_safe
def orders(request: SignedRequest) -> HttpResponse:
    """The order in force and those before it."""
    page = pages.orders_page(request.access, today=clock.local_date(request.at))
    return render(request, "committee/orders.html", {"page": page})
