"""Whether an agency's answers pass its head first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phrom.agencies.actions.head_step import set_head_approves
from phrom.agencies.pages.head_step import head_step_page
from phrom.agencies.requests import SignedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def head_step(request: SignedRequest, agency_id: int) -> HttpResponse:
    """Show how it is; a post with `approves` 1 or 0 makes it so."""
    page = head_step_page(request.access, agency_id, request.at)
    if request.method != "POST":
        return render(request, "agencies/head_step.html", {"page": page})
    approves = request.POST.get("approves") == "1"
    if set_head_approves(agency=page.agency, approves=approves, by=request.user, at=request.at):
        words = "ต่อจากนี้คำตอบต้องผ่านหัวหน้าหน่วยงานก่อนส่ง" if approves else "ต่อจากนี้เจ้าหน้าที่ส่งคำตอบได้เอง"
        messages.success(request, words)
    return redirect("head_step", agency_id=page.agency.pk)
