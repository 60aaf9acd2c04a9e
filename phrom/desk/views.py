"""The first screen."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from phrom.agencies.requests import SignedRequest
from phrom.desk.chair import chair_page
from phrom.desk.pages import desk_page
from phrom.desk.trail import trail_page


def desk(request: SignedRequest) -> HttpResponse:
    """งานของฉัน."""
    page = desk_page(request.access, request.at)
    return render(request, "desk/desk.html", {"page": page})


def chair(request: SignedRequest) -> HttpResponse:
    """What was decided, what is done, what is late, the next meeting and the score."""
    page = chair_page(request.access, request.GET.get("body", ""), request.at)
    return render(request, "desk/chair.html", {"page": page})


def journal(request: SignedRequest) -> HttpResponse:
    """บันทึกการกระทำ of the bodies that the person may read."""
    page = trail_page(request.access, before=request.GET.get("before", ""), about=request.GET.get("about", ""))
    return render(request, "desk/journal.html", {"page": page})
