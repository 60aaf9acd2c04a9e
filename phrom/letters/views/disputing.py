"""The number that a receiver told cannot be theirs (เลขรับผิด)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from phrom.agencies.requests import SignedRequest
from phrom.letters.actions.recall_requests import dispute_number
from phrom.letters.forms.letters import Because
from phrom.letters.pages.letters import recipient_for
from phrom.letters.scopes import ISSUE
from phrom.shared.ui.refusals import Refusal


@require_POST
def dispute(request: SignedRequest, recipient_id: int) -> HttpResponse:
    """Ask this recipient to tell its number again."""
    found = recipient_for(request.access, request.at, recipient_id, ISSUE)
    form = Because(request.POST)
    if not form.is_valid():
        messages.error(request, "ยังไม่ได้แจ้ง เพราะเหตุผลสั้นเกินไป กรุณาเขียนว่าเลขรับผิดอย่างไร แล้วแจ้งอีกครั้ง")
        return redirect("recipient", recipient_id)
    try:
        dispute_number(recipient=found, because=form.cleaned_data["because"], by=request.user, at=request.at)
        messages.success(request, "แจ้งปลายทางแล้วว่าเลขรับไม่ถูกต้อง รอปลายทางแจ้งเลขรับอีกครั้ง")
    except Refusal as refusal:
        messages.error(request, refusal.th)
    return redirect("recipient", recipient_id)
