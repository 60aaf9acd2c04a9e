"""Meetings and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phrom.agencies.requests import SignedRequest
from phrom.meetings.pages.meetings import meeting_page, meetings_page
from phrom.shared.thai import clock


@require_safe
def meetings(request: SignedRequest) -> HttpResponse:
    """All meetings, newest first."""
    return render(request, "meetings/meetings.html", {"page": meetings_page(request.access)})


@require_safe
def meeting(request: SignedRequest, meeting_id: int) -> HttpResponse:
    """One meeting with its agenda and resolutions."""
    page = meeting_page(request.access, meeting_id, today=clock.local_date(request.at))
    return render(request, "meetings/meeting.html", {"page": page})
